"""Scales: where a number or a day stands, and which round numbers and years an axis names."""

from __future__ import annotations

import re
from datetime import date
from math import ceil, floor, log10
from typing import NamedTuple

_FULL_MONTH, _FULL_DAY = 12, 28
_ABOUT = 6  # ticks that an axis has, more or less


class Scale(NamedTuple):
    """A line from ``low`` to ``high`` on which numbers stand between two places; ticks are numbers and their words."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[tuple[float, str], ...]

    def place(self, value: float) -> float:
        """Where a number stands.

        >>> Scale(0, 10, 100, 200, ()).place(5)
        150.0
        """
        whole = self.high - self.low or 1.0
        return self.start + (value - self.low) * (self.end - self.start) / whole


def numbers(values: list[float], start: float, end: float, *, from_zero: bool, whole: bool = False) -> Scale:
    """A scale of numbers that begins and ends at round ones.

    >>> [words for _, words in numbers([3, 19], 0, 100, from_zero=True).ticks]
    ['0', '5', '10', '15', '20']
    """
    low, high = min(values), max(values)
    low = min(low, 0.0) if from_zero else low
    if low == high:
        low, high = low - abs(low) / 2 or -1, high + abs(high) / 2 or 1
    step = max(_step((high - low) / _ABOUT), 1.0 if whole else 0.0)
    first, last = floor(low / step), ceil(high / step)
    ticks = tuple((number * step, number_words(number * step)) for number in range(first, last + 1))
    return Scale(first * step, last * step, start, end, ticks)


def days(values: list[float], start: float, end: float) -> Scale:
    """A scale of days, as ordinals; its ticks are years.

    >>> [words for _, words in days([date(2009, 3, 1).toordinal(), date(2010, 2, 1).toordinal()], 0, 9).ticks]
    ['2009', '2010', '2011']
    """
    first, last = date.fromordinal(int(min(values))).year, date.fromordinal(int(max(values))).year + 1
    step = max(1, round((last - first) / _ABOUT))
    years = range(first, min(last + step, date.max.year), step)
    ticks = tuple((float(date(year, 1, 1).toordinal()), str(year)) for year in years)
    return Scale(ticks[0][0], ticks[-1][0], start, end, ticks)


def day_of(text: str, *, last: bool = False) -> float | None:
    """The first or last day that a date of ISO 8601 names, as an ordinal; None where it is none.

    >>> day_of("2009-11") == date(2009, 11, 1).toordinal(), day_of("soon")
    (True, None)
    """
    match = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", text)
    if match is None:
        return None
    month = int(match[2] or (_FULL_MONTH if last else 1))
    try:
        return float(date(int(match[1]), month, int(match[3] or (_FULL_DAY if last else 1))).toordinal())
    except ValueError:
        return None


def number_words(value: float) -> str:
    """A number as an axis says it.

    >>> number_words(2.5), number_words(120_000_000), number_words(1500), number_words(20_000)
    ('2.5', '120 million', '1,500', '20,000')
    """
    for size, word in ((1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{value / size:g} {word}"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:g}"


def _step(about: float) -> float:
    """The round number that is not less: 1, 2 or 5 times a power of ten."""
    power = 10.0 ** floor(log10(about))
    return next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= about * 0.999)
