"""Tokenisation of a text: words with their positions and meanings."""

from __future__ import annotations

import re
from typing import NamedTuple

from filmgraph.asking.english import english
from filmgraph.text.folding import fold

_WORD = r"[^\W_]+(?:['.&][^\W_]+)*"
_LONGEST_PHRASE = 5
_ASKING = "who|whom|whose|what|which|when|where|why|how|did|does|do|is|are|was|were|has|have"
_NEXT = rf"\b(?:and|or|but|so)\b(?=\s+(?:{_ASKING})\b)"
_END_OF_CLAUSE = rf"(?:[?!;:,]|\.(?=\s|$))(?:\s*{_NEXT})?|{_NEXT}"
"""Where a clause ends; expressions are compiled where they are used, and kept."""


class Word(NamedTuple):
    """A word of a text, folded, with its position.

    ``text`` is its folded form, ``start`` and ``end`` are where it stands in the folded text; ``name`` is whether it
    was written like a name, with a capital letter that does not begin the sentence.
    """

    text: str
    start: int
    end: int
    name: bool = False


def words(text: str) -> list[Word]:
    """Split a text into folded words, without the ``'s`` of the genitive.

    >>> [word.text for word in words("Who won what at Sundance's last edition?")]
    ['who', 'won', 'what', 'at', 'sundance', 'last', 'edition']
    """
    found: list[Word] = []
    for match in re.finditer(_WORD, folded(text)):
        word = match[0]
        kept = word.removesuffix("'s") if len(word) > len("'s") else word
        found.append(Word(kept.replace("'", ""), match.start(), match.start() + len(kept)))
    written = re.findall(_WORD, text)
    if len(written) != len(found) or sum(one[:1].isupper() for one in written) > len(written) / 2 + 1:
        return found  # written all in capitals, or in a script that has none
    return [
        word._replace(name=one[:1].isupper() and (place > 0 or (len(one) > 1 and one.isupper())))
        for place, (word, one) in enumerate(zip(found, written, strict=True))
    ]


def spelt(text: str) -> list[str]:
    """Split a text into folded words, without positions; see `words`.

    >>> spelt("What's Zhang Qin's age?")
    ['what', 'zhang', 'qin', 'age']
    """
    found = re.findall(_WORD, folded(text))
    return [(one.removesuffix("'s") if len(one) > len("'s") else one).replace("'", "") for one in found]


def clauses(text: str) -> list[str]:
    """Split a text into its clauses: at the end of a sentence, at commas, and where another question begins.

    >>> clauses("Who is the director, and where was he born?")
    ['Who is the director', 'where was he born']
    """
    found = re.split(_END_OF_CLAUSE, text)
    return [one.strip() for one in found if one.strip()]


def folded(text: str) -> str:
    """Return the folded text in which word positions are counted."""
    return fold(text.encode("utf-8", "replace").decode())


def meanings(found: list[str]) -> list[tuple[int, int, str]]:
    """Return the meanings of a run of words, each with the span of its words; stop words are left out.

    >>> meanings("please show me the running time".split())
    [(4, 6, 'runtime')]
    """
    language = english()
    result: list[tuple[int, int, str]] = []
    place = 0
    while place < len(found):
        for length in range(min(_LONGEST_PHRASE, len(found) - place), 0, -1):
            some = tuple(found[place : place + length])
            if some in language.meanings:
                result.append((place, place + length, language.meanings[some]))
            elif some not in language.phrases and not (length == 1 and some[0] in language.padding):
                if length > 1:
                    continue
                result.append((place, place + 1, language.meaning(some[0])))
            place += length
            break
    return result
