"""The state shared by the search for evidence of one query: store, rewritten query, limits.

The ways of finding evidence stand on it, and on nothing of each other: what one needs of another it is given to call.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import inf
from time import monotonic
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from filmgraph.errors import QuerySyntaxError
from filmgraph.rdf.results import Solutions, Term
from filmgraph.store.base import FactLookup
from filmgraph.why.limits import LIMITS, Limits, Unexplained
from filmgraph.why.plan import Facts, Plan, Row
from filmgraph.why.shadows import Shadows

if TYPE_CHECKING:
    from filmgraph.sparql.tree import Node
    from filmgraph.store.base import Store
    from filmgraph.why.rendering import Renderer

Ways = list[Facts]
Values = dict[str, Term | None]
Found = dict[Row, list[Callable[[], Ways]]]
"""Rows, and for each solution that gives it, what makes the ways of that solution."""
Reader = Callable[[Row], Ways]
"""What makes the ways of a row."""
ReaderOf = Callable[[Plan, Sequence[str]], Reader]
"""Gives the reader for rows with certain columns of a plan."""


class Inquiry:
    """The store, the query and the limits that all parts of a search for evidence share.

    Args:
        store: What is asked.
        renderer: Writes the groups of the query.
        limits: What may be spent.

    Attributes:
        query: The query.
        trailing: Its VALUES after the WHERE clause, as it stands; empty where there is none.
        capped: Whether something inside the rows had more ways than were followed.
        unsure: Whether something inside the rows may be the evidence of another row.
        deadline: The moment, by `time.monotonic`, after which no more is looked into.
        shadows: What fewer facts could add to the rows.
    """

    def __init__(self, store: Store, renderer: Renderer, limits: Limits = LIMITS) -> None:
        self.store = store
        self.renderer = renderer
        self.limits = limits
        self.query = query = renderer.query
        self.capped = False
        self.unsure = False
        self.deadline = inf
        self.shadows = Shadows()
        self.dataset = " ".join(query.text[node.start : node.end] for node in query.body.all("DatasetClause"))
        values = query.root.find("Values")
        self.trailing = query.text[values.start : values.end] if values is not None else ""
        self._prologue = query.text[: query.body.start]

    @property
    def complete(self) -> bool:
        """Whether every fact is known to stand in a named graph."""
        return isinstance(self.store, FactLookup) and self.store.complete

    def hurry(self) -> None:
        """Check the deadline.

        Raises:
            Unexplained: It is over.
        """
        if monotonic() > self.deadline:
            raise Unexplained("evidence for all its rows takes too long; ask for fewer rows, or allow more time")

    def ask(self, body: str, *, limit: int | None = None) -> Solutions:
        """Run ``SELECT * { … }`` with the prologue and the dataset of the query."""
        tail = f" LIMIT {limit}" if limit is not None else ""
        return self.solutions(f"{self._prologue}SELECT * {self.dataset} {body}{tail}")

    def solutions(self, text: str) -> Solutions:
        """Run a SELECT.

        Raises:
            Unexplained: The engine does not take it, although it took the query that it was made of.
        """
        try:
            found = self.store.query(text)
        except QuerySyntaxError:
            raise Unexplained("the engine does not take what has to be asked about it") from None
        assert isinstance(found, Solutions)  # noqa: S101 -- it was a SELECT
        return found

    def select(self, shown: str, body: str) -> Solutions:
        """Run a SELECT with the prologue and the dataset of the query.

        Args:
            shown: What it shows.
            body: Its group, and what follows that.
        """
        return self.solutions(f"{self._prologue}SELECT {shown} {self.dataset} {body}")

    def plan(self, group: Node, graph: str | None, *, relaxed: bool = False) -> Plan:
        """Return the plan of a group, cached; see `Renderer.plan`."""
        plans, key = self.renderer.plans, (id(group), graph, relaxed)
        if key not in plans:
            plans[key] = self.renderer.plan(group, graph, relaxed=relaxed)
        return plans[key]

    def term(self, reference: str, values: Mapping[str, Term | None]) -> Term:
        """Return the term that a variable or a constant denotes.

        Raises:
            Unexplained: The variable has no value.
        """
        if reference[0] == "?":
            term = values.get(reference[1:])
            if term is None:
                raise Unexplained(f"{reference} has no value where a fact needs one")
            return term
        return self.renderer.constant(reference)

    def given(self, plan: Plan, key: Row, names: Sequence[str], suffix: str, *, any_for_none: bool = False) -> str:
        """Return the group restricted to the values of one row; it may match more solutions, never fewer.

        Args:
            plan: The group.
            key: The values of the row; None for unbound.
            names: Their names.
            suffix: What follows the group.
            any_for_none: Whether what is unbound in the row may have any value.
        """
        values = {name: t for name, t in zip(names, key, strict=True) if t is not None and plan.takes(name, t)}
        tests: list[str] = []
        for name, term in zip(names, key, strict=True):
            if name not in values and isinstance(term, NamedNode | Literal):
                tests.append(f"sameTerm(?{name}, {term})")
            elif term is None and not any_for_none:
                tests.append(f"!BOUND(?{name})")
        condition = f"FILTER ({' && '.join(tests)})" if tests else ""
        return f"{{ {plan.given(values)} {suffix} {condition} }}"

    def both(self, left: Ways, right: Ways) -> Ways:
        """Return the ways of a join: each union of a way on the left and one on the right."""
        if len(right) == 1:
            return [way | right[0] for way in left] if right[0] else left
        joined = list(dict.fromkeys(one | other for one in left for other in right))
        if len(joined) > self.limits.ways:
            self.capped = True
            joined = sorted(joined, key=len)[: self.limits.ways]
        return joined

    def all_of(self, several: Sequence[Ways]) -> Ways:
        """Return the ways of a join of many parts.

        Raises:
            Unexplained: There is none.
        """
        if not several:
            raise Unexplained(LOST)
        ways: Ways = [frozenset().union(*(ways[0] for ways in several if len(ways) == 1))]
        for others in several:
            if len(others) != 1:
                ways = self.both(ways, others)
        return ways


LOST = "the store did not give this row again; it may hold a value made anew at each run"
"""Why a row is not explained whose solutions did not come again."""


def guarded(work: Callable[[], Ways]) -> Ways | Unexplained:
    """Run a search for ways; return the reason if it raises `Unexplained`."""
    try:
        return work()
    except Unexplained as reason:
        return reason


def laid_out(read: Reader, solutions: Solutions, names: Sequence[str], found: Found) -> None:
    """Add the ways of each solution to the row that it yields.

    Args:
        read: Makes the ways of a solution.
        solutions: The solutions.
        names: The columns of the rows.
        found: The rows, to which the solutions are added; those of other rows are left out.
    """
    places = [solutions.variables.index(name) if name in solutions.variables else -1 for name in names]
    for row in solutions.rows:
        key = tuple([row[place] if place >= 0 else None for place in places])
        if key in found:
            found[key].append(lambda row=row: read(row))  # type: ignore[misc]  # its row is bound here
