"""How much work evidence may take, and what is said where it would take more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.sparql.trouble import place

if TYPE_CHECKING:
    from filmgraph.sparql.tree import Node

WAYS = 200
"""How many ways to one row are followed."""

PATIENCE = 0.3
"""Seconds for asking the store whether rows with more ways have a way without some citation."""

TIMES = 5
"""Or so many times as long as finding their ways took, where that is more."""

USED = 1_000
"""How many solutions a group may have for its aggregates to be explained."""

STEPS = 20_000
"""How many edges of a path with ``*`` or ``+`` are read."""

FEW = 300
"""How many facts are copied where trying is only a second look."""

LONG = 5.0
"""Seconds for the rows of an answer; what takes longer is not explained."""

EACH = 0.002
"""And so many more for each row."""

TRYING = 3.0
"""Seconds for which a query is tried on parts of the data, for all rows together."""

COPIED = 20_000
"""How many facts are copied to try a query on a part of the data."""


class Unexplained(Exception):  # noqa: N818 -- no error: the answer stands, only its evidence is not known
    """A row cannot be explained; the text says why, in words that complete "not explained: …"."""


def at(text: str, node: Node) -> str:
    """Where a construct stands, for a reason.

    >>> from filmgraph.sparql.query import parse
    >>> text = "ASK { ?s ?p ?o }"
    >>> at(text, parse(text).body)
    'line 1, column 1'
    """
    line, column = place(text, node.start)
    return f"line {line}, column {column}"
