"""Numbers and lengths of time as people read them: *285,848*, *1 hour 30 minutes*."""

from __future__ import annotations

import re

_UNGROUPED = 4
"""Numbers of so many digits stay as they are."""

_PARTS = ("year", "month", "day", "hour", "minute", "second")
# https://www.w3.org/TR/xmlschema11-2/#duration
_DURATION = (  # not compiled here: few answers have one
    r"(-?)P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?"
    r"(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?"
)


def number_words(text: str) -> str:
    """A number with its thousands parted, from ten thousand on: smaller ones may be years.

    >>> number_words("130000000"), number_words("2009"), number_words("24207.50"), number_words("many")
    ('130,000,000', '2009', '24,207.50', 'many')
    """
    unsigned = (text[1:] if text[:1] in {"+", "-"} else text).rstrip()
    whole, _, fraction = unsigned.partition(".")
    digits = whole.lstrip("0")
    if not whole.isdecimal() or (fraction and not fraction.isdecimal()) or len(digits) <= _UNGROUPED:
        return text
    first = len(digits) % 3
    groups = [digits[:first], *(digits[place : place + 3] for place in range(first, len(digits), 3))]
    parted = ",".join(filter(None, groups))
    return f"{'-' if text[0] == '-' else ''}{parted}{f'.{fraction}' if fraction else ''}"


_IRREGULAR = {"people": "person", "children": "child"}
_SCALES = {"1000": "thousands", "1000000": "millions", "1000000000": "billions"}
_VAGUE = {"several", "a few"}


def amount_words(number: str, lower: str = "", upper: str = "", unit: str = "", hedge: str = "") -> str:
    """A figure with its bounds, unit and hedge as people read it; what is not given is empty.

    >>> amount_words("1", unit="weeks"), amount_words("2000", "2000", unit="kilometres", hedge="over")
    ('1 week', 'over 2000 kilometres')
    >>> amount_words("", "13", "19", "years"), amount_words("", "1000000", unit="people", hedge="several")
    ('13 to 19 years', 'millions of people')
    >>> amount_words("", "2", unit="days", hedge="a few"), amount_words("", "", "5", "days")
    ('a few days (2 or more)', 'at most 5 days')
    >>> amount_words("7", unit="days", hedge="some of them"), amount_words("", "5", unit="days", hedge="at least")
    ('7 days (some of them)', 'at least 5 days')
    """
    if hedge.endswith(" of them"):
        return f"{amount_words(number, lower, upper, unit)} ({hedge})"
    value, low, high = (number_words(text) for text in (number, lower, upper))
    if value:
        unit = _IRREGULAR.get(unit, unit.removesuffix("s")) if value == "1" else unit
        return " ".join(filter(None, (hedge, value, unit)))
    if low and high:
        return " ".join(filter(None, (hedge, f"{low} to {high}", unit)))
    if low and hedge in _VAGUE:
        scale = _SCALES.get(lower)
        return f"{scale} of {unit}" if scale else f"{hedge} {unit} ({low} or more)"
    bound = f"{low} or more" if low else f"at most {high}" if high else ""
    return " ".join(filter(None, (hedge, (low or high) if hedge else bound, unit)))


def duration_words(text: str) -> str:
    """An ``xsd:duration`` in words; a text that is none stays as it is.

    >>> duration_words("PT1H30M"), duration_words("P1Y"), duration_words("soon")
    ('1 hour 30 minutes', '1 year', 'soon')
    """
    match = re.fullmatch(_DURATION, text, re.ASCII)
    if match is None:
        return text
    said = [
        f"{amount} {part}{'' if amount == '1' else 's'}"
        for amount, part in zip(match.groups()[1:], _PARTS, strict=True)
        if amount and amount.strip("0.")
    ]
    return f"{'minus ' if match[1] else ''}{' '.join(said) or '0 seconds'}"
