"""Dates computed relative to another: the day before the article, last September, this summer.

A reckoned date is believed when it is near a date that the reader could start from, and does not contradict the words:
a weekday, a month or a season that the passage names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.passages.dates import Dates
from filmgraph.rdf.edtf import EdtfError, bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from fractions import Fraction

    from filmgraph.passages.wording import Wording

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_RELATIVE = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_SEASONS = {21: "spring", 22: "summer", 23: "autumn|fall", 24: "winter"}
_POINT = re.compile(r"(-?\d{4})(?:-(\d\d))?(?:-(\d\d))?[?~%]*")
_NEAR_DAYS = 14
_NEAR_MONTHS = 2
_MONTH_DAYS = 31
_WEEKEND = 5
_MONTHS = 12


class _Basis(NamedTuple):
    """The basis of a computed date: the words of the passage, those of all passages, and the starting dates."""

    own: str
    together: str
    own_dates: Dates
    dates: Dates
    numbers: frozenset[Fraction]
    starts: list[tuple[date, date]]


def is_reckoned(edtf: str, passages: Sequence[Wording], others: Iterable[str] = ()) -> bool:
    """Whether each end of a date can be computed from a date that the passages or the document state.

    Args:
        edtf: The date.
        passages: The passage, and then those that it needs.
        others: EDTF dates of the document.

    >>> from filmgraph.passages.wording import Wording
    >>> [is_reckoned(day, [Wording("as she said yesterday")], ["1911-05-04"]) for day in ("1911-05-03", "1911-05-02")]
    [True, False]
    """
    dates = Dates()
    for passage in passages:
        dates = dates.with_(passage.dates)
    basis = _Basis(
        own=passages[0].folded,
        together="\n".join(passage.folded for passage in passages),
        own_dates=passages[0].dates,
        dates=dates,
        numbers=frozenset(number for passage in passages for number in passage.numbers),
        starts=list(_starts(dates, others)),
    )
    points = [point.strip() for point in re.split(r"[/,]|\.\.", edtf.strip("[]{} ")) if point.strip()]
    return bool(points) and all(any(_fits(point, basis, start) for start in basis.starts) for point in points)


def _starts(dates: Dates, others: Iterable[str]) -> Iterator[tuple[date, date]]:
    """Yield the first and last day of each start date; a month without a year may be of any near year."""
    texts = [*others, *(f"{year:04}" for year in dates.years)]
    known = [span for span in map(_span, texts) if span]
    years = {year for first, last in known for year in range(first.year - 1, last.year + 2)}
    for stated in dates.stated:
        day = f"-{stated.day:02}" if stated.day else ""
        if stated.month:
            texts += [f"{year:04}-{stated.month:02}{day}" for year in ({stated.year} if stated.year else years)]
    yield from (span for span in map(_span, texts) if span)


def _span(edtf: str) -> tuple[date, date] | None:
    try:
        span = bounds(edtf)
    except EdtfError:
        return None
    first, last = span.earliest or span.latest, span.latest or span.earliest
    return (first, last) if first and last else None


def _fits(point: str, basis: _Basis, start: tuple[date, date]) -> bool:
    match = _POINT.fullmatch(point)
    if match is None:
        return False
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if not _near_year(year, start, basis):
        return False
    if month > _MONTHS:
        season = _SEASONS.get(month)
        return season is not None and re.search(rf"\b(?:{season})\b", basis.together) is not None
    if not month:
        return True
    if not day:
        named = {stated.month for stated in basis.own_dates.stated}
        return month in named if named else _near_month(year, month, start)
    named_days = {(stated.month, stated.day) for stated in basis.dates.stated}
    return (month, day) in named_days or _near_day(point, start, basis.own)


def _near_year(year: int, start: tuple[date, date], basis: _Basis) -> bool:
    """Whether a year is within one year of the start, or as far away as the passages say."""
    if start[0].year - 1 <= year <= start[1].year + 1:
        return True
    away = {start[0].year - number for number in basis.numbers} | {start[1].year + number for number in basis.numbers}
    return "year" in basis.together and year in away


def _is_close(start: tuple[date, date]) -> bool:
    """Whether a date is precise to the month, so that days can be computed from it."""
    return (start[1] - start[0]).days <= _MONTH_DAYS


def _near_month(year: int, month: int, start: tuple[date, date]) -> bool:
    if not _is_close(start):
        return False
    months = year * _MONTHS + month
    first, last = (bound.year * _MONTHS + bound.month for bound in start)
    return first - _NEAR_MONTHS <= months <= last + _NEAR_MONTHS


def _near_day(point: str, start: tuple[date, date], folded: str) -> bool:
    """Whether a date is within two weeks of the start, and on the weekday that the passage names."""
    span = _span(point)
    if span is None or not _is_close(start):
        return False
    there = span[0]
    for word, distance in _RELATIVE.items():
        if re.search(rf"\b{word}\b", folded):
            return start[0] == start[1] and (there - start[0]).days == distance
    weekdays = {number for number, name in enumerate(_WEEKDAYS) if re.search(rf"\b{name}\b", folded)}
    weekdays |= {_WEEKEND, _WEEKEND + 1} if "weekend" in folded else set()
    if weekdays and there.weekday() not in weekdays:
        return False
    return (start[0] - there).days <= _NEAR_DAYS and (there - start[1]).days <= _NEAR_DAYS
