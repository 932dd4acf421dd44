"""List the documents, and how much of each is cited."""

from __future__ import annotations

import click

from filmgraph.cli._options import output_options
from filmgraph.cli._output import Output
from filmgraph.cli._session import open_graph


@click.command(params=output_options())
@click.pass_context
def command(ctx: click.Context, format_name: str | None, path: str | None) -> None:
    """List the documents: who published them, how long they are, and how much of each is cited.

    \b
    Example:  filmgraph sources
    Python:   graph.sources()
    """  # noqa: D301  \b is click's mark for lines that are not to be joined
    output = Output.of(format_name, path)
    with open_graph(ctx) as graph:
        output.write(graph.sources())
