"""The words of a passage, read once: its numbers, dates, durations and names."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from filmgraph.passages.dates import Dates, dates_in
from filmgraph.passages.implied import implied
from filmgraph.passages.matching import Comparable
from filmgraph.passages.naming import Words
from filmgraph.passages.numerals import numerals
from filmgraph.passages.units import Length, durations, times_of_day

if TYPE_CHECKING:
    from fractions import Fraction

    from filmgraph.passages.number_words import Numeral


class Wording:
    """A passage, and what it says in comparable form.

    >>> wording = Wording("In May 1911 they walked thirty miles in 9 hours.")
    >>> 30 in wording.numbers, wording.dates.missing("1911-05")
    (True, [])
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def folded(self) -> str:
        """The text without case."""
        return Comparable(self.text, caseless=True).folded

    @cached_property
    def numerals(self) -> list[Numeral]:
        """The numbers, with their places in the folded text."""
        return numerals(self.folded)

    @cached_property
    def numbers(self) -> frozenset[Fraction]:
        """The values of the numbers."""
        return frozenset(numeral.value for numeral in self.numerals)

    @cached_property
    def implied(self) -> frozenset[Fraction]:
        """The numbers that are implied and not stated."""
        return implied(self.folded, self.numbers)

    @cached_property
    def dates(self) -> Dates:
        """The expressions of time in the passage."""
        return dates_in(Comparable(self.text).folded)

    @cached_property
    def durations(self) -> frozenset[Length]:
        """The lengths of time."""
        return frozenset(durations(self.folded, self.numerals))

    @cached_property
    def times(self) -> frozenset[tuple[int, int]]:
        """The times of day."""
        return frozenset(times_of_day(self.folded))

    @cached_property
    def words(self) -> Words:
        """The words, for names."""
        return Words(self.text)
