"""``/mcp``: the tools for assistants over streamable HTTP; a worker runs each call.

The protocol is spoken in the listening process, which never touches the store. What it calls goes to a worker as
``/mcp/call/NAME``, an address that no request from outside reaches.
"""

from __future__ import annotations

import asyncio
import json
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from filmgraph.assistants.tool_content import ToolContent
from filmgraph.assistants.tools import Tools
from filmgraph.errors import FilmgraphError
from filmgraph.rdf.citation import source_slug
from filmgraph.serving.protocol.reply import JSON, TEXT, HttpReply
from filmgraph.serving.protocol.request import HttpRequest
from filmgraph.serving.protocol.route import Route

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, MutableMapping

    from filmgraph.serving.pages.site import ServedSite
    from filmgraph.serving.protocol.settings import ServeSettings

    Answer = Callable[[HttpRequest], Awaitable[tuple[Any, Any]]]
    Scope = MutableMapping[str, Any]

ROOM = "/mcp"
_CALL = f"{ROOM}/call/"
_NOT_INSTALLED = "This server cannot speak with assistants: the extra mcp is not installed.\n"


def call(site: ServedSite, request: HttpRequest, name: str) -> HttpReply:
    """Run a tool in a worker and return its result."""
    texts = {source_slug(iri): text for iri, text in site.texts.items()}
    tools = Tools(site.graph, texts, timeout=site.settings.limits.timeout)
    try:
        found = tools.call(name, json.loads(request.body))
    except FilmgraphError as error:
        body = {"error": site.without_paths(str(error)), "hint": site.without_paths(error.hint or "")}
    else:
        body = found._asdict()
    return HttpReply(json.dumps(body, ensure_ascii=False), JSON)


def mount(settings: ServeSettings, answer: Answer) -> Callable[..., Awaitable[None]]:
    """Return the ASGI application of the Model Context Protocol, whose tool calls run in workers."""
    if find_spec("mcp") is None:
        return _Missing()
    return _Mounted(settings, answer)


class _Mounted:
    """The SDK's ASGI application; a task started by the first request keeps its sessions."""

    def __init__(self, settings: ServeSettings, answer: Answer) -> None:
        self._settings, self._answer = settings, answer
        self._ready: asyncio.Task[None] | None = None
        self._started = asyncio.Event()
        self._manager: Any = None

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Answer a request: https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http."""
        if self._ready is None:
            self._ready = asyncio.create_task(self._run())
        await self._started.wait()
        await self._manager.handle_request(scope, receive, send)

    async def _run(self) -> None:
        over_http = import_module("filmgraph.assistants.server").over_http
        self._manager = over_http(self._call, _hosts(self._settings))
        async with self._manager.run():
            self._started.set()
            await asyncio.Event().wait()

    async def _call(self, name: str, arguments: Mapping[str, Any]) -> ToolContent:
        body = json.dumps({key: value for key, value in arguments.items() if value is not None}).encode()
        _, pieces = await self._answer(HttpRequest("POST", _CALL + name, content_type=JSON, body=body))
        found = json.loads(b"".join([piece async for piece in pieces]))
        if "error" in found:
            raise FilmgraphError(found["error"], hint=found["hint"] or None)
        return ToolContent(**found)


def _hosts(settings: ServeSettings) -> list[str]:
    """Return the allowed Host names, as protection against DNS rebinding."""
    own = [settings.host, "localhost", "127.0.0.1", "[::1]", urlsplit(settings.public_url).netloc]
    return [form for host in own if host for form in (host, f"{host}:*")]


class _Missing:
    """A replacement application that says the SDK is not installed."""

    async def __call__(self, _scope: Scope, _receive: Any, send: Any) -> None:
        """Answer any request."""
        body = _NOT_INSTALLED.encode()
        await send({"type": "http.response.start", "status": 501, "headers": [(b"content-type", TEXT.encode())]})
        await send({"type": "http.response.body", "body": body})


ROUTES = (Route(_CALL + "{name}", call, ("POST",)),)
