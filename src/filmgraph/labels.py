"""One label per thing, derived from its names, or composed where a node has none.

A name wins when more passages state it; then English is preferred, then Latin script, then the order of the texts.
A source is called by its slug.
Of a person, a full name wins over a part of it, however often the part is used.
Nodes that join others (credits, results, releases) have no name, so `COMPOSED` says how theirs is made.
What has neither is called by the end of its IRI, in brackets: ``[night-ferry-captain]``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from filmgraph.citation import source_slug
from filmgraph.namespaces import DERIVED_GRAPH, FG, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

COMPOSED: dict[str, tuple[str, ...]] = {
    "Film": ("film", " about {about}"),
    "Credit": ("{agent}", ", {role}", " as {characterName}", " of {film}"),
    "TheatricalRelease": ("{film}", ", cinemas", " of {territory}", ", {date}"),
    "HomeVideoRelease": ("{film}", ", home video", " in {territory}", ", {date}"),
    "Broadcast": ("{film}", ", broadcast", " on {outlet}", " in {territory}", ", {date}"),
    "StreamingWindow": ("{film}", ", streaming", " on {outlet}", " in {territory}", ", {date}"),
    "Screening": ("{film}", ", screening", " at {partOf|place}", ", {date}"),
    "EventEdition": ("{editionOf}", ", {date}"),
    "AwardResult": ("{award}", ", {ceremony|date}", ": {outcome}", ", {recipient|film}"),
    "Rating": ("{describes|film}", ": {value}", " of {scaleMax}", " on {outlet}"),
    "Figure": ("{variable}", " of {describes|film}", ": {value|lowerBound|upperBound} {unit}"),
    "Review": ("Review", " of {film}", " by {author}", " in {outlet}"),
    "Interview": ("Interview", " with {interviewee}", " by {interviewer}", " in {outlet}"),
    "Remark": ("Remark", " by {speaker}", " on {about|film}"),
    "Version": ("{versionOf}", ", version"),
    "Part": ("{partType} of {film}",),
    "Production": ("{kind}", " of {film}", " in {place}", ", {date}"),
    "Residence": ("{participant}", ", living", " in {place}", ", {date}"),
    "Employment": ("{participant}", ", {occupation}", " at {employer}", " in {place}", ", {date}"),
    "Journey": ("{participant}", ", journey", " from {origin}", " to {destination}", ", {date}"),
    "LifeEvent": ("{participant}", ", {kind}", " in {place}", ", {date}"),
    "HistoricEvent": ("{kind}", ", {participant}", " in {place}", ", {date}"),
    "Award": ("prize", " of {conferredBy}"),
    "Event": ("{kind}", " of {about|film}", " with {participant}", " at {partOf|place}", ", {date}"),
}
"""Class to the pieces of its label.

``{a|b}`` is the value of the first property that has one. A piece is left out where its first slot has no value.
"""

_NAMES = tuple(
    ox.NamedNode(iri)
    for iri in (FG + "name", FG + "titleText", PREFIXES["skos"] + "prefLabel", PREFIXES["dcterms"] + "title")
)
_LABEL = ox.NamedNode(PREFIXES["rdfs"] + "label")
_TITLE = ox.NamedNode(FG + "title")
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_SOURCE = ox.NamedNode(FG + "SourceDocument")
_PERSON = ox.NamedNode(FG + "Person")
_GRAPH = ox.NamedNode(DERIVED_GRAPH)
_SLOT = re.compile(r"\{([^}]+)\}")


def _property(name: str) -> ox.NamedNode:
    return ox.NamedNode(FG + name)


# Of each class the pieces, and of each piece the properties of its slots.
_TEMPLATES: dict[ox.NamedNode, tuple[tuple[str, tuple[tuple[ox.NamedNode, ...], ...]], ...]] = {
    ox.NamedNode(FG + name): tuple(
        (piece, tuple(tuple(_property(key) for key in match.split("|")) for match in _SLOT.findall(piece)))
        for piece in pieces
    )
    for name, pieces in COMPOSED.items()
}
_WATCHED = {
    *_NAMES,
    _LABEL,
    _TITLE,
    _TYPE,
    *(key for pieces in _TEMPLATES.values() for _, slots in pieces for keys in slots for key in keys),
}

_Node = ox.NamedNode | ox.BlankNode | ox.Triple
_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class Labels:
    """Collects what labels are made of, quad by quad, and then gives the labels.

    >>> labels = Labels()
    >>> film, graph = ox.NamedNode("urn:film"), ox.NamedNode("urn:source#char=0,9")
    >>> labels.add(ox.Quad(film, ox.NamedNode(FG + "name"), ox.Literal("Night Ferry", language="en"), graph))
    >>> [quad.object.value for quad in labels.quads()]
    ['Night Ferry']
    """

    def __init__(self) -> None:
        # How many graphs state each value of a property of a node.
        self._values: dict[_Node, dict[ox.NamedNode, dict[_Term, int]]] = {}
        self._found: dict[_Node, ox.Literal | None] = {}

    def add(self, quad: ox.Quad) -> None:
        """Take notice of a stated quad. Each quad of the named graphs is to be added once."""
        if quad.predicate in _WATCHED:
            counts = self._values.setdefault(quad.subject, {}).setdefault(quad.predicate, {})
            counts[quad.object] = counts.get(quad.object, 0) + 1

    def quads(self) -> Iterator[ox.Quad]:
        """An ``rdfs:label`` for each node that has none of its own and for which one can be made."""
        for node, properties in self._values.items():
            if _LABEL not in properties and not isinstance(node, ox.BlankNode):
                label = self._label(node) or _key(node, properties)
                if label is not None:
                    yield ox.Quad(node, _LABEL, label, _GRAPH)

    def _label(self, node: _Node) -> ox.Literal | None:
        if node not in self._found:
            self._found[node] = None  # a node whose label would need its own gets none
            self._found[node] = self._own_name(node) or self._composed(node)
        return self._found[node]

    def _own_name(self, node: _Node) -> ox.Literal | None:
        """The best of a node's own labels, names, and the texts of its titles."""
        properties = self._values.get(node, {})
        if (
            _SOURCE in properties.get(_TYPE, ())
            and isinstance(node, ox.NamedNode)
            and node.value != source_slug(node.value)
        ):
            return ox.Literal(source_slug(node.value))
        for predicate in (_LABEL, *_NAMES):
            if predicate in properties:
                names = properties[predicate]
                return _best((_full(names) if _PERSON in properties.get(_TYPE, ()) else names).items())
        return _best(
            pair
            for title in properties.get(_TITLE, ())
            if isinstance(title, ox.NamedNode)
            for pair in self._values.get(title, {}).get(_NAMES[1], {}).items()
        )

    def _composed(self, node: _Node) -> ox.Literal | None:
        properties = self._values.get(node, {})
        template = next((_TEMPLATES[t] for t in _TEMPLATES if t in properties.get(_TYPE, ())), ())
        pieces: list[str] = []
        filled = False
        for piece, slots in template:
            values = [self._first(properties, keys) for keys in slots]
            if slots and values[0] is None:
                continue
            filled = filled or bool(slots)
            texts = iter(values)
            pieces.append(_SLOT.sub(lambda _: next(texts) or "", piece).rstrip())  # noqa: B023 -- called at once
        return ox.Literal("".join(pieces).lstrip(" ,:"), language="en") if filled else None

    def _first(self, properties: dict[ox.NamedNode, dict[_Term, int]], keys: tuple[ox.NamedNode, ...]) -> str | None:
        """The value of the first of some properties that has one, as text."""
        return next((text for key in keys if (text := self._text(properties.get(key, {}))) is not None), None)

    def _text(self, counts: dict[_Term, int]) -> str | None:
        """The value that most graphs state, as text: a node's label, or what a literal says."""
        for term in sorted(counts, key=lambda term: (-counts[term], str(term))):
            if isinstance(term, ox.Literal):
                return term.value
            if isinstance(term, ox.NamedNode):
                label = self._label(term) or _key(term, self._values.get(term, {}))
                if label is not None:
                    return label.value
        return None


def _full(names: dict[_Term, int]) -> dict[_Term, int]:
    """The names that are not a part of another: not ``Ada`` where there is ``Ada Lake``."""
    words = {name: frozenset(name.value.casefold().split()) for name in names if isinstance(name, ox.Literal)}
    return {name: names[name] for name in words if not any(words[name] < others for others in words.values())}


def _key(node: _Node, properties: dict[ox.NamedNode, dict[_Term, int]]) -> ox.Literal | None:
    """The end of the IRI of one of our own nodes, which is of a class of ours."""
    if not isinstance(node, ox.NamedNode) or not node.value.startswith(PREFIXES["id"]):
        return None
    if not any(isinstance(kind, ox.NamedNode) and kind.value.startswith(FG) for kind in properties.get(_TYPE, ())):
        return None
    return ox.Literal(f"[{node.value.rpartition('/')[2]}]", language="en")


def _best(names: Iterable[tuple[_Term, int]]) -> ox.Literal | None:
    ranked = [(-count, _rank(name), name.value, name) for name, count in names if isinstance(name, ox.Literal)]
    return min(ranked, key=lambda entry: (*entry[:3], entry[3].language or ""))[3] if ranked else None


def _rank(name: ox.Literal) -> int:
    """English before other names in Latin script before the rest."""
    language = (name.language or "").lower()
    if language.split("-")[0] == "en":
        return 0
    return 1 if "-latn" in language or language in {"", "und"} else 2
