"""Checks of a citation's boundaries: not blank, not inside a word, a figure or a grapheme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.passages.matching import is_boundary
from filmgraph.passages.passage import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.rdf.citation import Citation


def misfits(citation: Citation, text: str) -> Iterator[str]:
    """Return the faults in the position of a citation, one sentence each.

    >>> from filmgraph.rdf.citation import Citation
    >>> list(misfits(Citation("urn:x", 4, 10), "one two three"))
    ['The passage ends inside a word or figure: one [two th]ree']
    """
    passage = text[citation.start : citation.end]
    shown = excerpt(text, citation.start, citation.end, width=20)
    if not passage.strip():
        yield "The passage is blank."
        return
    if not is_boundary(text, citation.start):
        yield f"The passage starts inside a word or figure: {shown}"
    if not is_boundary(text, citation.end):
        yield f"The passage ends inside a word or figure: {shown}"
    if passage != passage.strip():
        yield f"The passage starts or ends with a space: {shown}"
