"""The records of sources in a store."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from filmgraph.errors import CitationError
from filmgraph.rdf.citation import DIGITS, Citation, source_slug
from filmgraph.rdf.locator import Outline
from filmgraph.rdf.namespaces import FG, PREFIXES, SOURCES_GRAPH
from filmgraph.rdf.results import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.rdf.results import Term
    from filmgraph.store.base import Store


class LeftOut(NamedTuple):
    """A passage deliberately left unencoded, and the reason."""

    citation: Citation
    reason: str


class Source(NamedTuple):
    """The record of a source; ``malformed`` are the passages that it names and that are no citations."""

    iri: str
    sha256: str
    length: int | None
    about: frozenset[str]
    left_out: tuple[LeftOut, ...]
    basis: tuple[Citation, ...] = ()
    dates: tuple[str, ...] = ()
    publishers: frozenset[str] = frozenset()
    title: str = ""
    outline: Outline = Outline((), ())
    malformed: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """Return the slug of the source."""
        return source_slug(self.iri)


def triples(store: Store, graph: str) -> Iterator[tuple[str, str, Term]]:
    """Yield the triples of a graph, with IRIs as text."""
    for subject, predicate, value in rows(store.query(f"SELECT ?s ?p ?o WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")):
        if isinstance(subject, ox.NamedNode) and isinstance(predicate, ox.NamedNode) and value is not None:
            yield subject.value, predicate.value, value


def read_sources(store: Store) -> dict[str, Source]:
    """Read the records of the sources with a known SHA-256, by IRI."""
    values: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for subject, predicate, value in triples(store, SOURCES_GRAPH):
        if isinstance(value, ox.NamedNode | ox.Literal):
            values[subject][predicate].add(value.value)
    sources: dict[str, Source] = {}
    for iri, record in values.items():
        digests = record.get(FG + "sha256")
        if not digests:
            continue
        length = next(
            (int(text) for text in record.get(FG + "charLength", ()) if text.isdecimal() and len(text) <= DIGITS), None
        )
        left_out = [
            LeftOut(
                Citation.parse(passage), local_name(min(values.get(passage, {}).get(FG + "reason", ()), default=""))
            )
            for passage in sorted(record.get(FG + "leftOut", ()))
            if passage.startswith(iri + "#") and _can_be_cited(passage)
        ]
        basis = tuple(sorted(Citation.parse(one) for one in record.get(FG + "basis", ()) if _can_be_cited(one)))
        named = record.get(FG + "basis", set()) | record.get(FG + "leftOut", set())
        dates = tuple(sorted(record.get(FG + "date", ())))
        about = frozenset(record.get(FG + "about", ()))
        title = min(record.get(PREFIXES["dcterms"] + "title", ()), default="")
        publishers = frozenset(record.get(PREFIXES["dcterms"] + "publisher", ()))
        sources[iri] = Source(
            iri=iri,
            sha256=min(digests),
            length=length,
            about=about,
            left_out=tuple(sorted(left_out)),
            basis=basis,
            dates=dates,
            publishers=publishers,
            title=title,
            outline=Outline.parse(min(record.get(FG + "outline", ()), default="")),
            malformed=tuple(sorted(one for one in named if not _can_be_cited(one))),
        )
    return dict(sorted(sources.items()))


def _can_be_cited(iri: str) -> bool:
    try:
        Citation.parse(iri)
    except CitationError:
        return False
    return True


def local_name(iri: str) -> str:
    """Return the last segment of an IRI."""
    return iri.rstrip("/").rpartition("/")[2].rpartition("#")[2]
