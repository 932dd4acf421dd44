"""What a footnote says of a citation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.citation import Citation, is_citation, source_slug

if TYPE_CHECKING:
    from filmgraph.answers import Glossary


def footnotes(citations: list[str], glossary: Glossary) -> list[str]:
    """What is said of each citation: title, publisher, date, characters."""
    parsed = [Citation.parse(iri) if is_citation(iri) else None for iri in citations]
    sources = glossary.sources(sorted({one.source for one in parsed if one}))
    lines = []
    for iri, citation in zip(citations, parsed, strict=True):
        if citation is None:
            lines.append(iri)
            continue
        source = sources.get(citation.source)
        parts = [source.title, source.publisher, source.date] if source else [source_slug(citation.source)]
        lines.append(", ".join([*filter(None, parts), f"characters {citation.start}–{citation.end}"]))  # noqa: RUF001  a range takes an en dash
    return lines
