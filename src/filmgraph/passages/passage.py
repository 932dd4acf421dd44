"""Excerpts: a passage in its context, on one line."""

from __future__ import annotations

import re
from typing import NamedTuple

CONTEXT = 60
"""So many characters before and after a passage."""


class Excerpt(NamedTuple):
    """A passage with its context; white space is collapsed, cuts are marked.

    >>> print(excerpt("Ann wrote her last letter in May.", 14, 25))
    Ann wrote her [last letter] in May.
    """

    before: str
    passage: str
    after: str

    def __str__(self) -> str:
        return f"{self.before}[{self.passage}]{self.after}"


def excerpt(text: str, start: int, end: int, *, width: int = CONTEXT) -> Excerpt:
    """Return a range of a text with up to ``width`` characters of context on each side, cut between words."""
    before = text[max(0, start - width) : start]
    after = text[end : end + width]
    if start > width:
        before = "…" + re.sub(r"^\S*\s+(?=\S)", "", before)
    if end + width < len(text):
        after = re.sub(r"(?<=\S)\s+\S*$", "", after) + "…"
    return Excerpt(_on_one_line(before), _on_one_line(text[start:end]), _on_one_line(after))


def _on_one_line(text: str) -> str:
    """Collapse runs of white space into one space, also at the ends."""
    words = " ".join(text.split())
    lead = " " if words and text[:1].isspace() else ""
    trail = " " if text[-1:].isspace() else ""
    return f"{lead}{words}{trail}"
