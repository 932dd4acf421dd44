"""Paths with ``*``, ``+`` and ``?``, followed step by step where an engine cannot follow them by itself.

The pairs of nodes that such a path joins
(`SPARQL 1.1 Query, 18.4 <https://www.w3.org/TR/sparql11-query/#PropertyPathPatterns>`_) take its place, as VALUES.
They are found from those ends that the rest of the query leaves possible.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode

from filmgraph.errors import FilmgraphError
from filmgraph.sparql.engines.expanded_patterns import variables_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from filmgraph.rdf.results import Solutions, Term
    from filmgraph.sparql.engines.expanded_patterns import EndlessPath

STARTS = 10_000
"""From how many nodes a path is followed."""
EDGES = 200_000
"""How many steps of a path are read."""
PAIRS = 50_000
"""How many pairs of nodes a query is given."""
KnownSteps = dict[tuple[str, str, bool], dict["Term", list["Term"]]]
"""By prefixes, path and direction: the nodes that follow each node."""
_AT_ONCE = 500  # nodes whose next steps are asked for in one query


class EndlessPathError(FilmgraphError):
    """A path whose steps cannot be asked for one by one; the message is the path."""


class StepByStep:
    """Finds which nodes paths join, with a query for the next steps of many nodes at once.

    Args:
        ask: Answers a SELECT over the data that counts.
        known: The steps that others found over the same data, to which it adds its own.
    """

    def __init__(self, ask: Callable[[str], Solutions], known: KnownSteps | None = None) -> None:
        self._ask = ask
        self._known = known if known is not None else {}

    def pairs(self, path: EndlessPath, prologue: str, around: str) -> str:
        """The pattern that takes the place of a path pattern: its pairs of nodes as VALUES.

        Args:
            path: The path pattern, one of whose ends is a variable.
            prologue: The prefixes of its query.
            around: A pattern that every solution of interest matches, whose variables tell where the path can begin
                or end; may be empty.

        Raises:
            EndlessPathError: There are too many nodes to begin at, steps to follow or pairs to name, or a node is
                blank and cannot be named.
            StoreError: The store could not answer.
        """
        starts, forwards = self._ends(path, prologue, around)
        steps = self._steps(path, prologue, starts, forwards=forwards)
        found: dict[tuple[Term, Term], None] = {}
        for start in starts:
            for end in _reached(start, steps, path.sign):
                found[(start, end) if forwards else (end, start)] = None
                if len(found) > PAIRS:
                    raise _cannot(path)
        return _values(path, found)

    def _ends(self, path: EndlessPath, prologue: str, around: str) -> tuple[list[Term], bool]:
        """The nodes from which the path is followed, and whether they are its subjects."""
        for end, forwards in ((path.subject, True), (path.object, False)):
            if end[0] != "?":  # an engine that knows it shows it as the data has it
                known = f"VALUES ?end {{ {end} }} {{ ?end ?p ?o }} UNION {{ ?s ?p ?end }}"
                return self._nodes(f"{prologue}SELECT ?end {{ {known} }} LIMIT 1"), forwards
        names = variables_in([around])
        for end, forwards in ((path.subject, True), (path.object, False)):
            if end in names:
                nodes = self._nodes(f"{prologue}SELECT DISTINCT {end} {{ {around} }} LIMIT {STARTS + 1}")
                if len(nodes) <= STARTS:
                    return nodes, forwards
        every = f"?end ({path.step}) ?o" if path.sign == "+" else "{ ?end ?p ?o } UNION { ?s ?p ?end }"
        nodes = self._nodes(f"{prologue}SELECT DISTINCT ?end {{ {every} }} LIMIT {STARTS + 1}")
        if len(nodes) > STARTS:
            raise _cannot(path)
        return nodes, True

    def _nodes(self, text: str) -> list[Term]:
        return [node for (node,) in self._ask(text).rows if node is not None]

    def _steps(self, path: EndlessPath, prologue: str, starts: list[Term], *, forwards: bool) -> dict[Term, list[Term]]:
        """The next nodes of each node that is reached."""
        known = self._known.setdefault((prologue, path.step, forwards), {})
        one, other = ("?from", "?to") if forwards else ("?to", "?from")
        waiting, met = list(starts), set(starts)
        while waiting:
            unknown = [node for node in waiting if node not in known]
            for names in _in_parts(unknown, path):
                values = f"VALUES {one} {{ {names} }} ?from ({path.step}) ?to"
                found = self._ask(f"{prologue}SELECT DISTINCT {one} {other} {{ {values} }} LIMIT {EDGES + 1}")
                for node, following in found.rows:
                    if node is not None and following is not None:
                        known.setdefault(node, []).append(following)
                if len(found.rows) + sum(map(len, self._known.values())) > EDGES:
                    self._known.clear()
                    raise _cannot(path)
            known.update((node, []) for node in unknown if node not in known)
            reached = {following for node in waiting for following in known[node]} - met
            met |= reached
            waiting = [] if path.sign == "?" else list(reached)
        return known


def _in_parts(nodes: list[Term], path: EndlessPath) -> Iterator[str]:
    if any(isinstance(node, BlankNode) for node in nodes):
        raise _cannot(path)
    for begin in range(0, len(nodes), _AT_ONCE):
        yield " ".join(map(str, nodes[begin : begin + _AT_ONCE]))


def _reached(start: Term, steps: dict[Term, list[Term]], sign: str) -> Iterable[Term]:
    found = dict.fromkeys([*([] if sign == "+" else [start]), *steps[start]])
    waiting = list(found) if sign != "?" else []
    while waiting:
        for following in steps[waiting.pop()]:
            if following not in found:
                found[following] = None
                waiting.append(following)
    return found


def _values(path: EndlessPath, pairs: Iterable[tuple[Term, Term]]) -> str:
    if path.subject[0] == path.object[0] == "?":
        if path.subject == path.object:
            return f"VALUES {path.subject} {{ {' '.join(str(one) for one, other in pairs if one == other)} }}"
        rows = " ".join(f"({one} {other})" for one, other in pairs)
        return f"VALUES ({path.subject} {path.object}) {{ {rows} }}"
    if path.subject[0] == "?":
        return f"VALUES {path.subject} {{ {' '.join(str(one) for one, _ in pairs)} }}"
    return f"VALUES {path.object} {{ {' '.join(str(other) for _, other in pairs)} }}"


def _cannot(path: EndlessPath) -> EndlessPathError:
    step = path.step if path.step.startswith("(") else f"({path.step})"
    return EndlessPathError(f"{step}{path.sign}")
