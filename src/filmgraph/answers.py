"""What a query gives back: the raw results that every store hands over.

Results are materialised: a store has let go of the engine when it returns one, so any thread may read it.
"""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

Term = NamedNode | BlankNode | Literal | Triple


class Solutions(NamedTuple):
    """The rows of a SELECT (`SPARQL 1.1 Query, 16.1 <https://www.w3.org/TR/sparql11-query/#select>`_).

    ``variables`` are names without the question mark; each row has one term or None per variable, in their order.
    """

    variables: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]


class Triples(NamedTuple):
    """The triples of a CONSTRUCT or DESCRIBE, in the order in which the store gave them."""

    triples: list[Triple]


class Truth(NamedTuple):
    """The answer to an ASK."""

    value: bool
