"""Numbers that words imply without stating them: bounds, counts, rates; the basis of `fgv:computed`."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from filmgraph.passages.number_words import SCALES

if TYPE_CHECKING:
    from collections.abc import Iterable

_PLURAL = re.compile(r"\b(hundred|thousand|million|billion|trillion|dozen)s\b")
_SOME = re.compile(r"\b(?:several|a few|few|some|many|multiple|multi|various|countless)\b")
_BARE_UNITS = re.compile(r"(?<![\d.] )(?<!\d)\b(?:years|months|weeks|days|nights|hours|minutes|times)\b")
_RATES = re.compile(r"\b(?:annual(?:ly)?|yearly|monthly|weekly|daily|each|every|per|only|sole|alone|an?|the)\b")
_FIXED: dict[str, tuple[int, ...]] = {
    r"teen(?:age|aged|ager|agers|s)?\b": (13, 19),
    r"trilogy\b|trio\b|triplets?\b": (3,),
    r"duo\b|duet\b|twins?\b|parents\b|halves\b": (2,),
    r"quartet\b|quarters\b": (4,),
    r"quintet\b": (5,),
    r"half\b": (50,),
    r"quarter\b": (25,),
    r"fortnight\b": (14,),
    r"century\b|centuries\b": (100,),
    r"decades?\b": (10,),
    r"twenties\b": (20, 29),
    r"thirties\b": (30, 39),
    r"forties\b": (40, 49),
    r"fifties\b": (50, 59),
}
_FIXED_PATTERNS = tuple((re.compile(rf"\b(?:{pattern})"), values) for pattern, values in _FIXED.items())


def implied(folded: str, numbers: Iterable[Fraction]) -> frozenset[Fraction]:
    """Return the numbers that a passage implies: by its words, and as sums or differences of stated ones.

    ``millions`` is at least one million or two; ``several`` and ``days`` are at least two; what is ``annual`` happens
    once a year.

    >>> sorted(map(str, implied("dozens of teenagers stayed for days", [])))
    ['12', '13', '19', '2', '24']
    """
    found: set[Fraction] = set()
    for match in _PLURAL.finditer(folded):
        found |= {Fraction(SCALES[match[1]]), Fraction(2 * SCALES[match[1]])}
    if _SOME.search(folded) or _BARE_UNITS.search(folded):
        found.add(Fraction(2))
    if _RATES.search(folded):
        found.add(Fraction(1))
    for pattern, values in _FIXED_PATTERNS:
        if pattern.search(folded):
            found.update(map(Fraction, values))
    for one, other in combinations(sorted(set(numbers)), 2):
        found |= {one + other, other - one}
    return frozenset(found)
