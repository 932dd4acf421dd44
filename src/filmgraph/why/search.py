"""Finding again the solutions behind rows, for no more than the rows are worth.

One pass over the pattern serves most answers. Where it is long, the first solutions do for a query that only wanted
the first ones; else each row is asked for by itself, unless that would take as long as the whole query each time.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, Triple

from filmgraph.why.limits import WAYS, Unexplained

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from filmgraph.rdf.results import Solutions, Term
    from filmgraph.why.deriving import Deriver, Facts, Found, Ways
    from filmgraph.why.parts import Plan
    from filmgraph.why.recipe import Row

_LOST = "the store did not give this row again; it may hold a value made anew at each run"
_TOGETHER = 40  # rows in one query
_TOO_MANY = 3 * WAYS  # ways to one row that are followed when they have come anyway
_FEW_ROWS = 3  # rows that may each be asked for by itself although that is a long way
_PER_ROW = 4  # solutions to a row that a first pass expects
_FIRST_ONLY = (2, 10, 50)  # solutions to a row that are read of a query that has shown its first ones only


class Question(NamedTuple):
    """What is looked for: the rows, as values of some names, of a plan with something behind it."""

    plan: Plan
    names: Sequence[str]
    suffix: str
    first_only: bool
    """Whether the query stopped at its first rows, so that looking through all its solutions would take far longer."""
    every: bool = False
    """Whether each way is to be one to all solutions that give the row."""


class Search:
    """The search for the solutions of some rows.

    Args:
        deriver: Asks the store.
        question: What is looked for.
        keys: The rows.

    Attributes:
        cut: Rows of which not all ways are followed.
    """

    def __init__(self, deriver: Deriver, question: Question, keys: Iterable[Row]) -> None:
        self.deriver = deriver
        self.question = question
        self.cut: set[Row] = set()
        self._found: Found = {key: [] for key in keys}
        self._lost: Unexplained | None = None

    def ways(self) -> dict[Row, Ways | Unexplained]:
        """The ways to each row."""
        if not (self._first_pass() or self._one_pass()):
            self._each_alone()
        self.cut.update(key for key, every in self._found.items() if len(every) > _TOO_MANY)
        return {
            key: self._lost if self._lost and not every else self.deriver.guarded(partial(self._joined, key, every))
            for key, every in self._found.items()
        }

    def _joined(self, key: Row, solutions: Sequence[Callable[[], Ways]]) -> Ways:
        if not self.question.every:
            return united(solutions[:_TOO_MANY])
        if key in self.cut:
            raise Unexplained(f"a sub-select gives it more than {WAYS} times")
        return all_of(self.deriver, [ways() for ways in solutions])

    def _first_pass(self) -> bool:
        plan, found = self.question.plan, self._found
        names, suffix = self.question.names, self.question.suffix
        if plan.anchored:
            limits = [50 + _PER_ROW * len(found)]
            if self.question.first_only:
                limits = [10 + most * len(found) for most in _FIRST_ONLY]
        else:
            alone = all(any(map(plan.takes, names, key)) for key in found)
            limits = [50 + 10 * len(found) if alone else 10 * WAYS]
        for limit in limits:
            solutions = self.deriver.ask(f"{{ {plan.bare} {suffix} }}", limit=limit)
            if len(solutions.rows) < limit:
                self._sort(solutions)
                return True
            if len(limits) > 1 and self._seen(solutions):
                self._sort(solutions)
                self.cut.update(found)
                return True
        return False

    def _seen(self, solutions: Solutions) -> bool:
        """Whether some solutions give every row."""
        trial: Found = {key: [] for key in self._found}
        self.deriver.sort(self.question.plan, solutions, self.question.names, trial)
        return all(trial.values())

    def _one_pass(self) -> bool:
        """All solutions of the rows: the query itself has gone through as many."""
        plan, found = self.question.plan, self._found
        if not plan.anchored or len(found) == 1:
            return False
        test = self._one_of(list(found))
        limit = _TOO_MANY * len(found) if test else 10 * WAYS
        solutions = self.deriver.ask(f"{{ {plan.bare} {self.question.suffix} {test} }}", limit=limit)
        whole = len(solutions.rows) < limit
        if not whole and len(found) <= _FEW_ROWS:
            return False
        self._sort(solutions)
        if not whole:
            self.cut.update(key for key, every in found.items() if every)
            self._lost = Unexplained(f"the rows have more than {limit} ways together")
        return True

    def _each_alone(self) -> None:
        deriver, names, suffix = self.deriver, self.question.names, self.question.suffix
        single = list(self._found)
        together = _TOGETHER if deriver.renderer.repeatable else 1
        for begin in range(0, len(single), together):
            several = single[begin : begin + together]
            texts = [deriver.given(self.question.plan, key, names, suffix) for key in several]
            branches = [f"{{ SELECT * {text} LIMIT {WAYS} }}" for text in texts]
            self._sort(deriver.ask(f"{{ {' UNION '.join(branches)} }}"))
            # What comes for a blank node, which cannot be given to a query, may be of other rows.
            self.cut.update(key for key in several if len(self._found[key]) >= WAYS or any(map(_nameless, key)))

    def _one_of(self, keys: Sequence[Row]) -> str:
        """A condition that the solutions of some rows meet."""
        for index, name in enumerate(self.question.names):
            if all(self.question.plan.takes(name, key[index]) for key in keys):
                return f"FILTER (?{name} IN ({', '.join(dict.fromkeys(str(key[index]) for key in keys))}))"
        return ""

    def _sort(self, solutions: Solutions) -> None:
        self.deriver.sort(self.question.plan, solutions, self.question.names, self._found)


def _nameless(term: Term | None) -> bool:
    return isinstance(term, BlankNode | Triple)


def united(solutions: Iterable[Callable[[], Ways]]) -> Ways:
    """The ways of all solutions.

    Raises:
        Unexplained: There is none.
    """
    found: dict[Facts, None] = {}
    for ways in solutions:
        found.update(dict.fromkeys(ways()))
    if not found:
        raise Unexplained(_LOST)
    return list(found)


def all_of(deriver: Deriver, several: Sequence[Ways]) -> Ways:
    """One way of each of many.

    Raises:
        Unexplained: There is none.
    """
    if not several:
        raise Unexplained(_LOST)
    ways: Ways = [frozenset().union(*(ways[0] for ways in several if len(ways) == 1))]
    for others in several:
        if len(others) != 1:
            ways = deriver.both(ways, others)
    return ways
