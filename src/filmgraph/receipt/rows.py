"""The rows of an answer as a receipt keeps them: N-Triples terms, in an order of their own."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, Triple

from filmgraph.answers.answer import TriplesAnswer, TruthAnswer
from filmgraph.rdf.results import Solutions, Triples, Truth
from filmgraph.sparql.query import parse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filmgraph.answers.answer import Answer
    from filmgraph.rdf.results import Term

Cells = tuple["str | None", ...]
_TRIPLE = ("subject", "predicate", "object")


class Rows(NamedTuple):
    """Rows of text.

    Attributes:
        variables: The columns, in alphabetical order: engines differ in theirs.
        rows: The rows; sorted, where the query does not order them.
        ordered: Whether the query orders them.
    """

    variables: tuple[str, ...]
    rows: tuple[Cells, ...]
    ordered: bool

    def digest(self) -> str:
        """The SHA-256 over columns and rows."""
        total = hashlib.sha256("\t".join(self.variables).encode())
        for row in self.rows:
            total.update(("\n" + shown(row)).encode())
        return f"sha256:{total.hexdigest()}"


def shown(row: Iterable[str | None]) -> str:
    """A row on one line, cells separated by a tab, as in TSV; a cell without a value is empty."""
    return "\t".join(cell or "" for cell in row)


def rows_of(result: Solutions | Triples | Truth, text: str) -> Rows:
    """The rows of a result of a query."""
    if isinstance(result, Truth):
        return Rows(("answer",), ((str(result.value).lower(),),), ordered=False)
    if isinstance(result, Triples):
        triples = {(_cell(one.subject), _cell(one.predicate), _cell(one.object)) for one in result.triples}
        return Rows(_TRIPLE, tuple(sorted(triples, key=shown)), ordered=False)
    names = tuple(sorted(result.variables))
    places = [result.variables.index(name) for name in names]
    rows: list[Cells] = [tuple(_cell(row[place]) for place in places) for row in result.rows]
    ordered = parse(text).body.find("OrderClause") is not None
    return Rows(names, tuple(rows if ordered else sorted(rows, key=shown)), ordered)


def result_of(answer: Answer) -> Solutions | Triples | Truth:
    """The raw result that an answer was made of."""
    if isinstance(answer, TruthAnswer):
        return Truth(answer.value)
    if isinstance(answer, TriplesAnswer):
        return Triples(list(answer))
    if answer.query and parse(answer.query).form in {"construct", "describe"}:
        return Triples([Triple(*row) for row in answer])
    return Solutions(answer.variables, [tuple(row) for row in answer])


def _cell(term: Term | None) -> str | None:
    # The label of a blank node is another one each time.
    return None if term is None else "_:" if isinstance(term, BlankNode) else str(term)
