"""Matching of names and titles in a passage, regardless of word order, case, initials and endings."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from itertools import pairwise

from filmgraph.passages.matching import Comparable, is_unspaced

_WORD = re.compile(r"\w+(?:'\w+)*")
_BEGINNING = re.compile(r"\b(\w*[^\W\dA-Z_])(?=[A-Z])")
_SPOKEN = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
_ARTICLES = frozenset({"the", "a", "an"})
_LEADING = _ARTICLES | set(
    "der die das ein eine le la les un une el los las il lo gli i o os as de het een den det en ett".split()  # noqa: SIM905
)
"""Articles that lists of titles put behind a comma: ``ferry, the``."""
_ELIDED = ("l'", "d'")
_SHORT = 3
"""So short an abbreviation must be written in capitals: ``US`` is not ``us``."""
_LONGEST_TURNED = 4
"""Names of up to four words may stand in another order: given name and surname, not the words of a sentence."""


class Words:
    """The words of a text: folded, capitalised ones, all-capital ones, and the folded whole.

    Possessive endings go, and initials grow together.

    >>> Words("A. O. Scott\u2019s r\u00e9sum\u00e9").words
    ('ao', 'scott', 'resume')
    """

    def __init__(self, text: str) -> None:
        folded = Comparable(text).folded.replace("&", " and ").replace("_", " ")
        self._unaccented = _without_accents(folded)
        written: list[str] = []
        last = ""
        for word in (_without_possessive(word) for word in _WORD.findall(self._unaccented)):
            if _is_initial(word) and _is_initial(last):
                written[-1] += word
            elif word:
                written.append(word)
            last = word
        self.words = tuple(word.casefold() for word in written)
        self.capitals = frozenset(word.casefold() for word in written if not word[0].islower())
        self.shouted = frozenset(word.casefold() for word in written if word.isupper())
        self.folded = self._unaccented.casefold()

    @cached_property
    def unspaced(self) -> bool:
        """Whether it is written in a script without spaces."""
        return any(is_unspaced(character) for character in self.folded)

    @cached_property
    def singular(self) -> tuple[str, ...]:
        """Return the words without plural endings."""
        return tuple(map(_singular, self.words))

    @cached_property
    def joined(self) -> frozenset[str]:
        """Return single words, adjacent pairs joined, and the beginnings of camel-case words."""
        beginnings = {match[1].casefold() for match in _BEGINNING.finditer(self._unaccented)}
        return frozenset(self.words) | {one + other for one, other in pairwise(self.words)} | beginnings

    def has(self, name: Words, *, loosely: bool = False, turned: bool = True) -> bool:
        """Whether the text contains a name.

        Args:
            name: The name's words.
            loosely: Whether plural endings and a leading article may differ: enough to speak of a thing, but not to
                state its name.
            turned: Whether the first or last word may stand at the other end, as surnames do.
        """
        if name.unspaced:
            return name.folded.strip() in self.folded
        wanted, words = (name.singular, self.singular) if loosely else (name.words, self.words)
        while loosely and len(wanted) > 1 and wanted[0] in _ARTICLES:
            wanted = wanted[1:]
        if not wanted:  # a title may be no more than signs
            return bool(name.folded.strip()) and name.folded.strip() in self.folded
        if len(wanted) == 1 and self._is_other_word(name):
            return False
        orders = {wanted}
        if turned and len(wanted) <= _LONGEST_TURNED:
            orders |= {wanted[1:] + wanted[:1], wanted[-1:] + wanted[:-1]}
        if wanted[0] in _LEADING:
            orders.add(wanted[1:] + wanted[:1])
        elif wanted[0].startswith(_ELIDED):
            orders.add((wanted[0][2:], *wanted[1:], wanted[0][:1]))
        if any(_stands_in(order, words) for order in orders):
            return True
        return "".join(wanted) in self.joined

    def _is_other_word(self, name: Words) -> bool:
        """Whether an abbreviation only resembles a word of the text: ``US`` and ``us``."""
        return len(name.words[-1]) <= _SHORT and name.words[-1] in name.shouted - self.shouted

    def speaks(self) -> bool:
        """Whether the text uses the first person: ``I``, ``my``, ``we``, ``our``."""
        return not _SPOKEN.isdisjoint(self.words)


def _stands_in(wanted: tuple[str, ...], words: tuple[str, ...]) -> bool:
    size, at = len(wanted), -1
    try:
        while True:
            at = words.index(wanted[0], at + 1)
            if words[at : at + size] == wanted:
                return True
    except ValueError:
        return False


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper()


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(mark for mark in decomposed if not 0x300 <= ord(mark) <= 0x36F))  # noqa: PLR2004


def _without_possessive(word: str) -> str:
    return re.sub(r"'(?:s|S)?$", "", word)


def _singular(word: str) -> str:
    if len(word) > 3 and word.endswith("ies"):  # noqa: PLR2004
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word  # noqa: PLR2004
