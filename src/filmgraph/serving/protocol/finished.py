"""Finished replies: entity tags, headers and compression, as they are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.serving.protocol.compression import LEAST, gzipped
from filmgraph.serving.protocol.reply_cache import CachedReply, key_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filmgraph.serving.protocol.request import HttpRequest

_VARY = b"Accept, Accept-Encoding"
WHOLE = 256_000
"""A longer body is sent piece by piece."""
_OK = 200


def entity_tag(state: str, request: HttpRequest) -> str:
    """Return the weak entity tag of the reply to a request; empty where nobody knows when the data change.

    A compressed reply has the same one (`RFC 9110, 8.8.3 <https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3>`_).
    """
    if not state:
        return ""
    digest = key_of(
        state,
        request.method,
        request.path,
        request.query_string,
        request.accept,
        request.content_type,
        request.body,
    )
    return f'W/"{digest}"'


def is_lasting(tag: str, status: int, *, lasting: bool) -> bool:
    """Whether a reply may be cached under its entity tag."""
    return bool(tag) and lasting and status == _OK


def header_list(media_type: str, headers: Iterable[Iterable[str]], *, tag: str = "") -> list[tuple[bytes, bytes]]:
    """Return the headers of a reply as they are sent; the tag is empty where the reply may not be cached."""
    found = [(b"content-type", media_type.encode("latin-1")), (b"vary", _VARY)]
    found += [(name.lower().encode("latin-1"), _one_line(value)) for name, value in headers]
    return [*found, (b"etag", tag.encode()), (b"cache-control", b"no-cache")] if tag else found


def unchanged(tag: str) -> CachedReply:
    """Return the reply to a client that has the current answer."""
    return CachedReply(304, [(b"etag", tag.encode()), (b"vary", _VARY)], b"")


def finished(status: int, headers: list[tuple[bytes, bytes]], body: bytes, *, compress: bool) -> CachedReply:
    """Return a whole reply, compressed where that is wanted and pays."""
    if compress and len(body) > LEAST:
        return CachedReply(status, [*headers, (b"content-encoding", b"gzip")], gzipped(body))
    return CachedReply(status, headers, body)


def _one_line(value: str) -> bytes:
    return (value if value.isprintable() else " ".join(value.split())).encode("latin-1", "replace")
