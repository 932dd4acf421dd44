"""The expectation in a question's front matter: rows, and the citations that support them."""

from __future__ import annotations

from typing import Any, NamedTuple


class ExpectedRow(NamedTuple):
    """A row that an answer must have: cells as people read them, and who must be among those who say so.

    A citation is a source's slug (``imdb``), a passage of it (``imdb#120,215``), or a whole IRI.
    """

    cells: tuple[tuple[str, str], ...]
    citations: tuple[str, ...] = ()


class Expectation(NamedTuple):
    """The expected answer to a question's example.

    ``least`` and ``most`` bound the number of rows; ``rows`` are all of them, ``contains`` some of them.
    """

    least: int = 0
    most: int | None = None
    rows: tuple[ExpectedRow, ...] | None = None
    contains: tuple[ExpectedRow, ...] = ()


def from_plain(plain: tuple[Any, ...]) -> Expectation:
    """The expectation that a question keeps as plain tuples."""
    least, most, rows, contains = plain
    return Expectation(
        least,
        most,
        None if rows is None else tuple(ExpectedRow(*row) for row in rows),
        tuple(ExpectedRow(*row) for row in contains),
    )
