"""Unpinning a fact file: citations become text fragments again, to be revised and pinned anew."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.encoding.fragment import TextFragment
from filmgraph.encoding.tokens import TOKEN
from filmgraph.errors import CitationError
from filmgraph.passages.matching import Comparable, Span
from filmgraph.rdf.citation import Citation, is_citation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from filmgraph.passages.texts import SourceText

_WHOLE = 80
"""A passage of up to so many characters is named by all its words."""
_COUNTS = (3, 5, 8, 12, 20, 40)
"""So many words at the start and end of a longer one, or before and after a repeated one."""


class Unpinned(NamedTuple):
    """A draft, how many citations became words, and those that stay as offsets because no words name them alone."""

    text: str
    named: int
    left: list[str]


def unpin(pinned: str, texts: Mapping[str, SourceText]) -> Unpinned:
    """Replace the citations of a TriG file by text fragments.

    Pinning the result gives the file back, unless it said in full what can be said relative to its base.

    Args:
        pinned: TriG.
        texts: The texts at hand, by slug; citations of other sources stay as they are.
    """
    by_iri = {text.iri: (text, Comparable(text.text)) for text in texts.values()}
    fragments: dict[str, TextFragment | None] = {}
    parts: list[str] = []
    left: list[str] = []
    position = count = 0
    base = ""
    base_follows = False
    for token in TOKEN.finditer(pinned):
        iri = token["iri"]
        if iri is not None and base_follows:
            base = iri
        elif iri is not None:
            full = base + iri if iri.startswith("#") else iri
            if full not in fragments:
                fragments[full] = _fragment(full, by_iri)
            fragment = fragments[full]
            if fragment:
                source = "" if full.partition("#")[0] == base else full.partition("#")[0]
                parts += [pinned[position : token.start()], f"<{source}#{fragment}>"]
                position = token.end()
                count += 1
            elif is_citation(full):
                left.append(full)
        if token.lastgroup != "comment":
            base_follows = token.lastgroup == "base"
    return Unpinned("".join([*parts, pinned[position:]]), count, left)


def _fragment(iri: str, texts: Mapping[str, tuple[SourceText, Comparable]]) -> TextFragment | None:
    if not is_citation(iri):
        return None
    try:
        citation = Citation.parse(iri)
    except CitationError:
        return None
    if citation.source not in texts:
        return None
    source, comparable = texts[citation.source]
    return name_passage(comparable, Span(citation.start, citation.end)) if citation.end <= len(source.text) else None


def name_passage(text: Comparable, span: Span) -> TextFragment | None:
    """The shortest text fragment that fits a passage and no other, or None where there is none.

    >>> str(name_passage(Comparable("Ann wrote to Bo, and Bo wrote to Ann."), Span(21, 29)))
    ':~:text=Bo%20wrote'
    """
    return next((candidate for candidate in _candidates(text, span) if candidate.find(text) == [span]), None)


def _candidates(text: Comparable, span: Span) -> Iterator[TextFragment]:
    words = _plain(text.original[span.start : span.end]).split()
    before = _plain(text.original[max(0, span.start - 600) : span.start]).split()
    after = _plain(text.original[span.end : span.end + 600]).split()
    if not words:
        return
    pairs: list[tuple[str, str]] = []
    whole = " ".join(words)
    if len(whole) <= _WHOLE:
        pairs.append((whole, ""))
    pairs += [(" ".join(words[:n]), " ".join(words[-n:])) for n in _COUNTS if len(words) >= 2 * n]
    pairs += [(whole, "")] if len(whole) > _WHOLE else []
    for start, end in pairs:
        yield TextFragment(start, end)
    for count in _COUNTS:
        prefix, suffix = " ".join(before[-count:]), " ".join(after[:count])
        for start, end in pairs:
            yield TextFragment(start, end, prefix)
            yield TextFragment(start, end, "", suffix)
            yield TextFragment(start, end, prefix, suffix)


def _plain(text: str) -> str:
    """The words as a person would type them, without soft hyphens and line breaks."""
    return re.sub(r"\s+", " ", Comparable(text).folded)
