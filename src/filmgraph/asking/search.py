"""Search for questions of a catalogue by topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.asking.english import english
from filmgraph.asking.profile import Profiles
from filmgraph.asking.words import meanings, spelt
from filmgraph.text.spelling import corrected

if TYPE_CHECKING:
    from filmgraph.catalogue import Catalogue
    from filmgraph.catalogue.question import Question

_BEGINNING = 4
"""Letters by which the beginning of a word is known."""


def questions_about(catalogue: Catalogue, text: str) -> list[Question]:
    """Find the questions that match some words, the best match first.

    A question has to have all words, or others that mean the same; where none has, it has to have one of them, or a
    word that begins so. Slips of the fingers are forgiven.

    Args:
        catalogue: The questions.
        text: Words, such as ``money`` or ``prizes in 2010``.

    Raises:
        FrontMatterError: The header of a question is wrong.
    """
    profiles = Profiles(catalogue)
    typed = [_right(word, profiles) for word in spelt(text)]
    wanted = {meaning for _, _, meaning in meanings(typed)}
    tags = {profile.question.name: frozenset(profile.question.tags) for profile in profiles.all}
    found: list[tuple[float, int, Question]] = []
    for profile in profiles.all:
        has = [one for one in wanted if one in profile.said or one in tags[profile.question.name]]
        tells = sum(profiles.weight(one) * profile.said.get(one, 1.0) for one in has)
        if has:
            found.append((tells, len(has), profile.question))
    if not found:
        return [profile.question for profile in profiles.all if _begins(profile.question, typed)]
    most = max(count for _, count, _ in found)
    best = [one for one in found if one[1] == most]
    return [question for _, _, question in sorted(best, key=lambda one: (-one[0], one[2].name))]


def _right(word: str, profiles: Profiles) -> str:
    """A word as the catalogue or the language spells it."""
    if word in profiles.spelt or english().known(word):
        return word
    return corrected(word, sorted(profiles.spelt)) or word


def _begins(question: Question, typed: list[str]) -> bool:
    texts = " ".join([question.name, question.summary, *question.asks])
    return any(len(one) >= _BEGINNING and word.startswith(one) for word in spelt(texts) for one in typed)
