"""Show which stretches of the sources are cited."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from filmgraph.cli._places import refuse_one_place
from filmgraph.cli._texts import opened, sources_option, texts_at_hand
from filmgraph.cli._values import TEXT, FilePath
from filmgraph.coverage.agreement import agreement_of
from filmgraph.coverage.coverage import coverage_of
from filmgraph.coverage.json import coverage_json
from filmgraph.coverage.leaning import leaning_lines
from filmgraph.coverage.map import ASCII, BLOCKS, coverage_lines
from filmgraph.coverage.page import coverage_page
from filmgraph.encoding.locate import find_record
from filmgraph.files import atomic
from filmgraph.passages.facts import read_evidence
from filmgraph.passages.support import support_of
from filmgraph.text.printable import printable

if TYPE_CHECKING:
    from filmgraph.cli._group import Settings

_FORMATS = ("text", "json", "html")


@click.command(short_help="Show which stretches of the sources are cited.")
@click.argument("source", type=TEXT, required=False)
@sources_option
@click.option("-f", "--format", "form", type=click.Choice(_FORMATS), help="How to report; by default text.")
@click.option("-o", "--output", "path", type=FilePath(path_type=Path), metavar="FILE", help="Write to FILE.")
@click.pass_context
def command(ctx: click.Context, source: str | None, folder: Path | None, form: str | None, path: Path | None) -> None:
    """Show which stretches of SOURCE (by default of all) are cited, left out on purpose, or open.

    Then, for each film and property, whether one source states it, several agree, several differ, or none does. With
    the texts at hand it also lists what the facts rest on that no passage spells by itself, and -f html marks the cited
    passages in them and shows the facts beside.

    \b
    Example:  filmgraph coverage --sources texts -o coverage.html
    Python:   filmgraph.coverage.coverage.coverage_of(evidence, texts)
    """  # noqa: D301  \b is click's mark for lines that are not to be joined
    refuse_one_place(ctx, path)
    settings: Settings = ctx.obj
    store = opened(settings)
    texts = texts_at_hand(settings, store, folder)
    evidence = read_evidence(store)
    covered = coverage_of(evidence, texts)
    if source is not None:
        covered = [found for found in covered if found.source == find_record(evidence.sources, source)]
    films = agreement_of(store, evidence) if source is None else []
    explained = support_of(evidence, texts).only_explained if texts and source is None else []
    form = form or (path.suffix.lstrip(".") if path and path.suffix.lstrip(".") in _FORMATS else "text")
    if form == "json":
        _write(coverage_json(covered, films, explained) + "\n", path)
    elif form == "html":
        _write("".join(coverage_page(covered, films, evidence, texts)), path)
    else:
        blocks = path is not None or (sys.stdout.encoding or "").lower().startswith("utf")
        width = 80 if path else max(60, shutil.get_terminal_size().columns)
        lines = [*coverage_lines(covered, films, texts, width=width, marks=BLOCKS if blocks else ASCII)]
        lines += ["", *leaning_lines(explained, evidence, width=width)] if explained else []
        _write("".join(f"{printable(line)}\n" for line in lines), path)


def _write(text: str, path: Path | None) -> None:
    if path is None:
        click.echo(text, nl=False)
        return
    atomic.write(path, [text.encode()])
