"""Profiles of questions: the words and phrasings by which a question is recognised, with weights."""

from __future__ import annotations

import math
import os
import re
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.asking.english import english
from filmgraph.asking.words import meanings, spelt

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from filmgraph.catalogue.question import Question

_UNANSWERED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "unanswered.txt")
_SAID = {"name": 1.0, "asks": 0.9, "summary": 0.7, "parameters": 0.5, "description": 0.35}
"""How much a word of a part of the file says of the question."""

COUNTING = "how-"
"""What the meanings begin with that ask for a number."""

_DECIDING = frozenset({"count", "same"})
_FEW = 2
_FIELD = frozenset({"film"})


class Phrasing(NamedTuple):
    """One way to ask a question: its meanings, its parameters, and the total weight of its meanings.

    ``counting`` are those of its meanings without which it is hardly meant, such as how many and how long.
    """

    meanings: frozenset[str]
    parameters: frozenset[str]
    weight: float = 0.0
    counting: frozenset[str] = frozenset()


class Profile(NamedTuple):
    """A question with its phrasings and the weight of each meaning for it, from 0 to 1."""

    question: Question
    phrasings: tuple[Phrasing, ...]
    said: Mapping[str, float]


class Unanswered(NamedTuple):
    """A profile of questions that people ask but no catalogue answers."""

    phrasings: tuple[Phrasing, ...]
    said: Mapping[str, float]


class Profiles:
    """The profiles of all questions of a catalogue, and of questions that none answers.

    Args:
        questions: The questions.
    """

    def __init__(self, questions: Iterable[Question]) -> None:
        self.all = [_profile(question) for question in questions]
        self.spelt: set[str] = set()
        """Every word that the catalogue uses, as it is spelt there, and those of what no catalogue answers."""
        frequency: dict[str, float] = {}
        for profile in self.all:
            question = profile.question
            texts = " ".join([question.name, question.summary, *question.asks])
            self.spelt.update(word for word in spelt(texts) if len(word) > 1)
            for meaning, said in profile.said.items():
                frequency[meaning] = frequency.get(meaning, 0.0) + said
        count = len(self.all) or 1
        self.rarest = math.log(1 + count)
        self._weights = {meaning: math.log(1 + count / max(1.0, many)) for meaning, many in frequency.items()}
        self.all = [self._weighed(profile) for profile in self.all]
        self.known = frozenset(
            meaning for profile in self.all for meaning, said in profile.said.items() if said > _SAID["description"]
        )
        self.unanswered = self._unanswered()
        self.foreign = frozenset().union(*(one.meanings for one in self.unanswered.phrasings)) - self.known
        """What only texts speak of that no catalogue answers."""

    def _unanswered(self) -> Unanswered:
        with open(_UNANSWERED, encoding="utf-8") as file:
            lines = [line for line in map(str.strip, file) if line and line[0] not in "#["]
        self.spelt.update(word for line in lines for word in spelt(line) if len(word) > 1)
        # A line whose few words are all the catalogue's could be a question of its own, unless it says that it is none.
        whole = [one for profile in self.all for one in profile.phrasings]
        asked = {one.meanings - _FIELD for one in whole}
        asked_alone = {one.meanings - _FIELD for one in whole if not one.parameters}
        sets = set()
        for line in lines:
            one, sure = frozenset(_meanings(line)), line.startswith("!")
            if (sure or one - self.known or len(one) > _FEW) and one - _FIELD not in (asked_alone if sure else asked):
                sets.add(one)
        phrasings = (Phrasing(one, frozenset(), sum(map(self.weight, one))) for one in sorted(sets, key=sorted))
        return Unanswered(tuple(phrasings), {})

    def unanswered_by(self, said: frozenset[str]) -> Unanswered:
        """Return what no catalogue answers, as far as a text may ask it.

        Of a line with words of its own the text needs one, of another one all.
        """
        lines = (
            one
            for one in self.unanswered.phrasings
            if (own & said if (own := one.meanings & self.foreign) else one.meanings <= said)
        )
        return self.unanswered._replace(phrasings=tuple(lines))

    def _weighed(self, profile: Profile) -> Profile:
        phrasings = (
            one._replace(
                weight=sum(map(self.weight, one.meanings)),
                counting=frozenset(
                    meaning for meaning in one.meanings if meaning.startswith(COUNTING) or meaning in _DECIDING
                ),
            )
            for one in profile.phrasings
        )
        return profile._replace(phrasings=tuple(phrasings))

    def weight(self, meaning: str) -> float:
        """Return the weight of a meaning: the fewer questions share it, the greater; unknown ones are the rarest."""
        return self._weights.get(meaning, self.rarest)


def _profile(question: Question) -> Profile:
    said: dict[str, float] = {}

    def say(meant: Iterable[str], weight: float) -> None:
        for meaning in meant:
            said[meaning] = max(said.get(meaning, 0.0), weight)

    name = _meanings(question.name.replace("-", " "))
    summary = _meanings(question.summary)
    say(_meanings(question.description), _SAID["description"])
    for parameter in question.parameters:
        typed = " ".join(typed for typed, _ in parameter.values)
        say(_meanings(f"{parameter.name.replace('_', ' ')} {typed}"), _SAID["parameters"])
    say(summary, _SAID["summary"])
    phrasings = [Phrasing(frozenset(summary), frozenset()), Phrasing(frozenset(name), frozenset())]
    for text in question.asks:
        named = frozenset(re.findall(r"\$(\w+)", text))
        meant = _meanings(re.sub(r"\$\w+", " ", text) if named else text)
        phrasings.append(Phrasing(frozenset(meant), named))
        say(meant, _SAID["asks"])
    say(name, _SAID["name"])
    return Profile(question, tuple(phrasings), said)


def _meanings(text: str) -> list[str]:
    return [meaning for _, _, meaning in meanings(spelt(text))]


def is_plain(word: str, profiles: Profiles) -> bool:
    """Whether a word is an ordinary English or catalogue word, so that alone it is hardly a name."""
    language = english()
    if language.known(word) or word in profiles.spelt:
        return True
    meaning = language.meaning(word)  # of a form of a word: a stem alone is no word
    return len(meaning) < len(word) and meaning in profiles.known
