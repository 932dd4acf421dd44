"""The raw results of a query: solutions, triples or a truth, and the explanation of one of them.

They are materialised: a store has let go of the engine when it returns one, so any thread may read it.
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


def rows(result: Solutions | Triples | Truth) -> list[tuple[Term | None, ...]]:
    """The rows of a SELECT, whose result is known to be solutions.

    >>> rows(Solutions(("n",), [(Literal(1),)]))[0][0].value
    '1'

    Raises:
        TypeError: It was another form of query.
    """
    if not isinstance(result, Solutions):
        raise TypeError("Only a SELECT has rows.")
    return result.rows


def in_order(solutions: Solutions, columns: tuple[str, ...]) -> Solutions:
    """Return the rows with their columns reordered; unchanged if the columns are not the same.

    Engines sort the columns of ``SELECT *``; people expect them as the query names them.

    >>> in_order(Solutions(("a", "b"), [(None, Literal(1))]), ("b", "a")).variables
    ('b', 'a')
    """
    if solutions.variables == columns or sorted(solutions.variables) != sorted(columns):
        return solutions
    places = [solutions.variables.index(name) for name in columns]
    return Solutions(columns, [tuple(row[place] for place in places) for row in solutions.rows])


class Triples(NamedTuple):
    """The triples of a CONSTRUCT or DESCRIBE, in the order in which the store gave them."""

    triples: list[Triple]


class Truth(NamedTuple):
    """The answer to an ASK."""

    value: bool


class Explanation(NamedTuple):
    """Why one row is there.

    ``witnesses`` are smallest sets of citation IRIs that by themselves yield the row, the smallest first.
    An empty witness says that the row needs no citation.
    ``unexplained`` says, where it is not empty, what could not be explained and why.
    ``more`` counts the witnesses that are not listed; it stops counting at about a thousand.
    ``partial`` says that there may be others: a row with very many ways has not all of them followed.
    ``tally`` has, of an aggregate that uses too many citations to list them, the IRI of each document and how many of
    its citations state facts that were used, the most first; there are no witnesses then.
    """

    witnesses: list[list[str]]
    unexplained: str = ""
    more: int = 0
    partial: bool = False
    tally: tuple[tuple[str, int], ...] = ()
