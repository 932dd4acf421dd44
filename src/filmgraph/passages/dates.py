"""The dates that a passage states, and whether they make up an EDTF date.

Folded text keeps its case here (`Comparable(…).folded`): ``May`` is a month and ``may`` is not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.text.months import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_NUMBER_OF = {name[:length].lower(): number for number, name in enumerate(_MONTHS, 1) for length in (3, len(name))}
_NUMBER_OF["sept"] = 9
_SEASONS = {"spring": (21,), "summer": (22,), "autumn": (23,), "fall": (23,), "winter": (24,)}
_DECADES = {"sixties": "6", "seventies": "7", "eighties": "8", "nineties": "9", "fifties": "5", "forties": "4"}
_DECADES |= {"thirties": "3", "twenties": "2"}
_ORDINAL_CENTURY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th) century\b", re.IGNORECASE)

_MONTH = r"(?P<month>" + "|".join(sorted({*_MONTHS, *(name[:3] for name in _MONTHS), "Sept"}, key=len, reverse=True))
_MONTH = rf"\b(?i:{_MONTH}))\b\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_LAST = r"(?: ?(?:-|to|through|until|and|/) ?(?P<last>[0-3]?\d)(?:st|nd|rd|th)?(?!\d))?"
_YEAR = r"(?:,? (?:of )?(?P<year>\d{4})\b|,? '(?P<short>\d\d)\b)?"
_WRITTEN = (
    re.compile(rf"{_MONTH} {_DAY}(?!\d){_LAST}{_YEAR}"),
    re.compile(rf"(?<!\d){_DAY}{_LAST} (?:of )?{_MONTH}{_YEAR}"),
)
_MONTH_ONLY = re.compile(rf"{_MONTH}{_YEAR}")
_ELSEWHERE = re.compile(
    rf"(?<!\d)(?P<day>[0-3]?\d)(?:er|\.|º)? (?:de )?(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
    r" (?:de )?(?P<year>\d{4})\b",
    re.IGNORECASE,
)
"""A whole date in another language than English: *9 octobre 2010*, *9. Oktober 2010*, *9 de outubro de 2010*."""
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d\d)(?:-(\d\d))?(?!\d)")
_YEARS = re.compile(r"(?<![\d.,$])(?P<year>1[0-9]\d\d|2[01]\d\d)(?![\d]|[.,]\d)(?:[-/](?P<to>\d\d)(?!\d|-))?")
_SHORT_YEAR = re.compile(r"(?<!\w)'(\d\d)(?!\d|'?s)")
_DECADE = re.compile(r"(?<![\d])(\d\d)?(\d)0'?s\b")
_QUALIFIERS = str.maketrans("", "", "?~%")
_CALENDAR = re.compile(r"-?[\dX]{4}(?:-[\dX]{2}){0,2}")


class Stated(NamedTuple):
    """A date as written; any part may be missing."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


class Dates(NamedTuple):
    """Expressions of time in a passage: dates, all years, decades (``198``), centuries and seasons."""

    stated: frozenset[Stated] = frozenset()
    years: frozenset[int] = frozenset()
    decades: frozenset[str] = frozenset()
    centuries: frozenset[str] = frozenset()
    seasons: frozenset[int] = frozenset()

    def with_(self, other: Dates) -> Dates:
        """Merge the expressions of time of two passages."""
        return Dates(
            self.stated | other.stated,
            self.years | other.years,
            self.decades | other.decades,
            self.centuries | other.centuries,
            self.seasons | other.seasons,
        )

    def missing(self, edtf: str) -> list[str]:
        """Return the parts of an EDTF date that the passage does not state, in words.

        `EDTF <https://www.loc.gov/standards/datetime/>`_: qualifiers and open ends need no words.

        >>> dates_in("from September 28 to 3 October 2011").missing("2011-09-28/2011-10-03")
        []
        >>> dates_in("on September 28").missing("2011-09-29~")
        ['29 September', 'the year 2011']
        """
        points = re.split(r"[/,]|\.\.", edtf.translate(_QUALIFIERS).strip("[]{} "))
        return list(dict.fromkeys(part for point in points if point.strip() for part in self._missing(point.strip())))

    def _missing(self, point: str) -> Iterator[str]:
        calendar = point.partition("T")[0].lstrip("Y")
        if not _CALENDAR.fullmatch(calendar):
            yield point
            return
        year_text, *rest = calendar.lstrip("-").split("-")
        month = int(rest[0]) if rest and rest[0].isdecimal() else None
        day = int(rest[1]) if len(rest) > 1 and rest[1].isdecimal() else None
        year = int(year_text) if year_text.isdecimal() else None
        if month is not None and month > 12:  # noqa: PLR2004  seasons are numbered from 21
            if month not in self.seasons:
                yield next((name for name, codes in _SEASONS.items() if month in codes), f"season {month}")
        elif month is not None:
            named = [date for date in self.stated if date.month == month and day in {None, date.day}]
            if not any(year is None or date.year in {None, year} for date in named):
                yield f"{day} {_MONTHS[month - 1]}" if day else _MONTHS[month - 1]
        yield from self._missing_year(year_text, year)

    def _missing_year(self, text: str, year: int | None) -> Iterator[str]:
        if year is not None and year not in self.years:
            yield f"the year {year}"
        elif text.endswith("XX") and text[:2].isdigit() and text[:2] not in self.centuries:
            yield f"the {int(text[:2]) + 1}th century"
        elif text.endswith("X") and text[:3].isdigit() and text[:3] not in self.decades:
            yield f"the {text[:3]}0s"


def dates_in(folded: str) -> Dates:
    """Return all dates in a folded text."""
    stated = frozenset(_written(folded))
    years = {date.year for date in stated if date.year is not None} | set(_years(folded))
    decades = {digits for match in _DECADE.finditer(folded) for digits in _decade(match[1], match[2])}
    words = set(re.findall(r"[a-z]+", folded.lower()))
    decades |= {digits for word, ten in _DECADES.items() if word in words for digits in _decade(None, ten)}
    centuries = {f"{int(match[1]) - 1:02}" for match in _ORDINAL_CENTURY.finditer(folded)}
    seasons = {code for word in words & set(_SEASONS) for code in _SEASONS[word]}
    return Dates(stated, frozenset(years), frozenset(decades), frozenset(centuries), frozenset(seasons))


def _written_elsewhere(folded: str) -> Iterator[Stated]:
    for match in _ELSEWHERE.finditer(folded):
        yield Stated(int(match["year"]), MONTHS[match["month"].lower()], int(match["day"]))


def _written(folded: str) -> Iterator[Stated]:
    for pattern in _WRITTEN:
        for match in pattern.finditer(folded):
            month, year = _NUMBER_OF[match["month"].lower()], _year_of(match)
            if not _is_name(match):
                continue
            days = [int(match["day"])]
            if match["last"]:
                days.append(int(match["last"]))
            yield from (Stated(year, month, day) for day in days)
    for match in _MONTH_ONLY.finditer(folded):
        if _is_name(match):
            yield Stated(_year_of(match), _NUMBER_OF[match["month"].lower()])
    yield from _written_elsewhere(folded)
    for match in _NUMERIC.finditer(folded):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        yield from (Stated(year, *pair) for pair in {(first, second), (second, first)} if pair[0] <= 12)  # noqa: PLR2004
    for match in _ISO.finditer(folded):
        if 1 <= int(match[2]) <= 12:  # noqa: PLR2004
            yield Stated(int(match[1]), int(match[2]), int(match[3]) if match[3] else None)


def _is_name(match: re.Match[str]) -> bool:
    """Whether a match is the name of a month, and not the verb ``may``, ``march`` or ``mar``."""
    return not match["month"].islower() or match["month"] not in {"may", "march", "mar"}


def _year_of(match: re.Match[str]) -> int | None:
    if match["year"]:
        return int(match["year"])
    return _full_year(match["short"]) if match["short"] else None


def _full_year(short: str) -> int:
    """Expand a two-digit year: to this century up to 49."""
    return int(short) + (2000 if int(short) < 50 else 1900)  # noqa: PLR2004


def _years(folded: str) -> Iterator[int]:
    for match in _YEARS.finditer(folded):
        year = int(match["year"])
        yield year
        if match["to"]:
            yield year // 100 * 100 + int(match["to"])
    for match in _SHORT_YEAR.finditer(folded):
        yield _full_year(match[1])


def _decade(century: str | None, ten: str) -> Iterator[str]:
    """Yield the decades that a word may denote: ``1980s`` one, ``80s`` one of each recent century."""
    yield from [century + ten] if century else [prefix + ten for prefix in ("18", "19", "20")]
