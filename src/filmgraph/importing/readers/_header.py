"""The header of a table: the first row as wide as the others, below what stands above it, such as a title."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LOOKED_AT = 20
"""So many rows tell where the header is."""
_OF_WIDTH = 0.6


def header_index(rows: Sequence[Sequence[str]]) -> int:
    """Return which of the first rows of a table is its header, from 0.

    >>> header_index([["Films of 2010"], ["Title", "Year", "Director"], ["Fog", "2001", "Bo Lake"]])
    1
    >>> header_index([["Title", "", ""], ["Fog", "", ""]])
    0
    """
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows[:LOOKED_AT]]
    widths = {width: times for width, times in Counter(filled).items() if width > 1 and times > 1}
    if not widths:
        return next((index for index, number in enumerate(filled) if number), 0)
    usual = max(widths, key=lambda width: (widths[width], width))
    wanted = max(2, usual * _OF_WIDTH)
    return next(index for index, number in enumerate(filled) if number >= wanted)
