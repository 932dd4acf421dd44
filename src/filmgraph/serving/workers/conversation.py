"""A worker's conversation with a client, on a connection that is lent to it: one simple request after another.

Requests and replies do not pass through the listening process then, which halves the time of a look-up. A worker holds
one connection at a time, and soon gives it back: so that a worker that is ended takes no other client's with it.
"""

from __future__ import annotations

import sys
from itertools import chain
from time import monotonic, perf_counter
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.serving import urls
from filmgraph.serving.protocol.access_log import access_line
from filmgraph.serving.protocol.compression import gzipped_parts, is_text, wants_gzip
from filmgraph.serving.protocol.finished import WHOLE, entity_tag, finished, header_list, is_lasting, unchanged
from filmgraph.serving.protocol.message import chunk, head, message, read_simple
from filmgraph.serving.protocol.packet import packed, unpacked
from filmgraph.serving.protocol.reply_cache import ReplyCache
from filmgraph.serving.workers.lane import FRESH, USED
from filmgraph.serving.workers.wire import BACK, REST, frame

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterable, Iterator
    from typing import IO

    from filmgraph.serving.pages.site import ServedSite
    from filmgraph.serving.protocol.message import SimpleRequest
    from filmgraph.serving.protocol.reply import HttpReply
    from filmgraph.serving.protocol.reply_cache import CachedReply
    from filmgraph.serving.workers.lane import Lane

HELD = 0.1
"""Seconds after which a worker begins no other request on the same connection."""
_LINGER = 5  # milliseconds in which a client may ask the next thing
_RECEIVED = 65_536
_KEPT = 8_000_000
_WORTH_KEEPING = 0.02  # seconds: what is answered sooner is not kept


class Noted(NamedTuple):
    """A request that was answered: its status, its seconds, and the bytes of its body."""

    status: int
    seconds: float
    size: int


class Returned(NamedTuple):
    """A connection that is given back: what is not answered yet, whether to close it, and what was answered."""

    data: bytes
    close: bool
    noted: list[Noted]

    def pack(self) -> bytes:
        """Serialize to bytes."""
        return packed([self.close, self.noted], self.data)

    @classmethod
    def unpack(cls, packet: bytes) -> Returned:
        """Deserialize what `pack` returned.

        >>> Returned.unpack(Returned(b"GET", True, [Noted(200, 0.1, 9)]).pack())
        Returned(data=b'GET', close=True, noted=[Noted(status=200, seconds=0.1, size=9)])
        """
        (close, noted), data = unpacked(packet)
        return cls(data, close, [Noted(*one) for one in noted])


class Conversation:
    """Answers on connections that are lent.

    Args:
        site: What is served.
        lane: Over which connections come.
        target: Where frames go.
    """

    def __init__(self, site: ServedSite, lane: Lane, target: IO[bytes]) -> None:
        self._site, self._lane, self._target = site, lane, target
        self._kept = ReplyCache(_KEPT)

    def hold(self, data: bytes) -> None:
        """Answer the requests that come on the next connection, the first of which is at hand; then give it back."""
        with self._lane.borrowed() as connection:
            returned = self._held(connection, data)
        self._lane.take_token()
        self._lane.return_token(FRESH)
        self._target.write(frame(BACK, returned.pack()))
        self._target.flush()

    def _held(self, connection: socket.socket, data: bytes) -> Returned:
        settings = self._site.settings
        end = monotonic() + HELD
        noted: list[Noted] = []
        while True:
            asked = read_simple(data, most=settings.limits.head, base=settings.base)
            if asked is None:
                return Returned(data, close=False, noted=noted)
            start = perf_counter()
            sent = self._answered(connection, asked)
            done = Noted(sent.status, perf_counter() - start, sent.size)
            noted.append(done)
            sys.stderr.write(access_line("GET", asked.request.path, *done))
            data = data[asked.size :]
            if asked.close or sent.broken or not sent.whole or monotonic() > end:
                return Returned(data, asked.close or sent.broken, noted)
            if not data and self._lane.awaits(connection, _LINGER):
                data = _received(connection)
            if not data:
                return Returned(b"", close=False, noted=noted)

    def _answered(self, connection: socket.socket, asked: SimpleRequest) -> _Sent:
        gzip = wants_gzip(asked.accept_encoding)
        tag = entity_tag(self._site.settings.state, asked.request)
        if tag and tag in asked.if_none_match:
            return self._send(connection, unchanged(tag), close=asked.close)
        key = f"{tag} {gzip}"
        kept = self._kept.get(key) if tag else None
        if kept is not None:
            return self._send(connection, kept, close=asked.close)
        start = perf_counter()
        reply = urls.answer(self._site, asked.request)
        lasting = is_lasting(tag, reply.status, lasting=reply.lasting)
        headers = header_list(reply.media_type, reply.headers, tag=tag if lasting else "")
        compress = gzip and is_text(reply.media_type)
        pieces = _encoded(reply)
        body = b""
        for piece in pieces:
            body += piece
            if len(body) > WHOLE and not isinstance(reply.body, (bytes, str)):
                whole = gzipped_parts(chain([body], pieces)) if compress else chain([body], pieces)
                headers += [(b"content-encoding", b"gzip")] if compress else []
                return self._stream(reply.status, headers, whole, close=asked.close)
        made = finished(reply.status, headers, body, compress=compress)
        if lasting and perf_counter() - start > _WORTH_KEEPING:
            self._kept.keep(key, made)
        return self._send(connection, made, close=asked.close)

    def _send(self, connection: socket.socket, reply: CachedReply, *, close: bool) -> _Sent:
        """Send a reply; what the client does not take at once goes through the listening process, which can wait."""
        data = message(reply, close=close)
        self._lane.take_token()
        try:
            sent = connection.send(data)
        except BlockingIOError:
            sent = 0
        except OSError:
            sent = -1
        if 0 <= sent < len(data):
            for start in range(sent, len(data), _RECEIVED):
                self._hand_on(data[start : start + _RECEIVED])
        self._lane.return_token(USED)
        return _Sent(reply.status, len(reply.body), whole=sent == len(data), broken=sent < 0)

    def _stream(
        self, status: int, headers: list[tuple[bytes, bytes]], pieces: Iterable[bytes], *, close: bool
    ) -> _Sent:
        self._lane.take_token()
        self._hand_on(head(status, [*headers, (b"transfer-encoding", b"chunked")], close=close))
        size = 0
        for piece in filter(None, pieces):
            self._hand_on(chunk(piece))
            size += len(piece)
        self._hand_on(chunk(b""))
        self._lane.return_token(USED)
        return _Sent(status, size, whole=False, broken=False)

    def _hand_on(self, data: bytes) -> None:
        self._target.write(frame(REST, data))
        self._target.flush()


class _Sent(NamedTuple):
    status: int
    size: int
    whole: bool
    broken: bool


def _encoded(reply: HttpReply) -> Iterator[bytes]:
    if isinstance(reply.body, bytes):
        yield reply.body
    elif isinstance(reply.body, str):
        yield reply.body.encode("utf-8", "replace")
    else:
        for piece in reply.body:
            yield piece.encode("utf-8", "replace")


def _received(connection: socket.socket) -> bytes:
    try:
        return connection.recv(_RECEIVED)
    except OSError:
        return b""
