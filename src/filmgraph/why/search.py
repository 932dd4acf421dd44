"""The search for the solutions behind rows, within a budget that grows with the number of rows.

One pass over the pattern serves most answers. Where it is long, the first solutions do for a query that only wanted
the first ones; else each row is asked for by itself, unless that would take as long as the whole query each time.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, Triple

from filmgraph.why.inquiry import LOST, guarded, laid_out
from filmgraph.why.limits import Unexplained

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from filmgraph.rdf.results import Solutions, Term
    from filmgraph.why.inquiry import Found, Inquiry, ReaderOf, Ways
    from filmgraph.why.plan import Facts, Plan, Row

_TOGETHER = 40  # rows in one query
_FEW_ROWS = 3  # rows that may each be asked for by itself although that is a long way


class Sought(NamedTuple):
    """The rows to search for: values of some variables, in a plan and what follows it."""

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
        inquiry: The query, and what is asked.
        question: What is looked for.
        keys: The rows.
        reader: Makes the ways of solutions.

    Attributes:
        cut: Rows of which not all ways are followed.
    """

    def __init__(self, inquiry: Inquiry, question: Sought, keys: Iterable[Row], reader: ReaderOf) -> None:
        self.inquiry = inquiry
        self.question = question
        self._reader = reader
        self.cut: set[Row] = set()
        self._found: Found = {key: [] for key in keys}
        self._lost: Unexplained | None = None

    def ways(self) -> dict[Row, Ways | Unexplained]:
        """Return the ways of each row."""
        if not (self._first_pass() or self._one_pass()):
            self._each_alone()
        most = self.inquiry.limits.ways_at_hand
        self.cut.update(key for key, every in self._found.items() if len(every) > most)
        return {
            key: self._lost if self._lost and not every else guarded(partial(self._joined, key, every))
            for key, every in self._found.items()
        }

    def _joined(self, key: Row, solutions: Sequence[Callable[[], Ways]]) -> Ways:
        if not self.question.every:
            return united(solutions[: self.inquiry.limits.ways_at_hand])
        if key in self.cut:
            raise Unexplained(f"a sub-select gives it more than {self.inquiry.limits.ways} times")
        return self.inquiry.all_of([ways() for ways in solutions])

    def _first_pass(self) -> bool:
        plan, found, given = self.question.plan, self._found, self.inquiry.limits
        names, suffix = self.question.names, self.question.suffix
        if plan.anchored:
            limits = [given.ways + given.ways_per_row * len(found)]
            if self.question.first_only:
                limits = [10 + most * len(found) for most in given.first_rows]
        else:
            alone = all(any(map(plan.takes, names, key)) for key in found)
            limits = [50 + 10 * len(found) if alone else 10 * given.ways]
        for limit in limits:
            solutions = self.inquiry.ask(f"{{ {plan.bare} {suffix} }}", limit=limit)
            if len(solutions.rows) < limit:
                self._sort(solutions)
                return True
            if len(limits) > 1 and self._seen(solutions):
                self._sort(solutions)
                self.cut.update(found)
                return True
        return False

    def _seen(self, solutions: Solutions) -> bool:
        """Whether these solutions yield every row."""
        trial: Found = {key: [] for key in self._found}
        self._lay_out(solutions, trial)
        return all(trial.values())

    def _one_pass(self) -> bool:
        """Read the solutions of all rows in one query; False where there are too many."""
        plan, found, limits = self.question.plan, self._found, self.inquiry.limits
        if not plan.anchored or len(found) == 1:
            return False
        test = self._one_of(list(found))
        limit = limits.ways_at_hand * len(found) if test else 10 * limits.ways
        solutions = self.inquiry.ask(f"{{ {plan.bare} {self.question.suffix} {test} }}", limit=limit)
        whole = len(solutions.rows) < limit
        if not whole and len(found) <= _FEW_ROWS:
            return False
        self._sort(solutions)
        if not whole:
            self.cut.update(key for key, every in found.items() if every)
            self._lost = Unexplained(f"the rows have more than {limit} ways together")
        return True

    def _each_alone(self) -> None:
        inquiry, names, suffix, most = (
            self.inquiry,
            self.question.names,
            self.question.suffix,
            self.inquiry.limits.ways,
        )
        single = list(self._found)
        together = _TOGETHER if inquiry.renderer.repeatable else 1
        for begin in range(0, len(single), together):
            several = single[begin : begin + together]
            texts = [inquiry.given(self.question.plan, key, names, suffix) for key in several]
            branches = [f"{{ SELECT * {text} LIMIT {most} }}" for text in texts]
            self._sort(inquiry.ask(f"{{ {' UNION '.join(branches)} }}"))
            # What comes for a blank node, which cannot be given to a query, may be of other rows.
            self.cut.update(key for key in several if len(self._found[key]) >= most or any(map(_nameless, key)))

    def _one_of(self, keys: Sequence[Row]) -> str:
        """Return a filter that the solutions of these rows meet; empty where there is none."""
        for index, name in enumerate(self.question.names):
            if all(self.question.plan.takes(name, key[index]) for key in keys):
                return f"FILTER (?{name} IN ({', '.join(dict.fromkeys(str(key[index]) for key in keys))}))"
        return ""

    def _sort(self, solutions: Solutions) -> None:
        self._lay_out(solutions, self._found)

    def _lay_out(self, solutions: Solutions, found: Found) -> None:
        laid_out(self._reader(self.question.plan, solutions.variables), solutions, self.question.names, found)


def _nameless(term: Term | None) -> bool:
    return isinstance(term, BlankNode | Triple)


def united(solutions: Iterable[Callable[[], Ways]]) -> Ways:
    """Return the ways of all solutions, each once.

    Raises:
        Unexplained: There is none.
    """
    found: dict[Facts, None] = {}
    for ways in solutions:
        found.update(dict.fromkeys(ways()))
    if not found:
        raise Unexplained(LOST)
    return list(found)
