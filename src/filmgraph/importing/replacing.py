"""Replacement of earlier imports under the same slug, and the differences between them."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from filmgraph.errors import DataError
from filmgraph.files import atomic
from filmgraph.importing.sources import others
from filmgraph.rdf.citation import source_slug
from filmgraph.rdf.files import parse_bytes, parse_stream
from filmgraph.rdf.namespaces import CITATIONS_GRAPH, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from filmgraph.importing.sources import Intake

Fact = tuple[str, str, str]
"""A triple as N-Triples writes its terms."""


class Earlier(NamedTuple):
    """A source imported earlier under the same slug: its IRI, file name, and facts."""

    iri: str
    name: str
    facts: Path
    texts: tuple[Path, ...]


class Changed(NamedTuple):
    """A property of a thing whose values have changed."""

    subject: str
    predicate: str
    before: tuple[str, ...]
    now: tuple[str, ...]


class Change(NamedTuple):
    """The differences between a new import and the earlier ones."""

    replaced: tuple[str, ...]
    changed: list[Changed]
    new: list[Fact]
    gone: list[Fact]
    same: int


def earlier(root: Path, document: Intake) -> list[Earlier]:
    """Find the sources with a document's slug but another text, whose facts were imported.

    Raises:
        FileError: The records cannot be read.
    """
    found = []
    for iri in others(root, document):
        name = iri.rpartition("/")[2]
        facts = root / "data" / f"{name}.trig"
        if facts.is_file():
            texts = tuple(sorted((root / "sources").glob(f"{name}.*")))
            found.append(Earlier(iri, name, facts, texts))
    return found


def change(before: Iterable[Earlier], now: Path) -> Change:
    """Compare the facts of a file with those of earlier imports, wherever their passages are.

    Args:
        before: The earlier sources.
        now: The new fact file.

    Raises:
        FileError: A file cannot be read, or does not parse.
    """
    before = list(before)
    old = {fact for one in before for fact in _facts(one.facts)}
    new = _facts(now)
    gone, come = _by_subject(old - new), _by_subject(new - old)
    both = sorted(gone.keys() & come.keys())
    return Change(
        replaced=tuple(one.name for one in before),
        changed=[Changed(*key, tuple(sorted(gone[key])), tuple(sorted(come[key]))) for key in both],
        new=sorted((*key, value) for key, values in come.items() if key not in gone for value in values),
        gone=sorted((*key, value) for key, values in gone.items() if key not in come for value in values),
        same=len(old & new),
    )


def _facts(path: Path) -> set[Fact]:
    records = ox.NamedNode(CITATIONS_GRAPH)
    return {
        (str(quad.subject), str(quad.predicate), str(quad.object))
        for quad in parse_stream(path, ox.RdfFormat.TRIG)
        if quad.graph_name != records
    }


def _by_subject(facts: Iterable[Fact]) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for subject, predicate, value in facts:
        found.setdefault((subject, predicate), set()).add(value)
    return found


def remove(root: Path, before: Iterable[Earlier]) -> None:
    """Remove earlier sources: first their facts, then their records, then their texts.

    Raises:
        DataError: A record was written by hand in another way; facts and record are taken away by hand then.
        OutputError: A file cannot be written.
    """
    for one in before:
        with suppress(FileNotFoundError):
            one.facts.unlink()
        records = root / "data" / "sources.ttl"
        text = records.read_text(encoding="utf-8")
        record = re.compile(rf"^source:{re.escape(one.name)} a fg:SourceDocument\b.*? \.\n+", re.MULTILINE | re.DOTALL)
        without, number = record.subn("", text)
        still = parse_bytes(without.encode(), ox.RdfFormat.TURTLE, path=str(records))
        if number != 1 or any(quad.subject == ox.NamedNode(one.iri) for quad in still):
            raise DataError(
                f"The record of {source_slug(one.iri)} ({one.name}) was not written by an import, and stays.",
                path=str(records),
                hint="Take it away by hand.",
            )
        atomic.write(records, [without.encode()])
        for path in one.texts:
            with suppress(FileNotFoundError):
                path.unlink()


def shortened(term: str) -> str:
    """Return a term of a fact in a readable short form.

    >>> shortened(f"<{PREFIXES['film']}a.1>"), shortened('"92"^^<http://www.w3.org/2001/XMLSchema#integer>')
    ('film:a.1', '92')
    """
    if term.startswith("<"):
        iri = term[1:-1]
        prefix = max((p for p, n in PREFIXES.items() if iri.startswith(n)), key=lambda p: len(PREFIXES[p]), default="")
        return f"{prefix}:{iri.removeprefix(PREFIXES[prefix])}" if prefix else iri
    return term[1 : term.rindex('"')]
