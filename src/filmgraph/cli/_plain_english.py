"""Plain English on the command line, read as a question of the catalogue."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from filmgraph.asking.choosing import ambiguous, candidates
from filmgraph.catalogue.parameter import quoted
from filmgraph.cli._session import open_graph, settings_of
from filmgraph.text.printable import printable

if TYPE_CHECKING:
    from filmgraph.asking.reading import Reading
    from filmgraph.errors import UnknownQueryError


def understood(ctx: click.Context, text: str, unknown: UnknownQueryError, *, quiet: bool = False) -> Reading:
    """The reading of a text, said on standard error; of several that cannot be told apart, the one that is chosen.

    Raises:
        AmbiguousQuestionError: There are several, and nobody at a terminal to choose.
        UnansweredQuestionError: The catalogue does not answer it.
        UnknownQueryError: It is a single word, and no question is called so.
        StoreError: The store could not answer.
    """
    with open_graph(ctx) as graph:
        found = candidates(graph.understanding, text, unknown, lambda one: _command(ctx, one))
        summaries = [graph.catalogue.question(one.question).summary for one in found]
    place = 0
    if len(found) > 1:
        if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
            raise ambiguous(text, found, lambda one: _command(ctx, one))
        click.echo("That may mean:", err=True)
        for number, (reading, summary) in enumerate(zip(found, summaries, strict=True), 1):
            click.echo(printable(f"  {number}  {summary}\n     {_command(ctx, reading)}"), err=True)
        place = click.prompt("Which one", type=click.IntRange(1, len(found)), default=1, err=True) - 1
    if not quiet:
        click.echo(printable(f"Understood as: {_command(ctx, found[place])}"), err=True)
    return found[place]


def _command(ctx: click.Context, reading: Reading) -> str:
    """The command that asks the same of the same collection."""
    settings = settings_of(ctx)
    options = [("-C", settings.collection), ("--store", settings.store)]
    given = "".join(f" {option} {quoted(value)}" for option, value in options if value is not None)
    return reading.command.replace("filmgraph", f"filmgraph{given}", 1)
