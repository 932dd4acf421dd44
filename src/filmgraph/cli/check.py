"""Check a collection: shapes, evidence and queries."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from filmgraph.cli._ending import FINDINGS, FINE
from filmgraph.cli._texts import own_folder, sources_option
from filmgraph.graph import Graph
from filmgraph.validation.passes import ENGINES, Engine
from filmgraph.validation.rendering import as_json, text

if TYPE_CHECKING:
    from pathlib import Path

    from filmgraph.cli._group import Settings


@click.command(short_help="Check a collection: shapes, evidence and queries.")
@click.option(
    "--engine", type=click.Choice(ENGINES), default="auto", help="What applies the shapes; auto picks by size."
)
@sources_option
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to report.")
@click.option("--all", "every", is_flag=True, help="Show every finding, not the first five of a kind.")
@click.pass_obj
def command(settings: Settings, engine: Engine, folder: Path | None, form: str, *, every: bool) -> int:
    """Check a collection: shapes, evidence and queries.

    With the texts of its sources, found by their SHA-256, every passage is held against what its graph states.

    Exit code 0 where nothing is wrong (warnings and notes allowed), 1 where something is, 2 where it could not work.

    \b
    Example:  filmgraph -C my-films check --sources texts
    Python:   filmgraph.open("my-films").check()
    """  # noqa: D301  \b is click's mark for lines that are not to be joined
    sources = folder or (None if settings.store else own_folder(settings))
    with Graph.open(settings.store, collection=settings.collection) as graph:
        try:
            report = graph.check(engine=engine, folder=settings.collection, sources=sources, progress=_progress)
        finally:
            _progress("")
    click.echo(as_json(report) if form == "json" else text(report, every=every), nl=False)
    return FINE if report.conforms else FINDINGS


def _progress(looked_at: str) -> None:
    """Say on a terminal what is looked at, in a line that the next one overwrites; nothing where nobody watches."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[KChecking {looked_at} …" if looked_at else "\r\x1b[K", nl=False, err=True)
