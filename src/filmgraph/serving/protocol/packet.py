"""A packet: a value as JSON and bytes, in one piece."""

from __future__ import annotations

import json
from typing import Any


def packed(value: object, data: bytes) -> bytes:
    r"""Serialize a value that JSON can express, and bytes that may be anything.

    >>> packed([True], b"GET")
    b'\x00\x00\x00\x06[true]GET'
    """
    head = json.dumps(value).encode()
    return len(head).to_bytes(4, "big") + head + data


def unpacked(packet: bytes) -> tuple[Any, bytes]:
    """Deserialize what `packed` returned.

    >>> unpacked(packed({"method": "POST"}, b"ASK {}"))
    ({'method': 'POST'}, b'ASK {}')
    """
    end = 4 + int.from_bytes(packet[:4], "big")
    return json.loads(packet[4:end]), packet[end:]
