"""Ways to rows: the sets of facts that yield a row, read from the solutions behind it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pyoxigraph as ox
from pyoxigraph import Literal

from filmgraph.rdf.namespaces import NON_CITATION_GRAPHS
from filmgraph.sparql.checks import has_aggregates
from filmgraph.sparql.scope import in_scope, projected, variables, where_group
from filmgraph.why.citations_of_facts import NODE, Fact
from filmgraph.why.grouping import Aggregates
from filmgraph.why.inquiry import guarded, laid_out
from filmgraph.why.limits import Unexplained
from filmgraph.why.parts import Atom, Choice, Closure, Either, Exists, Inner, Named, NegatedPart, OptionalPart
from filmgraph.why.plan import Recipe
from filmgraph.why.rendering import ALLOWED
from filmgraph.why.search import Search, Sought, united
from filmgraph.why.shadows import Shadow, needed
from filmgraph.why.shape import surely_bound
from filmgraph.why.walks import Walks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from filmgraph.sparql.tree import Node
    from filmgraph.why.inquiry import Found, Inquiry, Reader, Values, Ways
    from filmgraph.why.parts import Part
    from filmgraph.why.plan import Facts, Plan, Row

_NOTHING: Facts = frozenset()


class Deriver:
    """Finds the facts behind the rows of one query.

    Args:
        inquiry: The query, and what is asked.
        first_only: Whether the query shows its first rows only, whichever they are.

    Attributes:
        cut: Rows that had more ways than were followed.
    """

    def __init__(self, inquiry: Inquiry, *, first_only: bool = False) -> None:
        self.inquiry = inquiry
        self.cut: set[Row] = set()
        self._first_only = first_only
        self._aggregates = Aggregates(inquiry, partial(self._reader, counting=True), self._facts_of)
        self._walks = Walks(inquiry, self._ways)
        self._seen: dict[tuple[object, ...], Ways] = {}

    def select(self, rows: Sequence[Values]) -> list[Ways | Unexplained]:
        """Return the ways of rows of a SELECT; each row has all the columns of the query."""
        body = self.inquiry.query.body
        if has_aggregates(body):
            return self._aggregates.ways(body, rows, None)
        return self.solutions(where_group(body), rows, projected(body), suffix=self._computed(body))

    def solutions(
        self, group: Node, rows: Sequence[Values], names: Sequence[str], *, suffix: str = "", guessed: bool = False
    ) -> list[Ways | Unexplained]:
        """Return the ways of rows of a group; a row binds these variables, with None for unbound.

        Args:
            group: Its node.
            rows: The rows.
            names: Which of their values count.
            suffix: What follows the group.
            guessed: Whether a row may be none of the group.
        """
        plan = self.inquiry.plan(group, None)
        keys = [tuple(row.get(name) for name in names) for row in rows]
        if not guessed and plan.told_by(names) and not any(None in key for key in keys):
            # The rows show every value of their patterns: nothing is left to ask.
            read = self._reader(plan, names)
            return [guarded(partial(read, key)) for key in keys]
        search = Search(self.inquiry, Sought(plan, names, suffix, self._first_only), dict.fromkeys(keys), self._reader)
        ways = search.ways()
        self.cut |= search.cut
        return [ways[key] for key in keys]

    def _computed(self, select: Node) -> str:
        own = self.inquiry.renderer.computed(select)
        return f"{own} {self.inquiry.trailing}" if select is self.inquiry.query.body else own

    def possible(self, key: Row, names: Sequence[str], chosen: Iterable[str]) -> bool:
        """Whether a row has a way whose facts all stand in the chosen citations, or need no citation.

        The store is asked, so that it does not matter how many ways there are.

        Args:
            key: The values of the row.
            names: Its columns, in the same order.
            chosen: The citations.

        Raises:
            Unexplained: The query has parts for which this cannot be asked in one query.
        """
        query = self.inquiry.query
        select = query.form == "select"
        if select and has_aggregates(query.body):
            raise Unexplained(self._too_many())
        suffix = self._computed(query.body) if select else self.inquiry.trailing
        return self.limited(key if names else (), names, chosen, suffix)

    def limited(self, key: Row, names: Sequence[str], chosen: Iterable[str], suffix: str) -> bool:
        """Whether any row with these bindings has a way within the chosen citations.

        Raises:
            Unexplained: See `possible`.
        """
        inquiry = self.inquiry
        if inquiry.dataset or any(isinstance(term, ox.BlankNode | ox.Triple) for term in key):
            raise Unexplained(self._too_many())  # a blank node cannot be given to a query
        plan = inquiry.renderer.limited(where_group(inquiry.query.body), complete=inquiry.complete)
        graphs = " ".join(f"<{name}>" for name in [*chosen, *NON_CITATION_GRAPHS])
        text = inquiry.given(plan, key, names, suffix).replace(ALLOWED, graphs)
        return bool(inquiry.ask(text, limit=1).rows)

    def _too_many(self) -> str:
        return f"it has more than {self.inquiry.limits.ways} ways"

    def _reader(self, plan: Plan, variables: Sequence[str], *, counting: bool = False) -> Reader:
        """Return the function that makes the ways of a row with these columns.

        Args:
            plan: The group.
            variables: The columns.
            counting: Whether it matters how often a row of a sub-select comes.
        """
        if plan.plain:
            renderer = self.inquiry.renderer
            recipes, key = renderer.recipes, (plan, *variables)
            if key not in recipes:
                recipes[key] = Recipe(plan.parts, variables, renderer.constant)
            facts = recipes[key].facts
            return lambda row: [facts(row)]
        return lambda row: self._ways(plan.parts, dict(zip(variables, row, strict=True)), counting=counting)

    def mentions(self, node: Fact) -> Ways:
        """Return each fact that has a node as subject or object, as a way of "this node occurs".

        Raises:
            Unexplained: It is a blank node.
        """
        term, inquiry = node.subject, self.inquiry
        if isinstance(term, ox.BlankNode):
            raise Unexplained("a path of no length starts at a blank node")
        branches = [f"{{ ?s ?p {term} }}", *([] if isinstance(term, Literal) else [f"{{ {term} ?p ?o }}"])]
        text = f"{{ {' UNION '.join(branches)} }}"
        most = inquiry.limits.ways
        found = inquiry.ask(text if node.graph is None else f"{{ GRAPH {node.graph} {text} }}", limit=most)
        inquiry.capped = inquiry.capped or len(found.rows) >= most
        ways: Ways = []
        for row in found.rows:
            values = dict(zip(found.variables, row, strict=True))
            subject, predicate, object_ = values.get("s") or term, values.get("p"), values.get("o") or term
            if predicate is not None:
                ways.append(frozenset({Fact(node.graph, subject, predicate, object_)}))
        # Oxigraph wants the node in the graph; by the standard a constant end of a path needs no fact at all.
        return ways or [_NOTHING]

    def _ways(self, parts: Sequence[Part], values: Values, *, counting: bool = False) -> Ways:
        """Return the ways of one solution of a group."""
        facts: list[Fact] = []
        others: list[Ways] = []
        for part in parts:
            if isinstance(part, Atom):
                facts.append(self._fact(part, values))
            else:
                others.append(self._part(part, values, counting=counting))
        ways: Ways = [frozenset(facts)]
        for other in others:
            ways = self.inquiry.both(ways, other)
        return ways

    def _fact(self, atom: Atom, values: Values) -> Fact:
        term = self.inquiry.term
        graph = term(atom.graph, values) if atom.graph is not None else None
        return Fact(graph, term(atom.subject, values), term(atom.predicate, values), term(atom.object, values))

    def _part(self, part: Part, values: Values, *, counting: bool) -> Ways:
        if isinstance(part, Choice | OptionalPart | Named | Either):
            return self._plain_part(part, values, counting=counting)
        term = self.inquiry.term
        graph = str(term(part.graph, values)) if part.graph is not None else None
        if isinstance(part, Inner):
            row = {name: values.get(name) for name in projected(part.select)}
            return self._once(
                ("inner", id(part.select), graph, counting, *row.values()),
                lambda: self._inner(part.select, row, graph, counting=counting),
            )
        if isinstance(part, Exists):
            return self._exists(part.group, values, graph, certain=True)
        if isinstance(part, Closure):
            start, end = term(part.subject, values), term(part.object, values)
            key = ("closure", id(part.inner), graph, start, end)
            return self._once(key, lambda: self._walks.ways(part, start, end, graph))
        raise TypeError(part)

    def _plain_part(self, part: Choice | OptionalPart | Named | Either, values: Values, *, counting: bool) -> Ways:
        """Return the ways of a part whose variables are all bound by the solution."""
        if isinstance(part, Named):
            name = self.inquiry.term(part.graph, values)
            return [frozenset({Fact(name, name, NODE, name)})]
        if isinstance(part, Either):
            return self._either(part, values)
        marker = values.get(part.marker[1:])
        if isinstance(part, Choice):
            number = int(marker.value) if isinstance(marker, Literal) else 0
            return self._ways(part.branches[number], values, counting=counting)
        if marker is not None:
            return self._ways(part.parts, values, counting=counting)
        return [self._kept_out(part, part.group, values)] if part.group is not None else [_NOTHING]

    def _either(self, part: Either, values: Values) -> Ways:
        marker = values.get(part.marker[1:])
        if isinstance(marker, Literal) and marker.value == "true":
            return [_NOTHING]
        if len(part.groups) == 1:
            return self._part(Exists(part.graph, part.groups[0]), values, counting=False)
        ways: Ways = []
        for group in part.groups:
            graph = str(self.inquiry.term(part.graph, values)) if part.graph is not None else None
            found = guarded(partial(self._exists, group, values, graph, certain=False))
            ways += [] if isinstance(found, Unexplained) else found
        if not ways:
            raise Unexplained("no alternative of a condition was found again")
        return list(dict.fromkeys(ways))

    def _once(self, key: tuple[object, ...], work: Callable[[], Ways]) -> Ways:
        if key not in self._seen:
            self._seen[key] = work()
        return self._seen[key]

    def _inner(self, select: Node, row: Values, graph: str | None, *, counting: bool) -> Ways:
        """Return the ways of a row of a sub-select."""
        if has_aggregates(select):
            (ways,) = self._aggregates.ways(select, [row], graph)
        else:
            group, names = where_group(select), projected(select)
            open_ = set(in_scope(group)) - surely_bound(group)
            # A row without such a value joins with any: its ways are not looked for.
            self.inquiry.capped = self.inquiry.capped or any(row.get(name) is not None for name in open_)
            key = tuple(row.get(name) for name in names)
            plan = self.inquiry.plan(group, graph)
            every = counting and "DISTINCT" not in select.nodes[0].words
            question = Sought(plan, names, self._computed(select), first_only=False, every=every)
            search = Search(self.inquiry, question, [key], partial(self._reader, counting=counting))
            ways = search.ways()[key]
            self.inquiry.capped = self.inquiry.capped or bool(search.cut)
        if isinstance(ways, Unexplained):
            raise ways
        return ways

    def _exists(self, group: Node, values: Values, graph: str | None, *, certain: bool) -> Ways:
        """Return a way of some solution of a group under given bindings; the first one found suffices.

        Args:
            group: The group.
            values: The values.
            graph: The named graph around it.
            certain: Whether it is known to have a solution.
        """
        used = {name: values[name] for name in self._named(group) if values.get(name) is not None}
        return self._once(
            ("exists", id(group), graph, *used.items()), lambda: self._holds(group, used, graph, certain=certain)
        )

    def _named(self, group: Node) -> list[str]:
        """Return the variables of a group, cached."""
        known = self.inquiry.renderer.names_in
        if id(group) not in known:
            known[id(group)] = variables(group)
        return known[id(group)]

    def _holds(self, group: Node, used: Values, graph: str | None, *, certain: bool) -> Ways:
        plan, most = self.inquiry.plan(group, graph), self.inquiry.limits.ways
        if certain and plan.told_by(used):
            return self._ways(plan.parts, used)  # it holds, and there is no other way to it
        solutions = self.inquiry.ask(self._with(plan, used), limit=most)
        self.inquiry.capped = self.inquiry.capped or len(solutions.rows) >= most
        visible = set(in_scope(group))
        seen = [name for name in used if name in visible]
        wanted = tuple(used[name] for name in seen)
        found: Found = {wanted: []}
        laid_out(self._reader(plan, solutions.variables), solutions, seen, found)
        return united(found[wanted])

    def _with(self, plan: Plan, values: Values) -> str:
        """Return the text of a group with bindings passed in from outside, as EXISTS passes them."""
        given = {name: term for name, term in values.items() if term is not None and plan.takes(name, term)}
        others = {n: t for n, t in values.items() if n not in given and not isinstance(t, ox.BlankNode)}
        rest = "".join(f" BIND ({term} AS ?{name})" for name, term in others.items())
        return f"{{{rest} {plan.given(given)[1:]}"

    def _kept_out(self, part: OptionalPart, group: Node, values: Values) -> Facts:
        """Return a mark for the shadows of an OPTIONAL: solutions that its NOT EXISTS rules out."""
        inquiry, most = self.inquiry, self.inquiry.limits.ways
        graph = str(inquiry.term(part.graph, values)) if part.graph is not None else None
        used = {name: values[name] for name in self._named(group) if values.get(name) is not None}
        (mark,) = self._once(
            ("kept out", id(group), graph, *used.items()), lambda: [self._blocked(group, used, graph, most)]
        )
        return mark

    def _blocked(self, group: Node, used: Values, graph: str | None, most: int) -> Facts:
        inquiry = self.inquiry
        plan = inquiry.plan(group, graph, relaxed=True)
        found = inquiry.ask(self._with(plan, used), limit=most)
        if len(found.rows) >= most:
            raise Unexplained("an OPTIONAL that found nothing has too many candidates")
        wanted = needed(plan.parts)
        shadows: list[Shadow] = []
        for row in found.rows:
            values = dict(zip(found.variables, row, strict=True))
            if any(values.get(name, term) != term for name, term in used.items()):
                continue
            shadows.append(Shadow(self._ways(wanted, values)[0], self._blocker(group, values, graph)))
        return inquiry.shadows.mark(shadows)

    def _facts_of(self, part: NegatedPart, values: Values) -> Facts | None:
        """Return the facts that match the pattern of a NOT EXISTS; None where they cannot be found."""
        graph = str(self.inquiry.term(part.graph, values)) if part.graph is not None else None
        found = guarded(partial(self._exists, part.group, values, graph, certain=False))
        if isinstance(found, Unexplained) or any(fact.predicate == NODE for fact in found[0]):
            return None
        return found[0]

    def _blocker(self, group: Node, values: Values, graph: str | None) -> Facts | None:
        """Return the facts that match a NOT EXISTS among the filters of a group; None where they cannot be found."""
        for condition in group.all("Filter"):
            for inner in condition.walk():
                if inner.kind == "NotExists":
                    found = guarded(partial(self._exists, inner.nodes[0], values, graph, certain=False))
                    if not isinstance(found, Unexplained) and not any(fact.predicate == NODE for fact in found[0]):
                        return found[0]
        return None
