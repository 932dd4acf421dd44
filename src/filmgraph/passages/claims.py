"""Claims of facts that a passage must support: a number, a date, a duration, a name, a thing, a unit."""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

import pyoxigraph as ox

from filmgraph.collection.translated_names import names_of_country
from filmgraph.passages.dates import Dates
from filmgraph.passages.facts import RDF_TYPE, CitedFact, Evidence
from filmgraph.passages.naming import Words
from filmgraph.passages.units import Length, is_measured, parse_duration, units_at
from filmgraph.rdf.namespaces import EDTF, FG, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from filmgraph.passages.wording import Wording

Kind = Literal["number", "date", "time", "duration", "unit", "name", "thing"]
_XSD = PREFIXES["xsd"]
_COUNTRY = PREFIXES["country"]
_NUMBERS = frozenset(
    _XSD + name
    for name in ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger", "positiveInteger")
)
_DATES = frozenset({EDTF, *(_XSD + name for name in ("date", "gYear", "gYearMonth", "dateTime"))})
_TIME = re.compile(r"(\d\d):(\d\d)")
_TITLES = frozenset({FG + "titleText"})
_MINUTES = FG + "runtimeMinutes"
_NUMBER = re.compile(r"[-+]?(?:\d{1,90}(?:\.\d{0,90})?|\.\d{1,90})(?:[eE][-+]?\d{1,2})?", re.ASCII)
_ROUNDING = Fraction(1, 200)
"""How far a decimal may be off a fraction that it cannot state exactly: one third."""


class Claim(NamedTuple):
    """Something that a passage must say. ``missing`` returns the parts that some passages together do not say.

    ``missing`` gives the parts that some passages, taken together, don't say.
    """

    kind: Kind
    value: str
    node: str
    missing: Callable[[Sequence[Wording]], list[str]]


class ClaimReading(NamedTuple):
    """The claims of a fact, and the reason if a part of it claims nothing that words can show.

    ``skipped`` is ``type``, ``derived``, ``order``, ``identity`` and ``boolean`` for whole facts; ``vocabulary`` where
    the value is a term that the passage does not spell, and ``unnamed`` where it is a node without a name.
    """

    claims: tuple[Claim, ...]
    skipped: str = ""


_STRUCTURAL = {
    RDF_TYPE: "type",
    FG + "creditOrder": "order",
    FG + "maybeSameAs": "identity",
    FG + "identityReason": "identity",
    **dict.fromkeys((FG + "earliest", FG + "latest", FG + "foldedName", PREFIXES["rdfs"] + "label"), "derived"),
}


class Claims:
    """A reader of the claims of facts.

    Args:
        evidence: The facts, names and vocabularies of the collection.
    """

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self._words: dict[str, Words] = {}

    def of(self, fact: CitedFact, graph: Sequence[CitedFact], passages: Sequence[Wording]) -> ClaimReading:
        """Return the claims of a fact.

        Args:
            fact: The fact.
            graph: All facts of its citation.
            passages: The passage and those that it needs; they decide only whether a vocabulary term is spelled out.
        """
        structural = _STRUCTURAL.get(fact.predicate.value)
        if structural:
            return ClaimReading((), structural)
        subject = self._thing(fact.subject)
        subjects = () if subject is None or self._is_name_of(fact) else (subject,)
        value = (
            self._literal(fact, fact.object)
            if isinstance(fact.object, ox.Literal)
            else self._object(fact, graph, passages)
        )
        return ClaimReading(subjects, value) if isinstance(value, str) else ClaimReading((*subjects, value))

    def _is_name_of(self, fact: CitedFact) -> bool:
        """Whether a fact gives a name of its subject, so that the passage need only contain the name."""
        return isinstance(fact.object, ox.Literal) and fact.object.value in self.evidence.names.get(
            fact.subject.value, ()
        )

    def _literal(self, fact: CitedFact, literal: ox.Literal) -> Claim | str:
        text, datatype = literal.value, literal.datatype.value
        node = fact.subject.value
        if datatype == _XSD + "boolean":
            return "boolean"
        if datatype in _NUMBERS and _is_number(text):
            missing = _minutes_missing if fact.predicate.value == _MINUTES else _number_missing
            return Claim("number", text, node, lambda passages: missing(Fraction(text), passages))
        if datatype in _DATES:
            return Claim("date", text, node, lambda passages: dates_missing(text, passages))
        length = parse_duration(text) if datatype == _XSD + "duration" else None
        clock = _TIME.match(text) if datatype == _XSD + "time" else None
        if length or clock:
            time = (int(clock[1]), int(clock[2])) if clock else None
            return Claim(
                "duration" if length else "time",
                text,
                node,
                lambda passages: [] if any(length in p.durations or time in p.times for p in passages) else [text],
            )
        turned = fact.predicate.value not in _TITLES
        return Claim("name", text, node, lambda passages: self._name_missing(text, passages, turned=turned))

    def _object(self, fact: CitedFact, graph: Sequence[CitedFact], passages: Sequence[Wording]) -> Claim | str:
        value = fact.object
        if not isinstance(value, ox.NamedNode):
            return "unnamed"
        if value.value in self.evidence.concepts:
            if fact.predicate.value == FG + "unit":
                return self._unit(fact, value.value, graph, passages)
            return self._spelled(value, passages) or "vocabulary"
        return self._thing(value) or "unnamed"

    def _spelled(self, concept: ox.NamedNode, passages: Sequence[Wording]) -> Claim | None:
        """Return a claim for a vocabulary term that the passage spells; None where only a reader can judge it."""
        claim = self._thing_named(concept)
        return claim if claim and not claim.missing(passages[:1]) else None

    def _unit(self, fact: CitedFact, iri: str, graph: Sequence[CitedFact], passages: Sequence[Wording]) -> Claim | str:
        """Return a claim that the unit agrees with the one written at the number."""
        unit = iri.rpartition("/")[2]
        values = {
            Fraction(other.object.value)
            for other in graph
            if other.subject == fact.subject
            and isinstance(other.object, ox.Literal)
            and other.object.datatype.value in _NUMBERS
            and _is_number(other.object.value)
        }
        written = {
            name
            for passage in passages
            for numeral in passage.numerals
            if numeral.value in values
            for name in units_at(passage.folded, numeral)
        }
        node = fact.subject.value
        if unit in written:
            return Claim("unit", unit, node, lambda _: [])
        if written and is_measured(unit):
            instead = " or ".join(sorted(written))
            return Claim("unit", unit, node, lambda _: [f"{unit}: it writes {instead}"])
        return self._spelled(ox.NamedNode(iri), passages) or "vocabulary"

    def _thing(self, node: ox.NamedNode) -> Claim | None:
        """Return a claim that the passage mentions a thing; None for a thing without a name."""
        if node.value in self.evidence.concepts:
            return None
        return self._thing_named(node)

    def _thing_named(self, node: ox.NamedNode) -> Claim | None:
        if not (self.evidence.names.get(node.value) or self.evidence.identifiers.get(node.value)):
            return None
        label = self.evidence.label(node)

        def missing(passages: Sequence[Wording]) -> list[str]:
            return [] if any(self._speaks_of(node.value, passage.words) for passage in passages) else [label]

        return Claim("thing", label, node.value, missing)

    def _speaks_of(self, iri: str, words: Words) -> bool:
        if any(words.has(self._of(name), loosely=True) for name in self.evidence.names.get(iri, ())):
            return True
        own = self._distinctive.get(iri, frozenset())
        if not own.isdisjoint(words.capitals):
            return True
        if any(words.has(self._of(identifier)) for identifier in self.evidence.identifiers.get(iri, ())):
            return True
        if iri.startswith(_COUNTRY) and iri.removeprefix(_COUNTRY).casefold() in words.shouted:
            return True
        return any(words.has(self._of(name), loosely=True) for name in names_of_country(iri))

    def _name_missing(self, name: str, passages: Sequence[Wording], *, turned: bool) -> list[str]:
        return [] if any(passage.words.has(self._of(name), turned=turned) for passage in passages) else [name]

    def _of(self, name: str) -> Words:
        if name not in self._words:
            self._words[name] = Words(name)
        return self._words[name]

    @cached_property
    def _distinctive(self) -> dict[str, frozenset[str]]:
        """Return, by person, the capitalised words of names that no other thing has."""
        owners: Counter[str] = Counter()
        words_of: dict[str, set[str]] = {}
        for iri, names in self.evidence.names.items():
            if iri not in self.evidence.concepts:
                words_of[iri] = {word for name in names for word in self._of(name).words}
                owners.update(words_of[iri])
        return {
            iri: frozenset(
                word
                for word in words_of.get(iri, ())
                if owners[word] == 1 and len(word) > 1 and any(word in self._of(n).capitals for n in names)
            )
            for iri, names in self.evidence.names.items()
            if iri in self.evidence.persons
        }


def _is_number(text: str) -> bool:
    """Whether a text is a number that a passage may well spell; ``1e999999999`` has more digits than memory."""
    return _NUMBER.fullmatch(text) is not None


def _number_missing(value: Fraction, passages: Sequence[Wording]) -> list[str]:
    for passage in passages:
        if value in passage.numbers:
            return []
        endless = (number for number in passage.numbers if number.denominator % 3 == 0)
        if any(abs(value - number) <= _ROUNDING * number for number in endless):
            return []
    return [f"{float(value):,.10g}"]


def _minutes_missing(value: Fraction, passages: Sequence[Wording]) -> list[str]:
    """Return a number of minutes that no passage states, not even as hours and minutes."""
    length = Length(Fraction(0), value * 60)
    return [] if any(length in passage.durations for passage in passages) else _number_missing(value, passages)


def dates_missing(text: str, passages: Sequence[Wording]) -> list[str]:
    """Return the parts of an EDTF date that no passage states; day and year may be in different passages."""
    together = Dates()
    for passage in passages:
        together = together.with_(passage.dates)
    return together.missing(text)
