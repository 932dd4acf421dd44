"""``/mcp``: assistants over HTTP, with the SDK's own client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("mcp", reason="the extra mcp is not installed")

import anyio
from mcp import Client

if TYPE_CHECKING:
    from tests.serving.conftest import Server


def test_an_assistant_asks_over_http(server: Server) -> None:
    async def run() -> Any:
        async with Client(f"{server.address}mcp") as client:
            answer = await client.call_tool("ask", {"question": "who won what at IDFA?"})
            wrong = await client.call_tool("ask", {"question": "nothing like that"})
            return [one.name for one in (await client.list_tools()).tools], answer, wrong

    names, answer, wrong = anyio.run(run)
    assert "cite" in names
    assert answer.structured_content["rows"][0]["supported_by"]
    assert wrong.is_error


def test_a_call_reaches_the_workers_from_inside_only(server: Server) -> None:
    reply = server.request("POST", "/mcp/call/find", body=b'{"name": "IDFA"}')
    assert reply.status >= 400
    assert b"likeness" not in reply.body
