"""What a store says, by the passage that states it; and what it says of sources, citations and names."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from filmgraph.answers import Solutions
from filmgraph.citation import Citation, source_slug
from filmgraph.errors import CitationError
from filmgraph.namespaces import CITATIONS_GRAPH, DERIVED_GRAPH, FG, PREFIXES, REFERENCE_GRAPH, SOURCES_GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.answers import Term
    from filmgraph.store.base import Store

RDF_TYPE = PREFIXES["rdf"] + "type"
_CONCEPT = PREFIXES["skos"] + "Concept"
_LABEL = PREFIXES["rdfs"] + "label"
_NAMING = frozenset(
    {FG + "name", FG + "titleText", _LABEL}
    | {PREFIXES["skos"] + name for name in ("prefLabel", "altLabel", "hiddenLabel")}
)


class Fact(NamedTuple):
    """One triple of a citation graph."""

    subject: ox.NamedNode
    predicate: ox.NamedNode
    object: Term


class Stretch(NamedTuple):
    """A passage that was left out on purpose, and why."""

    citation: Citation
    reason: str


class Source(NamedTuple):
    """The record of a source."""

    iri: str
    sha256: str
    length: int | None
    about: frozenset[str]
    left_out: tuple[Stretch, ...]

    @property
    def slug(self) -> str:
        """The short name of the source."""
        return source_slug(self.iri)


class Remarks(NamedTuple):
    """What the author said of a citation: what else it needs, how values were derived, who speaks."""

    needs: tuple[str, ...] = ()
    derivations: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()


class Evidence(NamedTuple):
    """Everything that is needed to hold facts against their passages."""

    facts: dict[Citation, list[Fact]]
    malformed: dict[str, str]
    sources: dict[str, Source]
    remarks: dict[str, Remarks]
    names: dict[str, frozenset[str]]
    persons: frozenset[str]
    concepts: frozenset[str]
    labels: dict[str, str]

    def label(self, node: Term) -> str:
        """How a finding calls a node: its label, or its IRI in short."""
        if not isinstance(node, ox.NamedNode):
            return node.value if isinstance(node, ox.Literal) else str(node)
        return self.labels.get(node.value) or compact(node.value)


def compact(iri: str) -> str:
    """An IRI with the prefix of the longest namespace that fits."""
    fits = [item for item in PREFIXES.items() if iri.startswith(item[1])]
    if not fits:
        return f"<{iri}>"
    prefix, namespace = max(fits, key=lambda item: len(item[1]))
    return f"{prefix}:{iri[len(namespace) :]}"


def read_evidence(store: Store) -> Evidence:
    """Collect the facts of a store by citation, with the records, names and labels that go with them.

    Raises:
        StoreError: The store could not answer.
    """
    facts, malformed = _facts(store)
    names: dict[str, set[str]] = defaultdict(set)
    titles: dict[str, str] = {}
    persons: set[str] = set()
    for fact in (fact for stated in facts.values() for fact in stated):
        predicate = fact.predicate.value
        if predicate in _NAMING and isinstance(fact.object, ox.Literal):
            names[fact.subject.value].add(fact.object.value)
        elif predicate == FG + "title" and isinstance(fact.object, ox.NamedNode):
            titles[fact.object.value] = fact.subject.value
        elif predicate == RDF_TYPE and fact.object == ox.NamedNode(FG + "Person"):
            persons.add(fact.subject.value)
    for title, bearer in titles.items():
        names[bearer] |= names.get(title, set())
    concepts: set[str] = set()
    for subject, predicate, value in _triples(store, REFERENCE_GRAPH):
        if predicate in _NAMING and isinstance(value, ox.Literal):
            names[subject].add(value.value)
        elif predicate == RDF_TYPE and value == ox.NamedNode(_CONCEPT):
            concepts.add(subject)
    return Evidence(
        facts=facts,
        malformed=malformed,
        sources=_sources(store),
        remarks=_remarks(store),
        names={iri: frozenset(found) for iri, found in names.items()},
        persons=frozenset(persons),
        concepts=frozenset(concepts),
        labels=_labels(store),
    )


def _rows(store: Store, text: str) -> list[tuple[Term | None, ...]]:
    answer = store.query(text)
    if not isinstance(answer, Solutions):
        message = "a SELECT gives solutions"
        raise TypeError(message)
    return answer.rows


def _facts(store: Store) -> tuple[dict[Citation, list[Fact]], dict[str, str]]:
    """The facts of each citation, in the order of the sources, and the graphs whose names are no citations."""
    rows = _rows(
        store,
        'SELECT ?c ?s ?p ?o WHERE { GRAPH ?c { ?s ?p ?o } FILTER(CONTAINS(STR(?c), "#char=")) } ORDER BY ?c ?s ?p ?o',
    )
    facts: dict[str, list[Fact]] = defaultdict(list)
    for graph, subject, predicate, value in rows:
        if isinstance(subject, ox.NamedNode) and isinstance(predicate, ox.NamedNode) and value is not None:
            facts[graph.value if isinstance(graph, ox.NamedNode) else ""].append(Fact(subject, predicate, value))
    read: dict[Citation, list[Fact]] = {}
    malformed: dict[str, str] = {}
    for iri, stated in facts.items():
        try:
            read[Citation.parse(iri)] = stated
        except CitationError as error:
            malformed[iri] = error.message
    return dict(sorted(read.items())), malformed


def _triples(store: Store, graph: str) -> Iterator[tuple[str, str, Term]]:
    for subject, predicate, value in _rows(store, f"SELECT ?s ?p ?o WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"):
        if isinstance(subject, ox.NamedNode) and isinstance(predicate, ox.NamedNode) and value is not None:
            yield subject.value, predicate.value, value


def _sources(store: Store) -> dict[str, Source]:
    values: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for subject, predicate, value in _triples(store, SOURCES_GRAPH):
        if isinstance(value, ox.NamedNode | ox.Literal):
            values[subject][predicate].add(value.value)
    sources: dict[str, Source] = {}
    for iri, record in values.items():
        digests = record.get(FG + "sha256")
        if not digests:
            continue
        length = next((int(text) for text in record.get(FG + "charLength", ()) if text.isdecimal()), None)
        left_out = [
            Stretch(Citation.parse(passage), _local(next(iter(values[passage].get(FG + "reason", ())), "")))
            for passage in sorted(record.get(FG + "leftOut", ()))
            if passage.startswith(iri)
        ]
        about = frozenset(record.get(FG + "about", ()))
        sources[iri] = Source(iri, min(digests), length, about, tuple(sorted(left_out)))
    return dict(sorted(sources.items()))


def _remarks(store: Store) -> dict[str, Remarks]:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in _triples(store, CITATIONS_GRAPH):
        if isinstance(value, ox.NamedNode):
            found[subject][predicate].append(value.value)
    return {
        iri: Remarks(
            tuple(sorted(said.get(FG + "needs", ()))),
            tuple(sorted(_local(concept) for concept in said.get(FG + "derivation", ()))),
            tuple(sorted(said.get(FG + "accordingTo", ()))),
        )
        for iri, said in found.items()
    }


def _labels(store: Store) -> dict[str, str]:
    labels: dict[str, str] = {}
    for graph in (REFERENCE_GRAPH, DERIVED_GRAPH):
        for subject, predicate, value in _triples(store, graph):
            if predicate == _LABEL and isinstance(value, ox.Literal):
                labels[subject] = value.value
    return labels


def _local(iri: str) -> str:
    """The last part of an IRI: what a concept is called in its vocabulary."""
    return iri.rstrip("/").rpartition("/")[2].rpartition("#")[2]
