"""How many passages of each source are cited, and how many of its characters: counted once, and kept beside a store."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from filmgraph.errors import CitationError
from filmgraph.rdf.citation import Citation, is_citation
from filmgraph.rdf.namespaces import FG, PREFIXES
from filmgraph.store import CITED
from filmgraph.store.tables import current

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_CITATION = ox.NamedNode(FG + "Citation")


class CitedPart(NamedTuple):
    """The cited part of a source: its passages, and the characters in them, each counted once."""

    passages: int
    characters: int


def counted(citations: Iterable[str]) -> dict[str, CitedPart]:
    """Count the cited part of each source.

    Args:
        citations: The IRIs of citations, each once or more. What is no citation is left out.

    >>> counted(["urn:a#char=0,5", "urn:a#char=3,9", "urn:a#char=3,9"])
    {'urn:a': CitedPart(passages=2, characters=9)}
    """
    passages: dict[str, set[tuple[int, int]]] = {}
    for iri in citations:
        if is_citation(iri):
            try:
                citation = Citation.parse(iri)
            except CitationError:
                continue  # an empty passage; `check` finds it
            passages.setdefault(citation.source, set()).add((citation.start, citation.end))
    return {source: CitedPart(len(its), _covered(its)) for source, its in passages.items()}


def _covered(passages: set[tuple[int, int]]) -> int:
    covered = position = 0
    for start, end in sorted(passages):
        covered += max(end - max(start, position), 0)
        position = max(position, end)
    return covered


def keep(store: ox.Store, folder: Path) -> None:
    """Count the citations on record in a store that is complete, and keep the counts in its folder.

    Raises:
        OSError: The file cannot be written.
    """
    records = store.quads_for_pattern(None, _TYPE, _CITATION, ox.DefaultGraph())
    parts = counted(quad.subject.value for quad in records if isinstance(quad.subject, ox.NamedNode))
    lines = [f"{part.passages} {part.characters} {source}\n" for source, part in sorted(parts.items())]
    (folder / CITED).write_text("".join([f"{current(str(folder))}\n", *lines]), encoding="utf-8")


def kept(folder: str) -> dict[str, CitedPart] | None:
    """Return the counts that are kept in the folder of a store; None where there are none of it as it is now."""
    try:
        with open(f"{folder}/{CITED}", encoding="utf-8") as file:
            state, *lines = file.read().splitlines()
        if state != current(folder):
            return None
        rows = [line.split(" ", 2) for line in lines]
        return {source: CitedPart(int(passages), int(characters)) for passages, characters, source in rows}
    except (OSError, ValueError):
        return None  # of another maker, or damaged: what is counted again is as right
