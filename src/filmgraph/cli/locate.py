"""Find the citation of a piece of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from filmgraph.cli._ending import FAILED, FINE
from filmgraph.cli._texts import opened, sources_option, texts_at_hand
from filmgraph.cli._values import TEXT
from filmgraph.encoding.locate import Occurrence, find_source, locate
from filmgraph.text.printable import printable

if TYPE_CHECKING:
    from pathlib import Path

    from filmgraph.cli._group import Settings


@click.command(short_help="Find the citation of a piece of text.")
@click.argument("source", type=TEXT)
@click.argument("text", type=TEXT)
@sources_option
@click.option("-i", "--ignore-case", is_flag=True, help="Let capitals be small letters from the start.")
@click.pass_obj
def command(settings: Settings, source: str, text: str, folder: Path | None, *, ignore_case: bool) -> int:
    """Find the citation of TEXT in SOURCE, a slug or an IRI.

    Line breaks, spaces, quotes, dashes and ligatures may differ from the text's. Each place is printed with its
    context and with the text fragment that names it in a draft. Where the text stands nowhere, the nearest passages are
    shown instead, and the exit code is 2.

    \b
    Example:  filmgraph locate press-kit "90 minutes" --sources texts
    Python:   filmgraph.encoding.locate.locate(source, "90 minutes")
    """  # noqa: D301  \b is click's mark for lines that are not to be joined
    store = opened(settings)
    found = locate(find_source(texts_at_hand(settings, store, folder), source), text, ignore_case=ignore_case)
    for place in found.places:
        click.echo(_shown(place))
    if len(found.places) > 1:
        rest = found.total > len(found.places)
        shown = f"; here are the first {len(found.places)}. Give more words" if rest else ": choose by the context"
        click.echo(f"It stands {found.total:,} times{shown}.", err=True)
    elif not found.places:
        click.echo(
            "It stands nowhere. Nearest:" if found.nearest else "Neither it nor most of its words are there.", err=True
        )
        for place in found.nearest:
            click.echo(_shown(place), err=True)
    return FINE if found.places else FAILED


def _shown(place: Occurrence) -> str:
    lines = [str(place.citation), f"  {place.excerpt}"]
    if place.fragment:
        lines.append(f"  <{place.citation.slug}#{place.fragment}>")
    return "\n".join(printable(line) for line in lines)
