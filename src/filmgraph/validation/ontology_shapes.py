"""Shapes that follow from the ontology: how many values, on what, of what kind.

The ontology documents its properties with `fg:singleValued`, `schema:domainIncludes` and `schema:rangeIncludes`, which
entail nothing; here they are checked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from filmgraph.rdf.namespaces import EDTF, FG, PREFIXES, compact
from filmgraph.validation.engine import bindings
from filmgraph.validation.results import SH
from filmgraph.validation.shapes import FGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from filmgraph.store.base import Store

_RDF, _RDFS, _XSD = PREFIXES["rdf"], PREFIXES["rdfs"], PREFIXES["xsd"]
_TERMS = f"""
SELECT ?property ?label ?single ?domain ?range {{
  ?property a ?kind .
  FILTER(STRSTARTS(STR(?property), "{FG}") && STRSTARTS(STR(?kind), "{PREFIXES["owl"]}"))
  OPTIONAL {{ ?property <{_RDFS}label> ?label }}
  {{ ?property <{FG}singleValued> ?single }}
  UNION {{ ?property <{PREFIXES["schema"]}domainIncludes> ?domain }}
  UNION {{ ?property <{PREFIXES["schema"]}rangeIncludes> ?range }}
}}"""
_FROM_DATES = {FG + "earliest", FG + "latest"}
_CONTRADICTION = (
    "Look at the passages. If they speak of different things, make them different nodes; if the document contradicts"
    " itself, leave both."
)


class Property(NamedTuple):
    """The ontology's declaration of one property."""

    iri: str
    label: str
    single: bool
    domain: tuple[str, ...]
    range: tuple[str, ...]

    @property
    def name(self) -> str:
        """The local name."""
        return self.iri.removeprefix(FG)


def properties_in(store: Store) -> list[Property]:
    """The properties of the ontology that a store holds."""
    found: dict[str, Property] = {}
    for row in bindings(store, _TERMS):
        terms = {name: value.value for name, value in row.items() if isinstance(value, NamedNode | Literal)}
        iri = terms["property"]
        known = found.get(iri, Property(iri, terms.get("label", compact(iri)), single=False, domain=(), range=()))
        found[iri] = known._replace(
            single=known.single or terms.get("single") == "true",
            domain=(
                *known.domain,
                *(iri for name, iri in terms.items() if name == "domain" and iri not in known.domain),
            ),
            range=(*known.range, *(iri for name, iri in terms.items() if name == "range" and iri not in known.range)),
        )
    ordered = sorted(found.values())
    return [each._replace(domain=tuple(sorted(each.domain)), range=tuple(sorted(each.range))) for each in ordered]


def single_valued(properties: Iterable[Property]) -> Iterator[Triple]:
    """For the pass per source: one source gives one value. First and last days follow from dates and are left out."""
    for each in properties:
        if each.single and each.iri not in _FROM_DATES:
            message = f"One source gives more than one value of {each.label}."
            inner = NamedNode(f"{FGS}one-{each.name}-value")
            yield from _shape(f"one-{each.name}", "targetSubjectsOf", each, message, _CONTRADICTION, "Warning")
            yield Triple(NamedNode(f"{FGS}one-{each.name}"), NamedNode(SH + "property"), inner)
            yield Triple(inner, NamedNode(SH + "path"), NamedNode(each.iri))
            yield Triple(inner, NamedNode(SH + "maxCount"), Literal(1))
            yield Triple(inner, NamedNode(SH + "severity"), NamedNode(SH + "Warning"))


def domains_and_ranges(properties: Iterable[Property], *, covered: frozenset[str]) -> Iterator[Triple]:
    """For the pass over the merged graph: on what a property stands, and what it points at.

    Args:
        properties: What the ontology says.
        covered: Properties whose datatype a hand-written shape looks at, with a better message.
    """
    for each in properties:
        if FG + "Citation" in (*each.domain, *each.range):
            continue  # passages that are left out or stand behind a source's record are named and need no graph
        literals = tuple(iri for iri in each.range if iri.startswith((_XSD, _RDF)) or iri == EDTF)
        classes = tuple(iri for iri in each.range if iri not in literals)
        if each.domain:
            message = f"{compact(each.iri)} stands on something that is no {_either(each.domain)}."
            advice = "Give the node its class, or use another property."
            yield from _shape(f"domain-{each.name}", "targetSubjectsOf", each, message, advice, "Warning")
            yield from _one_of(NamedNode(f"{FGS}domain-{each.name}"), "class", each.domain)
        if classes and not literals:
            message = f"{compact(each.iri)} points at something that is no {_either(classes)}."
            advice = "Describe what it points at with its class, in the same passage or in data/reference.ttl."
            yield from _shape(f"range-{each.name}", "targetObjectsOf", each, message, advice, "Violation")
            yield from _one_of(NamedNode(f"{FGS}range-{each.name}"), "class", classes)
        if literals and not classes and each.iri not in covered:
            message = f"{compact(each.iri)} has a value that is no {_either(literals)}."
            advice = "Write the value with that datatype."
            if _XSD + "decimal" in literals:
                literals = (*literals, _XSD + "integer")
            yield from _shape(f"range-{each.name}", "targetObjectsOf", each, message, advice, "Violation")
            yield from _one_of(NamedNode(f"{FGS}range-{each.name}"), "datatype", literals)


def _shape(name: str, target: str, each: Property, message: str, advice: str, severity: str) -> Iterator[Triple]:
    shape = NamedNode(FGS + name)
    yield Triple(shape, NamedNode(SH + target), NamedNode(each.iri))
    yield Triple(shape, NamedNode(SH + "message"), Literal(message, language="en"))
    yield Triple(shape, NamedNode(FGS + "advice"), Literal(advice, language="en"))
    yield Triple(shape, NamedNode(SH + "severity"), NamedNode(SH + severity))


def _one_of(shape: NamedNode, parameter: str, choices: Sequence[str]) -> Iterator[Triple]:
    """`sh:class` or `sh:datatype` where there is one choice, else `sh:or` over several."""
    if len(choices) == 1:
        yield Triple(shape, NamedNode(SH + parameter), NamedNode(choices[0]))
        return
    stem = shape.value.removeprefix(FGS).replace("-", "")
    link, previous = NamedNode(SH + "or"), shape
    for number, choice in enumerate(choices):
        head, member = BlankNode(f"{stem}L{number}"), BlankNode(f"{stem}M{number}")
        yield Triple(previous, link, head)
        yield Triple(head, NamedNode(_RDF + "first"), member)
        yield Triple(member, NamedNode(SH + parameter), NamedNode(choice))
        link, previous = NamedNode(_RDF + "rest"), head  # type: ignore[assignment] # a blank node from here on
    yield Triple(previous, link, NamedNode(_RDF + "nil"))


def _either(choices: Sequence[str]) -> str:
    *first, last = (compact(choice) for choice in choices)
    return f"{', '.join(first)} or {last}" if first else last
