"""A reading: a question of the catalogue with values for its parameters, and a score."""

from __future__ import annotations

from typing import NamedTuple

from filmgraph.catalogue.parameter import quoted

CLOSE = 0.02
"""Readings whose scores differ by less cannot be told apart."""


class Reading(NamedTuple):
    """One interpretation of a text: a question, parameter values and a score.

    ``question`` is the name of a question, ``values`` are those of its parameters that the text gives, by name;
    ``score`` is how well the text fits, from 0 to 1.
    """

    question: str
    values: dict[str, str]
    score: float

    @property
    def command(self) -> str:
        """Return the command that asks this reading.

        >>> Reading("awards", {"festival": "Sundance Film Festival"}, 0.9).command
        'filmgraph ask awards --festival "Sundance Film Festival"'
        """
        options = (f" --{name.replace('_', '-')} {quoted(value)}" for name, value in self.values.items())
        return f"filmgraph ask {self.question}{''.join(options)}"


def alike(readings: list[Reading]) -> list[Reading]:
    """Return the first of ranked readings, and those whose score is about equal.

    >>> [one.question for one in alike([Reading("people", {}, 0.64), Reading("credits", {}, 0.63)])]
    ['people', 'credits']
    """
    return [one for one in readings if one.score > readings[0].score - CLOSE]
