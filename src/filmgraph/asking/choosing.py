"""From the readings of a text to the one that is meant, or to an error that says why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.asking.reading import alike
from filmgraph.errors import AmbiguousQuestionError, UnansweredQuestionError

if TYPE_CHECKING:
    from filmgraph.asking.reading import Reading
    from filmgraph.asking.understanding import Understanding
    from filmgraph.errors import UnknownQueryError


def is_text(typed: str, unknown: UnknownQueryError) -> bool:
    """Whether what is no name of a question is a text rather than a name mistyped."""
    word = typed.strip()
    return not unknown.choices or not word.replace("-", "").replace("_", "").isalnum()


def candidates(understanding: Understanding, text: str, unknown: UnknownQueryError) -> list[Reading]:
    """The readings of a text that cannot be told apart: mostly one.

    Args:
        understanding: What the text is read with.
        text: What was asked.
        unknown: That it is no name of a question; raised where it looks like one, or is a word without a meaning.

    Raises:
        UnansweredQuestionError: The catalogue does not answer it.
        UnknownQueryError: It is a single word, and no question is called so.
        StoreError: The store could not answer.
    """
    if not is_text(text, unknown):
        raise unknown
    readings = understanding.readings(text)
    if readings:
        return alike(readings)
    if " " not in text.strip():
        raise unknown
    near = understanding.nearest(text)
    lines = [f"  {one.command}\n      {understanding.catalogue.question(one.question).summary}" for one in near]
    hint = "\n".join(["The nearest questions:", *lines]) if lines else "List all questions with: filmgraph ask"
    raise UnansweredQuestionError(
        f"No question of the catalogue answers {text.strip()!r}.",
        name=text,
        choices=[one.question for one in near],
        hint=hint,
    )


def the_one(understanding: Understanding, text: str, unknown: UnknownQueryError) -> Reading:
    """The reading of a text.

    Raises:
        AmbiguousQuestionError: It has several that cannot be told apart.
        UnansweredQuestionError: The catalogue does not answer it.
        UnknownQueryError: It is a single word, and no question is called so.
        StoreError: The store could not answer.
    """
    found = candidates(understanding, text, unknown)
    if len(found) > 1:
        raise ambiguous(text, found)
    return found[0]


def ambiguous(text: str, found: list[Reading]) -> AmbiguousQuestionError:
    """The error for a text that may mean several questions."""
    return AmbiguousQuestionError(
        f"{text.strip()!r} may mean {len(found)} questions.", text=text, choices=[one.command for one in found]
    )
