"""The interpretation of an assertion: its triples, and the names that its passage must contain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from filmgraph.errors import FilmgraphError, UnknownThingError
from filmgraph.importing import concepts, functions
from filmgraph.importing.assertions.predicate import Predicate, find
from filmgraph.importing.assertions.things import local_name_of
from filmgraph.importing.functions import key
from filmgraph.passages.units import units_at
from filmgraph.passages.wording import Wording
from filmgraph.rdf.namespaces import EDTF, FG, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from filmgraph.importing.assertions.assertion import Assertion
    from filmgraph.importing.assertions.things import NamedNodeOf, Things

_A = ox.NamedNode(PREFIXES["rdf"] + "type")
_XSD = PREFIXES["xsd"]
_UND = "und"
_MONEY = frozenset({"budget", "boxOfficeGross", "openingWeekendGross", "price", "wage"})
_CONCEPTS: dict[str, Callable[[str], str | None]] = {
    "country": concepts.country,
    "scheme:language": concepts.language,
    "scheme:genre": concepts.genre,
}
_ABOUT_FILMS = ("credit", "title", "award", "event")
_NUMBER_AT_START = re.compile(r"[-+]?[$€£¥]?\s?\d[\d.,'\s]*")


class Meant(NamedTuple):
    """An interpreted assertion: its triples, its subject, and the words that its passage must contain.

    ``computed`` tells that the passage gives a number of minutes without saying that it is of minutes.
    """

    triples: tuple[ox.Triple, ...]
    about: NamedNodeOf
    spelled: tuple[str, ...]
    computed: bool = False


class NotUnderstoodError(FilmgraphError):
    """An assertion cannot be interpreted."""


def meant(assertion: Assertion, things: Things, passage: str, *, subject: str = "", stance: str = "") -> Meant:
    """Interpret an assertion.

    Args:
        assertion: The assertion.
        things: Finds whom and what its names mean.
        passage: The words of the document, in which units are looked up.
        subject: What the whole document is about, for a row that does not say whom it is about.
        stance: How the passage puts it, where it does not assert it.

    Raises:
        NotUnderstoodError: A part is missing, or the value is none of its property.
        UnknownThingError: Nothing is called so.
        AmbiguousNameError: Several things are called so.
    """
    predicate = find(assertion.what)
    named = assertion.about or subject
    if not named:
        raise NotUnderstoodError("It does not say whom or what it is about.", hint="Fill in the column about.")
    kind = "Person" if predicate.about == "Agent" else predicate.about
    about = things.of(named, kind or "Film")
    run = _Meaning(assertion, predicate, about, things, passage, stance)
    triples = (*_typed(about), *run.triples())
    return Meant(tuple(dict.fromkeys(triples)), about, tuple(run.spelled), run.computed)


def named(thing: NamedNodeOf) -> list[ox.Triple]:
    """Return the triples that name a new thing."""
    if not thing.called:
        return []
    if thing.kind == "Film":
        return _title(thing, thing.called, None)
    return [*_typed(thing), ox.Triple(thing.node, _fg("name"), ox.Literal(thing.called, language=_UND))]


def _title(film: NamedNodeOf, text: str, known: ox.Quad | None) -> list[ox.Triple]:
    node = ox.NamedNode(f"{PREFIXES['title']}{local_name_of(film.node)}.{key(text)}")
    value: ox.Literal = ox.Literal(text, language=_UND)
    if known is not None and isinstance(known.subject, ox.NamedNode) and isinstance(known.object, ox.Literal):
        node, value = known.subject, known.object
    return [
        *_typed(film),
        ox.Triple(film.node, _fg("title"), node),
        ox.Triple(node, _A, _fg("Title")),
        ox.Triple(node, _fg("titleText"), value),
    ]


def _typed(thing: NamedNodeOf) -> list[ox.Triple]:
    return [ox.Triple(thing.node, _A, _fg(thing.kind))] if thing.kind else []


def _fg(name: str) -> ox.NamedNode:
    return ox.NamedNode(FG + name)


class _Meaning:
    """The translation of one assertion into triples, by the form of its predicate."""

    def __init__(
        self,
        assertion: Assertion,
        predicate: Predicate,
        about: NamedNodeOf,
        things: Things,
        passage: str,
        stance: str,
    ) -> None:
        self.stance = stance
        self.assertion = assertion
        self.predicate = predicate
        self.about = about
        self.things = things
        self.passage = passage
        self.spelled: list[str] = []
        self.computed = False

    def triples(self) -> list[ox.Triple]:
        """The triples."""
        if self.predicate.form in _ABOUT_FILMS and self.about.kind != "Film":
            raise NotUnderstoodError(f"{self.predicate.label!r} is said of films, and {self.about.called!r} is none.")
        if self.stance and not (self.predicate.form == "figure" or self.predicate.iri == FG + "Screening"):
            raise NotUnderstoodError(
                f"What is {self.assertion.certainty} is no fact, and {self.predicate.label!r} has no place for that.",
                hint="Leave it out, or write a draft: docs/encoding.md says how.",
            )
        if not self.assertion.value:
            raise NotUnderstoodError("It has no value.", hint="Fill in the column value.")
        return list(getattr(self, f"_{self.predicate.form}")())

    def _plain(self) -> Iterator[ox.Triple]:
        for node_property, value, more in self._values(self.predicate.value, self.assertion.value):
            yield ox.Triple(self.about.node, node_property, value)
            yield from more

    def _values(
        self, kind: str, text: str
    ) -> Iterator[tuple[ox.NamedNode, ox.NamedNode | ox.Literal, list[ox.Triple]]]:
        own = ox.NamedNode(self.predicate.iri)
        if kind == "text":
            yield own, self._text(text), []
        elif kind == "date":
            yield own, self._date(text), []
        elif kind == "duration":
            minutes = functions.minutes(text)
            if minutes is None:
                raise self._no("a running time", "74 minutes, 1 h 14 min or 1:14")
            # A cell of a table says the number, and the heading of its column that it is of minutes.
            wording = Wording(self.passage)
            self.computed = not wording.durations and minutes in wording.numbers
            hours, rest = divmod(minutes, 60)
            parts = f"{f'{hours}H' if hours else ''}{f'{rest}M' if rest else ''}"
            yield own, ox.Literal(f"PT{parts}", datatype=ox.NamedNode(_XSD + "duration")), []
            yield _fg("runtimeMinutes"), ox.Literal(minutes), []
        elif kind == "country" or kind.startswith("scheme:"):
            yield own, self._concept(kind, text), []
        else:
            thing = self._thing(text, kind)
            yield own, thing.node, self._introduced(thing)

    def _text(self, text: str) -> ox.Literal:
        return ox.Literal(text, language=_UND)

    def _date(self, text: str) -> ox.Literal:
        found = functions.date(text)
        if found is None:
            raise self._no("a date", "2022, 2022-05, 14 May 2022 or c. 1999")
        return ox.Literal(found, datatype=ox.NamedNode(EDTF))

    def _concept(self, kind: str, text: str) -> ox.NamedNode:
        known = _CONCEPTS.get(kind)
        iri = known(text) if known else None
        scheme = kind.removeprefix("scheme:")
        node = ox.NamedNode(iri) if iri else concepts.term(scheme, text) or self.things.concept(text, scheme)
        if node is None:
            raise NotUnderstoodError(
                f"{text!r} is no {self.predicate.label} that the vocabularies have.",
                hint="Use a word of the vocabulary, or add one to data/reference.ttl.",
            )
        self.spelled.append(text)
        return node

    def _thing(self, text: str, kind: str) -> NamedNodeOf:
        return self.things.of(text, "Person" if kind == "Agent" else kind)

    def _introduced(self, thing: NamedNodeOf) -> list[ox.Triple]:
        return _typed(thing) if thing.known else named(thing) or _typed(thing)

    def _title(self) -> Iterator[ox.Triple]:
        text = functions.title(self.assertion.value)
        known = self.things.names(self.about.node).get(text)
        triples = _title(self.about, text, known)
        yield from triples
        if self.predicate.iri:
            yield ox.Triple(triples[-1].subject, _fg("titleType"), ox.NamedNode(self.predicate.iri))

    def _credit(self) -> Iterator[ox.Triple]:
        first, *characters = self._parts()
        agent = self._thing(first, self.predicate.value)
        role = ox.NamedNode(self.predicate.iri)
        node = self._node("credit", local_name_of(agent.node), local_name_of(role))
        yield ox.Triple(node, _A, _fg("Credit"))
        yield ox.Triple(node, _fg("film"), self.about.node)
        yield ox.Triple(node, _fg("agent"), agent.node)
        yield ox.Triple(node, _fg("role"), role)
        for character in characters:
            yield ox.Triple(node, _fg("characterName"), self._text(character))
        yield from self._introduced(agent)

    def _figure(self) -> Iterator[ox.Triple]:
        text = self.assertion.value
        number = functions.number(text) or functions.number((_NUMBER_AT_START.match(text) or [""])[0])
        if number is None:
            raise self._no("a number", "1200000, 1,200,000 euros or 16 years")
        variable = self.predicate.iri.rpartition("/")[2]
        source = key(self.assertion.document)
        parts = (source, local_name_of(self.about.node), key(self.predicate.label), self.stance)
        node = ox.NamedNode(PREFIXES["figure"] + ".".join(filter(None, parts)))
        yield from self._put(node)
        yield ox.Triple(node, _A, _fg("Figure"))
        yield ox.Triple(node, _fg("describes"), self.about.node)
        yield ox.Triple(node, _fg("variable"), ox.NamedNode(self.predicate.iri))
        datatype = "decimal" if "." in number else "integer"
        yield ox.Triple(node, _fg("value"), ox.Literal(number, datatype=ox.NamedNode(_XSD + datatype)))
        yield ox.Triple(node, _fg("unit"), ox.NamedNode(PREFIXES["fgv"] + self._unit(number, variable)))

    def _unit(self, number: str, variable: str) -> str:
        """Return the unit that the value or the passage gives for a number."""
        for text in (self.assertion.value, self.passage):
            wording = Wording(text)
            units = sorted(
                unit
                for numeral in wording.numerals
                if float(numeral.value) == float(number)
                for unit in units_at(wording.folded, numeral)
                if unit != "dollar"
            )
            if units:
                return units[0]
        unit = {"age": "year"}.get(variable) or ("unstatedCurrency" if variable in _MONEY else "")
        unit = unit or _COUNTED.get(variable, "")
        if not unit:
            raise NotUnderstoodError(
                f"In which unit is {self.predicate.label!r} counted?", hint="Write it behind the number: 16 years."
            )
        return unit

    def _award(self) -> Iterator[ox.Triple]:
        first, *more = self._parts()
        award = self._thing(first, "Award")
        node = self._node("result", local_name_of(award.node))
        yield ox.Triple(node, _A, _fg("AwardResult"))
        yield ox.Triple(node, _fg("award"), award.node)
        yield ox.Triple(node, _fg("film"), self.about.node)
        yield ox.Triple(node, _fg("outcome"), ox.NamedNode(self.predicate.iri))
        for part in more:
            if functions.date(part):
                yield ox.Triple(node, _fg("date"), self._date(part))
            else:
                recipient = self._thing(part, "Person")
                yield ox.Triple(node, _fg("recipient"), recipient.node)
                yield from self._introduced(recipient)
        yield from self._introduced(award)

    def _event(self) -> Iterator[ox.Triple]:
        kind = self.predicate.iri.removeprefix(FG)
        parts = self._parts()
        space = "screening" if kind == "Screening" else "release"
        node = self._node(space, *([] if kind == "Screening" else [key(self.predicate.label)]), *map(key, parts[:1]))
        yield from self._put(node)
        yield ox.Triple(node, _A, _fg(kind))
        yield ox.Triple(node, _fg("film"), self.about.node)
        for part in parts:
            country = concepts.country(part)
            if functions.date(part):
                yield ox.Triple(node, _fg("date"), self._date(part))
            elif country:
                self.spelled.append(part)
                yield ox.Triple(node, _fg("territory"), ox.NamedNode(country))
            else:
                place = kind == "Screening"
                thing = self._thing(part, "Place" if place else "Organisation")
                yield ox.Triple(node, _fg("place" if place else "outlet"), thing.node)
                yield from self._introduced(thing)

    def _put(self, node: ox.NamedNode) -> Iterator[ox.Triple]:
        """How a passage puts a node that it does not assert; such a node is one of its own."""
        if self.stance:
            yield ox.Triple(node, _fg("stance"), ox.NamedNode(PREFIXES["fgv"] + self.stance))

    def _parts(self) -> list[str]:
        return [part.strip() for part in self.assertion.value.split(";") if part.strip()] or [self.assertion.value]

    def _node(self, space: str, *parts: str) -> ox.NamedNode:
        own = [local_name_of(self.about.node), *filter(None, parts), *filter(None, [self.stance])]
        return ox.NamedNode(PREFIXES[space] + ".".join(own))

    def _no(self, what: str, examples: str) -> NotUnderstoodError:
        return NotUnderstoodError(f"{self.assertion.value!r} is not {what}.", hint=f"Write it like {examples}.")


_COUNTED = {
    "headcount": "person",
    "population": "person",
    "crewSize": "person",
    "peopleInFilm": "person",
    "children": "child",
    "households": "household",
    "filmCount": "film",
    "festivalsPlayed": "festival",
    "awardCount": "award",
    "wins": "award",
    "nominations": "nomination",
    "voteCount": "vote",
    "ratingScore": "point",
    "userReviewCount": "review",
    "criticReviewCount": "review",
    "reviewVotes": "vote",
    "helpfulVotes": "vote",
    "yearsWorked": "year",
}
"""The unit in which each of these is counted, where neither value nor passage writes one."""

__all__ = ["Meant", "NotUnderstoodError", "UnknownThingError", "meant", "named"]
