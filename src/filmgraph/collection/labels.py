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
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from filmgraph.rdf.citation import source_slug
from filmgraph.rdf.date_words import date_words
from filmgraph.rdf.namespaces import DERIVED_GRAPH, FG, PREFIXES
from filmgraph.text.quantities import amount_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

COMPOSED: dict[str, tuple[str, ...]] = {
    "Film": ("film", " about {about}"),
    "Credit": ("{agent}", ", {role}", " as {characterName}", " of {film}", " ({stance})"),
    "Release": ("{film}", ", release", " in {territory}", ", {date}"),
    "TheatricalRelease": ("{film}", ", release in cinemas", " of {territory}", ", {date}", " ({stance})"),
    "HomeVideoRelease": ("{film}", ", home video", " in {territory}", ", {date}"),
    "Broadcast": ("{film}", ", broadcast", " on {outlet}", " in {territory}", ", {date}"),
    "StreamingWindow": ("{film}", ", streaming", " on {outlet}", " in {territory}", ", {date}"),
    "Screening": ("{film}", ", screening", " at {partOf|place}", ", {date}", " ({stance})"),
    "EventEdition": ("{editionOf}", ", {date}"),
    "AwardResult": ("{award}", ", {ceremony|date}", ": {outcome}", ", {recipient|film}"),
    "Rating": ("{describes|film}", ": {value}", " of {scaleMax}", " on {outlet}"),
    "Figure": ("{describes|film}", ", {variable}", ": {#amount}", " ({stance})"),
    "Review": ("Review", " of {film}", " by {author+}", " in {outlet}"),
    "Interview": ("Interview", " with {interviewee+}", " by {interviewer+}", " in {outlet}"),
    "Remark": ("Remark", " by {speaker+}", " on {about|film}", ": {stance}", " ({aspect+})"),
    "Version": ("{versionOf}", ", version"),
    "Part": ("{partType|#part}", " of {film}"),
    "Production": ("{film}", ", {kind|#making}", " in {place+}", ", {date}", " ({stance})"),
    "Residence": ("{participant+}", ", living", " in {place+}", ", {date}", " ({stance})"),
    "Employment": (
        "{participant+}",
        ", {occupation|#working}",
        " at {employer}",
        " in {place+}",
        ", {date}",
        " ({stance})",
    ),
    "Journey": (
        "{participant+}",
        ", journey",
        " from {origin+}",
        " to {destination+}",
        ", {date}",
        " ({stance})",
    ),
    "LifeEvent": (
        "{participant+}",
        ", {kind|#life event}",
        " to {destination+}",
        " in {place+}",
        ", {date}",
        " ({stance})",
    ),
    "HistoricEvent": ("{kind|#event}", ", {participant}", " in {place}", ", {date}", " ({stance})"),
    "Award": ("prize", " of {conferredBy}"),
    "Event": (
        "{kind|#event}",
        " of {film|about}",
        " with {participant+}",
        " at {place}",
        " ({partOf})",
        ", {date}",
        " ({stance})",
    ),
}
"""Class to the pieces of its label.

``{a|b}`` is the value of the first property that has one, and ``{a|#word}`` the word where it has none. ``{a+}`` counts
the values that it does not name. ``{#amount}`` is a figure with its hedge, bounds and unit. A piece is left out where
its slot has no value, or one that was said already.
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
_VALUE, _UNIT, _HEDGE = f"<{FG}value>", f"<{FG}unit>", f"<{FG}hedge>"
_LOWER, _UPPER = f"<{FG}lowerBound>", f"<{FG}upperBound>"
SINGULAR, PLURAL = f"<{FG}singularLabel>", f"<{FG}pluralLabel>"
_ROLE, _AGENT = f"<{FG}role>", f"<{FG}agent>"
_AMOUNT = "#amount"
_NAMED_KINDS = ("person", "film", "group", "org", "event", "place")
_DATE = f"<{FG}date>"
_ABOUT, _PARTICIPANT = f"<{FG}about>", f"<{FG}participant>"
_UNITS = frozenset({_VALUE, _UNIT, _HEDGE, _LOWER, _UPPER, SINGULAR, PLURAL})
_PREPOSITIONS = frozenset({"by", "for", "from", "in", "of", "on", "to", "with"})


class _Piece(NamedTuple):
    """A part of a label template: the text around its slot, the properties of the slot, and a default."""

    before: str
    keys: tuple[str, ...] = ()
    after: str = ""
    default: str = ""
    counted: bool = False


def _piece(text: str) -> _Piece:
    """Parse a part of a template in `COMPOSED`.

    >>> _piece(" of {film}").before, _piece("{kind|#event}").default
    (' of ', 'event')
    """
    match = _SLOT.search(text)
    if match is None:
        return _Piece(text)
    names = match[1].removesuffix("+").split("|")
    default = next((name[1:] for name in names if name.startswith("#") and name != _AMOUNT), "")
    keys = tuple(name if name == _AMOUNT else f"<{FG}{name}>" for name in names if name[0] != "#" or name == _AMOUNT)
    return _Piece(text[: match.start()], keys, text[match.end() :], default, match[1].endswith("+"))


_TEMPLATES: dict[str, tuple[_Piece, ...]] = {
    f"<{FG}{name}>": tuple(map(_piece, pieces)) for name, pieces in COMPOSED.items()
}
_RANKS = {kind: rank for rank, kind in enumerate(_TEMPLATES)}
WATCHED = frozenset(
    {
        *_NAMES,
        _LABEL,
        _TITLE,
        _TYPE,
        *_UNITS,
        *(key for pieces in _TEMPLATES.values() for piece in pieces for key in piece.keys if key != _AMOUNT),
    }
)
"""The properties, as N-Triples writes them, that labels are made of."""

Properties = dict[str, dict[str, int]]
"""Of a node: property to value to how many graphs state it; all as N-Triples writes them."""


class Labels:
    """A collector of names and properties that then makes the labels.

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
        """Record a stated quad; add each quad of the named graphs once."""
        predicate = str(quad.predicate)
        if predicate in WATCHED:
            self.state(str(quad.subject), predicate, str(quad.object), 1)

    def state(self, subject: str, predicate: str, value: str, count: int) -> None:
        """Record a triple with a watched property, and the number of graphs that state it."""
        counts = self.values.setdefault(subject, {}).setdefault(predicate, {})
        counts[value] = counts.get(value, 0) + count

    def quads(self) -> Iterator[ox.Quad]:
        """Yield an ``rdfs:label`` for each node without one, where a label can be made."""
        for node, label in self.texts():
            if node.startswith("<<"):
                continue  # a statement; it has no name
            yield ox.Quad(ox.NamedNode(node[1:-1]), _LABEL_NODE, literal(label), _GRAPH)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield pairs of node and label, in N-Triples syntax."""
        for node, properties in self.values.items():
            if _LABEL not in properties and not node.startswith("_:"):
                label = self.label(node)
                if label is not None:
                    yield node, label

    def label(self, node: str) -> str | None:
        """Return the label of a node as a literal; the last segment of its IRI as a last resort."""
        return self._label(node) or self._key(node, self.values.get(node, {}))

    def own_name(self, node: str) -> str | None:
        """Return the best of a node's labels, names, and the texts of its titles."""
        return self.direct_name(node) or best_name(
            pair
            for title in self.values.get(node, {}).get(_TITLE, ())
            for pair in self.values.get(title, {}).get(_TITLE_TEXT, {}).items()
        )

    def direct_name(self, node: str) -> str | None:
        """Return the best of a node's labels and names."""
        properties = self.values.get(node, {})
        if _SOURCE in properties.get(_TYPE, ()) and node != (slug := f"<{source_slug(node[1:-1])}>"):
            return _quoted(slug[1:-1])
        for predicate in (_LABEL, *_NAMES):
            if predicate in properties:
                names = properties[predicate]
                return best_name((_full(names) if _PERSON in properties.get(_TYPE, ()) else names).items())
        return None

    def elsewhere(self, node: str) -> str | None:  # noqa: ARG002 -- for who knows more
        """Return the label of a node that was not collected; a subclass may know it."""
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

    def _key(self, node: str, properties: Properties) -> str | None:
        """Return the last segment of the IRI of one of our own nodes, as words."""
        own = node.startswith("<" + PREFIXES["id"])
        if not own or not any(kind.startswith("<" + FG) for kind in properties.get(_TYPE, ())):
            return None
        for other, rest in _named_after(node):
            name = self.own_name(other)
            if name is not None:
                return _quoted(f"{rest} of {_value(name)} (unnamed{_coined(node)})", "@en")
        return _quoted(unnamed(node[1:-1]), "@en")

    def _composed(self, node: str) -> str | None:
        properties = self.values[node]
        kinds = [kind for kind in properties.get(_TYPE, ()) if kind in _TEMPLATES]
        if not kinds:
            return None
        kind = min(kinds, key=_RANKS.__getitem__) if len(kinds) > 1 else kinds[0]
        said, filled = "", False
        for piece in _TEMPLATES[kind]:
            value = self._slot(properties, piece) if piece.keys else ""
            if value is None and not piece.default:
                continue
            if value and _is_said(value, said):
                continue
            filled = filled or bool(value)
            said = _joined(said, piece, value or piece.default)
        return _quoted(said.lstrip(" ,:"), "@en") if filled else None

    def _slot(self, properties: Properties, piece: _Piece) -> str | None:
        """Return the value of the first property in a slot that has one, as text."""
        for key in piece.keys:
            if key == _AMOUNT:
                return self._amount(properties)
            counts = properties.get(key)
            if key == _ABOUT and counts:  # who takes part is named already
                taking_part = properties.get(_PARTICIPANT, {})
                counts = {value: count for value, count in counts.items() if value not in taking_part} or None
            if counts is not None and (text := self._text(counts)) is not None:
                if key == _DATE:
                    return date_words(text)
                return self._counted(text, counts) if piece.counted and len(counts) > 1 else text
        return None

    def _counted(self, first: str, counts: dict[str, int]) -> str:
        """Return several values as text: two by name; of more, the first and the number of others."""
        if len(counts) > 2:  # noqa: PLR2004 -- both of two are named
            return f"{first} and {len(counts) - 1} more"
        named = [text for term in sorted(counts) if (text := self._text({term: 1})) not in {None, first}]
        return f"{first} and {named[0]}" if named else first

    def _amount(self, properties: Properties) -> str | None:
        """Return a figure with hedge, bounds and unit: *over 2,000 kilometres*, *13 to 19 years*."""
        value, low, high = (self._text(properties.get(key, {})) or "" for key in (_VALUE, _LOWER, _UPPER))
        if not (value or low or high):
            return None
        unit = self._unit(properties.get(_UNIT, {}), one=value == "1")
        return amount_words(value, low, high, unit, self._text(properties.get(_HEDGE, {})) or "")

    def _unit(self, counts: dict[str, int], *, one: bool) -> str:
        for unit in counts:
            form = self._text(self.forms(unit).get(SINGULAR if one else PLURAL, {}))
            if form is not None:
                return form
        return self._text(counts) or ""

    def forms(self, unit: str) -> Properties:
        """Return the properties of a unit, among them its singular and plural labels."""
        return self.values.get(unit, {})

    def _by_rank(self, counts: dict[str, int]) -> list[str]:
        """Rank values: those that most graphs state first, then those with a name of their own."""
        return sorted(counts, key=lambda term: (-counts[term], term[0] == "<" and self.own_name(term) is None, term))

    def _text(self, counts: dict[str, int]) -> str | None:
        """Return the value that most graphs state, as text: a node's label, or a literal's value."""
        for term in self._by_rank(counts) if len(counts) > 1 else counts:
            if term.startswith('"'):
                return _value(term)
            if term.startswith("<") and not term.startswith("<<"):
                label = self.label(term)
                if label is not None:
                    return _value(label)
        return None


def _is_said(value: str, said: str) -> bool:
    """Whether a text already ends in a value, or contains it as whole words."""
    return f" {value} " in f" {said.replace(',', ' ,').replace('(', '( ').replace(')', ' )')} "


def _joined(said: str, piece: _Piece, value: str) -> str:
    """Append a part to a label, without repeating a word or a preposition where they meet."""
    last = said.rpartition(", ")[2]
    first, comma, rest = value.partition(", ")
    if last and piece.before.startswith(",") and (first == last or last.endswith(f" of {first}")):
        return f"{said}{comma}{rest}{piece.after}"  # prize of Harbour Lights, 2009
    if said.rpartition(" ")[2] in _PREPOSITIONS and piece.before.strip() in _PREPOSITIONS:
        agent, _, role = said.partition(", ")
        return f"{role} {agent}, {value}{piece.after}"  # presented in association with ITVS, Last Train Home
    return f"{said}{piece.before}{value}{piece.after}"


def slot_values(properties: Properties) -> Iterator[str]:
    """Yield the nodes whose labels the label of a node may need."""
    for kind in properties.get(_TYPE, ()):
        for piece in _TEMPLATES.get(kind, ()):
            for key in (_UNIT, _HEDGE) if _AMOUNT in piece.keys else piece.keys:
                yield from (value for value in properties.get(key, ()) if value.startswith("<"))


def literal(text: str) -> ox.Literal:
    """Parse a literal in N-Triples syntax.

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
    """Return the lexical form of a literal in N-Triples syntax."""
    if "\\" in text:
        return _parsed(text).value
    return text[1 : text.rindex('"')]


def _parsed(text: str) -> ox.Literal:
    found = next(iter(ox.parse(f"<urn:s> <urn:p> {text} .", ox.RdfFormat.N_TRIPLES))).object
    assert isinstance(found, ox.Literal)  # noqa: S101 -- a literal's text stands there
    return found


def _quoted(value: str, tag: str = "") -> str:
    """Return a literal in N-Triples syntax."""
    if '"' in value or "\\" in value or not value.isprintable():
        return f"{ox.Literal(value)}{tag}"
    return f'"{value}"{tag}'


def _full(names: dict[str, int]) -> dict[str, int]:
    """Keep the full names of a person: none that is part of another, and the given name first of two orders.

    Not ``Ada`` where there is ``Ada Lake``; not ``Lake Ada`` where both stand and people say ``Ada`` alone.
    """
    if len(names) == 1:
        return names
    words = {name: _value(name).casefold().split() for name in names if name.startswith('"')}
    sets = {name: frozenset(each) for name, each in words.items()}
    full = [name for name in words if not any(sets[name] < others for others in sets.values())]
    alone = Counter({each[0]: 0 for each in words.values()})
    for name, each in words.items():
        if len(each) == 1:
            alone[each[0]] += names[name]
    kept: dict[str, int] = {}
    for name in full:
        orders = [other for other in full if sets[other] == sets[name] and words[other] != words[name]]
        given = max(words[name], key=lambda word: alone[word])
        if orders and alone[given] and words[name][0] != given and any(words[one][0] == given for one in orders):
            continue
        kept[name] = names[name]
    return kept


def _named_after(node: str) -> Iterator[tuple[str, str]]:
    """Yield the nodes whose keys begin the key of an unnamed node, with the rest of that key, longest first.

    >>> next(_named_after(f"<{PREFIXES['place']}ada-lake-birthplace>"))
    ('<https://w3id.org/filmgraph/id/person/ada-lake>', 'birthplace')
    """
    words = node[1:-1].rpartition("/")[2].rpartition(".")[2].split("-")
    for cut in range(len(words) - 1, 0, -1):
        for kind in _NAMED_KINDS:
            yield f"<{PREFIXES[kind]}{'-'.join(words[:cut])}>", " ".join(words[cut:])


def _coined(node: str) -> str:
    """Return a comma and the source that coined a name, where the key of a node contains it.

    >>> _coined(f"<{PREFIXES['person']}press-kit.cameraman>")
    ', press-kit'
    """
    within = node.rpartition("/")[2].rpartition(".")[0]
    return f", {within}" if within else ""


def unnamed(iri: str) -> str:
    """Return a display name for a thing without a name.

    >>> unnamed(PREFIXES["person"] + "night-ferry-captain")
    'night ferry captain (unnamed)'
    """
    own = iri.rpartition("/")[2].rpartition(".")[2]
    return f"{own.replace('-', ' ')} (unnamed{_coined(iri)})"


def best_name(names: Iterable[tuple[str, int]]) -> str | None:
    """Return the best of some literals, each with the number of graphs that state it."""
    # Of two spellings the one whose initials have their full stops: *A. O. Lake* before *A O Lake*.
    ranked = [(-count, -_value(name).count("."), *_rank(name), name) for name, count in names if name.startswith('"')]
    return min(ranked)[-1] if ranked else None


def _rank(name: str) -> tuple[int, str, str]:
    """Return a sort key for names: English, then other names in Latin script, then the rest."""
    tag = name[name.rindex('"') + 1 :]
    language = tag[1:].lower() if tag.startswith("@") else ""
    if language.split("-")[0] == "en":
        return 0, _value(name), language
    return 1 if "-latn" in language or language in {"", "und"} else 2, _value(name), language
