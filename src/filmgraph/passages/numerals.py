"""The numbers that a passage states, in figures or in words.

Everything works on folded text (`Comparable(…, caseless=True).folded`): plain spaces, hyphens, quotes, small letters.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from filmgraph.passages.number_words import SCALES, Numeral, in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCALES = {
    **SCALES,
    "k": 10**3,
    **dict.fromkeys(("m", "mn", "mio", "mln", "millionen", "millones"), 10**6),
    "bn": 10**9,
}

_FIGURES = re.compile(
    r"(?<![\w.,])(?P<figure>\d{1,3}(?:[, ']\d{3}){1,30}(?!\d)(?:\.\d{1,90}(?!\d))?|\d{1,3}(?:\.\d{3}){2,30}(?!\d)|"
    r"\d{1,90},\d{1,2}(?![\d,])|\d{0,90}\.?\d{1,90}(?!\d))"
    r"(?:(?P<ordinal>st|nd|rd|th)\b|[/\u2044](?P<below>\d{1,90})(?![\d/])"
    r"|[ -]?(?P<scale>hundred|thousand|million|billion|trillion|dozen|k|m|mn|bn|mio|mln|millionen|millones)s?\b)?"
    r"(?P<percent> ?%| ?per ?cent\b)?"
)
_HALF_MORE = re.compile(r" and a half\b")


def numerals(folded: str) -> list[Numeral]:
    """Return all numbers of a passage, in order; a percentage counts as written and as a share of one.

    A comma before one or two digits is a decimal comma. A point before three digits may part thousands or be a decimal
    point, so it counts as both.

    >>> [str(numeral.value) for numeral in numerals("1.5 million, or 1,200 of twenty-one; 30% of a dozen")]
    ['1500000', '1200', '21', '30', '3/10', '12']
    """
    figures = list(_in_figures(folded))
    taken = {position for numeral in figures for position in range(numeral.start, numeral.end)}
    words = (numeral for numeral in in_words(folded) if numeral.start not in taken)
    return sorted({*figures, *words}, key=lambda numeral: (numeral.start, -numeral.value))


def _in_figures(folded: str) -> Iterator[Numeral]:
    for match in _FIGURES.finditer(folded):
        # "7,5" has a decimal comma, "7,500" parts thousands.
        figure = re.sub(r",(?=\d{1,2}$)", ".", match["figure"]) if "." not in match["figure"] else match["figure"]
        figure = re.sub(r"[, ']", "", figure)
        if figure.count(".") > 1:
            figure = figure.replace(".", "")
        value = Fraction(figure)
        if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", figure):
            yield Numeral(Fraction(figure.replace(".", "")), match.start(), match.end("figure"))
        below = int(match["below"] or 0)
        if below:
            yield Numeral(value, match.start(), match.start("below") - 1)
            yield Numeral(Fraction(below), match.start("below"), match.end("below"))
            value = value / below if value.denominator == 1 else value
        scale = match["scale"]
        if scale and len(scale) == 1:
            # "35m" may be metres as well as millions.
            yield Numeral(value, match.start(), match.end("figure"))
        value *= _SCALES.get(scale or "", 1)
        half = _HALF_MORE.match(folded, match.end())
        yield Numeral(value + Fraction(1, 2) if half else value, match.start(), half.end() if half else match.end())
        if match["percent"]:
            yield Numeral(value / 100, match.start(), match.end())
