"""Answer any SPARQL query."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from filmgraph.answers.rows import MAX_WITNESSES
from filmgraph.cli._evidence import Wanted
from filmgraph.cli._input import NAME, file_bytes
from filmgraph.cli._options import answer_options
from filmgraph.cli._output import Output
from filmgraph.cli._places import refuse_one_place
from filmgraph.cli._session import open_graph
from filmgraph.cli._values import FILE, TEXT
from filmgraph.lookup.values import term_of_text
from filmgraph.text.utf8 import decoded

if TYPE_CHECKING:
    from filmgraph.lookup.values import Value


@click.command(
    params=[
        click.Argument(["file"], type=FILE, metavar="[FILE|-]", required=False),
        click.Option(["-e", "--expression", "text"], type=TEXT, metavar="TEXT", help="The query itself."),
        click.Option(
            ["--bind", "bindings"], type=TEXT, metavar="NAME=VALUE", multiple=True, help="Give a variable a value."
        ),
        *answer_options(),
        click.Option(["--allow-service"], is_flag=True, help="Let SERVICE reach other endpoints."),
    ]
)
@click.pass_context
def command(  # noqa: PLR0913, PLR0917  options arrive as arguments
    ctx: click.Context,
    file: str | None,
    text: str | None,
    bindings: tuple[str, ...],
    format_name: str | None,
    path: str | None,
    why: bool,  # noqa: FBT001  an option
    timeout: float | None,
    memory: int | None,
    allow_service: bool,  # noqa: FBT001  an option
) -> None:
    """Answer a SPARQL 1.1 SELECT, ASK, CONSTRUCT or DESCRIBE from FILE, standard input (-) or -e.

    A bound VALUE is an IRI in < >, a prefixed name, a literal in quotes, a number, true, false, or else plain text.

    \b
    Example:  filmgraph query -e "SELECT DISTINCT ?class { ?thing a ?class }"
    Python:   graph.query("SELECT DISTINCT ?class { ?thing a ?class }")
    """  # noqa: D301  \b is click's mark for lines that are not to be joined
    if (file is None) == (text is None):
        raise click.UsageError("Give the query as a FILE, as - for standard input, or with -e.", ctx)
    if file is not None and "{" in file and not os.path.lexists(file):
        raise click.UsageError("This is no file, and looks like a query. Give a query itself with -e.", ctx)
    output = Output.of(format_name, path)
    refuse_one_place(
        ctx, output.path, receipt=ctx.meta.get("filmgraph.receipt"), reads={"the file of the query": file or ""}
    )
    named = file or "-"
    query = text if text is not None else decoded(file_bytes(named, "The query"), NAME if named == "-" else named)
    bind = _bound(ctx, bindings)
    with open_graph(ctx) as opened:
        graph = opened
        if memory is not None:
            graph.limit_memory(memory * 1_000_000)
        if timeout is not None:
            graph = graph.within(timeout, labels=True)
        wanted = Wanted.of(ctx, why=why or output.evident)
        trusted = wanted.trusted(graph)
        answer = trusted.query(
            query,
            why=wanted.why,
            bind=bind,
            allow_service=allow_service,
            max_witnesses=wanted.max_witnesses or MAX_WITNESSES,
            page=wanted.page,
        )
        wanted.deliver(trusted, answer, output)
        wanted.record(lambda: trusted.receipt(answer, parameters=bind, service=allow_service))


def _bound(ctx: click.Context, bindings: tuple[str, ...]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for binding in bindings:
        name, equals, value = binding.partition("=")
        name = name.strip().lstrip("$?")
        if not equals or not name:
            raise click.UsageError(f"--bind takes NAME=VALUE, not '{binding}'.", ctx)
        if name in found:
            raise click.UsageError(f"--bind gives '{name}' twice.", ctx)
        found[name] = term_of_text(value)
    return found
