"""Check a collection: shapes, evidence and queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from filmgraph.cli._ending import FINDINGS, FINE
from filmgraph.graph import Graph
from filmgraph.validation.passes import ENGINES, Engine
from filmgraph.validation.rendering import as_json, text

if TYPE_CHECKING:
    from filmgraph.cli._group import Settings


@click.command(short_help="Check a collection: shapes, evidence and queries.")
@click.option(
    "--engine", type=click.Choice(ENGINES), default="auto", help="What applies the shapes; auto picks by size."
)
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to report.")
@click.option("--all", "every", is_flag=True, help="Show every finding, not the first five of a kind.")
@click.pass_obj
def command(settings: Settings, engine: Engine, form: str, every: bool) -> int:  # noqa: FBT001  click passes flags so
    """Check a collection: shapes, evidence and queries.

    Exit code 0 where nothing is wrong (warnings and notes allowed), 1 where something is, 2 where it could not work.

    \b
    Example:  filmgraph -C my-films check
    Python:   filmgraph.open("my-films").check()
    """  # noqa: D301  \b is click's mark for lines that are not to be joined
    with Graph.open(settings.store or settings.collection) as graph:
        report = graph.check(engine=engine, folder=settings.collection)
    click.echo(as_json(report) if form == "json" else text(report, every=every), nl=False)
    return FINE if report.conforms else FINDINGS
