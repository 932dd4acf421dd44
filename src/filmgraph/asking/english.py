"""English for questions: stop words, synonyms and stems.

The words themselves are in ``english.txt`` beside this file, where one can be added.
"""

from __future__ import annotations

import os
from functools import cache
from typing import NamedTuple

_FOLDER = os.path.dirname(os.path.abspath(__file__))
_SHORTEST_STEM = 3
_DOUBLING = frozenset({"ing", "ings", "ed"})
_VOWELS = frozenset("aeiouy")
_ENDINGS = (
    ("ational", "at"),
    ("ization", "iz"),
    ("isation", "iz"),
    ("iveness", "iv"),
    ("ations", "at"),
    ("ation", "at"),
    ("ously", "ous"),
    ("ically", "ic"),
    ("ities", "ity"),
    ("ments", "ment"),
    ("ings", ""),
    ("ions", ""),
    ("ness", ""),
    ("ion", ""),
    ("ing", ""),
    ("ies", "y"),
    ("ied", "y"),
    ("ed", ""),
    ("ly", ""),
    ("es", ""),
    ("s", ""),
)


class English(NamedTuple):
    """The English word lists: stop words, common words of names, and synonyms.

    ``padding`` says nothing; ``naming`` stands in many names and tells few of them apart; ``phrases`` are whole turns
    that say nothing; ``orders`` are verbs that tell somebody to do what is no answer; ``meanings`` are from a word, or
    several in order, to the word that stands for all that mean the same.
    """

    padding: frozenset[str]
    naming: frozenset[str]
    phrases: frozenset[tuple[str, ...]]
    orders: frozenset[str]
    meanings: dict[tuple[str, ...], str]

    def known(self, word: str) -> bool:
        """Whether a word or its stem is in the word lists."""
        return word in self.padding or (word,) in self.meanings or (stem(word),) in self.meanings

    def meaning(self, word: str) -> str:
        """Return the canonical form of a word: its synonym's head word, or else its stem.

        >>> english().meaning("movies"), english().meaning("contestants")
        ('film', 'contestant')
        """
        found = self.meanings.get((word,))
        if found is None:
            short = stem(word)
            found = self.meanings.get((short,), short)
        return found


@cache
def english() -> English:
    """Load the word lists of ``english.txt``.

    >>> "the" in english().padding
    True
    """
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    with open(f"{_FOLDER}/english.txt", encoding="utf-8") as file:
        for text in filter(None, map(str.strip, file)):
            if text.startswith("["):
                lines = sections.setdefault(text[1:-1], [])
            elif not text.startswith("#"):
                lines.append(text)
    return English(
        padding=frozenset(word for line in sections["padding"] for word in line.split()),
        naming=frozenset(word for line in sections["naming"] for word in line.split()),
        phrases=frozenset(tuple(line.split()) for line in sections["phrases"]),
        orders=frozenset(word for line in sections["orders"] for word in line.split()),
        meanings=_meanings(sections["meanings"], sections["forms"]),
    )


def _meanings(lines: list[str], forms: list[str]) -> dict[tuple[str, ...], str]:
    """Map words to canonical forms, from lines such as ``film: movie motion-picture`` (hyphens join words)."""
    meanings: dict[tuple[str, ...], str] = {}
    for line in lines:
        head, _, words = line.partition(":")
        for one in [head, *words.split()]:
            meanings[tuple(one.split("-"))] = head
            meanings.setdefault((one,), head)
    for line in forms:
        head, _, words = line.partition(":")
        for one in [head, *words.split()]:
            meanings.setdefault((one,), meanings.get((head,), head))
    for some, meaning in list(meanings.items()):
        if len(some) == 1:
            meanings.setdefault((stem(some[0]),), meaning)
    return meanings


@cache
def stem(word: str) -> str:
    """Strip the ending of a word, so that its inflected forms are equal: a crude stemmer, but deterministic.

    >>> [stem(one) for one in ("migrations", "migrated", "migrate", "selection", "selected", "dubbed")]
    ['migrat', 'migrat', 'migrat', 'select', 'select', 'dub']
    """
    for ending, kept in _ENDINGS:
        if not word.endswith(ending) or (ending == "s" and word.endswith(("ss", "us", "is"))):
            continue
        head = word[: -len(ending)]
        if len(head) < _SHORTEST_STEM or not _VOWELS.intersection(head):
            continue
        doubled = ending in _DOUBLING and len(head) > _SHORTEST_STEM and head[-1] == head[-2] and head[-1] not in "ls"
        word = head[:-1] if doubled else head + kept
        break
    return word[:-1] if word.endswith("e") and len(word) > _SHORTEST_STEM else word
