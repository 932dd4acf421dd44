"""The documents of a store, and how much of each is cited."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from filmgraph.answers.answer import RowsAnswer
from filmgraph.lookup.glossary import StoreGlossary
from filmgraph.rdf.namespaces import FG, PREFIXES
from filmgraph.rdf.results import Solutions, rows
from filmgraph.store.base import CitedCounts
from filmgraph.store.cited import CitedPart, counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.rdf.results import Term
    from filmgraph.store.base import Store

_RECORDS = f"""
SELECT ?source ?publisher ?date ?length {{
  ?source a <{FG}SourceDocument> .
  OPTIONAL {{ ?source <{PREFIXES["dcterms"]}publisher> ?publisher }}
  OPTIONAL {{ ?source <{FG}date> ?date }}
  OPTIONAL {{ ?source <{FG}charLength> ?length }}
}}
"""
_CITED = f"SELECT ?citation {{ ?citation a <{FG}Citation> }}"
_UNCITED = CitedPart(0, 0)
_GRAPHS = "SELECT DISTINCT ?graph { GRAPH ?graph { ?s ?p ?o } }"


def documents(store: Store) -> RowsAnswer:
    """One row for each document: publisher, date, length, passages that are cited, and the percentage of its text.

    A document that is cited and not described has only its passages.

    Raises:
        StoreError: The store could not answer.
    """
    kept = store.cited_parts() if isinstance(store, CitedCounts) else None
    parts = counted(_citations(store)) if kept is None else kept
    records: dict[str, tuple[Term | None, ...]] = {}
    for source, *rest in rows(store.query(_RECORDS)):
        if isinstance(source, NamedNode):
            records.setdefault(source.value, tuple(rest))
    lines: list[tuple[Term | None, ...]] = []
    for iri in sorted({*records, *parts}):
        publisher, date, length = records.get(iri, (None, None, None))
        part = parts.get(iri, _UNCITED)
        lines.append((NamedNode(iri), publisher, date, length, Literal(part.passages), _share(part, length)))
    columns = ("source", "publisher", "date", "characters", "passages", "percent_cited")
    return RowsAnswer(Solutions(columns, lines), glossary=StoreGlossary(store))


def _citations(store: Store) -> Iterator[str]:
    """Every citation: those on record, or in a store without records the graphs that are named like one."""
    for row in rows(store.query(_CITED)) or rows(store.query(_GRAPHS)):
        if isinstance(row[0], NamedNode):
            yield row[0].value


def _share(part: CitedPart, length: Term | None) -> Literal | None:
    """The percentage of a text that is cited; None where its length is not known."""
    if not isinstance(length, Literal) or not re.fullmatch("0*[1-9][0-9]{0,14}", length.value):
        return None
    return Literal(round(100 * part.characters / int(length.value)))
