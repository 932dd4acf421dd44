"""Show everything known of a film, a person, a place."""

from __future__ import annotations

import click

from filmgraph.cli._completion import things
from filmgraph.cli._evidence import Wanted
from filmgraph.cli._options import evidence_options, output_options, timeout_option
from filmgraph.cli._output import Output
from filmgraph.cli._places import refuse_one_place
from filmgraph.cli._session import open_graph
from filmgraph.cli._values import TEXT


@click.command(
    params=[
        click.Argument(["thing"], type=TEXT, shell_complete=things),
        click.Option(["--all", "everything"], is_flag=True, help="List all lines of a kind, not the first twelve."),
        *output_options(),
        click.Option(["--why"], is_flag=True, expose_value=False, help="As it does anyway: say who says each line."),
        *evidence_options(),
        timeout_option(),
    ]
)
@click.pass_context
def command(
    ctx: click.Context,
    thing: str,
    *,
    everything: bool,
    format_name: str | None,
    path: str | None,
    timeout: float | None,
) -> None:
    """Show everything known of THING, each line with its passages, and a note where sources differ.

    THING is a full IRI, a prefixed name, or a name or title in any language.

    \b
    Example:  filmgraph show "Lixin Fan"
    Python:   graph.show("Lixin Fan")
    """  # noqa: D301  \b is click's mark for lines that are not to be joined
    output = Output.of(format_name, path)
    refuse_one_place(ctx, output.path)
    with open_graph(ctx) as opened:
        graph = opened if timeout is None else opened.within(timeout, labels=True)
        wanted = Wanted.of(ctx, why=True)
        trusted = wanted.trusted(graph)
        answer = trusted.show(thing, everything=everything, max_witnesses=wanted.max_witnesses)
        wanted.deliver(trusted, answer, output)
