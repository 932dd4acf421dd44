"""Search for typed text in machine-extracted text, tolerant of spaces, quotes and dashes.

Both sides go through the same folding: spaces and line breaks become one space, quotes and dashes their plain forms,
ligatures and full-width letters their compatibility forms
(`Unicode Standard Annex 15 <https://www.unicode.org/reports/tr15/#Norm_Forms>`_), and what only marks a possible line
break is left out. Every folded character remembers where it stands, so that a match is a position in the original.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_NOT_SIGN = "\u00ac"
"""Some extractors write a soft hyphen as a NOT SIGN."""
_PLAIN = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u02b9\u00b4\u0060\u2039\u203a", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
}
_DIGITS = re.compile(r"\d+")
_GROUP = 3
"""Digits between the commas of a figure."""
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR")
"""Scripts whose words are not set apart by spaces: any place between two letters may be a boundary."""


class Span(NamedTuple):
    """A range of a text: 0-based, end-exclusive, in code points."""

    start: int
    end: int


class Comparable:
    r"""A text normalised for comparison, with the original position of each character.

    Args:
        text: The original.
        caseless: Whether upper and lower case are the same.

    >>> text = Comparable("The \u201clast\u00a0train\u201d of\u00acten\nruns late")
    >>> text.folded
    'The "last train" often runs late'
    >>> text.find('often runs')
    [Span(start=17, end=28)]
    """

    def __init__(self, text: str, *, caseless: bool = False) -> None:
        self.original = text
        self.caseless = caseless
        folded: list[str] = []
        spans: list[Span] = []
        for characters, span in _fold(text, caseless=caseless):
            folded.append(characters)
            spans.extend([span] * len(characters))
        self.folded = "".join(folded)
        self._spans = spans

    def find(self, piece: str) -> list[Span]:
        """Find all positions of a piece as whole words, in order; an empty piece has none."""
        wanted = Comparable(piece.strip(), caseless=self.caseless).folded.strip()
        found: list[Span] = []
        at = self.folded.find(wanted) if wanted else -1
        while at >= 0:
            span = Span(self._spans[at].start, self._spans[at + len(wanted) - 1].end)
            if is_boundary(self.original, span.start) and is_boundary(self.original, span.end):
                found.append(span)
            at = self.folded.find(wanted, at + 1)
        return found


def is_boundary(text: str, position: int) -> bool:
    """Whether a passage may start or end at a position: not inside a word, a number or a grapheme cluster.

    A small letter before a capital counts as a boundary: extracted web pages run neighbouring elements together.

    >>> [is_boundary("two wordsRun", position) for position in (2, 3, 9)]
    [False, True, True]
    """
    if position <= 0 or position >= len(text):
        return 0 <= position <= len(text)
    before, after = text[position - 1], text[position]
    if unicodedata.combining(after) or unicodedata.category(after) in {"Mn", "Me"} or after in "\u200d\ufe0f":
        return False
    if before == "\u200d" or (before == "\r" and after == "\n") or _in_figure(text, position):
        return False
    base = position - 1
    while base > 0 and unicodedata.combining(text[base]):
        base -= 1
    before = text[base]
    if not (before.isalnum() and after.isalnum()) or (before.islower() and after.isupper()):
        return True
    return is_unspaced(before) or is_unspaced(after)


def _in_figure(text: str, position: int) -> bool:
    """Whether a position is next to the decimal point or comma of a figure: ``7.7``, ``1,200``."""
    for point in (position - 1, position):
        mark = text[point : point + 1]
        if mark in {".", ","} and text[point - 1 : point].isdigit():
            digits = _DIGITS.match(text, point + 1)
            if digits and (mark == "." or len(digits[0]) == _GROUP):
                return True
    return False


def is_unspaced(character: str) -> bool:
    """Whether a character belongs to a script written without spaces between words."""
    return character > "\u0dff" and unicodedata.name(character, "").startswith(_UNSPACED)


def _fold(text: str, *, caseless: bool) -> Iterator[tuple[str, Span]]:
    """Yield folded characters, each with the range of the original that it stands for."""
    position, length = 0, len(text)
    last = ""
    while position < length:
        start = position
        character = text[position]
        position += 1
        if character in _INVISIBLE:
            continue
        if character == _NOT_SIGN and last.isalpha():
            while position < length and text[position].isspace():
                position += 1
            if position < length and text[position].isalpha():
                continue
            position = start + 1
        while position < length and unicodedata.combining(text[position]):
            position += 1
        plain = _PLAIN.get(character) or unicodedata.normalize("NFKC", text[start:position])
        if plain.isspace() or not plain:
            plain = " "
        # A line break after a hyphen, a second space, and a second dash add nothing.
        if (plain == " " and (last == " " or (last == "-" and character in "\r\n"))) or (plain == "-" and last == "-"):
            continue
        last = plain[-1]
        yield (plain.casefold() if caseless else plain), Span(start, position)
