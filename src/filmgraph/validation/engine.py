"""Running compiled checks on any store."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from filmgraph.errors import FilmgraphError
from filmgraph.rdf.results import Solutions
from filmgraph.validation.compiler import SUBCLASSES, Check, Compiler, subclass_closure
from filmgraph.validation.components import UnclaimedError
from filmgraph.validation.paths import PathError
from filmgraph.validation.results import Result

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from filmgraph.rdf.results import Term
    from filmgraph.store.base import Store
    from filmgraph.validation.shapes import Shape, ShapeNode, ShapesGraph

_THREADS = 4
"""Engines answer several queries at once; beyond four, on four cores, nothing was gained."""


class CheckPlan(NamedTuple):
    """The compiled checks, the focus node count of each shape, and what is left to pySHACL, with the reason."""

    checks: list[Check]
    counts: dict[ShapeNode, str]
    unclaimed: dict[ShapeNode, str]


class Outcome(NamedTuple):
    """The results of a pass, and how many focus nodes each shape had."""

    results: list[Result]
    focus_nodes: dict[ShapeNode, int]


def bindings(store: Store, text: str) -> list[dict[str, Term]]:
    """The rows of a SELECT, each a mapping of the variables that are bound."""
    answer = store.query(text)
    if not isinstance(answer, Solutions):
        raise FilmgraphError("A check is no SELECT query.")
    return [
        {name: value for name, value in zip(answer.variables, row, strict=True) if value is not None}
        for row in answer.rows
    ]


def subclasses_in(store: Store) -> dict[str, tuple[str, ...]]:
    """For each class its subclasses, as the store's default graph has them."""
    pairs = []
    for row in bindings(store, SUBCLASSES):
        sub, above = row["sub"], row["super"]
        if isinstance(sub, NamedNode) and isinstance(above, NamedNode):
            pairs.append((sub.value, above.value))
    return subclass_closure(pairs)


def plan(shapes: ShapesGraph, *, subclasses: Mapping[str, tuple[str, ...]]) -> CheckPlan:
    """Compile what can be compiled."""
    made = CheckPlan([], {}, {})
    compiler = Compiler(shapes, subclasses=subclasses)
    for shape in shapes.roots():
        _plan_one(shape, compiler, made)
    return made


def _plan_one(shape: Shape, compiler: Compiler, made: CheckPlan) -> None:
    try:
        checks = compiler.checks(shape)
        count = compiler.count(shape)
    except (UnclaimedError, PathError) as error:
        made.unclaimed[shape.node] = str(error)
    else:
        made.checks.extend(checks)
        made.counts[shape.node] = count


def run(store: Store, made: CheckPlan) -> Outcome:
    """Run what was compiled, several queries at a time."""
    with ThreadPoolExecutor(_THREADS) as pool:
        counted = pool.map(lambda text: _count(store, text), made.counts.values())
        found = pool.map(lambda check: _run_check(store, check), made.checks)
        return Outcome(
            [result for results in found for result in results],
            dict(zip(made.counts, counted, strict=True)),
        )


def _count(store: Store, text: str) -> int:
    value = bindings(store, text)[0]["count"]
    return int(value.value) if isinstance(value, Literal) else 0


def _run_check(store: Store, check: Check) -> Iterable[Result]:
    found = []
    for row in bindings(store, check.text):
        focus = row.get(check.focus)
        value = row.get(check.value) if check.value else None
        path = str(row[check.predicate]) if check.predicate else check.path
        if isinstance(focus, NamedNode | BlankNode | Literal) and (
            value is None or isinstance(value, NamedNode | BlankNode | Literal)
        ):
            found.append(Result(focus, path, value, check.component, check.shape, check.severity))
    return found
