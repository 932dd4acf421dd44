"""The wire format between listening process and workers: frames with a kind and a payload."""

from __future__ import annotations

import json
import struct
from typing import IO, TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.serving.protocol.reply import HttpReply

FRAME = struct.Struct(">cI")
SETTINGS, REQUEST, READY, HEAD, DATA, END = b"S", b"Q", b"R", b"H", b"D", b"E"
LEND, REST, BACK = b"L", b"O", b"B"
_PIECE = 65_536


class Head(NamedTuple):
    """The head of a reply: status, media type, headers, and whether it may be cached."""

    status: int
    media_type: str
    headers: list[list[str]]
    lasting: bool

    @classmethod
    def read(cls, data: bytes) -> Head:
        """Deserialize a head."""
        return cls(*json.loads(data))


def frame(kind: bytes, data: bytes = b"") -> bytes:
    """Serialize a frame."""
    return FRAME.pack(kind, len(data)) + data


def received(source: IO[bytes]) -> tuple[bytes, bytes] | None:
    """Read the next frame; None at the end of the stream."""
    head = source.read(FRAME.size)
    if len(head) < FRAME.size:
        return None
    kind, size = FRAME.unpack(head)
    data = source.read(size)
    return (kind, data) if len(data) == size else None


def frames(reply: HttpReply) -> Iterator[bytes]:
    """Yield a reply as frames; a short reply is a single piece."""
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
