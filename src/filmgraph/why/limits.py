"""Limits on the work spent on evidence, and the messages for when they are reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from filmgraph.sparql.trouble import place

if TYPE_CHECKING:
    from filmgraph.sparql.tree import Node


class Limits(NamedTuple):
    """Bounds on the evidence of one answer.

    Attributes:
        ways: How many ways to one row are followed.
        ways_at_hand: How many are followed when they have come anyway.
        ways_per_row: How many solutions to a row a first pass expects.
        first_rows: How many solutions to a row are read, try by try, of a query that stopped at its first rows.
        solutions: How many solutions a group may have for its citations to be listed one by one.
        solutions_in_all: How many all groups of an answer may have together for that.
        solutions_each: How many each may have for that where they have more together.
        edges: How many edges of a path with ``*`` or ``+`` are read.
        walks: How many walks along such a path are begun, dead ends included.
        facts: How many facts are copied to try a query on a part of the data.
        facts_to_be_sure: How many are copied where trying is only a second look.
        seconds: The time for the rows of an answer; what takes longer is not explained.
        seconds_per_row: The time added to that for each row.
        seconds_of_trying: The time for which a query is tried on parts of the data, for all rows together.
        seconds_of_asking: The time for asking the store whether rows have a way without some citation.
    """

    ways: int = 200
    ways_at_hand: int = 600
    ways_per_row: int = 4
    first_rows: tuple[int, ...] = (2, 10, 50)
    solutions: int = 1_000
    solutions_in_all: int = 10_000
    solutions_each: int = 50
    edges: int = 20_000
    walks: int = 20_000
    facts: int = 40_000
    facts_to_be_sure: int = 300
    seconds: float = 5.0
    seconds_per_row: float = 0.002
    seconds_of_trying: float = 3.0
    seconds_of_asking: float = 0.3

    def within(self, seconds: float) -> Limits:
        """Return the limits of somebody who allows an answer so many seconds: more time than these, never less.

        >>> LIMITS.within(60).seconds, LIMITS.within(2).seconds
        (30.0, 5.0)
        """
        return self._replace(
            seconds=max(self.seconds, seconds / 2),
            seconds_of_trying=max(self.seconds_of_trying, seconds / 4),
            seconds_of_asking=max(self.seconds_of_asking, seconds / 100),
        )


LIMITS = Limits()
"""The bounds where none are given."""


class Unexplained(Exception):  # noqa: N818 -- no error: the answer stands, only its evidence is not known
    """The reason why a row cannot be explained, worded to complete "not explained: …"."""


def at(text: str, node: Node) -> str:
    """Return the line and column of a construct in the query, for a message.

    >>> from filmgraph.sparql.query import parse
    >>> text = "ASK { ?s ?p ?o }"
    >>> at(text, parse(text).body)
    'line 1, column 1'
    """
    line, column = place(text, node.start)
    return f"line {line}, column {column}"
