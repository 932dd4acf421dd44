"""Questions of a catalogue by what they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.asking.profile import Profiles
from filmgraph.asking.words import meanings, words

if TYPE_CHECKING:
    from filmgraph.catalogue import Catalogue
    from filmgraph.catalogue.question import Question


def questions_about(catalogue: Catalogue, text: str) -> list[Question]:
    """The questions that some words tell of, those first of which they tell most.

    A question has to have all words, or others that mean the same; where none has, it has to have one of them.

    Args:
        catalogue: The questions.
        text: Words, such as ``money`` or ``prizes in 2010``.

    Raises:
        FrontMatterError: The header of a question is wrong.
    """
    profiles = Profiles(catalogue)
    wanted = {meaning for _, _, meaning in meanings([word.text for word in words(text)])}
    tags = {profile.question.name: frozenset(profile.question.tags) for profile in profiles.all}
    found: list[tuple[float, int, Question]] = []
    for profile in profiles.all:
        has = [one for one in wanted if one in profile.said or one in tags[profile.question.name]]
        tells = sum(profiles.weight(one) * profile.said.get(one, 1.0) for one in has)
        if has:
            found.append((tells, len(has), profile.question))
    most = max((count for _, count, _ in found), default=0)
    best = [one for one in found if one[1] == most]
    return [question for _, _, question in sorted(best, key=lambda one: (-one[0], one[2].name))]
