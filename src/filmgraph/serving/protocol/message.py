"""HTTP/1.1 messages as bytes (`RFC 9112 <https://www.rfc-editor.org/rfc/rfc9112>`_), for simple requests alone.

What is not plainly simple is left to a whole HTTP parser.
"""

from __future__ import annotations

import re
import time
from email.utils import formatdate
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.serving.protocol.headers import with_safe
from filmgraph.serving.protocol.request import HttpRequest

if TYPE_CHECKING:
    from filmgraph.serving.protocol.reply_cache import CachedReply

_HEAD = re.compile(rb"GET (/[^\s#?\x7f-\xff\x00-\x20%]*)\?([!-\"$-~]*) HTTP/1\.1\r\n((?:[!-9;-~]+:[\t -~]*\r\n)+)\r\n")
_TOKEN = re.compile(rb"[A-Za-z0-9_-]+")
_UNUSUAL = {b"content-length", b"transfer-encoding", b"upgrade", b"expect", b"trailer", b"te"}
_NO_BODY = 304


class SimpleRequest(NamedTuple):
    """A GET request with a query string and no body, and what of its headers the reply depends on.

    ``size`` is its length in bytes; ``close`` is whether the client wants the connection closed after the reply.
    """

    request: HttpRequest
    size: int
    accept_encoding: str
    if_none_match: str
    close: bool


def read_simple(data: bytes, *, most: int, base: str) -> SimpleRequest | None:
    r"""Parse the request that some bytes begin with; None where it is incomplete, or not simple.

    Args:
        data: What was received.
        most: How long its target, and all its headers, may be.
        base: The public URL of the server.

    >>> sent = b"GET /sparql?query=ASK{} HTTP/1.1\r\nHost: a\r\nAccept: text/csv\r\n\r\n"
    >>> found = read_simple(sent, most=99, base="")
    >>> found.request.query_string, found.request.accept, found.size
    ('query=ASK{}', 'text/csv', 63)
    >>> read_simple(b"GET /sparql?query=ASK{} HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n", most=99, base="")
    """
    match = _HEAD.match(data)
    if match is None:
        return None
    path, query, lines = match.groups()
    if len(path) + len(query) > most or len(lines) > most:
        return None
    headers: dict[bytes, str] = {}
    for line in lines[:-2].split(b"\r\n"):
        name, _, value = line.partition(b":")
        name, text = name.lower(), value.strip(b" \t").decode("ascii")
        if name in _UNUSUAL or not _TOKEN.fullmatch(name) or (name == b"host" and name in headers):
            return None
        headers[name] = f"{headers[name]}, {text}" if name in headers else text
    connection = headers.get(b"connection", "keep-alive").lower()
    if b"host" not in headers or connection not in {"keep-alive", "close"}:
        return None
    return SimpleRequest(
        HttpRequest(
            "GET",
            path.decode("ascii"),
            query.decode("ascii"),
            headers.get(b"accept", "*/*"),
            headers.get(b"content-type", ""),
            base=base,
        ),
        match.end(),
        headers.get(b"accept-encoding", ""),
        headers.get(b"if-none-match", ""),
        connection == "close",
    )


def head(status: int, headers: list[tuple[bytes, bytes]], *, close: bool) -> bytes:
    """Return the status line and the headers of a reply, the security headers among them."""
    lines = [_status_line(status), b"date: %b" % _date(int(time.time()))]
    lines += [b"%b: %b" % pair for pair in with_safe(headers)]
    return b"\r\n".join([*lines, b"connection: close", b"", b""] if close else [*lines, b"", b""])


def message(reply: CachedReply, *, close: bool) -> bytes:
    """Return a whole reply as bytes."""
    if reply.status == _NO_BODY:
        return head(reply.status, reply.headers, close=close)
    length = (b"content-length", str(len(reply.body)).encode())
    return head(reply.status, [*reply.headers, length], close=close) + reply.body


def chunk(data: bytes) -> bytes:
    r"""Return a chunk of a body that is sent piece by piece; without data, the end (RFC 9112, 7.1).

    >>> chunk(b"ab"), chunk(b"")
    (b'2\r\nab\r\n', b'0\r\n\r\n')
    """
    return b"%x\r\n%b\r\n" % (len(data), data)


@lru_cache(32)
def _status_line(status: int) -> bytes:
    return f"HTTP/1.1 {status} {HTTPStatus(status).phrase}".encode("ascii")


@lru_cache(2)
def _date(second: int) -> bytes:
    return formatdate(second, usegmt=True).encode("ascii")
