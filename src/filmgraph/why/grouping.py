"""Groups of an aggregate: which group a row came from, and the ways to all that the group has."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Triple

from filmgraph.rdf.results import Solutions, Term
from filmgraph.sparql.scope import name_of, projected, where_group
from filmgraph.sparql.tokens import Token
from filmgraph.why.limits import USED, Unexplained
from filmgraph.why.search import all_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from filmgraph.sparql.query import Query
    from filmgraph.sparql.tree import Node
    from filmgraph.store.base import Store
    from filmgraph.why.deriving import Deriver, Found, Ways
    from filmgraph.why.parts import Plan
    from filmgraph.why.recipe import Row

Values = dict[str, "Term | None"]
_MANY = 4  # groups for which one pass over everything is tried first
_TOGETHER = 20  # groups in one query


class Aggregates:
    """The ways to rows of aggregates: all that a group has.

    Args:
        deriver: Finds the ways to the solutions of the groups.
    """

    def __init__(self, deriver: Deriver) -> None:
        self.deriver = deriver
        self._groupings: dict[tuple[int, str | None], Grouped] = {}
        self._found: dict[tuple[int, str | None], Found] = {}
        self._whole: set[tuple[int, str | None]] = set()

    def ways(self, select: Node, rows: Sequence[Values], graph: str | None) -> list[Ways | Unexplained]:
        """The ways to rows of a SELECT with aggregates, given with all their columns."""
        try:
            grouped = self._grouped(select, graph)
            keys = [[tuple(key.values()) for key in grouped.keys(row)] for row in rows]
            self._read(grouped, list(dict.fromkeys(key for several in keys for key in several)))
        except Unexplained as reason:
            return [reason] * len(rows)
        return [self.deriver.guarded(partial(self._of_row, grouped, several)) for several in keys]

    def _grouped(self, select: Node, graph: str | None) -> Grouped:
        known = self._groupings.get((id(select), graph))
        if known is None:
            deriver = self.deriver
            known = Grouped(deriver.store, deriver.query, select, deriver.renderer.mark, graph)
            self._groupings[id(select), graph] = known
        return known

    def _read(self, grouped: Grouped, keys: list[Row]) -> None:
        """Read all solutions of some groups: in one pass where that is short, else several groups at a time."""
        name = (id(grouped.select), grouped.graph)
        found = self._found.setdefault(name, {})
        if name not in self._whole and len(keys) >= _MANY:
            self._read_all(grouped)
        missing = [] if name in self._whole else [key for key in keys if key not in found]
        # A blank node cannot be given to a query, so what comes is not only of its group.
        alone = [key for key in missing if any(isinstance(term, BlankNode | Triple) for term in key)]
        together = [key for key in missing if key not in alone]
        for key in alone:
            self._read_groups(grouped, [key])
        most = _TOGETHER if self.deriver.renderer.repeatable else 1
        for begin in range(0, len(together), most):
            self._read_groups(grouped, together[begin : begin + most])

    def _read_all(self, grouped: Grouped) -> None:
        deriver, plan, name = self.deriver, self._plan(grouped), (id(grouped.select), grouped.graph)
        solutions = deriver.ask(f"{{ {plan.bare} {grouped.binds} }}", limit=USED + 1)
        if len(solutions.rows) <= USED:
            places = [solutions.variables.index(n) if n in solutions.variables else -1 for n in grouped.names]
            keys = (tuple([row[place] if place >= 0 else None for place in places]) for row in solutions.rows)
            self._found[name] = {key: [] for key in keys}
            self._whole.add(name)
            deriver.sort(plan, solutions, grouped.names, self._found[name])

    def _read_groups(self, grouped: Grouped, keys: list[Row]) -> None:
        deriver, plan, names = self.deriver, self._plan(grouped), grouped.names
        texts = [deriver.given(plan, key, names, grouped.binds) for key in keys]
        body = texts[0] if len(keys) == 1 else _branches(texts)
        solutions = deriver.ask(body, limit=USED + 1 if len(keys) == 1 else None)
        read: Found = {key: [] for key in keys}
        deriver.sort(plan, solutions, names, read)
        if len(keys) == 1 and len(solutions.rows) > USED:
            read[keys[0]] = [_too_many]  # what came may be of other groups, so some of this one may be missing
        self._found[id(grouped.select), grouped.graph].update(read)

    def _plan(self, grouped: Grouped) -> Plan:
        return self.deriver.plan(where_group(grouped.select), grouped.graph)

    def _of_row(self, grouped: Grouped, keys: list[Row]) -> Ways:
        deriver, found = self.deriver, self._found[id(grouped.select), grouped.graph]
        every: Ways = []
        for key in keys:
            solutions = found.get(key, [])
            if len(solutions) > USED:
                _too_many()
            if key and not solutions:  # a group that GROUP BY made has some
                raise Unexplained("the store did not give this group again")
            # How often a row of a sub-select comes counts here, unlike where a single row is explained.
            counting, deriver.counting = deriver.counting, True
            try:
                every += all_of(deriver, [ways() for ways in solutions]) if solutions else [frozenset()]
            finally:
                deriver.counting = counting
        if not every:
            raise Unexplained("the store did not give this group again")
        return every


def _branches(texts: list[str]) -> str:
    return "{ " + " UNION ".join(f"{{ SELECT * {text} LIMIT {USED + 1} }}" for text in texts) + " }"


def _too_many() -> Ways:
    raise Unexplained(f"its aggregate uses more than {USED} solutions, too many to cite")


class Grouped:
    """The groups of a SELECT with aggregates.

    Args:
        store: What is asked.
        query: The query.
        select: The SELECT or sub-select.
        mark: How added variables begin.
        graph: The named graph around it.

    Attributes:
        binds: BIND for each key that is an expression.
        names: The keys.
    """

    def __init__(self, store: Store, query: Query, select: Node, mark: str, graph: str | None) -> None:
        self.store = store
        self.query = query
        self.select = select
        self.graph = graph
        self.binds = ""
        self.names: list[str] = []
        self._clauses: list[str] = []
        self._groups: list[tuple[Values, Values]] | None = None
        for kind in ("SelectClause", "GroupClause", "HavingClause"):
            clause = select.find(kind)
            exists = (node for node in clause.walk() if node.kind in ("Exists", "NotExists")) if clause else iter(())
            if next(exists, None) is not None:
                raise Unexplained("EXISTS in GROUP BY, HAVING or among the values shown cannot be followed")
        group = select.find("GroupClause")
        for number, child in enumerate(group.children[2:] if group else []):
            self._add(child, f"{mark}_key{number}")

    def _add(self, child: Node | Token, fresh: str) -> None:
        text = self.query.text
        if isinstance(child, Token):
            self.names.append(name_of(child))
            self._clauses.append(child.text)
            return
        if child.kind == "Grouping":
            name = name_of(child.token(-2))
            expression = text[child.children[1].start : child.children[-3].start]
        else:
            name, expression = fresh, text[child.start : child.end]
        self.names.append(name)
        self._clauses.append(f"({expression} AS ?{name})")
        self.binds += f" BIND ({expression} AS ?{name})"

    def keys(self, row: Values) -> Iterator[Values]:
        """The keys of each group that gives this row."""
        shown = projected(self.select)
        direct = {child.text[1:] for child in self.select.nodes[0].children if isinstance(child, Token)}
        if all(name in direct for name in self.names):
            yield {name: row.get(name) for name in self.names}
            return
        for values, keys in self._all(shown):
            if all(values.get(name) == row.get(name) for name in shown):
                yield keys

    def _all(self, shown: list[str]) -> list[tuple[Values, Values]]:
        if self._groups is None:
            hidden = [name for name in self.names if name not in shown]
            found = self.store.query(self._text(hidden))
            assert isinstance(found, Solutions)  # noqa: S101 -- it was a SELECT
            self._groups = []
            for row in found.rows:
                values = dict(zip(found.variables, row, strict=True))
                self._groups.append((values, {name: values.get(name) for name in self.names}))
        return self._groups

    def _text(self, hidden: list[str]) -> str:
        """The SELECT, with its hidden keys shown, and all its groups: no DISTINCT, no ORDER, no LIMIT."""
        query, text = self.query, self.query.text
        clause, having = self.select.nodes[0], self.select.find("HavingClause")
        items = [child for child in clause.children if not isinstance(child, Token) or child.kind == "VAR"]
        shown = " ".join([*(text[item.start : item.end] for item in items), *(f"?{name}" for name in hidden)])
        group = where_group(self.select)
        body = text[group.start : group.end]
        dataset = " ".join(text[node.start : node.end] for node in query.body.all("DatasetClause"))
        return " ".join(
            [
                f"{text[: query.body.start]}SELECT {shown} {dataset}",
                body if self.graph is None else f"{{ GRAPH {self.graph} {body} }}",
                f"GROUP BY {' '.join(self._clauses)}",
                text[having.start : having.end] if having is not None else "",
            ]
        )
