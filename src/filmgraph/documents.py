"""The documents of a store, and how much of each is cited."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from filmgraph.answers.answer import RowsAnswer
from filmgraph.errors import CitationError
from filmgraph.lookup.glossary import StoreGlossary
from filmgraph.rdf.citation import Citation, is_citation
from filmgraph.rdf.namespaces import FG, PREFIXES
from filmgraph.rdf.results import Solutions, rows

if TYPE_CHECKING:
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
_GRAPHS = "SELECT DISTINCT ?graph { GRAPH ?graph { ?s ?p ?o } }"


def documents(store: Store) -> RowsAnswer:
    """One row for each document: publisher, date, length, passages that are cited, and the percentage of its text.

    A document that is cited and not described has only its passages.

    Raises:
        StoreError: The store could not answer.
    """
    passages: dict[str, set[tuple[int, int]]] = {}
    for citation in _citations(store):
        passages.setdefault(citation.source, set()).add((citation.start, citation.end))
    records: dict[str, tuple[Term | None, ...]] = {}
    for source, *rest in rows(store.query(_RECORDS)):
        if isinstance(source, NamedNode):
            records.setdefault(source.value, tuple(rest))
    lines: list[tuple[Term | None, ...]] = []
    for iri in sorted({*records, *passages}):
        publisher, date, length = records.get(iri, (None, None, None))
        cited = passages.get(iri, set())
        lines.append((NamedNode(iri), publisher, date, length, Literal(len(cited)), _share(cited, length)))
    columns = ("source", "publisher", "date", "characters", "passages", "percent_cited")
    return RowsAnswer(Solutions(columns, lines), glossary=StoreGlossary(store))


def _citations(store: Store) -> list[Citation]:
    """Every citation: those on record, or in a store without records the graphs that are named like one."""
    found = []
    for row in rows(store.query(_CITED)) or rows(store.query(_GRAPHS)):
        if isinstance(row[0], NamedNode) and is_citation(row[0].value):
            try:
                found.append(Citation.parse(row[0].value))
            except CitationError:
                continue  # an empty passage; `check` finds it
    return found


def _share(cited: set[tuple[int, int]], length: Term | None) -> Literal | None:
    if not isinstance(length, Literal) or not re.fullmatch("0*[1-9][0-9]{0,14}", length.value):
        return None
    covered = position = 0
    for start, end in sorted(cited):
        covered += max(end - max(start, position), 0)
        position = max(position, end)
    return Literal(round(100 * covered / int(length.value)))
