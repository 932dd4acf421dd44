"""Aggregates that say nothing where SPARQL says nothing, on engines that pass over what has no value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal

from filmgraph.rdf.results import Solutions
from filmgraph.sparql.query import Edit
from filmgraph.sparql.scope import name_of

if TYPE_CHECKING:
    from filmgraph.rdf.results import Term, Triples, Truth
    from filmgraph.sparql.query import Query
    from filmgraph.sparql.tree import Node

_STRICT = frozenset({"AVG", "GROUP_CONCAT", "MAX", "MIN", "SUM"})
_ZERO = frozenset({"AVG", "SUM"})  # of no solutions at all they are 0


class Strictness:
    """Counts beside the aggregates that a query shows, by which those without a result are told.

    Where the expression of an aggregate has no value for one of the solutions, the aggregate has no result either
    (`SPARQL 1.1 Query, 11.2 <https://www.w3.org/TR/sparql11-query/#aggregateAlgebra>`_); an engine that passes over
    such solutions shows one. A count in a column of its own, and not ``IF`` around the aggregate: for that the
    planner of Virtuoso fails. ``COUNT`` and ``SAMPLE`` pass over such solutions by the standard.

    Args:
        query: The query. What its sub-selects show stays as it is.

    Attributes:
        edits: What has to be added to its text.

    >>> from filmgraph.sparql.query import edit, parse
    >>> query = parse("SELECT (MIN(?x) AS ?least) { ?s ?p ?o OPTIONAL { ?o ?p ?x } }")
    >>> edit(query.text, Strictness(query).edits).partition(" {")[0]
    'SELECT (MIN(?x) AS ?least) (COUNT(*) - COUNT(?x) AS ?without_least)'
    """

    def __init__(self, query: Query) -> None:
        self.edits: list[Edit] = []
        self._counts: dict[str, tuple[str, bool]] = {}
        if query.form != "select" or "DISTINCT" in query.body.nodes[0].words:
            return
        clause = query.body.nodes[0]
        for item in clause.nodes:
            aggregate = item.nodes[0]
            name = aggregate.first.text.upper()
            if aggregate.kind == "Aggregate" and name in _STRICT and not _asks(aggregate):
                self._add(query, item, aggregate, zero=name in _ZERO)

    def _add(self, query: Query, item: Node, aggregate: Node, *, zero: bool) -> None:
        column = name_of(item.token(-2))
        count = f"without_{column}"
        while count in query.variables:
            count += "_"
        counted = aggregate.children[3 if "DISTINCT" in aggregate.words else 2]
        text = query.text[counted.start : counted.end]
        if aggregate.first.text.upper() == "GROUP_CONCAT" and ";" not in aggregate.words:
            self.edits.append(Edit(counted.end, counted.end, '; SEPARATOR=" "'))  # Virtuoso wants it named
        self.edits.append(Edit(item.end, item.end, f" (COUNT(*) - COUNT({text}) AS ?{count})"))
        self._counts[count] = column, zero

    def strict(self, found: Solutions | Triples | Truth) -> Solutions | Triples | Truth:
        """The rows without the counts, and without what they say is none."""
        if not self._counts or not isinstance(found, Solutions):
            return found
        places = {name: place for place, name in enumerate(found.variables)}
        kept = [place for name, place in places.items() if name not in self._counts]
        columns = [(places[count], places[name], zero) for count, (name, zero) in self._counts.items()]
        rows: list[tuple[Term | None, ...]] = []
        for row in found.rows:
            cells = list(row)
            for count, column, zero in columns:
                number = row[count]
                if isinstance(number, Literal) and number.value != "0":
                    cells[column] = None
                elif zero and cells[column] is None:
                    cells[column] = Literal(0)
            rows.append(tuple(cells[place] for place in kept))
        return Solutions(tuple(found.variables[place] for place in kept), rows)


def _asks(aggregate: Node) -> bool:
    return any(inner.kind == "GroupGraphPattern" for inner in aggregate.walk())
