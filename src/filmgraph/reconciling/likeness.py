"""Similarity of names, and the variant forms of one name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.text.folding import fold
from filmgraph.text.spelling import distance

if TYPE_CHECKING:
    from collections.abc import Iterator

_ARTICLES = frozenset(
    {"the", "a", "an", "le", "la", "les", "l", "der", "die", "das", "el", "los", "las", "il", "lo", "gli", "un", "une"}
)
_WORD = r"[^\W_]+"
_YEAR_AFTER = r"\s*[(\[](1[89]\d\d|20\d\d)[)\]]\s*$"
_NUMERALS = frozenset(["ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"])
_MOST_WORDS = 3
_ARTICLE_MISTYPED = 0.9  # never sure: with an article, short names differ by little


class Typed(NamedTuple):
    """A typed name: folded, with a year in brackets split off."""

    text: str
    year: str

    @classmethod
    def of(cls, name: str) -> Typed:
        """Parse a typed name.

        >>> Typed.of("Up the Yangtze (2007)")
        Typed(text='up the yangtze', year='2007')
        """
        found = re.search(_YEAR_AFTER, name)
        text = name[: found.start()] if found and found.start() else name
        return cls(fold(text.encode("utf-8", "replace").decode()), found[1] if found and found.start() else "")


def forms(text: str) -> Iterator[str]:
    """Yield the variants of a folded name: inverted, and with and without an article.

    >>> list(forms("train home, the"))[:3]
    ['train home, the', 'the train home', 'train home']
    """
    yield text
    head, comma, tail = text.rpartition(", ")
    if comma:
        yield f"{tail} {head}"
    words = text.replace(",", " ").split()
    bare = _without_article(head.split() if comma and tail in _ARTICLES else words)
    yield " ".join(bare)
    yield " ".join(["the", *bare])
    if 1 < len(words) <= _MOST_WORDS:
        yield " ".join([words[-1], *words[:-1]])
        yield " ".join([*words[1:], words[0]])


def likeness(first: str, second: str) -> float:
    """Score the similarity of two folded names, from 0 to 1, ignoring word order, articles and punctuation.

    >>> likeness("the yangtze", "yangtze, the"), round(likeness("lixn fan", "fan lixin"), 2)
    (1.0, 0.89)
    >>> likeness("teh fog", "the fog")
    0.75
    """
    one, other = _key(first), _key(second)
    if one == other:
        return 1.0
    straight = _share("".join(_bare(first)), "".join(_bare(second)))
    whole = _ARTICLE_MISTYPED * _share("".join(re.findall(_WORD, first)), "".join(re.findall(_WORD, second)))
    return min(0.99, max(straight, whole, _share(one, other)) * (1.0 if _numbers(first) == _numbers(second) else 0.75))


def same(first: str, second: str) -> bool:
    """Whether two folded names are equal but for word order, articles and punctuation."""
    return _key(first) == _key(second)


def _key(text: str) -> str:
    return " ".join(sorted(_bare(text)))


def _bare(text: str) -> list[str]:
    return _without_article(re.findall(_WORD, text))


def _without_article(words: list[str]) -> list[str]:
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return words[:-1] if len(words) > 1 and words[-1] in _ARTICLES else words


def _share(first: str, second: str) -> float:
    longest = max(len(first), len(second))
    return 1 - distance(first, second, longest) / longest if longest else 0.0


def _numbers(text: str) -> list[str]:
    """Return the numbers in a name, which distinguish the parts of a series."""
    return sorted(word for word in re.findall(_WORD, text) if word.isdigit() or word in _NUMERALS)
