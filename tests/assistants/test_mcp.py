"""``filmgraph mcp`` as an assistant uses it: the SDK's own client, and the server in a process of its own."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("mcp", reason="the extra mcp is not installed")

import anyio
from mcp import Client, StdioServerParameters, stdio_client

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from mcp.types import CallToolResult

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d && ?d != ?g) }"


def using(use: Callable[[Client], Awaitable[Any]], *arguments: str) -> Any:
    """What comes of using a server that ends with it."""

    async def run() -> Any:
        command = (
            ["-m", "filmgraph", *arguments, "mcp"] if "-C" in arguments else ["-m", "filmgraph", "mcp", *arguments]
        )
        async with Client(stdio_client(StdioServerParameters(command=sys.executable, args=command))) as client:
            return await use(client)

    return anyio.run(run)


def called(tool: str, arguments: dict[str, Any], *options: str) -> CallToolResult:
    """What a tool answers."""

    async def use(client: Client) -> Any:
        return await client.call_tool(tool, arguments)

    result: CallToolResult = using(use, *options)
    return result


def text(result: CallToolResult) -> str:
    return "".join(getattr(one, "text", "") for one in result.content)


def test_the_server_says_how_it_is_to_be_used() -> None:
    async def use(client: Client) -> Any:
        return client.instructions, (await client.list_tools()).tools

    instructions, tools = using(use)
    assert "Say who says so" in instructions
    assert [one.name for one in tools] == ["find", "questions", "ask", "sparql", "show", "cite"]
    assert all(one.output_schema and one.description and one.annotations.read_only_hint for one in tools)


def test_every_claim_comes_with_its_citations() -> None:
    result = called("ask", {"question": "who won what at IDFA?"})
    data = result.structured_content
    assert data is not None
    assert data["understood_as"] == "filmgraph ask awards --festival IDFA"
    assert data["rows"]
    for row in data["rows"]:
        assert row["supported_by"]
        assert {iri for witness in row["supported_by"] for iri in witness} <= data["citations"].keys()
    assert "characters" in text(result)
    assert "Joris Ivens Award" in text(result)


def test_the_tools_lead_from_a_name_to_a_passage() -> None:
    async def use(client: Client) -> Any:
        found = await client.call_tool("find", {"name": "fan lixn", "kind": "Person"})
        thing = found.structured_content["things"][0]["iri"]
        shown = await client.call_tool("show", {"thing": thing})
        citation = next(iter(shown.structured_content["citations"]))
        return thing, await client.call_tool("cite", {"citation": citation}), citation

    thing, passage, citation = using(use)
    assert thing == "https://w3id.org/filmgraph/id/person/lixin-fan"
    assert passage.structured_content["citation"] == citation
    assert passage.structured_content["states"]


def test_questions_are_listed_and_searched() -> None:
    every = called("questions", {}).structured_content
    some = called("questions", {"about": "money"}).structured_content
    assert every is not None
    assert some is not None
    assert len(every["questions"]) > 50
    assert "box-office" in [one["name"] for one in some["questions"]]


def test_queries_have_limits() -> None:
    result = called("sparql", {"query": "SELECT * { ?s ?p ?o }", "limit": 5})
    data = result.structured_content
    assert data is not None
    assert (len(data["rows"]), data["more_rows"] > 1000) == (5, True)
    few = called("sparql", {"query": "SELECT ?f { ?f a <https://w3id.org/filmgraph/ns#Film> }"}).structured_content
    assert few is not None
    assert all(row["supported_by"] for row in few["rows"])


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("ask", {"question": "what will the weather be"}, "No question of the catalogue answers"),
        ("ask", {"question": "awards", "values": {"colour": "red"}}, "has no parameter --colour"),
        ("ask", {}, "The arguments of 'ask' are wrong: question: Field required."),
        ("ask", {"question": "awards", "limit": 0}, "limit"),
        ("ask", {"question": "awards", "festival": "IDFA"}, "The tool 'ask' has no argument 'festival'."),
        ("find", {"name": "IDFA", "kind": "Spaceship"}, "There is no class 'Spaceship'."),
        ("sparql", {"query": "DROP ALL"}, ""),
        ("sparql", {"query": "SELECT"}, "Line 1"),
        ("show", {"thing": "Nobody At All"}, "There is no thing called"),
        ("cite", {"citation": "x"}, ""),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_wrong_is_said(tool: str, arguments: dict[str, Any], said: str) -> None:
    result = called(tool, arguments)
    assert result.is_error
    assert said in text(result)
    assert "Traceback" not in text(result)


def test_values_may_be_numbers_and_kinds_may_be_called_as_people_call_them() -> None:
    async def use(client: Client) -> Any:
        asked = await client.call_tool("ask", {"question": "awards", "values": {"year": 2010}})
        found = await client.call_tool("find", {"name": "IDFA", "kind": "event series"})
        return asked, found

    asked, found = using(use)
    assert not asked.is_error
    assert asked.structured_content["rows"]
    assert found.structured_content["things"][0]["name"] == "IDFA"


def test_a_tool_that_is_not_there_is_an_error() -> None:
    async def use(client: Client) -> Any:
        try:
            return (await client.call_tool("paint", {})).is_error
        except Exception as error:  # noqa: BLE001 -- the protocol allows either
            return "paint" in str(error).lower() or "unknown" in str(error).lower()

    assert using(use)


def test_what_takes_too_long_is_ended_and_the_next_call_answered() -> None:
    async def use(client: Client) -> Any:
        late = await client.call_tool("sparql", {"query": ENDLESS})
        return late, await client.call_tool("find", {"name": "IDFA"})

    late, after = using(use, "--timeout", "1")
    assert late.is_error
    assert "longer than 1 second" in text(late)
    assert not after.is_error


def test_a_call_that_is_cancelled_does_not_hold_up_the_next() -> None:
    async def use(client: Client) -> Any:
        with anyio.move_on_after(0.5) as scope:
            await client.call_tool("sparql", {"query": ENDLESS})
        with anyio.fail_after(30):
            return scope.cancelled_caught, await client.call_tool("find", {"name": "IDFA"})

    cancelled, after = using(use, "--timeout", "5")
    assert cancelled
    assert not after.is_error
