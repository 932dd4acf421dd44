"""Whether a graph uses an official vocabulary as that vocabulary says: its terms, their domains and ranges.

Domains and ranges are those of ``rdfs:domain`` and ``rdfs:range`` (all hold; a union holds where one of its classes
does), of ``schema:domainIncludes`` and ``schema:rangeIncludes`` (one holds), and of OWL restrictions: a property that
classes restrict belongs to these classes, and its values are what they say.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, cast

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SCHEMA = "http://schema.org/"
TYPE = RDF + "type"
ANYTHING = frozenset({OWL + "Thing", RDFS + "Resource", RDFS + "Literal", SCHEMA + "Thing"})
TEXTS = frozenset({SCHEMA + "Text", SCHEMA + "URL"})
DURATION = re.compile(r"P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?")


class Use(NamedTuple):
    """A property's classes: each inner set is one demand, met where one of its classes is there."""

    domains: list[frozenset[str]]
    ranges: list[frozenset[str]]


class Vocabulary:
    def __init__(self, path: Path, namespace: str) -> None:
        self.namespace = namespace
        store = ox.Store()
        store.load(path=str(path), format=ox.RdfFormat.RDF_XML if path.suffix == ".rdf" else ox.RdfFormat.TURTLE)
        self._store = store
        self.classes = self._subjects(TYPE, OWL + "Class") | self._subjects(TYPE, RDFS + "Class")
        properties = ("ObjectProperty", "DatatypeProperty", "SymmetricProperty", "FunctionalProperty")
        self.properties = self._subjects(TYPE, RDF + "Property").union(
            *(self._subjects(TYPE, OWL + name) for name in properties)
        )
        # FIAFcore has properties whose values are of classes that it declares nowhere else.
        for name in (RDFS + "domain", RDFS + "range"):
            self.classes.update(
                term for terms in self._map(name).values() for term in terms if term.startswith(namespace)
            )
        self._above = self._map(RDFS + "subClassOf")
        for low, high in self._map(OWL + "equivalentClass").items():
            self._above.setdefault(low, set()).update(high)
        self._restricted = self._restrictions()
        self._uses: dict[str, Use] = {}

    def problems(self, graph: Iterable[ox.Triple], *, besides: Iterable[str] = ()) -> list[str]:
        """What is wrong in a graph; ``besides`` names predicates and classes of other vocabularies that it may use."""
        triples = list(graph)
        types: dict[str, set[str]] = {}
        for triple in triples:
            if triple.predicate.value == TYPE:
                name = cast("ox.NamedNode", triple.object).value
                types.setdefault(_text(triple.subject), set()).update(self._closure(name))
        allowed = set(besides) | {TYPE, RDFS + "label"}
        found: set[str] = set()
        for triple in triples:
            found.update(self._problems(triple, types, allowed))
        return sorted(found)

    def _problems(self, triple: ox.Triple, types: dict[str, set[str]], allowed: set[str]) -> Iterator[str]:
        predicate, subject = triple.predicate.value, _text(triple.subject)
        if predicate == TYPE:
            name = _text(triple.object)
            if name not in self.classes and name not in allowed:
                yield f"there is no class {name}"
            return
        if predicate in allowed:
            return
        if predicate not in self.properties:
            yield f"there is no property {predicate}"
            return
        own = types.get(subject, set())
        if SCHEMA + "Role" in own:
            return  # https://schema.org/Role: it stands between, and has the property that it stands in
        use = self._use(predicate)
        for demand in use.domains:
            if not demand & (own | ANYTHING):
                yield f"{predicate} is used of {subject}, a {_names(own)}, and not of a {_names(demand)}"
        demands = [*use.ranges, *(filler for cls, filler in self._restricted.get(predicate, []) if cls in own)]
        for demand in demands:
            if not self._fits(triple.object, demand, types):
                yield f"{predicate} of {subject} is {triple.object}, and not a {_names(demand)}"

    def _fits(self, value: object, demand: frozenset[str], types: dict[str, set[str]]) -> bool:
        if demand >= ANYTHING:
            return True
        if isinstance(value, ox.Literal):
            return self._fits_literal(value, demand)
        own = types.get(_text(value), set())
        if RDFS + "Literal" in demand or all(name.startswith(XSD) for name in demand):
            return False
        an_url = SCHEMA + "URL" in demand and not own
        return an_url or bool(demand & (own | (ANYTHING - {RDFS + "Literal"}))) or SCHEMA + "Role" in own

    def _fits_literal(self, value: ox.Literal, demand: frozenset[str]) -> bool:
        datatype = _schema(value.datatype.value)
        if SCHEMA + "Duration" in demand and DURATION.fullmatch(value.value):
            return True
        if datatype == XSD + "string" and demand & TEXTS:
            return True
        return RDFS + "Literal" in demand or bool(({value.datatype.value} | self._closure(datatype)) & demand)

    def _use(self, predicate: str) -> Use:
        if predicate not in self._uses:
            domains = [self._union(node) for node in self._objects(predicate, RDFS + "domain")]
            ranges = [self._union(node) for node in self._objects(predicate, RDFS + "range")]
            for name, demands in (("domainIncludes", domains), ("rangeIncludes", ranges)):
                included = frozenset(_text(node) for node in self._objects(predicate, SCHEMA + name))
                if included:
                    demands.append(included)
            restricting = frozenset(cls for cls, _ in self._restricted.get(predicate, []))
            if restricting and not domains:
                domains.append(restricting)
            self._uses[predicate] = Use(domains, ranges)
        return self._uses[predicate]

    def _restrictions(self) -> dict[str, list[tuple[str, frozenset[str]]]]:
        found: dict[str, list[tuple[str, frozenset[str]]]] = {}
        for quad in self._store.quads_for_pattern(None, ox.NamedNode(OWL + "onProperty"), None, None):
            classes = self._subjects(RDFS + "subClassOf", quad.subject)
            fillers = [
                self._union(node)
                for name in ("allValuesFrom", "onClass", "onDataRange")
                for node in self._objects(quad.subject, OWL + name)
            ]
            for name in classes:
                for filler in fillers or [ANYTHING]:
                    found.setdefault(_text(quad.object), []).append((name, filler))
        return found

    def _union(self, node: object) -> frozenset[str]:
        if isinstance(node, ox.NamedNode):
            return frozenset({node.value})
        members: set[str] = set()
        for listed in self._objects(node, OWL + "unionOf"):
            rest: object = listed
            while rest != ox.NamedNode(RDF + "nil"):
                members.update(_text(one) for one in self._objects(rest, RDF + "first"))
                (rest,) = self._objects(rest, RDF + "rest")
        return frozenset(members) or ANYTHING

    def _closure(self, name: str) -> set[str]:
        seen, waiting = {name}, [name]
        while waiting:
            for higher in self._above.get(waiting.pop(), set()) - seen:
                seen.add(higher)
                waiting.append(higher)
        return seen

    def _map(self, predicate: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for quad in self._store.quads_for_pattern(None, ox.NamedNode(predicate), None, None):
            if isinstance(quad.object, ox.NamedNode):
                found.setdefault(_text(quad.subject), set()).add(quad.object.value)
        return found

    def _objects(self, subject: object, predicate: str) -> list[object]:
        node = ox.NamedNode(subject) if isinstance(subject, str) else cast("ox.NamedNode", subject)
        return [quad.object for quad in self._store.quads_for_pattern(node, ox.NamedNode(predicate), None, None)]

    def _subjects(self, predicate: str, value: object) -> set[str]:
        node = ox.NamedNode(value) if isinstance(value, str) else cast("ox.NamedNode", value)
        found = self._store.quads_for_pattern(None, ox.NamedNode(predicate), node, None)
        return {quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)}


def _schema(datatype: str) -> str:
    """The datatype of schema.org that JSON's numbers mean."""
    return {
        XSD + "integer": SCHEMA + "Integer",
        XSD + "double": SCHEMA + "Number",
        XSD + "decimal": SCHEMA + "Number",
        XSD + "boolean": SCHEMA + "Boolean",
    }.get(datatype, datatype)


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _names(classes: Iterable[str]) -> str:
    return " or ".join(sorted(classes)) or "thing without a class"
