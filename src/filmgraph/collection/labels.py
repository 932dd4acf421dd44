"""One label per thing, derived from its names, or composed where a node has none.

A name wins when more passages state it; then English is preferred, then Latin script, then the order of the texts.
A source is called by its slug.
Of a person, a full name wins over a part of it, however often the part is used.
Nodes that join others (credits, results, releases) have no name, so `COMPOSED` says how theirs is made.
What has neither is called by the end of its IRI in words: *night ferry captain (unnamed)*; where a source coined it,
``press-kit.cameraman``, *cameraman (unnamed, press-kit)*.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from filmgraph.rdf.citation import source_slug
from filmgraph.rdf.namespaces import DERIVED_GRAPH, FG, PREFIXES

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

_TYPE = f"<{PREFIXES['rdf']}type>"
_LABEL = f"<{PREFIXES['rdfs']}label>"
_TITLE = f"<{FG}title>"
_TITLE_TEXT = f"<{FG}titleText>"
_NAMES = (f"<{FG}name>", _TITLE_TEXT, f"<{PREFIXES['skos']}prefLabel>", f"<{PREFIXES['dcterms']}title>")
_SOURCE = f"<{FG}SourceDocument>"
_PERSON = f"<{FG}Person>"
_GRAPH = ox.NamedNode(DERIVED_GRAPH)
_LABEL_NODE = ox.NamedNode(PREFIXES["rdfs"] + "label")
_SLOT = re.compile(r"\{([^}]+)\}")

# Of each class the pieces, with %s for each slot, and of each slot the properties.
_TEMPLATES: dict[str, tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]] = {
    f"<{FG}{name}>": tuple(
        (
            _SLOT.sub("%s", piece.replace("%", "%%")),
            tuple(tuple(f"<{FG}{key}>" for key in match.split("|")) for match in _SLOT.findall(piece)),
        )
        for piece in pieces
    )
    for name, pieces in COMPOSED.items()
}
_RANKS = {kind: rank for rank, kind in enumerate(_TEMPLATES)}
WATCHED = frozenset(
    {
        *_NAMES,
        _LABEL,
        _TITLE,
        _TYPE,
        *(key for pieces in _TEMPLATES.values() for _, slots in pieces for keys in slots for key in keys),
    }
)
"""The properties, as N-Triples writes them, that labels are made of."""

Properties = dict[str, dict[str, int]]
"""Of a node: property to value to how many graphs state it; all as N-Triples writes them."""


class Labels:
    """Collects what labels are made of, and then gives the labels.

    Terms are kept as N-Triples writes them, which takes less room than terms of the engine and needs no parsing where
    a collection is read as text.

    Args:
        values: What was collected before, by node.

    >>> labels = Labels()
    >>> film, graph = ox.NamedNode("urn:film"), ox.NamedNode("urn:source#char=0,9")
    >>> labels.add(ox.Quad(film, ox.NamedNode(FG + "name"), ox.Literal("Night Ferry", language="en"), graph))
    >>> [quad.object.value for quad in labels.quads()]
    ['Night Ferry']
    """

    def __init__(self, values: dict[str, Properties] | None = None) -> None:
        self.values: dict[str, Properties] = {} if values is None else values
        self._found: dict[str, str | None] = {}

    def add(self, quad: ox.Quad) -> None:
        """Take notice of a stated quad. Each quad of the named graphs is to be added once."""
        predicate = str(quad.predicate)
        if predicate in WATCHED:
            self.state(str(quad.subject), predicate, str(quad.object), 1)

    def state(self, subject: str, predicate: str, value: str, count: int) -> None:
        """Take notice of a triple with a watched property that so many graphs state."""
        counts = self.values.setdefault(subject, {}).setdefault(predicate, {})
        counts[value] = counts.get(value, 0) + count

    def quads(self) -> Iterator[ox.Quad]:
        """An ``rdfs:label`` for each node that has none of its own and for which one can be made."""
        for node, label in self.texts():
            if node.startswith("<<"):
                continue  # a statement; it has no name
            yield ox.Quad(ox.NamedNode(node[1:-1]), _LABEL_NODE, literal(label), _GRAPH)

    def texts(self) -> Iterator[tuple[str, str]]:
        """The same as pairs of node and literal, as N-Triples writes them."""
        for node, properties in self.values.items():
            if _LABEL not in properties and not node.startswith("_:"):
                label = self.label(node)
                if label is not None:
                    yield node, label

    def label(self, node: str) -> str | None:
        """The label of a node, as a literal; the end of its IRI where nothing better can be made."""
        return self._label(node) or _key(node, self.values.get(node, {}))

    def own_name(self, node: str) -> str | None:
        """The best of a node's own labels and names, and of the texts of its titles."""
        return self.direct_name(node) or best_name(
            pair
            for title in self.values.get(node, {}).get(_TITLE, ())
            for pair in self.values.get(title, {}).get(_TITLE_TEXT, {}).items()
        )

    def direct_name(self, node: str) -> str | None:
        """The best of a node's own labels and names."""
        properties = self.values.get(node, {})
        if _SOURCE in properties.get(_TYPE, ()) and node != (slug := f"<{source_slug(node[1:-1])}>"):
            return _quoted(slug[1:-1])
        for predicate in (_LABEL, *_NAMES):
            if predicate in properties:
                names = properties[predicate]
                return best_name((_full(names) if _PERSON in properties.get(_TYPE, ()) else names).items())
        return None

    def elsewhere(self, node: str) -> str | None:  # noqa: ARG002 -- for who knows more
        """The label of a node of which nothing was collected."""
        return None

    def _label(self, node: str) -> str | None:
        if node not in self._found:
            self._found[node] = None  # a node whose label would need its own gets none
            try:
                known = node in self.values
                self._found[node] = (self.own_name(node) or self._composed(node)) if known else self.elsewhere(node)
            except BaseException:
                del self._found[node]
                raise
        return self._found[node]

    def _composed(self, node: str) -> str | None:
        properties = self.values[node]
        kinds = [kind for kind in properties.get(_TYPE, ()) if kind in _TEMPLATES]
        if not kinds:
            return None
        pieces: list[str] = []
        filled = False
        for piece, slots in _TEMPLATES[min(kinds, key=_RANKS.__getitem__) if len(kinds) > 1 else kinds[0]]:
            values = [self._first(properties, keys) for keys in slots]
            if slots and values[0] is None:
                continue
            filled = filled or bool(slots)
            pieces.append((piece % tuple([value or "" for value in values])).rstrip())
        return _quoted("".join(pieces).lstrip(" ,:"), "@en") if filled else None

    def _first(self, properties: Properties, keys: tuple[str, ...]) -> str | None:
        """The value of the first of some properties that has one, as text."""
        for key in keys:
            counts = properties.get(key)
            if counts is not None and (text := self._text(counts)) is not None:
                return text
        return None

    def _text(self, counts: dict[str, int]) -> str | None:
        """The value that most graphs state, as text: a node's label, or what a literal says."""
        for term in sorted(counts, key=lambda term: (-counts[term], term)) if len(counts) > 1 else counts:
            if term.startswith('"'):
                return _value(term)
            if term.startswith("<") and not term.startswith("<<"):
                label = self.label(term)
                if label is not None:
                    return _value(label)
        return None


def slot_values(properties: Properties) -> Iterator[str]:
    """The nodes whose labels the label of a node may need."""
    for kind in properties.get(_TYPE, ()):
        for _, slots in _TEMPLATES.get(kind, ()):
            for keys in slots:
                for key in keys:
                    yield from (value for value in properties.get(key, ()) if value.startswith("<"))


def literal(text: str) -> ox.Literal:
    """The literal that N-Triples writes so.

    >>> literal('"ferry"@en')
    <Literal value=ferry language=en>
    """
    rest = text[text.rindex('"') + 1 :]
    if rest.startswith("@") and "--" not in rest:
        return ox.Literal(_value(text), language=rest[1:])
    if rest.startswith("^^"):
        return ox.Literal(_value(text), datatype=ox.NamedNode(rest[3:-1]))
    if rest:
        return _parsed(text)  # a literal with a direction
    return ox.Literal(_value(text))


def _value(text: str) -> str:
    """What a literal says."""
    if "\\" in text:
        return _parsed(text).value
    return text[1 : text.rindex('"')]


def _parsed(text: str) -> ox.Literal:
    found = next(iter(ox.parse(f"<urn:s> <urn:p> {text} .", ox.RdfFormat.N_TRIPLES))).object
    assert isinstance(found, ox.Literal)  # noqa: S101 -- a literal's text stands there
    return found


def _quoted(value: str, tag: str = "") -> str:
    """A literal as N-Triples writes it."""
    if '"' in value or "\\" in value or not value.isprintable():
        return f"{ox.Literal(value)}{tag}"
    return f'"{value}"{tag}'


def _full(names: dict[str, int]) -> dict[str, int]:
    """The names that are not a part of another: not ``Ada`` where there is ``Ada Lake``."""
    if len(names) == 1:
        return names
    words = {name: frozenset(_value(name).casefold().split()) for name in names if name.startswith('"')}
    return {name: names[name] for name in words if not any(words[name] < others for others in words.values())}


def _key(node: str, properties: Properties) -> str | None:
    """The end of the IRI of one of our own nodes, which is of a class of ours, in words."""
    if not node.startswith("<" + PREFIXES["id"]):
        return None
    if not any(kind.startswith("<" + FG) for kind in properties.get(_TYPE, ())):
        return None
    return _quoted(unnamed(node[1:-1]), "@en")


def unnamed(iri: str) -> str:
    """What a thing without a name is called.

    >>> unnamed(PREFIXES["person"] + "night-ferry-captain")
    'night ferry captain (unnamed)'
    """
    within, _, own = iri.rpartition("/")[2].rpartition(".")
    return f"{own.replace('-', ' ')} (unnamed{', ' if within else ''}{within})"


def best_name(names: Iterable[tuple[str, int]]) -> str | None:
    """The best of some literals, each with the number of graphs that state it."""
    ranked = [(-count, *_rank(name), name) for name, count in names if name.startswith('"')]
    return min(ranked)[-1] if ranked else None


def _rank(name: str) -> tuple[int, str, str]:
    """English before other names in Latin script before the rest; then the text decides, then the language."""
    tag = name[name.rindex('"') + 1 :]
    language = tag[1:].lower() if tag.startswith("@") else ""
    if language.split("-")[0] == "en":
        return 0, _value(name), language
    return 1 if "-latn" in language or language in {"", "und"} else 2, _value(name), language
