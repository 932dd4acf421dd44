"""filmgraph's JSON-LD context, generated from the ontology and kept beside it as ``context.jsonld``.

Terms are the local names of the ontology. What points to a film stands in the film under a key per class
(`reverse_keys`): all of these are reverse terms of ``fg:film`` (`JSON-LD 1.1, 4.8
<https://www.w3.org/TR/json-ld11/#reverse-properties>`_).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from filmgraph.collection.resources import root
from filmgraph.errors import FileError
from filmgraph.rdf.files import parse, read
from filmgraph.rdf.namespaces import BASE, FG, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyoxigraph as ox

LINK = f"{BASE}context.jsonld"
"""Where the context is published. Nothing here ever fetches it."""

_THINGS = (f"{BASE}id/", f"{BASE}source/", f"{BASE}graph/")
"""Namespaces whose IRIs stay whole: their prefixes are words that JSON-LD needs as terms, such as ``film``."""

_OWL, _SCHEMA, _XSD = PREFIXES["owl"], PREFIXES["schema"], PREFIXES["xsd"]
_OF_FILMS = (
    ("awards", "AwardResult"),
    ("broadcasts", "Broadcast"),
    ("credits", "Credit"),
    ("events", "Event"),
    ("figures", "Figure"),
    ("homeVideoReleases", "HomeVideoRelease"),
    ("interviews", "Interview"),
    ("parts", "Part"),
    ("productions", "Production"),
    ("ratings", "Rating"),
    ("remarks", "Remark"),
    ("reviews", "Review"),
    ("screenings", "Screening"),
    ("streamingWindows", "StreamingWindow"),
    ("theatricalReleases", "TheatricalRelease"),
    ("releases", "Release"),
    ("others", ""),
)
_POINTING = {"about": "subjectOf", "depicts": "depictedIn", "describes": "describedIn", "versionOf": "versions"}
_OTHERS: dict[str, dict[str, object]] = {
    "label": {"@id": "rdfs:label", "@container": "@language"},
    "prefLabel": {"@id": "skos:prefLabel", "@container": "@language"},
    "altLabel": {"@id": "skos:altLabel", "@container": ["@language", "@set"]},
    "notation": {"@id": "skos:notation"},
    "inScheme": {"@id": "skos:inScheme", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "conformsTo": {"@id": "dcterms:conformsTo", "@type": "@id"},
    "fragment": {"@id": "rdf:value"},
    "start": {"@id": "oa:start"},
    "end": {"@id": "oa:end"},
    "documentTitle": {"@id": "dcterms:title", "@container": "@language"},
    "publisher": {"@id": "dcterms:publisher", "@type": "@id"},
}
_CLASSES = {
    "Concept": "skos:Concept",
    "FragmentSelector": "oa:FragmentSelector",
    "Statement": "rdf:Statement",
    "TextPositionSelector": "oa:TextPositionSelector",
}


def reverse_keys() -> dict[str, str]:
    """The key under which a film shows the nodes of a class, by the class's local name; the empty name means others."""
    return {name: key for key, name in _OF_FILMS}


def committed() -> dict[str, Any]:
    """The context that lies beside the ontology.

    Raises:
        FileError: It cannot be read.
    """
    path = f"{root()}/ontology/context.jsonld"
    try:
        found: dict[str, Any] = json.loads(read(path))["@context"]
    except (ValueError, KeyError) as error:
        raise FileError("The file is no JSON-LD context.", path=path) from error
    return found


def used(document: dict[str, Any], terms: dict[str, Any]) -> dict[str, Any]:
    """The terms of a context that a compact document uses; what they mean stays the same.

    Args:
        document: The document, without its context.
        terms: The whole context.

    >>> terms = {"type": "@type", "fg": "urn:fg:", "Film": "fg:Film", "date": {"@id": "fg:date"}, "unit": "fg:unit"}
    >>> used({"type": "Film", "date": "1999"}, terms)
    {'type': '@type', 'fg': 'urn:fg:', 'Film': 'fg:Film', 'date': {'@id': 'fg:date'}}
    """
    names = {"@version"} | set(_names(document))
    while more := {prefix for name in names for prefix in _prefixes(terms.get(name))} & terms.keys() - names:
        names |= more
    return {name: meaning for name, meaning in terms.items() if name in names}


def _names(value: Any, key: str = "") -> Iterator[str]:
    """The keys of a document, its types, and the prefixes of its compact IRIs."""
    if isinstance(value, list):
        for item in value:
            yield from _names(item, key)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield name
            yield from _compact(name)
            yield from _names(item, name)
    elif isinstance(value, str):
        if key in {"type", "@type"}:
            yield value
        yield from _compact(value)


def _compact(name: str) -> Iterator[str]:
    prefix, colon, _ = name.partition(":")
    if colon:
        yield prefix


def _prefixes(meaning: Any) -> Iterator[str]:
    """The prefixes that the definition of a term is written with."""
    for text in meaning.values() if isinstance(meaning, dict) else [meaning]:
        if isinstance(text, str):
            yield text.partition(":")[0]


def by_language(terms: dict[str, Any]) -> frozenset[str]:
    """The IRIs of the properties whose values a context shows by language."""
    found = [
        term["@id"] for term in terms.values() if isinstance(term, dict) and "@language" in term.get("@container", "")
    ]
    parts = [name.partition(":") for name in found]
    return frozenset(PREFIXES[prefix] + local for prefix, _, local in parts)


def generated(quads: Iterable[ox.Quad] | None = None) -> dict[str, Any]:
    """The context that follows from the ontology.

    Args:
        quads: The ontology; by default the bundled one.
    """
    about: dict[str, dict[str, list[str]]] = {}
    for quad in parse(f"{root()}/ontology/filmgraph.ttl") if quads is None else quads:
        name = cast("ox.NamedNode", quad.subject).value
        value = cast("ox.NamedNode", quad.object).value
        if name.startswith(FG):
            about.setdefault(name.removeprefix(FG), {}).setdefault(quad.predicate.value, []).append(value)
    terms: dict[str, object] = dict(_OTHERS)
    for name, properties in about.items():
        types = properties.get(PREFIXES["rdf"] + "type", [])
        if _OWL + "Class" in types:
            terms[name] = f"fg:{name}"
        elif {_OWL + "ObjectProperty", _OWL + "DatatypeProperty"} & set(types):
            terms[name] = _definition(name, properties, is_link=_OWL + "ObjectProperty" in types)
    terms |= _CLASSES
    for key, _ in _OF_FILMS:
        terms[key] = {"@reverse": "fg:film", "@type": "@id", "@container": "@set"}
    for name, key in _POINTING.items():
        terms[key] = {"@reverse": f"fg:{name}", "@type": "@id", "@container": "@set"}
    keywords = {"@version": 1.1, "id": "@id", "type": "@type", "evidence": "@included", "states": "@graph"}
    prefixes = {prefix: space for prefix, space in sorted(PREFIXES.items()) if not space.startswith(_THINGS)}
    return keywords | prefixes | dict(sorted(terms.items()))


def _definition(name: str, properties: dict[str, list[str]], *, is_link: bool) -> dict[str, object]:
    """A term: an IRI, text by language, or a value of the datatype that the ontology names.

    Whole numbers and truth values are JSON's own. Decimal numbers keep their datatype beside them, since a property of
    decimal range may have whole numbers, too.
    """
    definition: dict[str, object] = {"@id": f"fg:{name}"}
    several = FG + "singleValued" not in properties
    ranges = properties.get(_SCHEMA + "rangeIncludes", [])
    if is_link:
        definition["@type"] = "@id"
    elif ranges == [PREFIXES["rdf"] + "langString"]:
        definition["@container"] = ["@language", "@set"] if several else "@language"
        return definition
    elif len(ranges) == 1 and ranges[0] not in {_XSD + end for end in ("string", "integer", "decimal", "boolean")}:
        definition["@type"] = _short(ranges[0])
    if several:
        definition["@container"] = "@set"
    return definition


def _short(iri: str) -> str:
    return next(
        (f"{prefix}:{iri[len(space) :]}" for prefix, space in PREFIXES.items() if iri.startswith(space)),
        iri,
    )
