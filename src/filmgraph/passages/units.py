"""Units, durations and times of day written at the numbers of a passage."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filmgraph.passages.number_words import Numeral

_WRITTEN = {
    "second": "seconds? secs?",
    "minute": "minutes? minuten minutos minuti mins? min\\.?",
    "hour": "hours? hrs? h stunden? std\\.? heures? horas?",
    "day": "days?",
    "night": "nights?",
    "week": "weeks?",
    "month": "months?",
    "year": "years? yrs? year-olds?",
    "decade": "decades?",
    "kilometre": "kilomet(?:er|re)s? kms?",
    "mile": "miles? mi",
    "metre": "met(?:er|re)s?",
    "percent": "% percent per\\ cent",
    "dollar": "\\$ dollars? us\\$ usd",
    "USD": "\\$ dollars? us\\$ usd",
    "CAD": "\\$ dollars? cad ca\\$",
    "EUR": "\u20ac euros? eur",
    "GBP": "\u00a3 pounds? gbp",
    "CNY": "\u00a5 yuan renminbi rmb cny",
    "JPY": "\u00a5 yen jpy",
}
_AFTER = {
    unit: re.compile(
        r"[ -]?(?:an? |(?!and |or |to |of |in |per )[a-z]+[ -])?(?:"
        + "|".join(w.replace("\0", r"\ ") for w in words.replace("\\ ", "\0").split())
        + r")(?![a-z])"
    )
    for unit, words in _WRITTEN.items()
}
_BEFORE = {
    unit: re.compile(r"(?:^|[^a-z])(?:" + "|".join(words.split()) + r") ?$")
    for unit, words in _WRITTEN.items()
    if unit in {"dollar", "USD", "CAD", "EUR", "GBP", "CNY", "JPY"}
}
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
_MONTHS = {"month": 1, "year": 12, "decade": 120}
_CLOCK = re.compile(r"(?<![\d:])(\d{1,2}):(\d\d)(?::(\d\d))?(?![\d:])(?: ?([ap])\.?m\b)?")
_FULL_HOUR = re.compile(r"(?<![\d:.])(\d{1,2})(?:\.(\d\d))? ?([ap])\.?m\b")
_ISO_8601 = re.compile(r"\bpt(?=\d)(?:(\d{1,9})h)?(?:(\d{1,9})m)?\b")
_SHORT = re.compile(r"(?<!\w)(?:(\d{1,9}) ?h(?:ours?|rs?)? ?)?(\d{1,9}) ?m(?:in)?\b")
_HOURS_THEN_MINUTES = re.compile(r"(?<!\w)(\d{1,9}) ?h ?([0-5]\d)\b(?! ?[\w:])")
_DURATION = re.compile(
    r"P(?:(?P<Y>\d{1,9})Y)?(?:(?P<M>\d{1,9})M)?(?:(?P<D>\d{1,9})D)?(?:T(?:(?P<h>\d{1,9})H)?(?:(?P<m>\d{1,9})M)?(?:(?P<s>\d{1,9}(?:\.\d{1,9})?)S)?)?"
)
_NEAR = 6
"""So few characters between the parts of one duration: ``1 hour and 25 minutes``."""


class Length(NamedTuple):
    """A duration: whole months, and seconds."""

    months: Fraction
    seconds: Fraction


def is_measured(unit: str) -> bool:
    """Whether a unit is recognised in text."""
    return unit in _WRITTEN


def units_at(folded: str, numeral: Numeral) -> set[str]:
    """Return the units written at a number.

    >>> from filmgraph.passages.numerals import numerals
    >>> [sorted(units_at("30 km in 2 long days", numeral)) for numeral in numerals("30 km in 2 long days")]
    [['kilometre'], ['day']]
    """
    after = {unit for unit, pattern in _AFTER.items() if pattern.match(folded, numeral.end)}
    before = {unit for unit, pattern in _BEFORE.items() if pattern.search(folded[: numeral.start])}
    within = (
        {"percent"}
        if "%" in folded[numeral.start : numeral.end] or "cent" in folded[numeral.start : numeral.end]
        else set()
    )
    return after | before | within


def parse_duration(lexical: str) -> Length | None:
    """Parse an `xsd:duration <https://www.w3.org/TR/xmlschema-2/#duration>`_; None where it is not one."""
    match = _DURATION.fullmatch(lexical.lstrip("-"))
    if match is None or not any(match.groups()):
        return None
    part = {name: Fraction(text or 0) for name, text in match.groupdict().items()}
    seconds = part["D"] * 86400 + part["h"] * 3600 + part["m"] * 60 + part["s"]
    return Length(part["Y"] * 12 + part["M"], seconds)


def durations(folded: str, numbers: Iterable[Numeral]) -> set[Length]:
    """Return the durations that a passage states, each part alone and adjacent parts combined."""
    found: set[Length] = set()
    last_end, total = -1, Length(Fraction(0), Fraction(0))
    for numeral in numbers:
        lengths = [_length(numeral.value, unit) for unit in units_at(folded, numeral)]
        known = [length for length in lengths if length]
        if not known:
            continue
        found.update(known)
        near = 0 <= numeral.start - last_end <= _NEAR + 8
        total = Length(total.months + known[0].months, total.seconds + known[0].seconds) if near else known[0]
        found.add(total)
        last_end = numeral.end
    found.update(_short_forms(folded))
    return found


def _length(value: Fraction, unit: str) -> Length | None:
    if unit in _MONTHS:
        return Length(value * _MONTHS[unit], Fraction(0))
    return Length(Fraction(0), value * _SECONDS[unit]) if unit in _SECONDS else None


def _short_forms(folded: str) -> Iterator[Length]:
    """Yield ``PT1H25M``, ``1h25m``, ``1h 25``, and ``1:25``, in minutes and seconds or hours and minutes."""
    for match in _ISO_8601.finditer(folded):
        yield Length(Fraction(0), Fraction(int(match[1] or 0) * 3600 + int(match[2] or 0) * 60))
    for match in _SHORT.finditer(folded):
        yield Length(Fraction(0), Fraction(int(match[1] or 0) * 3600 + int(match[2]) * 60))
    for match in _HOURS_THEN_MINUTES.finditer(folded):
        yield Length(Fraction(0), Fraction(int(match[1]) * 3600 + int(match[2]) * 60))
    for match in _CLOCK.finditer(folded):
        first, second, third = int(match[1]), int(match[2]), match[3]
        if third:
            yield Length(Fraction(0), Fraction(first * 3600 + second * 60 + int(third)))
        else:
            yield Length(Fraction(0), Fraction(first * 60 + second))
            yield Length(Fraction(0), Fraction(first * 3600 + second * 60))


def times_of_day(folded: str) -> set[tuple[int, int]]:
    """The times of day that a passage states: hours and minutes.

    >>> sorted(times_of_day("at 11 p.m., or 9:30"))
    [(9, 30), (23, 0)]
    """
    found = {(12, 0)} if re.search(r"\bnoon\b", folded) else set()
    found |= {(0, 0)} if re.search(r"\bmidnight\b", folded) else set()
    for match in _CLOCK.finditer(folded):
        found.add((_hour(int(match[1]), match[4]), int(match[2])))
    for match in _FULL_HOUR.finditer(folded):
        found.add((_hour(int(match[1]), match[3]), int(match[2] or 0)))
    return found


def _hour(hour: int, half: str | None) -> int:
    return hour % 12 + (12 if half == "p" else 0) if half else hour
