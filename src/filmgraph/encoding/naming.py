"""Names and titles in a passage: word by word, whatever the order, the case, the initials and the endings."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from filmgraph.encoding.matching import Comparable, is_unspaced

_WORD = re.compile(r"\w+(?:'\w+)*")
_SPOKEN = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
_ARTICLES = frozenset({"the", "a", "an"})
_SHORT = 3
"""So short an abbreviation must be written in capitals: ``US`` is not ``us``."""
_LONGEST_TURNED = 4
"""Names of up to four words may stand in another order: given name and surname, not the words of a sentence."""


class Words(NamedTuple):
    """The words of a text, folded; those written with a capital, those in capitals throughout; the folded whole."""

    words: tuple[str, ...]
    capitals: frozenset[str]
    shouted: frozenset[str]
    folded: str

    @classmethod
    def of(cls, text: str) -> Words:
        """Split a text into words; possessive endings go, and initials grow together.

        >>> Words.of("A. O. Scott\u2019s r\u00e9sum\u00e9").words
        ('ao', 'scott', 'resume')
        """
        folded = Comparable(text).folded.replace("&", " and ").replace("_", " ")
        written: list[str] = []
        last = ""
        for word in (_without_possessive(word) for word in _WORD.findall(_without_accents(folded))):
            if _is_initial(word) and _is_initial(last):
                written[-1] += word
            elif word:
                written.append(word)
            last = word
        return cls(
            words=tuple(word.casefold() for word in written),
            capitals=frozenset(word.casefold() for word in written if not word[0].islower()),
            shouted=frozenset(word.casefold() for word in written if word.isupper()),
            folded=_without_accents(folded).casefold(),
        )

    def has(self, name: Words, *, loosely: bool = False, turned: bool = True) -> bool:
        """Whether a name stands in the text.

        Args:
            name: The name's words.
            loosely: Whether plural endings and a leading article may differ: enough to speak of a thing, but not to
                state its name.
            turned: Whether the first or last word may stand at the other end, as surnames do.
        """
        if any(is_unspaced(character) for character in name.folded):
            return name.folded.strip() in self.folded
        wanted, words = name.words, self.words
        if loosely:
            while len(wanted) > 1 and wanted[0] in _ARTICLES:
                wanted = wanted[1:]
            wanted, words = tuple(map(_singular, wanted)), tuple(map(_singular, words))
        size = len(wanted)
        if not size:
            return False
        if size == 1 and len(wanted[0]) <= _SHORT and wanted[0] in name.shouted and wanted[0] not in self.shouted:
            return False
        windows = [words[at : at + size] for at in range(len(words) - size + 1)]
        orders = {wanted}
        if turned and size <= _LONGEST_TURNED:
            orders |= {wanted[1:] + wanted[:1], wanted[-1:] + wanted[:-1]}
        if not orders.isdisjoint(windows):
            return True
        joined = "".join(wanted)
        return any("".join(words[at : at + count]) == joined for count in (1, 2) for at in range(len(words)))

    def speaks(self) -> bool:
        """Whether somebody speaks of themselves: ``I``, ``my``, ``we``, ``our``."""
        return not _SPOKEN.isdisjoint(self.words)


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
