"""Middleware in front of the application: security headers, CORS, header limits, access log and metrics."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from filmgraph.serving.protocol.access_log import access_line
from filmgraph.serving.protocol.headers import ANY_ORIGIN, PREFLIGHT, SAFE, with_safe

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from filmgraph.serving.metrics import Metrics
    from filmgraph.serving.protocol.settings import ServeLimits

_PREFLIGHT = [(name.encode(), value.encode()) for name, value in (*SAFE, *PREFLIGHT)]


class Guard:
    """ASGI middleware around an application.

    Args:
        app: The inner application.
        metrics: Where each request is counted.
        limits: How long a head may be.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, limits: ServeLimits) -> None:
        self._app, self._metrics, self._limits = app, metrics, limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start = time.perf_counter()
        status = size = 0

        async def sent(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = with_safe(message.get("headers", ()))
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self._passed(scope, receive, sent)
        finally:
            seconds = time.perf_counter() - start
            self._metrics.note(scope.get("filmgraph.room", "server"), status, seconds, size)
            sys.stderr.write(access_line(scope["method"], scope["path"], status, seconds, size))

    async def _passed(self, scope: Scope, receive: Receive, send: Send) -> None:
        head = len(scope.get("raw_path") or scope["path"].encode()) + len(scope["query_string"])
        if head > self._limits.head:
            await _refuse(
                send, 414, f"The address has more than {self._limits.head:,} bytes. Send long queries by POST."
            )
        elif sum(len(name) + len(value) for name, value in scope["headers"]) > self._limits.head:
            await _refuse(send, 431, f"The headers have more than {self._limits.head:,} bytes.")
        elif scope["method"] == "OPTIONS":
            await send(
                {"type": "http.response.start", "status": 204, "headers": _PREFLIGHT[len(SAFE) + len(ANY_ORIGIN) :]}
            )
            await send({"type": "http.response.body", "body": b""})
        else:
            await self._app(scope, receive, send)


async def _refuse(send: Send, status: int, message: str) -> None:
    body = f"{message}\n".encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
