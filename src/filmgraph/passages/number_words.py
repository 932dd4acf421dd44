"""Numbers written out in English words."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_ONES = {
    "zero": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_IRREGULAR = {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12}
_ORDINALS = {
    **{word + "th": number for word, number in _ONES.items()},
    **{word[:-1] + "ieth": number for word, number in _TENS.items()},
    **_IRREGULAR,
}
_ALONE = {"once": 1, "twice": 2, "thrice": 3, "both": 2, "couple": 2, "pair": 2, "double": 2, "triple": 3, "single": 1}
_SMALL = {**_ONES, **_TENS, **_ORDINALS, **_ALONE}
SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
_FRACTIONS = {"half": Fraction(1, 2), "third": Fraction(1, 3), "quarter": Fraction(1, 4), "fifth": Fraction(1, 5)}
_COUNTED = r"years?|months?|weeks?|days?|nights?|hours?|minutes?|seconds?|decades?|century|miles?|kilomet(?:er|re)s?"
_ARTICLE_COUNTS = re.compile(rf"(?<!half )\ban? (?:full |whole |single )?(?={_COUNTED})")
_ARTICLES = frozenset({"a", "an"})
_WORD = re.compile(r"[a-z]+")


class Numeral(NamedTuple):
    """A number and its position in the folded text. ``40-50`` is two numbers, ``one third`` a fraction."""

    value: Fraction
    start: int
    end: int


class _Sum:
    """The accumulator of a number read word by word: ``two hundred and fifty thousand``."""

    def __init__(self) -> None:
        self.total = self.current = Fraction(0)
        self.start = self.end = -1
        self.last = 0

    @property
    def started(self) -> bool:
        return self.start >= 0

    def numeral(self) -> Numeral:
        return Numeral(self.total + self.current, self.start, self.end)

    def takes(self, small: int) -> bool:
        """Whether a small number continues this one: ``twenty-one`` is one number, ``nineteen eighty`` two."""
        return not self.started or self.last == 0 or (self.last >= _TENS["twenty"] and small < _ONES["ten"])

    def add(self, small: int) -> None:
        self.current += small

    def scale(self, factor: int) -> None:
        self.current = (self.current or Fraction(1)) * factor
        if factor > SCALES["hundred"]:
            # Hundreds wait for the thousands that may follow.
            self.total, self.current = self.total + self.current, Fraction(0)

    def share(self, fraction: Fraction) -> None:
        """Apply a fraction: ``two thirds`` multiplies, ``two and a half`` adds."""
        multiplied = self.current and fraction != _FRACTIONS["half"]
        self.current = self.current * fraction if multiplied else self.current + fraction


def in_words(folded: str) -> Iterator[Numeral]:
    """Yield the numbers that a folded text writes in words; ``a year`` is one year, ``millions`` no number.

    >>> [str(numeral.value) for numeral in in_words("twenty-one of two hundred and fifty; half a million; a year")]
    ['21', '250', '500000', '1']
    """
    for run in _runs(folded):
        yield from _read(run)
    for match in _ARTICLE_COUNTS.finditer(folded):
        yield Numeral(Fraction(1), match.start(), match.end() - 1)


def _runs(folded: str) -> Iterator[list[re.Match[str]]]:
    """Yield runs of number words joined by spaces, hyphens, ``and`` or ``a``."""
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(folded):
        if run and folded[run[-1].end() : word.start()] not in {" ", "-"}:
            yield run
            run = []
        if _is_number_word(word[0]) or word[0] in _ARTICLES or (run and word[0] == "and"):
            run.append(word)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _is_number_word(word: str) -> bool:
    return word in _SMALL or word.removesuffix("s") in SCALES or word.removesuffix("s") in _FRACTIONS


def _read(run: list[re.Match[str]]) -> Iterator[Numeral]:
    """Yield the numbers in one run of words."""
    number = _Sum()
    text = ""
    for word in run:
        before, text = text, word[0]
        singular = text.removesuffix("s")
        if text == "and" or text in _ARTICLES:
            continue
        if singular in SCALES:
            if not number.started and (text != singular or word is run[0]):
                continue  # neither "millions" nor a "million" with nothing before it
            number.scale(SCALES[singular])
        elif singular in _FRACTIONS:
            if not number.started and text in _ORDINALS:
                yield Numeral(Fraction(_ORDINALS[text]), word.start(), word.end())
                if before not in _ARTICLES:
                    continue  # "the third" is no part of anything; "a third" is
            number.share(_FRACTIONS[singular])
        else:
            if not number.takes(_SMALL[text]):
                yield number.numeral()
                number = _Sum()
            number.add(_SMALL[text])
        number.last = _SMALL.get(text, 0) if singular not in _FRACTIONS else 0
        number.start = word.start() if not number.started else number.start
        number.end = word.end()
    if number.started:
        yield number.numeral()
