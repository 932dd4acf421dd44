"""Gzip compression of bodies (`RFC 9110, 8.4.1.3 <https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1.3>`_)."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator

LEAST = 600
"""Bodies of fewer bytes are sent as they are."""
_GZIP = 16 + zlib.MAX_WBITS
_LEVEL = 5


def wants_gzip(accept_encoding: str) -> bool:
    """Whether an ``Accept-Encoding`` header accepts gzip.

    >>> wants_gzip("br, gzip;q=0.8"), wants_gzip("gzip;q=0"), wants_gzip("")
    (True, False, False)
    """
    for part in accept_encoding.lower().split(","):
        name, _, parameter = part.partition(";")
        if name.strip() in {"gzip", "*"}:
            return parameter.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def is_text(media_type: str) -> bool:
    """Whether a media type is textual, so that compression pays.

    >>> is_text("application/sparql-results+json"), is_text("image/png")
    (True, False)
    """
    name = media_type.partition(";")[0]
    return (
        name.startswith("text/")
        or name.endswith(("json", "xml", "javascript"))
        or name in {"application/n-triples", "application/n-quads", "application/trig"}
    )


def gzipped(body: bytes) -> bytes:
    """Compress a body."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    return packer.compress(body) + packer.flush()


async def gzipped_pieces(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Compress a streamed body, flushing after each piece so that it can be read on arrival."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    async for piece in pieces:
        yield packer.compress(piece) + packer.flush(zlib.Z_SYNC_FLUSH)
    yield packer.flush()


def gzipped_parts(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Compress a body piece by piece; each can be read on arrival."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    for piece in pieces:
        yield packer.compress(piece) + packer.flush(zlib.Z_SYNC_FLUSH)
    yield packer.flush()
