"""Agreement of sources: for each film and property, whether one states it, several agree or differ, or none does.

Sources differ on a property of one value (a runtime, a figure) when any two of their values cannot both be true, and on
one of many values (a genre, a credit) when two of them have no value in common. Dates that overlap agree: a month
refines a year. Properties are those of the film itself, and those of what is linked to it: its credits by role, its
awards and nominations, its releases and screenings, its figures by what they measure. A figure that is linked to no
film counts for the film that its document is about.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Literal, NamedTuple

import pyoxigraph as ox

from filmgraph.passages.facts import RDF_TYPE, Evidence
from filmgraph.passages.sources import local_name, triples
from filmgraph.rdf.citation import source_slug
from filmgraph.rdf.edtf import EdtfError, bounds
from filmgraph.rdf.namespaces import FG, ONTOLOGY_GRAPH, PREFIXES, compact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from filmgraph.rdf.results import Term
    from filmgraph.store.base import Store

Standing = Literal["one source", "agree", "differ", "none"]
STANDINGS: tuple[Standing, ...] = ("one source", "agree", "differ", "none")
_FIGURE = "Figure: "
_DOMAIN = "http://schema.org/domainIncludes"
_FILM = FG + "Film"
_KEYS: dict[str, tuple[str, str]] = {
    "Credit": ("role", "agent"),
    "AwardResult": ("award", "outcome"),
    "TheatricalRelease": ("territory", "date"),
    "Release": ("territory", "date"),
    "Broadcast": ("outlet", "date"),
    "StreamingWindow": ("outlet", "date"),
    "HomeVideoRelease": ("territory", "date"),
    "Screening": ("partOf", "date"),
}
"""Of what is linked to a film: which property tells what is stated, and which its value."""


class Standpoint(NamedTuple):
    """The positions of the sources on one property of a film: labels of values by source slug."""

    name: str
    standing: Standing
    values: dict[str, tuple[str, ...]]


class FilmAgreement(NamedTuple):
    """How the sources stand to each other on one film."""

    film: str
    label: str
    properties: list[Standpoint]

    def count(self, standing: Standing) -> int:
        """How many properties are in this standing."""
        return sum(1 for found in self.properties if found.standing == standing)


def agreement_of(store: Store, evidence: Evidence) -> list[FilmAgreement]:
    """The standing of every property of every film, the films that most is said of first.

    Raises:
        StoreError: The store could not answer.
    """
    ontology = list(triples(store, ONTOLOGY_GRAPH))
    expected = {iri for iri, predicate, value in ontology if predicate == _DOMAIN and value == ox.NamedNode(_FILM)}
    single = {compact(iri) for iri, predicate, _ in ontology if predicate == FG + "singleValued"}
    stated: dict[str, dict[str, dict[str, set[Term]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
    for film, name, slug, value in _statements(evidence):
        stated[film][name][slug].add(value)
    found: list[FilmAgreement] = []
    for film, properties in stated.items():
        absent = {compact(iri) for iri in expected} - set(properties)
        standpoints = [
            _standpoint(name, by_source, evidence, single=name in single or name.startswith(_FIGURE))
            for name, by_source in sorted(properties.items())
        ]
        standpoints += [Standpoint(name, "none", {}) for name in sorted(absent)]
        found.append(FilmAgreement(film, evidence.label(ox.NamedNode(film)), standpoints))
    return sorted(found, key=lambda item: (item.count("none"), item.label))


def _statements(evidence: Evidence) -> Iterator[tuple[str, str, str, Term]]:
    """Film, property, slug and value of everything that is said of a film."""
    for citation, facts in evidence.facts.items():
        slug = source_slug(citation.source)
        known = evidence.sources.get(citation.source)  # none where its record has no SHA-256
        about = known.about if known else frozenset()
        nodes: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for fact in facts:
            nodes[fact.subject.value][fact.predicate.value].append(fact.object)
        for iri, values in nodes.items():
            classes = {local_name(term.value) for term in values[RDF_TYPE] if isinstance(term, ox.NamedNode)}
            if "Film" in classes:
                yield from (
                    (iri, compact(predicate), slug, value)
                    for predicate, terms in values.items()
                    if predicate.startswith(FG) and predicate not in {FG + "earliest", FG + "latest"}
                    for value in terms
                )
            yield from (
                (film, name, slug, value)
                for film in _films(values, classes, about)
                for name, value in [*_linked(classes, values, evidence), *_measured(values, evidence)]
            )


def _films(values: Mapping[str, list[Term]], classes: set[str], about: frozenset[str]) -> set[str]:
    """The films that a node belongs to."""
    linked = [*values.get(FG + "film", ()), *values.get(FG + "describes", ())]
    films = {
        term.value for term in linked if isinstance(term, ox.NamedNode) and term.value.startswith(PREFIXES["film"])
    }
    measured = not classes.isdisjoint({"Figure", "Rating"})
    return films or ({iri for iri in about if iri.startswith(PREFIXES["film"])} if measured else set())


def _measured(values: Mapping[str, list[Term]], evidence: Evidence) -> Iterator[tuple[str, Term]]:
    """Return the variable of a figure, and its value with its unit."""
    units = " ".join(evidence.label(unit) for unit in values.get(FG + "unit", ()))
    described = [
        evidence.label(node)
        for node in values.get(FG + "describes", ())
        if isinstance(node, ox.NamedNode) and not node.value.startswith(PREFIXES["film"])
    ]
    for variable in values.get(FG + "variable", ()):
        name = " of ".join([_FIGURE + evidence.label(variable), *described])
        for value in values.get(FG + "value", ()):
            if isinstance(value, ox.Literal):
                yield name, ox.Literal(f"{value.value} {units}".strip())


def _linked(classes: set[str], values: Mapping[str, list[Term]], evidence: Evidence) -> Iterator[tuple[str, Term]]:
    """The name of the property that a linked node amounts to, and its value."""
    for name in sorted(classes & set(_KEYS)):
        key, value = (FG + part for part in _KEYS[name])
        for told in values.get(key, ()):
            for stated in values.get(value, ()):
                yield f"{name}: {evidence.label(told)}", stated


def _standpoint(name: str, by_source: Mapping[str, set[Term]], evidence: Evidence, *, single: bool) -> Standpoint:
    values = {
        slug: tuple(sorted(evidence.label(value) for value in stated)) for slug, stated in sorted(by_source.items())
    }
    if len(by_source) == 1:
        return Standpoint(name, "one source", values)
    sets = [{value} for found in by_source.values() for value in found] if single else list(by_source.values())
    differ = any(not _share(one, other) for one, other in combinations(sets, 2))
    return Standpoint(name, "differ" if differ else "agree", values)


def _share(one: set[Term], other: set[Term]) -> bool:
    """Whether two sources have a value in common."""
    return not one.isdisjoint(other) or any(_overlap(left, right) for left in one for right in other)


def _overlap(one: Term, other: Term) -> bool:
    """Whether two dates can both be true; other values are equal, but for case and language tags, or differ."""
    if not isinstance(one, ox.Literal) or not isinstance(other, ox.Literal):
        return False
    if one.value.casefold() == other.value.casefold():
        return True
    if not one.datatype.value.endswith("EDTF") or not other.datatype.value.endswith("EDTF"):
        return False
    try:
        left, right = bounds(one.value), bounds(other.value)
    except EdtfError:
        return False
    starts = [span.earliest for span in (left, right) if span.earliest]
    ends = [span.latest for span in (left, right) if span.latest]
    return not starts or not ends or max(starts) <= min(ends)
