"""The first protocol of each connection: simple look-ups are lent to a worker, all else goes to the whole HTTP server.

A program that asks one thing after another keeps its connection. As long as it sends plain GET requests to ``/sparql``,
a worker reads and answers them itself; with the first request of another kind the connection is uvicorn's for good.
"""

from __future__ import annotations

import asyncio
import os
import select
import socket
import sys
import time
from contextlib import aclosing
from typing import TYPE_CHECKING, cast

from uvicorn.protocols.http.auto import AutoHTTPProtocol

from filmgraph.serving.pages.failures import refusal
from filmgraph.serving.protocol.access_log import access_line
from filmgraph.serving.protocol.message import message, read_simple
from filmgraph.serving.protocol.reply import HttpError
from filmgraph.serving.protocol.request import HttpRequest
from filmgraph.serving.workers.pool import GRACE

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from uvicorn.server import ServerState

    from filmgraph.serving.metrics import Metrics
    from filmgraph.serving.workers.conversation import Returned
    from filmgraph.serving.workers.pool import Pool

_WHOLE = cast("Callable[..., asyncio.Protocol]", AutoHTTPProtocol)
_ROOM, _START, _END = "sparql", b"GET /sparql?", b"\r\n\r\n"
_BROWSER = b"text/html"  # pages are cached by the listening process
_LOOK, _IDLE = 0.05, 5.0  # seconds


def doorway(pool: Pool, metrics: Metrics, *, most: int) -> type[asyncio.Protocol]:
    """Return the class of protocols for uvicorn (``http=``).

    Args:
        pool: The workers.
        metrics: Where each request is counted.
        most: How many connections there may be; of those beyond, uvicorn refuses requests.
    """

    class ServedDoorway(Doorway):
        def __init__(self, *, server_state: ServerState, **others: Any) -> None:
            super().__init__(lambda: _WHOLE(server_state=server_state, **others), server_state, pool, metrics, most)

    return ServedDoorway


class Doorway(asyncio.Protocol):
    """A connection of which nobody knows yet what is asked on it, or on which simple look-ups are asked.

    Args:
        whole: Makes the protocol that takes what this one leaves.
        server_state: uvicorn's: the connections that it ends, and waits for.
        pool: The workers.
        metrics: Where each request is counted.
        most: How many connections there may be.
    """

    def __init__(
        self,
        whole: Callable[[], asyncio.Protocol],
        server_state: ServerState,
        pool: Pool,
        metrics: Metrics,
        most: int,
    ) -> None:
        self._whole = whole
        self._pool, self._metrics, self._most = pool, metrics, most
        self._connections = cast("set[Any]", server_state.connections)
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._own: socket.socket | None = None
        self._task: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._writable = asyncio.Event()
        self._writable.set()
        self._ending = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by asyncio."""
        self._transport = cast("asyncio.Transport", transport)
        self._connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by asyncio."""
        del exc
        if self._task is not None:
            self._task.cancel()
        self._leave()

    def pause_writing(self) -> None:
        """Called by asyncio."""
        self._writable.clear()

    def resume_writing(self) -> None:
        """Called by asyncio."""
        self._writable.set()

    def shutdown(self) -> None:
        """Called by uvicorn when it ends: a request in progress is answered first."""
        if self._task is not None:
            self._ending = True
        elif self._transport is not None:
            self._transport.close()

    def data_received(self, data: bytes) -> None:
        """Called by asyncio."""
        if self._task is not None or self._transport is None:
            self._ending = True  # nothing is read while a connection is lent; what came yet has no place in the order
            return
        self._cancel_timer()
        simple = data.startswith(_START) and data.endswith(_END) and _BROWSER not in data
        if not simple or len(self._connections) >= self._most:
            self._hand_over(data)
            return
        self._transport.pause_reading()
        self._task = self._loop.create_task(self._lend(data))
        self._timer = self._loop.call_later(_LOOK, self._look)

    def _hand_over(self, data: bytes) -> None:
        """Give the connection to uvicorn."""
        transport = self._transport
        if transport is None:
            return
        self._leave()
        protocol = self._whole()
        protocol.connection_made(transport)
        transport.set_protocol(protocol)
        transport.resume_reading()
        protocol.data_received(data)

    def _leave(self) -> None:
        self._cancel_timer()
        self._connections.discard(self)
        self._transport = None
        self._writable.set()
        if self._own is not None:
            self._own.close()
            self._own = None

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _socket(self) -> socket.socket:
        if self._own is None:
            assert self._transport is not None  # noqa: S101 -- there is a connection
            self._own = socket.socket(fileno=os.dup(self._transport.get_extra_info("socket").fileno()))
        return self._own

    async def _lend(self, data: bytes) -> None:
        start = time.perf_counter()
        returned: Returned | None = None
        try:
            async with aclosing(self._pool.lend(self._socket().fileno(), data)) as pieces:  # type: ignore[type-var]
                async for piece in pieces:
                    if not isinstance(piece, bytes):
                        returned = piece
                    elif self._transport is not None:
                        self._transport.write(piece)
                        await self._writable.wait()
        except HttpError as error:
            self._refuse(data, error, time.perf_counter() - start)
        except ConnectionError:
            pass
        finally:
            self._task = None
        self._cancel_timer()
        self._taken_back(returned)

    def _taken_back(self, returned: Returned | None) -> None:
        for one in returned.noted if returned is not None else ():
            self._metrics.note(_ROOM, *one)
        transport = self._transport
        if transport is None:
            return
        if returned is None or returned.close or self._ending:
            transport.close()
        elif returned.data and not returned.noted:
            self._hand_over(returned.data)  # no simple request after all
        elif returned.data:
            self.data_received(returned.data)
        else:
            transport.resume_reading()
            self._timer = self._loop.call_later(_IDLE, transport.close)

    def _refuse(self, data: bytes, error: HttpError, seconds: float) -> None:
        """Send the reply to a request that nobody answered."""
        asked = read_simple(data, most=len(data), base=self._pool.settings.base)
        request = asked.request if asked is not None else HttpRequest("GET", "/sparql")
        reply = refusal(request, error)
        self._metrics.note(_ROOM, reply.status, seconds, len(reply.body))
        sys.stderr.write(access_line(request.method, request.path, reply.status, seconds, len(reply.body)))
        if self._transport is not None:
            self._transport.write(message(reply, close=True))

    def _look(self) -> None:
        """Look whether the client is still there; while its connection is lent, nobody else would notice."""
        self._timer = self._loop.call_later(GRACE if self._is_gone() else 2 * _LOOK, self._look_again)

    def _look_again(self) -> None:
        if not self._is_gone():
            self._look()
        elif self._task is not None:
            self._task.cancel()
            if self._transport is not None:
                self._transport.abort()

    def _is_gone(self) -> bool:
        ready, _, _ = select.select([self._socket()], [], [], 0)
        if not ready:
            return False
        try:
            return not self._socket().recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return False
        except OSError:
            return True
