"""The tools over the Model Context Protocol (https://modelcontextprotocol.io), with its official SDK."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, NotRequired, TypedDict

import anyio.to_thread
from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import CallToolResult, InputRequiredResult, TextContent, Tool, ToolAnnotations
from pydantic import Field, ValidationError

from filmgraph.assistants.tool_content import MOST_ROWS, ToolContent
from filmgraph.assistants.tools import INSTRUCTIONS
from filmgraph.errors import FilmgraphError
from filmgraph.text.printable import printable
from filmgraph.version import __version__

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from mcp.server.mcpserver import Context
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

    from filmgraph.assistants.tools import Tools

    Call = Callable[[str, Mapping[str, Any]], Awaitable[ToolContent]]

_READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)


class _StrictServer(MCPServer):
    """A server whose tools refuse what is none of their arguments: left out, it would change what is answered."""

    async def list_tools(self) -> list[Tool]:
        strict = {"additionalProperties": False}
        return [
            one.model_copy(update={"input_schema": {**one.input_schema, **strict}})
            for one in await super().list_tools()
        ]

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        for tool in await super().list_tools():
            unknown = [one for one in arguments if one not in tool.input_schema["properties"]]
            if tool.name == name and unknown:
                takes = ", ".join(tool.input_schema["properties"])
                hint = " The parameters of a question stand in values." if name == "ask" else ""
                raise ToolError(f"The tool '{name}' has no argument '{unknown[0]}'. It takes {takes}.{hint}")
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            if not isinstance(error.__cause__, ValidationError):
                raise
            wrong = (f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.__cause__.errors())
            raise ToolError(f"The arguments of '{name}' are wrong: {'; '.join(wrong)}.") from None


class _Rows(TypedDict):
    """Rows, each with the citations that support it: witnesses, of which each by itself is enough."""

    columns: list[str]
    rows: list[dict[str, Any]]
    citations: dict[str, dict[str, Any]]
    more_rows: int
    understood_as: NotRequired[str]


class _Things(TypedDict):
    """Things that a name may mean."""

    things: list[dict[str, Any]]


class _Questions(TypedDict):
    """Questions that can be asked by name."""

    questions: list[dict[str, Any]]


class _Passage(TypedDict):
    """A passage: where it stands, what it states, its words where the text is at hand."""

    citation: str
    document: dict[str, Any]
    characters: list[int]
    according_to: list[str]
    stance: str
    states: list[dict[str, str]]
    passage: str | None


def in_thread(tools: Tools) -> Call:
    """Call tools of this process. A call that is cancelled is let go of; its own time limit ends it."""

    async def call(name: str, arguments: Mapping[str, Any]) -> ToolContent:
        return await anyio.to_thread.run_sync(partial(tools.call, name, arguments), abandon_on_cancel=True)

    return call


def over_http(call: Call, hosts: Sequence[str]) -> StreamableHTTPSessionManager:
    """Return the handler of stateless streamable HTTP requests.

    Args:
        call: As for `server`.
        hosts: By which names it may be called: a page of another name must not reach it through somebody's browser.
    """
    made = server(call)
    origins = [f"{scheme}://{host}" for host in hosts for scheme in ("http", "https")]
    security = TransportSecuritySettings(allowed_hosts=list(hosts), allowed_origins=origins)
    made.streamable_http_app(stateless_http=True, json_response=True, transport_security=security)
    return made.session_manager


def server(call: Call) -> MCPServer:
    """The server, with whatever calls the tools.

    Args:
        call: From the name of a tool and its arguments to what it tells.
    """
    made: MCPServer = _StrictServer("filmgraph", version=__version__, instructions=INSTRUCTIONS, log_level="CRITICAL")

    async def answered(tool: str, /, **arguments: Any) -> CallToolResult:
        try:
            found = await call(tool, arguments)
        except FilmgraphError as error:
            hint = f"\n{error.hint}" if error.hint else ""
            raise ToolError(printable(f"{error}{hint}", keep="\n")) from None
        return CallToolResult(content=[TextContent(type="text", text=found.text)], structured_content=found.data)

    @made.tool(annotations=_READS)
    async def find(
        name: Annotated[str, Field(description="A name or title, in any spelling.", min_length=1)],
        kind: Annotated[str, Field(description="Only things of this class: Film, Person, Place, EventSeries …")] = "",
        limit: Annotated[int, Field(ge=1, le=20)] = 10,
    ) -> Annotated[CallToolResult, _Things]:
        """Find films, people, places, festivals by name; gives their IRIs."""
        return await answered("find", name=name, kind=kind, limit=limit)

    @made.tool(annotations=_READS)
    async def questions(
        about: Annotated[str, Field(description="Words that the question must have; empty for all.")] = "",
    ) -> Annotated[CallToolResult, _Questions]:
        """List the questions that can be asked by name, with their parameters."""
        return await answered("questions", about=about)

    @made.tool(annotations=_READS)
    async def ask(
        question: Annotated[str, Field(description="A question's name, or a question in plain English.", min_length=1)],
        values: Annotated[
            dict[str, str | int | float | bool] | None, Field(description="Values of its parameters, by name.")
        ] = None,
        limit: Annotated[int, Field(ge=1, le=MOST_ROWS)] = MOST_ROWS,
    ) -> Annotated[CallToolResult, _Rows]:
        """Answer a question; each row comes with the citations that support it."""
        return await answered("ask", question=question, values=values, limit=limit)

    @made.tool(annotations=_READS)
    async def sparql(
        query: Annotated[str, Field(description="SPARQL 1.1: SELECT, ASK, CONSTRUCT or DESCRIBE.", min_length=1)],
        limit: Annotated[int, Field(ge=1, le=MOST_ROWS)] = MOST_ROWS,
    ) -> Annotated[CallToolResult, _Rows]:
        """Run a SPARQL query; its rows come with evidence where there are not too many."""
        return await answered("sparql", query=query, limit=limit)

    @made.tool(annotations=_READS)
    async def show(
        thing: Annotated[str, Field(description="An IRI, or a name or title.", min_length=1)],
    ) -> Annotated[CallToolResult, _Rows]:
        """Everything known of one thing, disagreements marked, each line with its citations."""
        return await answered("show", thing=thing)

    @made.tool(annotations=_READS)
    async def cite(
        citation: Annotated[str, Field(description="A citation's IRI, or SLUG#char=START,END.", min_length=1)],
    ) -> Annotated[CallToolResult, _Passage]:
        """Return what a passage states, who speaks in it, and its words if the text is at hand."""
        return await answered("cite", citation=citation)

    return made
