"""A citation's record: its source, what its author said of it, what its graph states, and the passage where at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from filmgraph.errors import CitationError
from filmgraph.lookup.glossary import StoreGlossary
from filmgraph.passages.passage import Excerpt, excerpt
from filmgraph.passages.sources import local_name
from filmgraph.rdf.citation import DIGITS, Citation, source_slug
from filmgraph.rdf.namespaces import (
    CITATIONS_GRAPH,
    DERIVED_GRAPH,
    FG,
    PREFIXES,
    REFERENCE_GRAPH,
    SOURCES_GRAPH,
    compact,
)
from filmgraph.rdf.results import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from filmgraph.passages.texts import SourceText
    from filmgraph.rdf.results import Term
    from filmgraph.store.base import Store

_AROUND = 200
"""So many characters of context that a passage stands between its neighbours."""
_DERIVED = frozenset({FG + "earliest", FG + "latest"})
_TYPE = PREFIXES["rdf"] + "type"


class CitedStatement(NamedTuple):
    """One fact in labels."""

    subject: str
    predicate: str
    value: str


class CitationRecord(NamedTuple):
    """Everything known of a citation. What nobody said is empty; ``excerpt`` is None without the text.

    ``locator`` is where people look for it: *row 12, column Director*, *page 3*; ``places`` is that of each that it
    needs.
    """

    citation: Citation
    title: str
    publisher: str
    date: str
    sha256: str
    according_to: tuple[str, ...]
    stance: str
    support: str
    needs: tuple[str, ...]
    derivations: tuple[str, ...]
    statements: tuple[CitedStatement, ...]
    excerpt: Excerpt | None
    locator: str = ""
    places: tuple[str, ...] = ()

    @property
    def needs_in_words(self) -> list[str]:
        """Describe the citations that it needs, each with its locator."""
        return [
            f"{iri} ({place})" if place else iri
            for iri, place in zip(self.needs, self.places or ("",) * len(self.needs), strict=True)
        ]


def read_citation(name: str, store: Store) -> Citation:
    """The citation that a person names.

    Args:
        name: A whole IRI, ``source:SLUG.DIGEST#char=1,9``, ``SLUG.DIGEST#char=1,9`` or ``SLUG#char=1,9``.
        store: Where slugs are looked up.

    Raises:
        CitationError: It is no citation.
    """
    text = name.strip().strip("<>").removeprefix("source:")
    source, hash_sign, place = text.partition("#")
    if "://" not in source:
        source = PREFIXES["source"] + source
        known = [row[0].value for row in rows(store.query(_ALL_SOURCES)) if isinstance(row[0], ox.NamedNode)]
        source = next((iri for iri in known if source_slug(iri) == source.rpartition("/")[2]), source)
    return Citation.parse(source + hash_sign + place)


_ALL_SOURCES = f"SELECT DISTINCT ?s WHERE {{ GRAPH <{SOURCES_GRAPH}> {{ ?s <{FG}sha256> ?digest }} }}"


def cite(store: Store, citation: Citation, texts: Mapping[str, SourceText]) -> CitationRecord:
    """The record of a citation.

    Args:
        store: The store.
        citation: The citation; it need not be one that the store has facts from.
        texts: The texts at hand, by slug.

    Raises:
        CitationError: The store does not know its source, or it ends after the end of its text.
        StoreError: The store could not answer.
    """
    source = _values(store, SOURCES_GRAPH, citation.source)
    if not source:
        raise CitationError(f"<{citation.source}> is no source of {store.origin.shown}.")
    _within(citation, source)
    said = _values(store, CITATIONS_GRAPH, str(citation))
    shown = next((text for text in texts.values() if text.iri == citation.source), None)
    if shown is not None:
        shown.passage(citation)
    dcterms = PREFIXES["dcterms"]
    locators = StoreGlossary(store).locators([str(citation), *_texts(said, FG + "needs")])
    return CitationRecord(
        citation=citation,
        title=_first(_texts(source, dcterms + "title")),
        publisher=_first(_labels(store, source.get(dcterms + "publisher", ()))),
        date=_first(_texts(source, FG + "date")),
        sha256=_first(_texts(source, FG + "sha256")),
        according_to=tuple(_labels(store, said.get(FG + "accordingTo", ()))),
        stance=local_name(_first(_texts(said, FG + "stance"))),
        support=_first(_labels(store, said.get(FG + "support", ()))),
        needs=tuple(_texts(said, FG + "needs")),
        derivations=tuple(local_name(text) for text in _texts(said, FG + "derivation")),
        statements=_statements(store, str(citation)),
        excerpt=excerpt(shown.text, citation.start, citation.end, width=_AROUND) if shown else None,
        locator=locators.get(str(citation), ""),
        places=tuple(locators.get(iri, "") for iri in _texts(said, FG + "needs")),
    )


def _within(citation: Citation, source: Mapping[str, list[Term]]) -> None:
    """Refuse a passage that ends after the document does, by the length that its record states."""
    lengths = [
        int(text)
        for text in _texts(source, FG + "charLength")
        if text.isascii() and text.isdigit() and len(text) <= DIGITS
    ]
    if lengths and citation.end > max(lengths):
        raise CitationError(
            f"<{citation}> ends after the end of its text, which has {max(lengths):,} characters.",
            hint="Offsets count Unicode code points, from 0. Find the passage again with: filmgraph locate",
        )


def _values(store: Store, graph: str, subject: str) -> dict[str, list[Term]]:
    found: dict[str, list[Term]] = {}
    text = f"SELECT ?p ?o WHERE {{ GRAPH <{graph}> {{ {ox.NamedNode(subject)} ?p ?o }} }} ORDER BY ?p ?o"
    for predicate, value in rows(store.query(text)):
        if isinstance(predicate, ox.NamedNode) and value is not None:
            found.setdefault(predicate.value, []).append(value)
    return found


def _texts(values: Mapping[str, list[Term]], predicate: str) -> list[str]:
    return [term.value for term in values.get(predicate, ()) if isinstance(term, ox.NamedNode | ox.Literal)]


def _first(texts: list[str]) -> str:
    return texts[0] if texts else ""


def _labels(store: Store, terms: Iterable[Term]) -> list[str]:
    nodes = {term for term in terms if isinstance(term, ox.NamedNode)}
    found: dict[Term, str] = {}
    if nodes:
        text = (
            f"SELECT ?n ?label WHERE {{ VALUES ?n {{ {' '.join(sorted(map(str, nodes)))} }} VALUES ?g "
            f"{{ <{REFERENCE_GRAPH}> <{DERIVED_GRAPH}> }} GRAPH ?g {{ ?n <{PREFIXES['rdfs']}label> ?label }} }}"
        )
        for node, label in rows(store.query(text)):
            if node is not None and isinstance(label, ox.Literal):
                found[node] = label.value
    return [found.get(term, _short(term)) for term in terms]


def _short(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return compact(term.value)
    return term.value if isinstance(term, ox.Literal) else str(term)


def _statements(store: Store, graph: str) -> tuple[CitedStatement, ...]:
    """Return the statements of a named graph, without types and derived facts."""
    text = f"SELECT ?s ?p ?o WHERE {{ GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }} }} ORDER BY ?s ?p ?o"
    facts = [
        (subject, predicate, value)
        for subject, predicate, value in rows(store.query(text))
        if subject is not None and isinstance(predicate, ox.NamedNode) and value is not None
        if predicate.value not in _DERIVED and predicate.value != _TYPE
    ]
    subjects = _labels(store, [fact[0] for fact in facts])
    values = _labels(store, [fact[2] for fact in facts])
    return tuple(
        CitedStatement(subject, compact(fact[1].value), value)
        for subject, fact, value in zip(subjects, facts, values, strict=True)
    )
