"""Correcting words that were mistyped."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ONE_SLIP = 5
_TWO_SLIPS = 9
_LONG = 7
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "qaz", "wsx", "edc", "rfv", "tgb", "yhn", "ujm", "ik", "ol")
_SOUNDS = (set("aeiouy"), set("cksqx"), set("sz"), set("fv"), set("dt"), set("bp"), set("gj"), set("mn"), set("vw"))


def slips(word: str) -> int:
    """How many slips of the fingers a word may have and still be known: a short one none, a long one two."""
    return 0 if len(word) < _ONE_SLIP else 1 if len(word) < _TWO_SLIPS else 2


def distance(first: str, second: str, most: int) -> int:
    """Letters that are missing, added, another, or in the place of their neighbour; more than ``most`` is ``most + 1``.

    This is the optimal string alignment distance.

    >>> distance("awrads", "awards", 2), distance("yangtse", "yangtze", 2), distance("film", "award", 2)
    (1, 1, 3)
    """
    if abs(len(first) - len(second)) > most:
        return most + 1
    if not first or not second:
        return len(first) + len(second)
    return min(_distance(first, second), most + 1)


def _distance(first: str, second: str) -> int:
    """The distance, with a column of the matrix of it as two numbers: bits where it grows, and where it shrinks.

    See H. Hyyrö, A bit-vector algorithm for computing Levenshtein and Damerau edit distances, 2003.
    """
    places: dict[str, int] = {}
    for index, letter in enumerate(first):
        places[letter] = places.get(letter, 0) | 1 << index
    all_ones = (1 << len(first)) - 1
    lowest = 1 << (len(first) - 1)
    grows, shrinks, equal, matches_before, found = all_ones, 0, 0, 0, len(first)
    for letter in second:
        matches = places.get(letter, 0)
        swapped = ((~equal & matches) << 1) & matches_before
        equal = (((matches & grows) + grows) ^ grows) | matches | shrinks | swapped
        wider, narrower = shrinks | ~(equal | grows), equal & grows
        found += bool(wider & lowest) - bool(narrower & lowest)
        wider = wider << 1 | 1
        grows, shrinks = (narrower << 1 | ~(equal | wider)) & all_ones, equal & wider & all_ones
        matches_before = matches
    return found


def corrected(word: str, known: Iterable[str]) -> str | None:
    """The known word that a mistyped one most likely is; None where it is none, or could be several.

    The first letter is hardly ever the mistyped one, so it has to be right, or, in a long word, the second must be.

    >>> corrected("awrads", ["awards", "words"]), corrected("cost", ["cast"]), corrected("raged", ["aged"])
    ('awards', None, None)
    """
    most = slips(word)
    if not most or not word.isalpha():
        return None
    best: list[str] = []
    for one in known:
        if abs(len(one) - len(word)) > most or len(one) < _ONE_SLIP - 1 or not _begin_alike(word, one):
            continue
        found = distance(word, one, most)
        if found == 1 and len(one) == len(word) and not _is_slip(word, one):
            continue
        if found < most or (found == most and not best):
            best = [one] if found < most else best or [one]
            most = found
        elif found == most:
            best.append(one)
    return min(best) if best else None


def _begin_alike(word: str, known: str) -> bool:
    if word[0] == known[0]:
        return True
    return word[1] == known[0] and (word[0] == known[1] or len(word) >= _LONG)


def _is_slip(word: str, known: str) -> bool:
    """Whether one letter may stand for another: two that sound alike or lie side by side, or that changed places.

    *Internal* is a word of its own, and no slip for *interval*.
    """
    differing = [(one, other) for one, other in zip(word, known, strict=True) if one != other]
    return (
        len(differing) > 1
        or any(
            one in row and other in row and abs(row.index(one) - row.index(other)) == 1
            for one, other in differing
            for row in _KEYS
        )
        or any({one, other} <= alike for one, other in differing for alike in _SOUNDS)
    )
