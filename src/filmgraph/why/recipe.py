"""From a row of the store to the facts behind it, for parts whose values are all in the row.

A recipe is worked out once for all rows of a question to the store: which column, or which constant, stands where.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal

from filmgraph.why.citations_of_facts import Fact
from filmgraph.why.limits import Unexplained
from filmgraph.why.parts import Atom, Choice, Maybe

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from filmgraph.rdf.results import Term
    from filmgraph.why.parts import Part

Row = tuple["Term | None", ...]


class Recipe:
    """The facts of plain parts.

    Args:
        parts: Triple patterns, and alternatives and optional parts of triple patterns.
        variables: The columns of the rows.
        constant: What a constant of the query stands for.
    """

    def __init__(self, parts: Sequence[Part], variables: Sequence[str], constant: Callable[[str], Term]) -> None:
        self._places = {f"?{name}": place for place, name in enumerate(variables)}
        self._constant = constant
        self._constants: list[Term | None] = [None]  # the graph of a fact of the default graph, and what has no column
        self._first = len(variables)
        self._steps = self._compiled(parts)

    def facts(self, row: Row) -> frozenset[Fact]:
        """The facts behind a row.

        Raises:
            Unexplained: A fact would lack a value.
        """
        facts: list[Fact] = []
        _follow(self._steps, (*row, *self._constants), facts)
        return frozenset(facts)

    def _compiled(self, parts: Sequence[Part]) -> _Steps:
        atoms: list[tuple[Callable[[Row], Row], str | None]] = []
        forks: list[_Fork] = []
        for part in parts:
            if isinstance(part, Atom):
                atoms.append((itemgetter(*map(self._place, part)), part.graph))
            elif isinstance(part, Choice):
                forks.append(_Fork(self._place(part.marker), tuple(map(self._compiled, part.branches))))
            elif isinstance(part, Maybe):
                forks.append(_Fork(self._place(part.marker), (self._compiled(part.parts),)))
            else:
                raise TypeError(part)
        return _Steps(atoms, forks)

    def _place(self, reference: str | None) -> int:
        """Where a value stands in a row that is followed by the constants."""
        if reference is None or (reference[0] == "?" and reference not in self._places):
            return self._first
        if reference not in self._places:
            self._places[reference] = self._first + len(self._constants)
            self._constants.append(self._constant(reference))
        return self._places[reference]


class _Fork(NamedTuple):
    """An alternative or an optional part: the marker has the number of the branch, or no value where none was taken."""

    marker: int
    branches: tuple[_Steps, ...]


class _Steps(NamedTuple):
    atoms: list[tuple[Callable[[Row], Row], str | None]]
    forks: list[_Fork]


def _follow(steps: _Steps, row: Row, facts: list[Fact]) -> None:
    for read, graph in steps.atoms:
        name, subject, predicate, value = read(row)
        if subject is None or predicate is None or value is None or (name is None and graph is not None):
            raise Unexplained("a variable has no value where a fact needs one")
        facts.append(Fact(name, subject, predicate, value))
    for marker, branches in steps.forks:
        taken = row[marker]
        if isinstance(taken, Literal):
            _follow(branches[int(taken.value) if len(branches) > 1 else 0], row, facts)
