"""Understanding of texts: names, values and question profiles combined to rank readings."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.asking.choices import Choices
from filmgraph.asking.crew import Crew, films_in
from filmgraph.asking.english import english, stem
from filmgraph.asking.fit import ParsedText, fit
from filmgraph.asking.linking import is_concept, mentions
from filmgraph.asking.profile import Profiles, is_plain
from filmgraph.asking.reading import Reading
from filmgraph.asking.words import clauses, folded, meanings, spelt, words
from filmgraph.lookup.known_names import KnownNames, trigrams
from filmgraph.rdf.namespaces import FG
from filmgraph.text.spelling import corrected

if TYPE_CHECKING:
    from collections.abc import Mapping

    from filmgraph.asking.choices import ValueMeant
    from filmgraph.asking.crew import PersonByRole
    from filmgraph.asking.linking import Mention
    from filmgraph.asking.profile import Profile
    from filmgraph.asking.words import Word
    from filmgraph.catalogue import Catalogue
    from filmgraph.catalogue.parameter import Parameter
    from filmgraph.catalogue.question import Question
    from filmgraph.lookup.known_names import Thing
    from filmgraph.store.base import Store

LEAST = 0.45
"""A text whose best reading scores less asks something that the catalogue does not answer."""

_YEAR = r"1[89]\d\d|20\d\d"
_NUMBER = r"\d{1,3}"
_BEFORE_NAMES = frozenset({"of", "by", "from", "at", "in", "near", "with", "a", "an", "did", "does"})
_CLEARLY = 0.6
_MARGIN = 0.05
_SECOND = 0.5
_MAKER = 0.3
_FILM, _PLACE = FG + "Film", FG + "Place"
_INCOMPLETE = 0.8
_WHICH_FILM = 0.97
_NARROWING = 0.12
_PREVAILING = 0.5
_SEVERAL = 2
_MOST_CLAUSES = 5
_MOST_WORDS = 40
"""A longer text is read clause by clause, and each no further, so that no text takes long."""
_CHOICE = 0.96
_LISTED = 5
_DENIALS = frozenset(
    {"not", "never", "no", "nothing", "without", "didnt", "doesnt", "wasnt", "werent", "hasnt", "havent"}
)
_COURTESY = frozenset(
    {"please", "pls", "plz", "hi", "hey", "hello", "ok", "so", "and", "can", "could", "would", "you", "just"}
)
_HOW_DO_I = 3
_MODAL = frozenset({"do", "can", "could", "would", "should", "might", "may", "did"})
_ONESELF = frozenset({"i", "we"})
_TO_LEARN = frozenset({"know", "find", "see", "say", "learn", "understand", "tell", "check", "trust"})
_NEAREST = 3
_WHO_IT_IS = frozenset({"who", "name", "film", "make", "do", "person", "director"})
_MOST_COMBINED = 3


class TakenApart(NamedTuple):
    """A parsed text: its words, the things it names, and the meanings of its other words.

    ``firm`` are the numbers of the words of firm names;
    ``strange`` are those meanings that nothing here knows and that stand where a name would; ``by_role`` are the people
    whom it names by what they did on its film, and ``film`` is the IRI of that film, empty where there are several.
    """

    words: list[Word]
    mentions: list[Mention]
    firm: frozenset[int]
    said: list[tuple[int, int, str]]
    strange: frozenset[str]
    by_role: list[PersonByRole]
    film: str


class Bound(NamedTuple):
    """A parameter value taken from a text: its IRI, its spelling, and the words that gave it.

    ``kept`` is whether these words say what is asked as well: who is *bad* about a film asks for what is negative, and
    for who says bad things; *the director* may be a person or what is asked for.
    """

    parameter: str
    iri: str
    text: str
    places: frozenset[int]
    sure: float = 1.0
    kept: bool = False


class Understanding:
    """A reader of texts for one catalogue and store; build it once and reuse it for any number of texts.

    Args:
        catalogue: The questions.
        store: What they are asked of.

    Raises:
        StoreError: The store could not answer.
        FrontMatterError: The header of a question is wrong.
    """

    def __init__(self, catalogue: Catalogue, store: Store) -> None:
        self.catalogue = catalogue
        self._profiles = Profiles(catalogue)
        self._names = KnownNames(store)
        self._denying = {
            one.question.name
            for one in self._profiles.all
            if any(_DENIALS & set(spelt(text)) for text in (one.question.summary, *one.question.asks))
        }
        self._choices = Choices(self._profiles, self._names)
        self._crew = Crew(self._names)
        self._counts: dict[tuple[str, str], list[int]] = {}
        self._spelt = sorted(
            {word for word in self._profiles.spelt | self._choices.spelt if word.isalpha()}
            | {one for some in english().meanings for one in some}
        )

    def readings(self, text: str) -> list[Reading]:
        """Return the readings of a text, best first; none where the catalogue does not answer it.

        Raises:
            StoreError: The store could not answer.
        """
        found = self._answered(self._taken_apart(text)) if len(text.split()) <= _MOST_WORDS else []
        several = [] if found else clauses(text)[:_MOST_CLAUSES]
        if len(several) < _SEVERAL:
            return found
        parts = [self._taken_apart(one) for one in several]
        if any(map(self._unanswered, parts)):
            return found
        films = films_in(mention for one in parts for mention in one.mentions)
        whole = [one for one in parts if films_in(one.mentions) == films]
        answered = [readings for one in whole if (readings := self._answered(one)) and readings[0].score >= _CLEARLY]
        return max(answered, key=lambda one: one[0].score, default=[])

    def _answered(self, asked: TakenApart) -> list[Reading]:
        ranked = self._ranked(asked)
        least = max(LEAST, self._unanswered(asked) + _MARGIN)
        if not ranked or ranked[0].score < least or _orders(asked):
            return []
        if _denies(asked) and ranked[0].question not in self._denying:
            return []
        return ranked[:_LISTED]

    def nearest(self, text: str) -> list[Reading]:
        """Return the three questions closest to a text, whether or not they answer it.

        Raises:
            StoreError: The store could not answer.
        """
        by_name: dict[str, Reading] = {}
        for reading in self.ranked(text):
            by_name.setdefault(reading.question, reading)
        letters = trigrams(folded(text))

        def spelt_alike(name: str) -> int:
            question = next(one.question for one in self._profiles.all if one.question.name == name)
            return max(len(letters & trigrams(folded(one))) for one in (question.summary, *question.asks))

        return sorted(by_name.values(), key=lambda one: (-one.score, -spelt_alike(one.question)))[:_NEAREST]

    def ranked(self, text: str) -> list[Reading]:
        """Return every reading of a text, however poor, best first.

        Raises:
            StoreError: The store could not answer.
        """
        return self._ranked(self._taken_apart(text))

    def _ranked(self, asked: TakenApart) -> list[Reading]:
        found = [reading for profile in self._profiles.all for reading in self._of(profile, asked)]
        return sorted(found, key=lambda reading: (-reading.score, reading.question, sorted(reading.values.items())))

    def _unanswered(self, asked: TakenApart) -> float:
        """Score a text against the questions that no catalogue answers; 0 where the match is too weak to count."""
        said = frozenset(meaning for start, end, meaning in asked.said if not asked.firm & set(range(start, end)))
        everything = frozenset(meaning for _, _, meaning in asked.said)  # best documentary is a prize, and no name here
        found = 0.0
        for some in {said, everything}:
            may_be = self._profiles.unanswered_by(some)
            if may_be.phrasings:
                found = max(found, fit(may_be, ParsedText(some, frozenset(), frozenset(), 0.0), self._profiles))
        return found if found >= _CLEARLY else 0.0

    def _taken_apart(self, text: str) -> TakenApart:
        found = words(text)[:_MOST_WORDS]
        named, concepts = mentions(text, found, self._names, self._profiles)
        firm = frozenset(place for one in named if one.firm for place in range(one.start, one.end))
        spelt, strange = [], set[str]()
        for place, word in enumerate(found):
            if place in firm or is_plain(word.text, self._profiles) or word.text in self._choices.spelt:
                spelt.append(word.text)
                continue
            right = self._of_kind(place, concepts) or corrected(word.text, self._spelt)
            spelt.append(right or word.text)
            if right is None and (word.name or (place and found[place - 1].text in _BEFORE_NAMES)):
                strange.add(english().meaning(word.text))
        film = self._crew.film(named)
        by_role = self._crew.by_role(found, film, concepts)
        return TakenApart(
            words=found,
            mentions=named,
            firm=firm,
            said=meanings(spelt),
            strange=frozenset(strange),
            by_role=by_role,
            film=film,
        )

    def _of_kind(self, place: int, concepts: list[Mention]) -> str | None:
        """Return the kind of a vocabulary concept named at a word: for Mandarin, ``language``."""
        for concept in concepts:
            if (concept.start, concept.end) == (place, place + 1):
                kind = self._names.kind_of(concept.things[0])
                if kind and is_plain(kind, self._profiles):
                    return kind
        return None

    def _of(self, profile: Profile, asked: TakenApart) -> list[Reading]:
        """Return the readings of a text as one question: several where a name is ambiguous."""
        question = profile.question
        options = self._options(profile, asked)
        result = []
        for some in list(product(*options))[:_MOST_COMBINED]:
            bound = [one for one in some if one is not None]
            given = {one.parameter: one for one in bound}
            values = {one.name: given[one.name].text for one in question.parameters if one.name in given}
            score = self._score(profile, asked, bound) * self._complete(question, given)
            result.append(Reading(question.name, values, round(score, 4)))
        return result

    def _complete(self, question: Question, given: Mapping[str, Bound]) -> float:
        """Return what a question is worth that lacks values; which film is meant can be asked, or there is only one."""
        lacking = {one.class_iri for one in question.parameters if one.required and one.name not in given}
        unknown = {one for one in lacking if not (one and self._names.only(one))}
        return 1.0 if not unknown else _WHICH_FILM if unknown == {_FILM} else _INCOMPLETE

    def _options(self, profile: Profile, asked: TakenApart) -> list[list[Bound | None]]:
        """Return, for each parameter that the text gives, its possible values."""
        options: list[list[Bound | None]] = []
        used: set[int] = set()
        for parameter in sorted(profile.question.parameters, key=lambda one: not one.class_iri):
            found = [one for one in self._values(parameter, profile, asked) if not used & one.places]
            if found:
                # Of two names that both would do, the first in the text is meant.
                first = min(min(one.places) for one in found)
                taken = [one for one in found if min(one.places) == first]
                options.append(list(taken[:_MOST_COMBINED]))
                used |= taken[0].places
        return options

    def _values(self, parameter: Parameter, profile: Profile, asked: TakenApart) -> list[Bound]:
        if parameter.scheme_iri or (parameter.values and parameter.type == "iri"):
            return self._chosen(parameter, profile, asked)
        if parameter.type == "iri":
            return self._named(parameter, asked) or self._by_role(parameter, profile, asked)
        pattern = {"year": _YEAR, "integer": _NUMBER}.get(parameter.type)
        if pattern is None:
            return []
        return [
            Bound(parameter.name, "", word.text, frozenset({place}))
            for place, word in enumerate(asked.words)
            if re.fullmatch(pattern, word.text)
        ]

    def _chosen(self, parameter: Parameter, profile: Profile, asked: TakenApart) -> list[Bound]:
        found = self._choices.of(parameter, asked.said)
        # A label that has the very words counts most: actors and stars are both of the cast.
        spelt = {stem(word.text) for word in asked.words}
        literal = [one for one in found if spelt & one.spelt]
        if not literal and len(found) > 1 and all(one.whole for one in found):
            # Of cinematographer and director of photography, both meant by "who shot it", the one with the plain label.
            literal = [
                one for one in found if len(one.spelt) == 1 and one.spelt <= {stem(each) for each in _meant(one, asked)}
            ]
        if literal or len(found) > 1 or (found and not found[0].whole):
            found = literal
        elif any(meaning in profile.said for one in found for meaning in _meant(one, asked)):
            return []
        if len(found) != 1:
            return []
        choice = found[0]
        places = frozenset(range(choice.start, choice.end))
        meant = _meant(choice, asked)
        if self._is_usual(meant, parameter, profile) or (not choice.whole and meant & profile.said.keys()):
            return []
        typed = next((typed for typed, iri in parameter.values if iri == choice.iri), None)
        text = typed or self._names.written(choice.iri, parameter.scheme_iri, choice.label)
        return [Bound(parameter.name, choice.iri, text, places, 1.0 if choice.whole else 0.8, kept=True)]

    def _is_usual(self, meant: set[str], parameter: Parameter, profile: Profile) -> bool:
        """Whether a question is asked with these words at all, so that they narrow nothing.

        Phrasings that name several choices, or each another one, are examples of choices.
        """
        key = (profile.question.name, parameter.name)
        counts = self._counts.get(key)
        if counts is None:
            counts = self._counts[key] = [self._choices.count(parameter, one.meanings) for one in profile.phrasings]
        usual = sum(
            bool(meant & one.meanings) and count < _SEVERAL
            for one, count in zip(profile.phrasings, counts, strict=True)
        )
        return usual > _NARROWING * len(profile.phrasings) and usual > _PREVAILING * sum(map(bool, counts))

    def _named(self, parameter: Parameter, asked: TakenApart) -> list[Bound]:
        result: list[Bound] = []
        for mention in asked.mentions:
            places = frozenset(range(mention.start, mention.end))
            if not mention.firm:
                several = [asked.words[place].text for place in places]
                if not parameter.class_iri or any(english().known(word) for word in several):
                    continue
            things = [thing for thing in mention.things if _may_be(parameter, thing)]
            result.extend(
                Bound(parameter.name, one.iri, self._names.written(one.iri, parameter.class_iri), places, mention.sure)
                for one in things
            )
        return result

    def _by_role(self, parameter: Parameter, profile: Profile, asked: TakenApart) -> list[Bound]:
        """Return the person whom a text names by a role, unless who that is is asked, or who has what role."""
        if not asked.by_role:
            return []
        places = {place for one in asked.by_role for place in range(one.start, one.end)}
        if {meaning for start, end, meaning in asked.said if not places & set(range(start, end))} <= _WHO_IT_IS:
            return []
        roles = {kind for one in asked.by_role for kind in one.role.classes}
        if any(one.scheme_iri in roles for one in profile.question.parameters if one.scheme_iri):
            return []
        return [
            Bound(
                parameter.name,
                one.person.iri,
                self._names.written(one.person.iri, parameter.class_iri),
                frozenset(range(one.start, one.end)),
                kept=True,
            )
            for one in asked.by_role
            if parameter.class_iri and _may_be(parameter, one.person)
        ][:1]

    def _score(self, profile: Profile, asked: TakenApart, bound: list[Bound]) -> float:
        best = self._fit(profile, asked, bound)
        if any(one.kept for one in bound):
            best = max(best, self._fit(profile, asked, [one for one in bound if not one.kept]))
        typed = {one.name for one in profile.question.parameters if one.class_iri or one.type != "iri"}
        for one in bound:
            best *= (1.0 if one.parameter in typed else _CHOICE) * (0.8 + 0.2 * one.sure)
        return best

    def _fit(self, profile: Profile, asked: TakenApart, bound: list[Bound]) -> float:
        taken = {place for one in bound for place in one.places}
        said = {meaning for start, end, meaning in asked.said if not (taken | asked.firm) & set(range(start, end))}
        unbound = sum(
            mention.sure * self._unused(mention, profile, bound, asked)
            for mention in asked.mentions
            if mention.firm and not taken & set(range(mention.start, mention.end))
        )
        given = frozenset(one.parameter for one in bound)
        return fit(profile, ParsedText(frozenset(said), given, asked.strange, unbound), self._profiles)

    def _unused(self, mention: Mention, profile: Profile, bound: list[Bound], asked: TakenApart) -> float:
        """Return how much a name counts against a question that has no use for it, from 0 to 1."""
        if any(one.class_iri == _FILM for one in profile.question.parameters) and self._crew.made(asked.film, mention):
            return _MAKER
        if bound and any(_FILM in thing.classes for thing in mention.things):
            return 1.0  # of two films a question that takes one compares nothing
        beside = bound and (
            any(_PLACE in thing.classes for thing in mention.things) or _like_one_of(mention, bound, asked)
        )
        return _SECOND if beside else 1.0


def _denies(asked: TakenApart) -> bool:
    """Whether a text asks for what is not so; "isn't it ..." asks for what is."""
    named = {place for one in asked.mentions for place in range(one.start, one.end)}
    return any(place and word.text in _DENIALS and place not in named for place, word in enumerate(asked.words))


def _orders(asked: TakenApart) -> bool:
    """Whether a text tells somebody to do something else than answer, or asks how oneself does something."""
    spelt = [word.text for word in asked.words]
    while spelt and spelt[0] in _COURTESY:
        del spelt[0]
    if spelt[:1] == ["how"]:
        return spelt[1:2] == ["to"] or (
            len(spelt) > _HOW_DO_I and spelt[1] in _MODAL and spelt[2] in _ONESELF and spelt[3] not in _TO_LEARN
        )
    firm = any(not one.start and one.firm for one in asked.mentions)
    return len(spelt) > 1 and spelt[0] in english().orders and not firm


def _like_one_of(mention: Mention, bound: list[Bound], asked: TakenApart) -> bool:
    """Whether an unused name has the kind of a used one: two people where a question takes one."""
    used = {one.iri for one in bound}
    kinds = {kind for other in asked.mentions for thing in other.things if thing.iri in used for kind in thing.classes}
    return any(thing.classes & kinds for thing in mention.things)


def _meant(choice: ValueMeant, asked: TakenApart) -> set[str]:
    """Return the meanings of the words from which a choice was read."""
    places = set(range(choice.start, choice.end))
    return {meaning for start, end, meaning in asked.said if places & set(range(start, end))}


def _may_be(parameter: Parameter, thing: Thing) -> bool:
    if parameter.class_iri:
        return parameter.class_iri in thing.classes
    return not is_concept(thing)
