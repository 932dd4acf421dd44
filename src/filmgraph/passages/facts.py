"""The facts of a store by citation, with the records of sources, citations and names."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from filmgraph.errors import CitationError
from filmgraph.passages.sources import Source, local_name, read_sources, triples
from filmgraph.rdf.citation import Citation, is_citation
from filmgraph.rdf.namespaces import (
    CITATIONS_GRAPH,
    DERIVED_GRAPH,
    FG,
    PREFIXES,
    REFERENCE_GRAPH,
    SOURCES_GRAPH,
    compact,
)

if TYPE_CHECKING:
    from filmgraph.rdf.results import Term
    from filmgraph.store.base import Store

RDF_TYPE = PREFIXES["rdf"] + "type"
_SAME = PREFIXES["skos"] + "exactMatch"
_CONCEPT = PREFIXES["skos"] + "Concept"
_PERSON = ox.NamedNode(FG + "Person")
_PROPER = {ox.NamedNode(FG + name) for name in ("Person", "Organisation", "Place", "Film", "EventSeries", "Award")}
_LOCATOR = FG + "locator"
_LABEL = PREFIXES["rdfs"] + "label"
_NAMING = frozenset(
    {FG + "name", FG + "titleText", _LABEL}
    | {PREFIXES["skos"] + name for name in ("prefLabel", "altLabel", "hiddenLabel")}
)


_MANNER = ("stance", "support")


class CitedFact(NamedTuple):
    """A triple of a citation graph."""

    subject: ox.NamedNode
    predicate: ox.NamedNode
    object: Term


class Remarks(NamedTuple):
    """The remarks of a citation: what else it needs, how values were derived, who speaks.

    ``located`` is a passage that has a locator: the format of its source says where it starts and ends, as that of a
    fixed field of MARC does. ``locator`` is that.
    ``manner`` is what was said of its stance and of how it supports its graph.
    """

    needs: tuple[str, ...] = ()
    derivations: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    located: bool = False
    manner: tuple[str, ...] = ()
    locator: str = ""


class Evidence(NamedTuple):
    """The facts of a store and all that is needed to compare them with their passages.

    ``proper`` are the things that have proper names, so that a document which never names one does not speak of it; a
    group, an event or a clip may be known by a description. ``typed`` are the nodes of which any passage says what
    they are. ``identifiers`` are the ends of the IRIs that things have elsewhere (``skos:exactMatch``).
    """

    facts: dict[Citation, list[CitedFact]]
    malformed: dict[str, str]
    sources: dict[str, Source]
    remarks: dict[str, Remarks]
    names: dict[str, frozenset[str]]
    persons: frozenset[str]
    proper: frozenset[str]
    typed: frozenset[str]
    concepts: frozenset[str]
    labels: dict[str, str]
    identifiers: dict[str, frozenset[str]]

    def cited_otherwise(self) -> set[Citation]:
        """Return the passages that other citations need, or that the records of sources rest on."""
        needed = {iri for remarks in self.remarks.values() for iri in remarks.needs if is_citation(iri)}
        return {Citation.parse(iri) for iri in needed} | {
            citation for source in self.sources.values() for citation in source.basis
        }

    def place(self, citation: Citation) -> str:
        """Return the locator, page or heading of a passage; empty where it has none."""
        remarks, source = self.remarks.get(str(citation)), self.sources.get(citation.source)
        if remarks and remarks.locator:
            return remarks.locator
        return source.outline.at(citation.start) if source else ""

    def label(self, node: Term) -> str:
        """Return the label of a node for messages, or its compact IRI."""
        if not isinstance(node, ox.NamedNode):
            return node.value if isinstance(node, ox.Literal) else str(node)
        return self.labels.get(node.value) or compact(node.value)


def read_evidence(store: Store) -> Evidence:
    """Read the facts of a store by citation, with records, names and labels.

    Raises:
        StoreError: The store could not answer.
    """
    stated = _stated(store)
    facts, malformed = _facts(stated.facts)
    names: dict[str, set[str]] = defaultdict(set)
    identifiers: dict[str, set[str]] = defaultdict(set)
    titles: dict[str, str] = {}
    persons: set[str] = set()
    proper: set[str] = set()
    typed: set[str] = set()
    for fact in (fact for several in facts.values() for fact in several):
        predicate = fact.predicate.value
        if predicate in _NAMING and isinstance(fact.object, ox.Literal):
            names[fact.subject.value].add(fact.object.value)
        elif predicate == FG + "title" and isinstance(fact.object, ox.NamedNode):
            titles[fact.object.value] = fact.subject.value
        elif predicate == _SAME and isinstance(fact.object, ox.NamedNode):
            identifiers[fact.subject.value].add(fact.object.value.rpartition("/")[2])
        elif predicate == RDF_TYPE:
            typed.add(fact.subject.value)
            proper |= {fact.subject.value} if fact.object in _PROPER else set()
            persons |= {fact.subject.value} if fact.object == _PERSON else set()
    for title, bearer in titles.items():
        names[bearer] |= names.get(title, set())
    concepts: set[str] = set()
    for subject, predicate, value in [*triples(store, REFERENCE_GRAPH), *triples(store, SOURCES_GRAPH)]:
        if predicate in _NAMING and isinstance(value, ox.Literal):
            names[subject].add(value.value)
        elif predicate == RDF_TYPE and value == ox.NamedNode(_CONCEPT):
            concepts.add(subject)
    return Evidence(
        facts=facts,
        malformed=malformed,
        sources=read_sources(store),
        remarks=_remarks(stated.remarks),
        names={iri: frozenset(found) for iri, found in names.items()},
        persons=frozenset(persons),
        proper=frozenset(proper),
        typed=frozenset(typed),
        concepts=frozenset(concepts),
        labels=_labels(store),
        identifiers={iri: frozenset(found) for iri, found in identifiers.items()},
    )


class _Stated(NamedTuple):
    """What a store states by citation graph, and of each citation by property: values as text."""

    facts: dict[str, list[CitedFact]]
    remarks: dict[str, dict[str, list[str]]]


def _stated(store: Store) -> _Stated:
    """Read the citation graphs and the citation records quad by quad: as rows they would all be in memory at once."""
    facts: dict[str, list[CitedFact]] = defaultdict(list)
    remarks: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    # Each term once: most facts share theirs with others.
    names: dict[ox.NamedNode, ox.NamedNode] = {}
    terms: dict[Term, Term] = {}
    predicates: dict[ox.NamedNode, str] = {}
    graph: object = None
    stated: list[CitedFact] | None = None
    records = False
    for subject, predicate, value, name in store.quads():
        if name != graph:
            graph = name
            iri = name.value if isinstance(name, ox.NamedNode) else ""
            stated = facts[iri] if "#char=" in iri else None
            records = iri == CITATIONS_GRAPH
        if not isinstance(subject, ox.NamedNode):
            continue
        if stated is not None:
            node, verb = names.setdefault(subject, subject), names.setdefault(predicate, predicate)
            stated.append(CitedFact(node, verb, terms.setdefault(value, value)))
        elif records:
            # Most of the graph is where citations start and end, which their names say.
            said = predicates.get(predicate) or predicates.setdefault(predicate, predicate.value)
            if said.startswith(FG) and (
                isinstance(value, ox.NamedNode) or (said == _LOCATOR and isinstance(value, ox.Literal))
            ):
                remarks[subject.value][said].append(value.value)
    return _Stated(facts, remarks)


def _facts(found: dict[str, list[CitedFact]]) -> tuple[dict[Citation, list[CitedFact]], dict[str, str]]:
    """Return the facts of each citation, in order of source, and the graphs whose names are not citations."""
    read: dict[Citation, list[CitedFact]] = {}
    malformed: dict[str, str] = {}
    for iri, stated in sorted(found.items()):
        stated.sort(key=_order)
        try:
            read[Citation.parse(iri)] = stated
        except CitationError as error:
            malformed[iri] = error.message
    return dict(sorted(read.items())), malformed


def _order(fact: CitedFact) -> tuple[str, str, bool, str]:
    return fact.subject.value, fact.predicate.value, isinstance(fact.object, ox.Literal), str(fact.object)


def _remarks(found: dict[str, dict[str, list[str]]]) -> dict[str, Remarks]:
    return {
        iri: Remarks(
            tuple(sorted(said.get(FG + "needs", ()))),
            tuple(sorted(local_name(concept) for concept in said.get(FG + "derivation", ()))),
            tuple(sorted(said.get(FG + "accordingTo", ()))),
            _LOCATOR in said,
            tuple(sorted(local_name(concept) for name in _MANNER for concept in said.get(FG + name, ()))),
            min(said.get(_LOCATOR, ()), default=""),
        )
        for iri, said in found.items()
    }


def _labels(store: Store) -> dict[str, str]:
    labels: dict[str, str] = {}
    for graph in (REFERENCE_GRAPH, SOURCES_GRAPH, DERIVED_GRAPH):
        for subject, predicate, value in triples(store, graph):
            if predicate == _LABEL and isinstance(value, ox.Literal):
                labels[subject] = value.value
    return labels
