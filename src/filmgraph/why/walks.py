"""Walks along property paths with ``*``, ``+`` and ``?``: the edges from one end to the other."""

from __future__ import annotations

import itertools
from collections import deque
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from filmgraph.why.citations_of_facts import NODE, Fact
from filmgraph.why.limits import Unexplained, at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from filmgraph.rdf.results import Term
    from filmgraph.why.inquiry import Inquiry, Values, Ways
    from filmgraph.why.parts import Closure, Part


_SHORTEST = 40  # of so many ways one is kept where there are too many to follow: the shortest say most


class Edges:
    """The single steps along a path.

    Attributes:
        ways: From a node to each that follows it, and the ways to that step.
    """

    def __init__(self) -> None:
        self.ways: dict[Term, dict[Term, Ways]] = {}
        self._before: dict[Term, set[Term]] = {}

    def add(self, source: Term, target: Term, ways: Ways) -> None:
        """Add ways of a step."""
        self.ways.setdefault(source, {}).setdefault(target, []).extend(ways)
        self._before.setdefault(target, set()).add(source)

    def leading_to(self, end: Term) -> set[Term]:
        """Return a node and all nodes from which it can be reached."""
        useful, queue = {end}, [end]
        while queue:
            for source in self._before.get(queue.pop(), set()) - useful:
                useful.add(source)
                queue.append(source)
        return useful


class Walks:
    """The walks along the paths of one query.

    Args:
        inquiry: The query, and what is asked.
        ways: Makes the ways to a solution of some parts.
    """

    def __init__(self, inquiry: Inquiry, ways: Callable[[Sequence[Part], Values], Ways]) -> None:
        self._inquiry = inquiry
        self._ways = ways
        self._edges: dict[tuple[object, ...], Edges | Unexplained] = {}

    def ways(self, closure: Closure, start: Term, end: Term, graph: str | None) -> Ways:
        """Return the ways of a walk from ``start`` to ``end`` without a detour, the shortest first.

        A walk that comes twice to the same node has a part that does without the circle, so none is lost.

        Raises:
            Unexplained: There are too many edges to read.
        """
        inquiry = self._inquiry
        if start == end and closure.sign in "*?":
            inside = {closure.graph[1:]: NamedNode(graph[1:-1])} if closure.graph and graph else {}
            named = inquiry.term(closure.graph, inside) if closure.graph and graph else None
            return [frozenset({Fact(named, start, NODE, end)})]
        inquiry.hurry()
        edges = self._known(closure, start, end, graph)
        ways = edges.ways.get(start, {}).get(end, []) if closure.sign == "?" else self._along(edges, start, end)
        if not ways:
            place = at(inquiry.query.text, closure.inner)
            raise Unexplained(f"no walk along the path, {place}, was found again")
        return list(dict.fromkeys(ways))

    def _along(self, edges: Edges, start: Term, end: Term) -> Ways:
        inquiry, ways = self._inquiry, []
        for walk in _simple_walks(edges, start, end, inquiry.limits.walks):
            inquiry.hurry()
            steps: Ways = [frozenset()]
            for one, other in itertools.pairwise(walk):
                steps = inquiry.both(steps, edges.ways[one][other])
            ways += steps
            if len(ways) >= inquiry.limits.ways:
                inquiry.capped = True
                return ways[: max(1, inquiry.limits.ways // _SHORTEST)]
        return ways

    def _known(self, closure: Closure, start: Term, end: Term, graph: str | None) -> Edges:
        """Return the edges for a walk, read once for all walks with the same fixed end."""
        backwards = closure.object[0] != "?" and closure.subject[0] == "?" and closure.sign != "?"
        one_step = end if closure.sign == "?" else None
        path = (id(closure.inner), closure.sign, graph)
        key = (*path, end if backwards else start, one_step)
        if key not in self._edges and not backwards and one_step is None:
            # What is reached from a node that another start reaches was read with that.
            others = (one for name, one in self._edges.items() if name[:3] == path and isinstance(one, Edges))
            known = next((one for one in others if start in one.ways), None)
            if known is not None:
                self._edges[key] = known
        if key not in self._edges:
            try:
                self._edges[key] = self._read(closure, start, end, graph, backwards=backwards)
            except Unexplained as reason:
                self._edges[key] = reason  # or each row would read as many again
        edges = self._edges[key]
        if isinstance(edges, Unexplained):
            raise edges
        return edges

    def _reached(self, name: str, pattern: str, graph: str | None) -> str:
        """Return a pattern that binds a variable to the nodes of a walk.

        It is a sub-select. Of an endpoint it has the values: Virtuoso joins a path without end with nothing.
        """
        inquiry = self._inquiry
        nodes = f"{{ SELECT DISTINCT {name} {{ {pattern} }} }} "
        if inquiry.store.origin.kind != "endpoint":
            return nodes
        found = inquiry.ask(f"{{ GRAPH {graph} {nodes} }}" if graph else f"{{ {nodes} }}", limit=inquiry.limits.edges)
        values = [value for (value,) in found.rows]
        if not values or any(value is None or _is_blank(value) for value in values):
            return nodes
        return f"VALUES {name} {{ {' '.join(map(str, values))} }} "

    def _read(self, closure: Closure, start: Term, end: Term, graph: str | None, *, backwards: bool) -> Edges:
        """Read every step reachable from the start, or leading to the end, with the facts behind it."""
        inquiry, renderer, most = self._inquiry, self._inquiry.renderer, self._inquiry.limits.edges
        one, other = f"?{renderer.mark}_from", f"?{renderer.mark}_to"
        text, parts = renderer.path(one, closure.inner, other, graph)
        if isinstance(start, NamedNode) and closure.sign == "?" and not _is_blank(end):
            text = f"VALUES ({one} {other}) {{ ({start} {end}) }} {text}"
        elif backwards and isinstance(end, NamedNode):
            text = self._reached(other, f"{other} ({renderer.text(closure.inner)})* {end}", graph) + text
        elif isinstance(start, NamedNode):
            # A sub-select, so that the nodes that are reached come before the steps from them.
            text = self._reached(one, f"{start} ({renderer.text(closure.inner)})* {one}", graph) + text
        found = inquiry.ask(f"{{ GRAPH {graph} {{ {text} }} }}" if graph else f"{{ {text} }}", limit=most)
        if len(found.rows) >= most:
            place = at(inquiry.query.text, closure.inner)
            raise Unexplained(f"the path, {place}, has more than {most} edges to choose from")
        edges = Edges()
        for row in found.rows:
            values = dict(zip(found.variables, row, strict=True))
            source, target = values[one[1:]], values[other[1:]]
            if source is not None and target is not None:
                edges.add(source, target, self._ways(parts, values))
        return edges


def _is_blank(term: Term) -> bool:
    return not isinstance(term, NamedNode)


def _simple_walks(edges: Edges, start: Term, end: Term, most: int) -> Iterator[tuple[Term, ...]]:
    """Yield the simple walks (no node twice, but for a closed circle), the shortest first."""
    useful = edges.leading_to(end)
    queue: deque[tuple[Term, ...]] = deque([(start,)])
    tried = 0
    while queue:
        walk = queue.popleft()
        tried += 1
        if tried > most:
            raise Unexplained(f"there are more than {most} walks along its path")
        for following in edges.ways.get(walk[-1], {}):
            if following == end:
                yield (*walk, following)
            elif following in useful and following not in walk:
                queue.append((*walk, following))
