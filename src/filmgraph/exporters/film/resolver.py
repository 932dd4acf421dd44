"""One value where a flat format holds one and sources differ.

The order is fixed and documented, so that two people get the same record:

1. the value that most sources give (several passages of one source count once);
2. the most exact one: of dates, the one whose first and last day lie closest;
3. the one whose source ranks first: the film's own press kit, then interviews, broadcasters, databases, the rest;
4. the first in the order of the texts.

What loses is not lost: it stands in `Preference.others` with who says it, for a note.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filmgraph.rdf.results import Term

SOURCE_RANK = ("pressKit", "interviewPage", "broadcasterPage", "databasePage")
"""Kinds of source (``fg:sourceKind``), the one that is trusted most first. Kinds that are not named come last."""

INEXACT = 10**9
"""The width, in days, of a value of which no exactness is known."""


class Statement(NamedTuple):
    """One source's value for a property.

    ``width`` is the number of days between the first and the last day of a date, and 0 for what is no date.
    ``kind`` is the last part of the source's ``fg:sourceKind``.
    """

    value: Term
    citation: str
    source: str
    kind: str = ""
    width: int = 0


class Resolved(NamedTuple):
    """A value, the citations that state it, and their sources, both in order."""

    value: Term
    citations: tuple[str, ...]
    sources: tuple[str, ...]


class Preference(NamedTuple):
    """The value that a flat format shows, and the others in the order in which they lost."""

    chosen: Resolved
    others: tuple[Resolved, ...]


def resolve(statements: Iterable[Statement]) -> Preference | None:
    """The one value to show, or None where nothing is stated.

    >>> from pyoxigraph import Literal
    >>> choice = resolve([
    ...     Statement(Literal("90"), "a#char=0,5", "a"),
    ...     Statement(Literal("87"), "b#char=0,5", "b", kind="pressKit"),
    ... ])
    >>> choice.chosen.value.value, [other.sources for other in choice.others]
    ('87', [('a',)])
    """
    ranked = ranked_values(statements)
    return Preference(ranked[0], tuple(ranked[1:])) if ranked else None


def ranked_values(statements: Iterable[Statement]) -> list[Resolved]:
    """All values, each once, the one that `resolve` would choose first."""
    groups: dict[Term, list[Statement]] = {}
    for statement in statements:
        groups.setdefault(statement.value, []).append(statement)
    return [_resolved(value, groups[value]) for value in sorted(groups, key=lambda value: _order(value, groups[value]))]


def _order(value: Term, statements: list[Statement]) -> tuple[int, int, int, str]:
    return (
        -len({statement.source for statement in statements}),
        min(statement.width for statement in statements),
        min(_rank(statement.kind) for statement in statements),
        str(value),
    )


def _rank(kind: str) -> int:
    return SOURCE_RANK.index(kind) if kind in SOURCE_RANK else len(SOURCE_RANK)


def _resolved(value: Term, statements: list[Statement]) -> Resolved:
    return Resolved(
        value,
        tuple(sorted({statement.citation for statement in statements})),
        tuple(sorted({statement.source for statement in statements})),
    )
