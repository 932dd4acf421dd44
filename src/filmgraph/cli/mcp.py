"""Let an assistant use the graph, over the Model Context Protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from filmgraph.assistants.starting import serve_stdio
from filmgraph.assistants.tools import TIMEOUT, Tools
from filmgraph.cli._session import open_graph, settings_of
from filmgraph.cli._texts import sources_option, texts_at_hand
from filmgraph.cli._values import Seconds

if TYPE_CHECKING:
    from pathlib import Path


@click.command(short_help="Let an assistant use the graph, over the Model Context Protocol.")
@sources_option
@click.option(
    "--timeout",
    type=Seconds(),
    default=TIMEOUT,
    show_default=True,
    metavar="SECONDS",
    help="End a call that takes longer.",
)
@click.pass_context
def command(ctx: click.Context, folder: Path | None, timeout: float) -> None:
    """Speak the Model Context Protocol on standard input and output.

    An assistant starts this command itself; what it can call finds things, lists and asks questions, runs SPARQL,
    shows a thing and cites a passage, and every claim comes with its citations.

    \b
    Example:  filmgraph mcp --sources texts
    """  # noqa: D301  \b is click's mark for lines that are not to be joined
    with open_graph(ctx) as graph:
        texts = texts_at_hand(settings_of(ctx), graph.store, folder)
        serve_stdio(Tools(graph, texts, timeout=timeout))
