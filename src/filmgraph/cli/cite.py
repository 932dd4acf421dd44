"""Show the record of a citation, and its passage where the text is at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from filmgraph.cli._texts import opened, sources_option, texts_at_hand
from filmgraph.cli._values import TEXT
from filmgraph.encoding.record import CitationRecord, cite, read_citation
from filmgraph.text.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from filmgraph.cli._group import Settings


@click.command(short_help="Show the record of a citation, and its passage.")
@click.argument("citation", type=TEXT)
@sources_option
@click.pass_obj
def command(settings: Settings, citation: str, folder: Path | None) -> None:
    """Show the record of CITATION and, where the text is at hand, the passage in its context.

    CITATION is a whole IRI, or SLUG#char=START,END.

    \b
    Example:  filmgraph cite "press-kit#char=7548,7560" --sources texts
    Python:   filmgraph.encoding.record.cite(store, citation, texts)
    """  # noqa: D301  \b is click's mark for lines that are not to be joined
    store = opened(settings)
    record = cite(store, read_citation(citation, store), texts_at_hand(settings, store, folder))
    for line in _lines(record):
        click.echo(printable(line))


def _lines(record: CitationRecord) -> Iterator[str]:
    yield str(record.citation)
    for name, value in (
        ("document", ", ".join(part for part in (record.title, record.publisher, record.date) if part)),
        ("sha256", record.sha256),
        ("place", record.locator),
        ("characters", f"{record.citation.start} to {record.citation.end}"),
        ("according to", ", ".join(record.according_to)),
        ("stance", record.stance),
        ("support", record.support),
        ("derived", ", ".join(record.derivations)),
        *(("needs", needed) for needed in record.needs_in_words),
    ):
        if value:
            yield f"{name:<13} {value}"
    if record.statements:
        yield "states"
    for statement in record.statements:
        yield f"  {statement.subject}: {statement.predicate} {statement.value}"
    if record.excerpt:
        yield "passage"
        yield f"  {record.excerpt}"
