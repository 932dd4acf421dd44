"""What goes between the listening process and a worker: frames of a kind and some bytes."""

from __future__ import annotations

import json
import struct
from typing import IO, TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.serving.protocol.reply import HttpReply

FRAME = struct.Struct(">cI")
SETTINGS, REQUEST, READY, HEAD, DATA, END = b"S", b"Q", b"R", b"H", b"D", b"E"
_PIECE = 65_536


class Head(NamedTuple):
    """What a reply says before its body."""

    status: int
    media_type: str
    headers: list[list[str]]
    lasting: bool

    @classmethod
    def read(cls, data: bytes) -> Head:
        """Read one."""
        return cls(*json.loads(data))


def frame(kind: bytes, data: bytes = b"") -> bytes:
    """A frame as bytes."""
    return FRAME.pack(kind, len(data)) + data


def received(source: IO[bytes]) -> tuple[bytes, bytes] | None:
    """The next frame; None where nobody sends any more."""
    head = source.read(FRAME.size)
    if len(head) < FRAME.size:
        return None
    kind, size = FRAME.unpack(head)
    data = source.read(size)
    return (kind, data) if len(data) == size else None


def frames(reply: HttpReply) -> Iterator[bytes]:
    """A reply as frames; a short one is a single piece of bytes."""
    head = json.dumps([reply.status, reply.media_type, [list(pair) for pair in reply.headers], reply.lasting])
    start = frame(HEAD, head.encode())
    if isinstance(reply.body, (bytes, str)):
        body = reply.body if isinstance(reply.body, bytes) else reply.body.encode("utf-8", "replace")
        yield start + frame(DATA, body) + frame(END)
        return
    waiting = bytearray()
    for piece in reply.body:
        waiting += piece.encode("utf-8", "replace")
        if len(waiting) >= _PIECE:
            yield start + frame(DATA, bytes(waiting))
            start, waiting = b"", bytearray()
    yield start + frame(DATA, bytes(waiting)) + frame(END)
