"""Choice of the best reading of a text, or the error that explains why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.asking.reading import alike
from filmgraph.errors import AmbiguousQuestionError, UnansweredQuestionError

if TYPE_CHECKING:
    from collections.abc import Callable

    from filmgraph.asking.reading import Reading
    from filmgraph.asking.understanding import Understanding
    from filmgraph.errors import UnknownQueryError


def is_text(typed: str, unknown: UnknownQueryError) -> bool:
    """Whether input that matches no question's name is a text in plain English, not a mistyped name."""
    word = typed.strip()
    return not unknown.choices or not word.replace("-", "").replace("_", "").isalnum()


def _command(reading: Reading) -> str:
    return reading.command


def candidates(
    understanding: Understanding,
    text: str,
    unknown: UnknownQueryError,
    command: Callable[[Reading], str] = _command,
) -> list[Reading]:
    """Return the readings of a text that score about equally well: usually one.

    Args:
        understanding: What the text is read with.
        text: What was asked.
        unknown: That it is no name of a question; raised where it looks like one, or is a word without a meaning.
        command: How the command of a reading is written.

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
    lines = [f"  {command(one)}\n      {understanding.catalogue.question(one.question).summary}" for one in near]
    hint = "\n".join(["The nearest questions:", *lines]) if lines else "List all questions with: filmgraph ask"
    raise UnansweredQuestionError(
        f"No question of the catalogue answers {text.strip()!r}.",
        name=text,
        choices=[one.question for one in near],
        hint=hint,
    )


def the_one(understanding: Understanding, text: str, unknown: UnknownQueryError) -> Reading:
    """Return the only reading of a text.

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


def ambiguous(text: str, found: list[Reading], command: Callable[[Reading], str] = _command) -> AmbiguousQuestionError:
    """Return the error for a text with several possible readings."""
    return AmbiguousQuestionError(
        f"{text.strip()!r} may mean {len(found)} questions.", text=text, choices=[command(one) for one in found]
    )
