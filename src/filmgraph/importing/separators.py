"""Separators of several values in one cell, and the values that they part, each with its own position.

A mapping says how the cells of a column are parted: by literal separators, of which words part only between blanks; as
``names``, in every way in which people are listed; or as ``turned names``, where commas belong to the names.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.importing.readers._records import CellValue

NAMES, TURNED_NAMES = "names", "turned names"
"""Lists of people: *Ilse Maran, Bo Lake & Ada Holm*; *Maran, Ilse; Lake, Bo*."""
AND = ("and", "und", "et", "y", "e", "en")
"""Words that join the last two of a list."""

_HARD = r"[;|\n/•]|\s[-–—]\s"  # noqa: RUF001  dashes of several lengths
_COMMA = r",(?!\s*(?:Jr|Sr|I{2,3}|IV)\b)"
_JOINED = re.compile(rf"\s+(?:{'|'.join(AND)})\s+|\s*&\s*", re.IGNORECASE)
_FIRST_JOINER = re.compile(rf"\s*(?:(?:{'|'.join(AND)})\s+|&\s*)", re.IGNORECASE)


def parts(cell: CellValue, separators: tuple[str, ...]) -> Iterator[CellValue]:
    """Yield the values of a cell, each with its own position.

    >>> from filmgraph.importing.readers._records import CellValue
    >>> [part.text for part in parts(CellValue("Ilse Maran, Bo Lake and Ada Holm", 5, 37, "row 2"), ("names",))]
    ['Ilse Maran', 'Bo Lake', 'Ada Holm']
    >>> [(part.text, part.start) for part in parts(CellValue("Maran, Ilse & Lake, Bo", 0, 22, ""), ("turned names",))]
    [('Maran, Ilse', 0), ('Lake, Bo', 14)]
    >>> [part.text for part in parts(CellValue("Italia/Francia and Spain", 0, 24, ""), ("/", "and"))]
    ['Italia', 'Francia', 'Spain']
    """
    if not separators:
        yield cell
        return
    for start, end in _places(cell.text, separators):
        yield cell._replace(text=cell.text[start:end], start=cell.start + start, end=cell.start + end)


def texts(text: str, separators: tuple[str, ...]) -> list[str]:
    """Return the values of a text.

    >>> texts("Drama; Crime", (";",))
    ['Drama', 'Crime']
    """
    return [text[start:end] for start, end in _places(text, separators)] if separators else [text]


def _places(text: str, separators: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Yield where values start and end, without the white space around them."""
    pieces = _between(_pattern(separators), text, 0, len(text))
    if separators[0] in {NAMES, TURNED_NAMES}:
        pieces = (name for start, end in pieces for name in _joined(text, start, end))
    for start, end in pieces:
        value = text[start:end]
        if value.strip():
            first = start + len(value) - len(value.lstrip())
            yield first, first + len(value.strip())


@cache
def _pattern(separators: tuple[str, ...]) -> re.Pattern[str]:
    if separators[0] == NAMES:
        return re.compile(f"{_HARD}|{_COMMA}")
    if separators[0] == TURNED_NAMES:
        return re.compile(_HARD)
    return re.compile("|".join(rf"\s+{one}\s+" if one.isalpha() else re.escape(one) for one in separators))


def _between(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


def _joined(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the names of *Ilse Maran and Bo Lake*; *Ortega y Gasset* and *Ilse and Bo Maran* stay as they are."""
    if (first := _FIRST_JOINER.match(text, start, end)) is not None:
        start = first.end()
    pieces = list(_between(_JOINED, text, start, end))
    yield from pieces if all(len(text[left:right].split()) > 1 for left, right in pieces) else [(start, end)]
