"""Dates in the Extended Date/Time Format: the first and the last day that a text allows.

The profile is that of `EDTF <https://www.loc.gov/standards/datetime/>`_ levels 0 and 1 for whole days (years, months,
days, intervals with open or unknown ends, the qualifiers ``?``, ``~`` and ``%``, unspecified digits, seasons), and from
level 2 the sets of dates: ``[2009-11-20,2009-11-21]`` is one of them, ``{2009,2010}`` all of them.
Years are 0001 to 9999.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from filmgraph.errors import FilmgraphError

# Not compiled here: this module is on the way to every answer, and few answers need a date read.
_DATE = r"(?P<year>\d{4}|\d{3}X|\d\dXX)(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?[?~%]?"
_DECEMBER = 12
# Meteorological seasons of the northern hemisphere; winter runs into the next year.
_SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}
_SEASON_MONTHS = 3


class EdtfError(FilmgraphError, ValueError):
    """A text is not a date of the EDTF profile that filmgraph uses."""


class Bounds(NamedTuple):
    """The first and last day that a date allows; None where that end is open or unknown."""

    earliest: date | None
    latest: date | None


def bounds(text: str) -> Bounds:
    """The first and the last day of an EDTF date.

    Raises:
        EdtfError: The text is no date of the profile, names a day that no calendar has, or ends before it starts.

    >>> [str(day) for day in bounds("2009-11")]
    ['2009-11-01', '2009-11-30']
    >>> bounds("2009/..")
    Bounds(earliest=datetime.date(2009, 1, 1), latest=None)
    """
    if text[:1] + text[-1:] in {"[]", "{}"}:
        return _set(text)
    if "/" in text:
        return _interval(text)
    return _date(text, text)


def _interval(text: str) -> Bounds:
    start, _, end = text.partition("/")
    earliest = None if start in {"", ".."} else _date(start, text).earliest
    latest = None if end in {"", ".."} else _date(end, text).latest
    if earliest is None and latest is None:
        raise _error(text, "it says neither when it starts nor when it ends")
    if earliest is not None and latest is not None and latest < earliest:
        raise _error(text, "it ends before it starts")
    return Bounds(earliest, latest)


def _set(text: str) -> Bounds:
    """The span of a set: its members are dates, ``first..last``, ``..last`` or ``first..``."""
    spans: list[Bounds] = []
    for member in text[1:-1].split(","):
        start, dots, end = member.partition("..")
        if dots:
            spans.append(_interval_of_set(start, end, text))
        else:
            spans.append(_date(start, text))
    starts = [span.earliest for span in spans]
    ends = [span.latest for span in spans]
    return Bounds(
        None if None in starts else min(day for day in starts if day is not None),
        None if None in ends else max(day for day in ends if day is not None),
    )


def _interval_of_set(start: str, end: str, text: str) -> Bounds:
    if not start and not end:
        raise _error(text, "a member of the set is empty")
    return _interval_or_error(f"{start or '..'}/{end or '..'}", text)


def _interval_or_error(interval: str, text: str) -> Bounds:
    try:
        return _interval(interval)
    except EdtfError as error:
        raise _error(text, "a member of the set is no range of dates") from error


def _date(part: str, whole: str) -> Bounds:
    match = re.fullmatch(_DATE, part, re.ASCII)
    if match is None:
        raise _error(whole, f"{part!r} is not understood" if part != whole else "it is not understood")
    year, month, day = match["year"], match["month"], match["day"]
    first, last = int(year.replace("X", "0")) or 1, int(year.replace("X", "9"))
    if last == 0:
        raise _error(whole, "there is no year 0000 in this profile")
    if month is None or (month == "XX" and day in {None, "XX"}):
        if first != last and month is not None:
            raise _error(whole, "an unspecified year has no months")
        return Bounds(date(first, 1, 1), date(last, 12, 31))
    if first != last or month == "XX":
        raise _error(whole, "a specified part follows an unspecified one")
    if int(month) in _SEASONS and day is None:
        return _season(first, _SEASONS[int(month)], whole)
    return _month_or_day(first, int(month), day, whole)


def _season(year: int, month: int, whole: str) -> Bounds:
    try:
        return Bounds(date(year, month, 1), _month_end(year, month + _SEASON_MONTHS - 1))
    except ValueError as error:
        raise _error(whole, "its last day is after the year 9999") from error


def _month_or_day(year: int, month: int, day: str | None, whole: str) -> Bounds:
    try:
        if day is None or day == "XX":
            return Bounds(date(year, month, 1), _month_end(year, month))
        exact = date(year, month, int(day))
    except ValueError as error:
        raise _error(whole, "no calendar has that day") from error
    return Bounds(exact, exact)


def _month_end(year: int, month: int) -> date:
    """The last day of a month; months count on past December."""
    year, month = year + (month - 1) // _DECEMBER, (month - 1) % _DECEMBER + 1
    if month == _DECEMBER:
        return date(year, month, 31)
    return date(year, month + 1, 1) - timedelta(days=1)


def _error(text: str, reason: str) -> EdtfError:
    return EdtfError(
        f"{text!r} is not a date: {reason}.",
        hint="Write dates in EDTF, for instance 2009, 2009-11, 2009-11-20, 2009~, 2006/2009 or 2009-23 (autumn 2009).",
    )
