"""Footnotes: references to the citations that support a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.rdf.citation import Citation, is_citation, source_slug
from filmgraph.rdf.date_words import date_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from filmgraph.answers.rows import Glossary

QUOTED = 240
"""So many characters of a passage a footnote shows."""
_END = 60  # of these, so many from its end


def footnotes(citations: Sequence[str], glossary: Glossary, passages: Mapping[str, str] | None = None) -> list[str]:
    """Return the footnote of each citation: title, publisher, date, position, and its passage where given.

    A source whose record has no date is *undated*. A place is where people look, such as *row 12, column Director*,
    where the citation has such a locator; else its characters.
    """
    parsed = [Citation.parse(iri) if is_citation(iri) else None for iri in citations]
    sources = glossary.sources(sorted({one.source for one in parsed if one}))
    locators = glossary.locators([str(one) for one in parsed if one])
    lines = []
    for iri, citation in zip(citations, parsed, strict=True):
        if citation is None:
            lines.append(iri)
            continue
        source = sources.get(citation.source)
        date = date_words(source.date) if source and source.date else "undated"
        parts = [source.title, source.publisher, date] if source else [source_slug(citation.source)]
        place = locators.get(iri) or f"characters {citation.start}–{citation.end}"  # noqa: RUF001  a range takes an en dash
        lines.append(", ".join([*filter(None, parts), place]))
    if passages:
        lines = [
            f"{line}: “{shortened(passages[iri])}”" if iri in passages else line
            for iri, line in zip(citations, lines, strict=True)
        ]
    return lines


def shortened(passage: str, most: int = QUOTED) -> str:
    r"""Shorten a passage to one line, keeping its beginning and its end, cut between words.

    >>> shortened("one  two\nthree"), shortened("word " * 60, 90)
    ('one two three', 'word word word word word … word word word word word word word word word word word word')
    """
    text = " ".join(passage.split())
    if len(text) <= most:
        return text
    first, last = text[: most - _END - 3], text[-_END:]
    # Scripts without spaces are cut where the room ends.
    return f"{first.rpartition(' ')[0] or first} … {last.partition(' ')[2] or last}"
