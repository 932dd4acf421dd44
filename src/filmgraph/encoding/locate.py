"""Locating a piece of text in a source: the citation of where it stands."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.encoding.unpin import name_passage
from filmgraph.errors import UnknownSourceError
from filmgraph.passages.matching import Comparable, Span
from filmgraph.passages.passage import Excerpt, excerpt
from filmgraph.text.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from filmgraph.encoding.fragment import TextFragment
    from filmgraph.passages.sources import Source
    from filmgraph.passages.texts import SourceText
    from filmgraph.rdf.citation import Citation

_WORD = re.compile(r"\w+")
_NEAREST = 3
_ALIKE = 0.5
"""A passage is near when it has at least half of the words."""


class Occurrence(NamedTuple):
    """A place where a piece of text stands: its citation, its context, and the fragment that names it in a draft."""

    citation: Citation
    excerpt: Excerpt
    fragment: TextFragment | None


class Located(NamedTuple):
    """The first places where a piece of text stands; where it stands nowhere, the passages that are nearest to it.

    ``caseless`` tells that it stands nowhere with just these capitals, ``total`` in how many places it stands.
    """

    places: list[Occurrence]
    nearest: list[Occurrence]
    caseless: bool
    total: int


def find_source(texts: Mapping[str, SourceText], name: str) -> SourceText:
    """The source of a slug or an IRI, among those whose text is at hand.

    Raises:
        UnknownSourceError: There is none.
    """
    for text in texts.values():
        if _is_called(name, text.slug, text.iri):
            return text
    near = nearest(name, texts)
    hint = "Say where the texts lie with --sources DIR."
    if texts:
        record = "A text is found by its SHA-256, which its record in data/sources.ttl has."
        hint = f"At hand: {', '.join(sorted(texts))}." + ("" if near else f" {record}")
    raise UnknownSourceError(
        f"There is no text at hand of a source '{name}'.",
        name=name,
        choices=near,
        hint=f"Did you mean {' or '.join(near)}? {hint}" if near else hint,
    )


def find_record(sources: Mapping[str, Source], name: str) -> Source:
    """The record of a source by its slug or IRI, whether its text is at hand or not.

    Raises:
        UnknownSourceError: There is none.
    """
    for source in sources.values():
        if _is_called(name, source.slug, source.iri):
            return source
    slugs = sorted(source.slug for source in sources.values())
    raise UnknownSourceError(
        f"There is no source '{name}'.",
        name=name,
        choices=nearest(name, slugs),
        hint=f"There are: {', '.join(slugs)}." if slugs else None,
    )


def _is_called(name: str, slug: str, iri: str) -> bool:
    return name in {slug, iri, iri.rpartition("/")[2]}


def locate(source: SourceText, piece: str, *, ignore_case: bool = False, most: int = 100) -> Located:
    r"""Find a piece of text in a source.

    Line breaks, runs of spaces, no-break spaces, soft hyphens, ligatures, kinds of quotes and dashes don't count; case
    counts only as long as the piece is found with it.

    Args:
        source: The source with its text.
        piece: What to look for, whole words.
        ignore_case: Look without case at once.
        most: Of how many places the context is given.

    >>> from filmgraph.passages.texts import SourceText
    >>> letter = SourceText.of("a-letter", "Ann wrote in May,\nand never wrote again.")
    >>> [(place.citation.start, place.citation.end) for place in locate(letter, "May, and never").places]
    [(13, 27)]
    """
    exact = Comparable(source.text)
    found = [] if ignore_case else exact.find(piece)
    caseless = not found
    if not found:
        found = Comparable(source.text, caseless=True).find(piece)
    near = [] if found else _near(source.text, piece)
    return Located(_places(source, exact, found[:most]), _places(source, exact, near), caseless, len(found))


def _places(source: SourceText, text: Comparable, spans: Iterable[Span]) -> list[Occurrence]:
    return [Occurrence(source.citation(*span), excerpt(source.text, *span), name_passage(text, span)) for span in spans]


def _near(text: str, piece: str) -> list[Span]:
    """The stretches that share most words with a piece, best first, none overlapping."""
    wanted = Counter(_WORD.findall(Comparable(piece, caseless=True).folded))
    size = wanted.total()
    words = [(match[0].casefold(), match.span()) for match in _WORD.finditer(text)]
    if not size or not words:
        return []
    window: Counter[str] = Counter()
    shared = 0
    scored: list[tuple[int, int]] = []
    for at, (word, _) in enumerate(words):
        window[word] += 1
        shared += window[word] <= wanted[word]
        if at >= size:
            gone = words[at - size][0]
            shared -= window[gone] <= wanted[gone]
            window[gone] -= 1
        scored.append((-shared, max(0, at - size + 1)))
    found: list[tuple[int, int]] = []
    for score, first in sorted(scored):
        if -score < max(1, _ALIKE * size) or len(found) == _NEAREST:
            break
        if all(abs(first - other) >= size for other, _ in found):
            found.append((first, min(first + size, len(words)) - 1))
    return [Span(words[first][1][0], words[last][1][1]) for first, last in found]
