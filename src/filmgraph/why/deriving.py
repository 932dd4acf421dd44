"""The ways to a row: which facts were used, by asking the store for the solutions behind the row."""

from __future__ import annotations

from functools import partial
from math import inf
from time import monotonic
from typing import TYPE_CHECKING

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode

from filmgraph.rdf.namespaces import NON_CITATION_GRAPHS
from filmgraph.rdf.results import Solutions, Term
from filmgraph.sparql.checks import has_aggregates
from filmgraph.sparql.scope import in_scope, projected, variables, where_group
from filmgraph.store.base import FactsAtHand
from filmgraph.why.citations_of_facts import Fact
from filmgraph.why.grouping import Aggregates
from filmgraph.why.limits import WAYS, Unexplained
from filmgraph.why.parts import Atom, Choice, Closure, Either, Exists, Inner, Maybe, Named, Plan
from filmgraph.why.recipe import Recipe, Row
from filmgraph.why.rendering import ALLOWED, surely_bound
from filmgraph.why.search import Question, Search, united
from filmgraph.why.walks import NODE, walks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from filmgraph.sparql.tree import Node
    from filmgraph.store.base import Store
    from filmgraph.why.parts import Part
    from filmgraph.why.rendering import Renderer
    from filmgraph.why.walks import Edges

Facts = frozenset[Fact]
Ways = list[Facts]
Values = dict[str, Term | None]
Found = dict[Row, list["Callable[[], Ways]"]]
"""Rows, and for each solution that gives it, what makes the ways of that solution."""
_NOTHING: Facts = frozenset()


class Deriver:
    """Finds the facts behind the rows of one query.

    Args:
        store: What is asked.
        renderer: Writes the groups of the query.
        first_only: Whether the query shows its first rows only, whichever they are.

    Attributes:
        capped: Whether something inside the rows had more ways than were followed.
        cut: Rows that had more ways than were followed.
        deadline: The moment, by `time.monotonic`, after which no more is looked into.
        counting: Whether it matters how often a row of a sub-select comes.
        edges: The edges of paths that were read, or why they were not.
    """

    def __init__(self, store: Store, renderer: Renderer, *, first_only: bool = False) -> None:
        self.store = store
        self.query = query = renderer.query
        self.capped = False
        self.renderer = renderer
        body = query.body
        self.prologue = query.text[: body.start]
        self.dataset = " ".join(query.text[node.start : node.end] for node in body.all("DatasetClause"))
        values = query.root.find("Values")
        self.trailing = query.text[values.start : values.end] if values is not None else ""
        self.cut: set[Row] = set()
        self.counting = False
        self.deadline = inf
        self._depth = 0
        self._first_only = first_only
        self.edges: dict[tuple[object, ...], Edges | Unexplained] = {}
        self.aggregates = Aggregates(self)
        self._seen: dict[tuple[object, ...], Ways] = {}

    @property
    def complete(self) -> bool:
        """Whether every fact is known to stand in a named graph."""
        return isinstance(self.store, FactsAtHand) and self.store.complete

    def hurry(self) -> None:
        """Go on only before the deadline.

        Raises:
            Unexplained: It is over.
        """
        if monotonic() > self.deadline:
            raise Unexplained("evidence for all its rows takes too long; ask for fewer rows")

    def ask(self, body: str, *, limit: int | None = None) -> Solutions:
        """Run ``SELECT * { … }`` with the prologue and the dataset of the query."""
        tail = f" LIMIT {limit}" if limit is not None else ""
        found = self.store.query(f"{self.prologue}SELECT * {self.dataset} {body}{tail}")
        assert isinstance(found, Solutions)  # noqa: S101 -- it was a SELECT
        return found

    def plan(self, group: Node, graph: str | None) -> Plan:
        """The group written again, once."""
        plans, key = self.renderer.plans, (id(group), graph)
        if key not in plans:
            plans[key] = self.renderer.plan(group, graph)
        return plans[key]

    def term(self, reference: str, values: Mapping[str, Term | None]) -> Term:
        """What a variable or a constant stands for."""
        if reference[0] == "?":
            term = values.get(reference[1:])
            if term is None:
                raise Unexplained(f"{reference} has no value where a fact needs one")
            return term
        return self.renderer.constant(reference)

    def select(self, select: Node, rows: Sequence[Values], graph: str | None = None) -> list[Ways | Unexplained]:
        """The ways to rows of a SELECT or a sub-select, given with all their columns."""
        if has_aggregates(select):
            return self.aggregates.ways(select, rows, graph)
        names, every = projected(select), self.counting and "DISTINCT" not in select.nodes[0].words
        return self.solutions(where_group(select), rows, names, graph, suffix=self._computed(select), every=every)

    def guarded(self, work: Callable[[], Ways]) -> Ways | Unexplained:
        """What some work finds, or why it finds nothing."""
        try:
            return work()
        except Unexplained as reason:
            return reason

    def _computed(self, select: Node) -> str:
        """BIND for each expression of a SELECT, and its VALUES: what stands outside its group."""
        clause = select.nodes[0]
        text = self.query.text
        binds = [
            f"BIND ({text[node.children[1].start : node.children[-3].start]} AS {node.token(-2).text})"
            for node in clause.nodes
        ]
        if any(inner.kind in ("Exists", "NotExists") for node in clause.nodes for inner in node.walk()):
            raise Unexplained("EXISTS among the values that are shown is a value")
        values = select.find("Values")
        own = [text[values.start : values.end]] if values is not None else []
        return " ".join([*binds, *own, *([self.trailing] if select is self.query.body else [])])

    def solutions(
        self,
        group: Node,
        rows: Sequence[Values],
        names: Sequence[str],
        graph: str | None,
        *,
        suffix: str = "",
        guessed: bool = False,
        every: bool = False,
    ) -> list[Ways | Unexplained]:
        """The ways to rows of a group: each row gives values, or None for unbound, to these names.

        Args:
            group: Its node.
            rows: The rows.
            names: Which of their values count.
            graph: The named graph around it.
            suffix: What follows the group.
            guessed: Whether a row may be none of the group.
            every: Whether each way is to be one to all solutions that give the row.
        """
        plan = self.plan(group, graph)
        keys = [tuple(row.get(name) for name in names) for row in rows]
        if not guessed and plan.told_by(names) and not any(None in key for key in keys):
            # The rows show every value of their patterns: nothing is left to ask.
            read = self.reader(plan, names)
            return [self.guarded(partial(read, key)) for key in keys]
        # What shows only its first rows has not gone through the others; inside a row all ways count.
        search = Search(
            self, Question(plan, names, suffix, self._first_only and not self._depth, every), dict.fromkeys(keys)
        )
        ways = search.ways()
        if self._depth:
            self.capped = self.capped or bool(search.cut)
        else:
            self.cut |= search.cut
        return [ways[key] for key in keys]

    def possible(self, key: Row, names: Sequence[str], chosen: Iterable[str]) -> bool:
        """Whether a row has a way whose facts all stand in certain citations, or need none.

        The store is asked, so that it does not matter how many ways there are.

        Args:
            key: The values of the row.
            names: Its columns, in the same order.
            chosen: The citations.

        Raises:
            Unexplained: The query has parts for which this cannot be asked in one query.
        """
        body = self.query.body
        select = self.query.form == "select"
        if select and has_aggregates(body):
            raise Unexplained(f"it has more than {WAYS} ways")
        return self.limited(key if names else (), names, chosen, self._computed(body) if select else self.trailing)

    def limited(self, key: Row, names: Sequence[str], chosen: Iterable[str], suffix: str) -> bool:
        """The same of any row that gives values to some names.

        Raises:
            Unexplained: See `possible`.
        """
        if self.dataset or any(isinstance(term, ox.BlankNode | ox.Triple) for term in key):
            raise Unexplained(f"it has more than {WAYS} ways")  # a blank node cannot be given to a query
        plan = self.renderer.limited(where_group(self.query.body), complete=self.complete)
        graphs = " ".join(f"<{name}>" for name in [*chosen, *NON_CITATION_GRAPHS])
        text = self.given(plan, key, names, suffix).replace(ALLOWED, graphs)
        return bool(self.ask(text, limit=1).rows)

    def given(self, plan: Plan, key: Row, names: Sequence[str], suffix: str) -> str:
        """The group with the values of one row; more than asked for may come, never fewer."""
        values = {name: t for name, t in zip(names, key, strict=True) if t is not None and plan.takes(name, t)}
        tests: list[str] = []
        for name, term in zip(names, key, strict=True):
            if name not in values and isinstance(term, NamedNode | Literal):
                tests.append(f"sameTerm(?{name}, {term})")
            elif term is None:
                tests.append(f"!BOUND(?{name})")
        condition = f"FILTER ({' && '.join(tests)})" if tests else ""
        return f"{{ {plan.given(values)} {suffix} {condition} }}"

    def reader(self, plan: Plan, variables: Sequence[str]) -> Callable[[Row], Ways]:
        """What makes the ways of a row with these columns."""
        if plan.plain:
            recipes, key = self.renderer.recipes, (plan, *variables)
            if key not in recipes:
                recipes[key] = Recipe(plan.parts, variables, self.renderer.constant)
            facts = recipes[key].facts
            return lambda row: [facts(row)]
        return lambda row: self.ways(plan.parts, dict(zip(variables, row, strict=True)))

    def sort(self, plan: Plan, solutions: Solutions, names: Sequence[str], found: Found) -> None:
        """Lay solutions to the rows that they give."""
        read = self.reader(plan, solutions.variables)
        places = [solutions.variables.index(name) if name in solutions.variables else -1 for name in names]
        for row in solutions.rows:
            key = tuple([row[place] if place >= 0 else None for place in places])
            if key in found:
                found[key].append(partial(read, row))

    def mentions(self, node: Fact) -> Ways:
        """The facts in which a node occurs: any of them makes it a node of its graph."""
        term = node.subject
        if isinstance(term, ox.BlankNode):
            raise Unexplained("a path of no length starts at a blank node")
        branches = [f"{{ ?s ?p {term} }}", *([] if isinstance(term, Literal) else [f"{{ {term} ?p ?o }}"])]
        text = f"{{ {' UNION '.join(branches)} }}"
        found = self.ask(text if node.graph is None else f"{{ GRAPH {node.graph} {text} }}", limit=WAYS)
        self.capped = self.capped or len(found.rows) >= WAYS
        ways: Ways = []
        for row in found.rows:
            values = dict(zip(found.variables, row, strict=True))
            subject, predicate, object_ = values.get("s") or term, values.get("p"), values.get("o") or term
            if predicate is not None:
                ways.append(frozenset({Fact(node.graph, subject, predicate, object_)}))
        # Oxigraph wants the node in the graph; by the standard a constant end of a path needs no fact at all.
        return ways or [_NOTHING]

    def ways(self, parts: Sequence[Part], values: Values) -> Ways:
        """The ways to one solution of a group."""
        facts: list[Fact] = []
        others: list[Ways] = []
        for part in parts:
            if isinstance(part, Atom):
                facts.append(self._fact(part, values))
            else:
                others.append(self._part(part, values))
        ways: Ways = [frozenset(facts)]
        for other in others:
            ways = self.both(ways, other)
        return ways

    def both(self, left: Ways, right: Ways) -> Ways:
        """One way of each."""
        if len(right) == 1:
            return [way | right[0] for way in left] if right[0] else left
        joined = list(dict.fromkeys(one | other for one in left for other in right))
        if len(joined) > WAYS:
            self.capped = True
            joined = sorted(joined, key=len)[:WAYS]
        return joined

    def _fact(self, atom: Atom, values: Values) -> Fact:
        term = self.term
        graph = term(atom.graph, values) if atom.graph is not None else None
        return Fact(graph, term(atom.subject, values), term(atom.predicate, values), term(atom.object, values))

    def _part(self, part: Part, values: Values) -> Ways:
        if isinstance(part, Choice | Maybe | Named | Either):
            return self._plain_part(part, values)
        graph = str(self.term(part.graph, values)) if part.graph is not None else None
        if isinstance(part, Inner):
            row = {name: values.get(name) for name in projected(part.select)}
            return self._once(
                ("inner", id(part.select), graph, self.counting, *row.values()),
                lambda: self._inner(part.select, row, graph),
            )
        if isinstance(part, Exists):
            used = {name: values[name] for name in variables(part.group) if values.get(name) is not None}
            return self._once(
                ("exists", id(part.group), graph, *used.items()), lambda: self._exists(part.group, used, graph)
            )
        if isinstance(part, Closure):
            start, end = self.term(part.subject, values), self.term(part.object, values)
            fixed = "?" not in (part.subject[0], part.object[0])
            key = ("closure", id(part.inner), graph, start, end, fixed)
            return self._once(key, lambda: walks(self, part, start, end, graph))
        raise TypeError(part)

    def _plain_part(self, part: Choice | Maybe | Named | Either, values: Values) -> Ways:
        """A part whose values are all in the solution."""
        if isinstance(part, Named):
            name = self.term(part.graph, values)
            return [frozenset({Fact(name, name, NODE, name)})]
        marker = values.get(part.marker[1:])
        if isinstance(part, Either):
            return self._either(part, values)
        if isinstance(part, Choice):
            return self.ways(part.branches[int(marker.value) if isinstance(marker, Literal) else 0], values)
        return self.ways(part.parts, values) if marker is not None else [_NOTHING]

    def _either(self, part: Either, values: Values) -> Ways:
        marker = values.get(part.marker[1:])
        if isinstance(marker, Literal) and marker.value == "true":
            return [_NOTHING]
        ways: Ways = []
        for group in part.groups:
            found = self.guarded(partial(self._part, Exists(part.graph, group), values))
            ways += [] if isinstance(found, Unexplained) else found
        if not ways:
            raise Unexplained("no alternative of a condition was found again")
        return list(dict.fromkeys(ways))

    def _once(self, key: tuple[object, ...], work: Callable[[], Ways]) -> Ways:
        if key not in self._seen:
            self._seen[key] = work()
        return self._seen[key]

    def _inner(self, select: Node, row: Values, graph: str | None) -> Ways:
        if not has_aggregates(select):
            group = where_group(select)
            open_ = set(in_scope(group)) - surely_bound(group)
            # A row without such a value joins with any: its ways are not looked for.
            self.capped = self.capped or any(row.get(name) is not None for name in open_)
        counting = self.counting
        self._depth += 1
        try:
            (ways,) = self.select(select, [row], graph)
        finally:
            self._depth -= 1
            self.counting = counting
        if isinstance(ways, Unexplained):
            raise ways
        return ways

    def _exists(self, group: Node, used: Values, graph: str | None) -> Ways:
        counting, self.counting = self.counting, False  # one is as good as many
        try:
            return self._found_once(self.plan(group, graph), set(in_scope(group)), used)
        finally:
            self.counting = counting

    def _found_once(self, plan: Plan, visible: set[str], used: Values) -> Ways:
        names = list(used)
        key = tuple(used.values())
        values = {name: term for name, term in zip(names, key, strict=True) if term is not None}
        given = {name: term for name, term in values.items() if plan.takes(name, term)}
        others = {n: t for n, t in values.items() if n not in given and not isinstance(t, ox.BlankNode)}
        rest = "".join(f" BIND ({term} AS ?{name})" for name, term in others.items())
        solutions = self.ask(f"{{{rest} {plan.given(given)[1:]}", limit=WAYS)
        self.capped = self.capped or len(solutions.rows) >= WAYS
        seen = [name for name in names if name in visible]
        wanted = tuple(used[name] for name in seen)
        found: Found = {wanted: []}
        self.sort(plan, solutions, seen, found)
        return united(found[wanted])
