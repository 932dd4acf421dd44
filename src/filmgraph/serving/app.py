"""The ASGI application of the listening process: reads requests, passes them to workers, sends their replies."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import BaseRoute, Mount, Route

from filmgraph.serving import urls
from filmgraph.serving.guard import Guard
from filmgraph.serving.metrics import MEDIA_TYPE
from filmgraph.serving.pages.assets import ASSETS, asset
from filmgraph.serving.pages.failures import refusal
from filmgraph.serving.protocol.compression import LEAST, gzipped, gzipped_pieces, is_text, wants_gzip
from filmgraph.serving.protocol.finished import WHOLE, entity_tag, finished, header_list, is_lasting, unchanged
from filmgraph.serving.protocol.reply import HttpError
from filmgraph.serving.protocol.reply_cache import ReplyCache
from filmgraph.serving.protocol.request import HttpRequest
from filmgraph.serving.workers.pool import GRACE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable

    from starlette.requests import Request as StarletteRequest
    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send

    from filmgraph.serving.metrics import Metrics
    from filmgraph.serving.protocol.reply_cache import CachedReply
    from filmgraph.serving.workers.pool import Pool
    from filmgraph.serving.workers.wire import Head

KEPT = 64_000_000
"""Bytes of replies that are kept."""
_SECOND, _SOON = 1.0, 0.05


def application(pool: Pool, metrics: Metrics) -> ASGIApp:
    """Return the ASGI application with all its routes.

    Args:
        pool: The workers, which it starts and ends.
        metrics: Where each request is counted.
    """
    settings = pool.settings
    explorer = Explorer(pool)

    async def health(_: StarletteRequest) -> Response:
        alive = len(pool.workers) > 0
        return JSONResponse({"status": "ok" if alive else "starting"}, 200 if alive else 503)

    async def numbers(_: StarletteRequest) -> Response:
        now = {
            "workers": len(pool.workers),
            "workers_busy": pool.busy,
            "workers_aside": pool.slow,
            "workers_killed": pool.killed,
        }
        return PlainTextResponse("\n".join([*metrics.lines(now), ""]), media_type=MEDIA_TYPE)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await pool.start()
        watch = asyncio.create_task(_watched(pool))
        await asyncio.gather(*(_warmed(pool) for _ in range(settings.limits.workers)))
        yield
        watch.cancel()
        await pool.close()

    mounts = {name: getattr(import_module(f"filmgraph.serving.urls.{name}"), "mount", None) for name in urls.rooms()}
    inner = {name: mount(settings, pool.answer) for name, mount in mounts.items() if mount is not None}
    names = list(inner)
    mounted = [one for name, app in inner.items() for one in (Route(f"/{name}", app), Mount(f"/{name}", app=app))]
    routes: list[BaseRoute] = [
        Route("/health", health),
        Route("/metrics", numbers),
        Route(f"{ASSETS}/{{name:path}}", _static),
        *mounted,
    ]
    others = Starlette(routes=routes, lifespan=lifespan)
    paths = ("/health", "/metrics", f"{ASSETS}/", *(f"/{name}" for name in names))

    async def either(scope: Scope, receive: Receive, send: Send) -> None:
        app = others if scope["type"] != "http" or scope["path"].startswith(paths) else explorer
        await app(scope, receive, send)

    return Guard(either, metrics, settings.limits)


async def _warmed(pool: Pool) -> None:
    """Send one request to a worker, so that its first visitor need not wait for start-up."""
    with suppress(HttpError):
        _, pieces = await pool.answer(HttpRequest("GET", "/", accept="text/html"), first=True)
        async for _ in pieces:
            pass


async def _watched(pool: Pool) -> None:
    while True:
        await asyncio.sleep(_SECOND)
        pool.look()


async def _static(request: StarletteRequest) -> Response:
    found = asset(request.path_params["name"])
    if found is None:
        return PlainTextResponse("There is no such file.\n", 404)
    body, media_type, lasting = found
    headers = {"cache-control": "public, max-age=31536000, immutable" if lasting else "no-cache"}
    if wants_gzip(request.headers.get("accept-encoding", "")) and len(body) > LEAST and is_text(media_type):
        body = gzipped(body)
        headers |= {"content-encoding": "gzip", "vary": "Accept-Encoding"}
    return PlainTextResponse(body, headers=headers, media_type=media_type)


_ENDLESS = 16
"""How many times as long as a request may be one is said to be that is refused unread; of others the start is read, so
that their clients hear the answer."""


class Explorer:
    """An ASGI application that passes requests to workers and caches their replies.

    Args:
        pool: The workers.
    """

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._base, self._state = pool.settings.base, pool.settings.state
        self._kept = ReplyCache(KEPT)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (`ASGI <https://asgi.readthedocs.io/en/latest/specs/www.html>`_)."""
        headers = _Headers(scope)
        body = b""
        request = HttpRequest(
            "GET" if scope["method"] == "HEAD" else scope["method"],
            scope["path"],
            scope["query_string"].decode("latin-1"),
            headers.get(b"accept", "*/*"),
            headers.get(b"content-type"),
            base=self._base,
        )
        scope["filmgraph.room"] = found.room if (found := urls.find(request.path)) else "none"
        whole = _Sender(send, head_only=scope["method"] == "HEAD")
        gzip = wants_gzip(headers.get(b"accept-encoding"))
        try:
            if scope["method"] == "POST":
                most = self._pool.settings.limits.body
                announced = headers.get(b"content-length")
                if announced.isdigit() and int(announced) > _ENDLESS * most:
                    raise _too_long(most)  # nothing of it is waited for
                body = await _read(receive, most)
                request = request._replace(body=body)
            tag = entity_tag(self._state, request)
            if tag and tag in headers.get(b"if-none-match"):
                await whole.send(unchanged(tag))
                return
            key = f"{tag} {gzip}"
            kept = self._kept.get(key) if tag else None
            if kept is not None:
                await whole.send(kept)
                return
            await _unless_gone(receive, self._answer(request, whole, tag=tag, key=key, gzip=gzip))
        except HttpError as error:
            await whole.send(refusal(request, error))

    async def _answer(self, request: HttpRequest, whole: _Sender, *, tag: str, key: str, gzip: bool) -> None:
        head, pieces = await self._pool.answer(request)
        try:
            lasting = is_lasting(tag, head.status, lasting=head.lasting)
            headers = header_list(head.media_type, head.headers, tag=tag if lasting else "")
            packed = gzip and is_text(head.media_type)
            start = b""
            async for piece in pieces:
                start += piece
                if len(start) > WHOLE:
                    await _stream(whole, head, headers, _rest(start, pieces), packed=packed)
                    return
            reply = finished(head.status, headers, start, compress=packed)
            if lasting:
                self._kept.keep(key, reply)
            await whole.send(reply)
        finally:
            await pieces.aclose()  # type: ignore[attr-defined]  # a generator


class _Headers:
    def __init__(self, scope: Scope) -> None:
        self._values: dict[bytes, str] = {}
        for name, value in scope["headers"]:
            text = value.decode("latin-1")
            self._values[name] = f"{self._values[name]}, {text}" if name in self._values else text

    def get(self, name: bytes, default: str = "") -> str:
        return self._values.get(name, default)


class _Sender:
    """Sends one reply; for HEAD without the body."""

    def __init__(self, send: Send, *, head_only: bool) -> None:
        self._send, self._head_only = send, head_only

    async def send(self, reply: CachedReply) -> None:
        length = [] if reply.status == 304 else [(b"content-length", str(len(reply.body)).encode())]  # noqa: PLR2004
        await self.start(reply.status, [*reply.headers, *length])
        await self.piece(reply.body, more=False)

    async def start(self, status: int, headers: list[tuple[bytes, bytes]]) -> None:
        await self._send({"type": "http.response.start", "status": status, "headers": headers})

    async def piece(self, body: bytes, *, more: bool) -> None:
        body = b"" if self._head_only else body
        await self._send({"type": "http.response.body", "body": body, "more_body": more})


async def _stream(
    whole: _Sender, head: Head, headers: list[tuple[bytes, bytes]], pieces: AsyncIterator[bytes], *, packed: bool
) -> None:
    if packed:
        pieces = gzipped_pieces(pieces)
        headers.append((b"content-encoding", b"gzip"))
    await whole.start(head.status, headers)
    async for piece in pieces:
        await whole.piece(piece, more=True)
    await whole.piece(b"", more=False)


async def _rest(start: bytes, pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield start
    async for piece in pieces:
        yield piece


async def _read(receive: Receive, most: int) -> bytes:
    """Read the body of a request.

    Raises:
        HttpError: It is longer than it may be (413).
    """
    pieces, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise HttpError(400, "The request broke off.")
        pieces.append(message.get("body", b""))
        size += len(pieces[-1])
        if size > most:
            raise _too_long(most)
        if not message.get("more_body"):
            return b"".join(pieces)


def _too_long(most: int) -> HttpError:
    return HttpError(
        413,
        f"The request has more than {most:,} bytes.",
        hint="Ask for less at a time.",
        headers=(("Connection", "close"),),
    )


async def _unless_gone(receive: Receive, work: Awaitable[None]) -> None:
    """Await some work, cancelling it when the client disconnects; disconnection is not watched for at first."""
    request = asyncio.current_task()
    assert request is not None  # noqa: S101 -- this runs in one
    watch = _Watch(receive, request)
    timer = asyncio.get_running_loop().call_later(_SOON, watch.start)
    try:
        await work
    except asyncio.CancelledError:
        if not watch.gone:
            raise
        request.uncancel()
    finally:
        timer.cancel()
        watch.stop()


class _Watch:
    """Watches for the client's disconnection, and then cancels the task of its request."""

    def __init__(self, receive: Receive, request: asyncio.Task[object]) -> None:
        self._receive, self._request = receive, request
        self._task: asyncio.Task[None] | None = None
        self.gone = False

    def start(self) -> None:
        self._task = asyncio.create_task(self._wait())

    def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _wait(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        await asyncio.sleep(GRACE)
        self.gone = True
        self._request.cancel()
