"""Shapes compiled into SPARQL queries whose rows are violations.

`SHACL <https://www.w3.org/TR/shacl/>`_ Core, as far as the components in `components` and `sets` go. A shape that uses
anything else, or is recursive, is refused with `UnclaimedError`, and the caller gives it to pySHACL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.validation.components import (
    VALUE_COMPONENTS,
    Site,
    UnclaimedError,
    all_of,
    allowed_predicates,
    term,
)
from filmgraph.validation.paths import from_bound_start, may_be_empty
from filmgraph.validation.sets import NOT_CONSTRAINTS, PARAMETERS_BESIDE, SET_COMPONENTS, Selection

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from filmgraph.validation.shapes import Node, Shape, ShapeNode, ShapesGraph

SUBCLASSES = f"SELECT DISTINCT ?sub ?super {{ ?sub <{PREFIXES['rdfs']}subClassOf> ?super }}"
"""The query whose rows `subclass_closure` takes."""

CLAIMED: dict[str, str] = {
    **{name: component.name for name, component in VALUE_COMPONENTS.items()},
    **{name: component.name for name, component in SET_COMPONENTS.items()},
}
"""The constraint components that are compiled, by the SHACL property that names their parameter."""


class Check(NamedTuple):
    """One query: each row is a violation of one constraint.

    `focus`, `value` and `predicate` are the names of variables of the rows; `path` is the path of the results, unless
    `predicate` says that each row brings its own.
    """

    text: str
    shape: ShapeNode
    root: ShapeNode
    component: str
    severity: str
    path: str | None
    focus: str
    value: str | None = None
    predicate: str | None = None


class Focus(NamedTuple):
    """The focus nodes of a shape: a graph pattern, its variable, and the variables that led there."""

    pattern: str
    variable: str
    chain: tuple[str, ...] = ()


def subclass_closure(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """For each class all its subclasses, near and far, itself left out.

    >>> subclass_closure([("c", "b"), ("b", "a")])["a"]
    ('b', 'c')
    """
    direct: dict[str, set[str]] = {}
    for sub, above in pairs:
        direct.setdefault(above, set()).add(sub)
    closure = {}
    for above in direct:
        found: set[str] = set()
        waiting = [above]
        while waiting:
            for sub in direct.get(waiting.pop(), ()):
                if sub not in found and sub != above:
                    found.add(sub)
                    waiting.append(sub)
        closure[above] = tuple(sorted(found))
    return closure


class Compiler:
    """Turns shapes into checks.

    Args:
        shapes: The shapes graph.
        subclasses: For each class its subclasses in the data (see `subclass_closure`).
    """

    def __init__(self, shapes: ShapesGraph, *, subclasses: Mapping[str, tuple[str, ...]]) -> None:
        self._shapes = shapes
        self._subclasses = subclasses
        self._counter = 0
        self._stack: list[Node] = []

    @property
    def shapes(self) -> ShapesGraph:
        """The shapes graph."""
        return self._shapes

    @property
    def subclasses(self) -> Mapping[str, tuple[str, ...]]:
        """For each class its subclasses in the data."""
        return self._subclasses

    def fresh(self) -> str:
        """A variable that no other part of the query uses."""
        self._counter += 1
        return f"?v{self._counter}"

    def conforms(self, node: Node, value: str) -> str:
        """An expression that is true where the value of a variable conforms to a shape.

        Raises:
            UnclaimedError: The shape is recursive, or uses what is not claimed.
        """
        if node in self._stack:
            raise UnclaimedError("a recursive shape")
        shape = self._shapes.shape(node)
        if shape.deactivated:
            return "true"
        self._stack.append(node)
        try:
            return self._conforms(shape, value)
        finally:
            self._stack.pop()

    def _conforms(self, shape: Shape, focus: str) -> str:
        self._refuse_zero_length(shape)
        value = focus if shape.path is None else self.fresh()
        tests, each = [], []
        for name, node in self._constraints(shape):
            if name in VALUE_COMPONENTS:
                each.append(VALUE_COMPONENTS[name].test(self, node, Site(shape, focus, value)))
            elif name in SET_COMPONENTS:
                tests.append(SET_COMPONENTS[name].holds(self, node, shape, focus))
            else:
                raise UnclaimedError(f"sh:{name} inside another shape")
        if each and shape.path is not None:
            path = from_bound_start(shape.path)
            tests.append(f"(!EXISTS {{ {focus} {path} {value} . FILTER(!{all_of(each)}) }})")
        elif each:
            tests += each
        return all_of(tests)

    def focus_nodes(self, shape: Shape) -> Focus:
        """The pattern of a shape's focus nodes."""
        nodes = [term(target.node) for target in shape.targets if target.kind == "targetNode"]
        parts = [f"VALUES ?this {{ {' '.join(nodes)} }}"] if nodes else []
        parts += [self._target(target.kind, target.node) for target in shape.targets if target.kind != "targetNode"]
        pattern = parts[0] if len(parts) == 1 else " UNION ".join(f"{{ {part} }}" for part in parts)
        return Focus(pattern, "?this")

    def checks(self, shape: Shape) -> list[Check]:
        """The queries of a shape with targets, and of the property shapes in it.

        Raises:
            UnclaimedError: It uses what is not claimed.
        """
        self._stack = [shape.node]
        return self._checks(shape, self.focus_nodes(shape), shape.node)

    def count(self, shape: Shape) -> str:
        """A query for the number of a shape's focus nodes, as `?count`."""
        return f"SELECT (COUNT(DISTINCT ?this) AS ?count) WHERE {{ {self.focus_nodes(shape).pattern} }}"

    def _target(self, kind: str, node: Node) -> str:
        if kind == "targetSubjectsOf":
            return f"?this {term(node)} {self.fresh()} ."
        if kind == "targetObjectsOf":
            return f"{self.fresh()} {term(node)} ?this ."
        classes = self._subclasses.get(node.value, ()) if isinstance(node, NamedNode) else ()
        if not classes:
            return f"?this a {term(node)} ."
        listed = " ".join([term(node), *(f"<{name}>" for name in classes)])
        kinds = self.fresh()
        return f"VALUES {kinds} {{ {listed} }} ?this a {kinds} ."

    def _constraints(self, shape: Shape) -> list[tuple[str, Node]]:
        return [
            (name, node)
            for name, nodes in shape.parameters.items()
            for node in nodes
            if name not in NOT_CONSTRAINTS and name not in PARAMETERS_BESIDE
        ]

    def _checks(self, shape: Shape, focus: Focus, root: ShapeNode) -> list[Check]:
        self._refuse_zero_length(shape)
        found: list[Check] = []
        for name, node in self._constraints(shape):
            if name == "property":
                found += self._inner_checks(shape, node, focus, root)
            elif name == "closed":
                found += self._closed_check(shape, node, focus, root)
            elif name in VALUE_COMPONENTS:
                component = VALUE_COMPONENTS[name]
                value = focus.variable if shape.path is None else self.fresh()
                test = component.test(self, node, Site(shape, focus.variable, value))
                selection = Selection(f"{self._value_pattern(shape, focus, value)} FILTER(!{test})", value)
                found.append(self._check(shape, selection, focus, root, component.name))
            elif name in SET_COMPONENTS:
                for selection in SET_COMPONENTS[name].violations(self, node, shape, focus.variable):
                    found.append(self._check(shape, selection, focus, root, SET_COMPONENTS[name].name))
            else:
                raise UnclaimedError(f"sh:{name}")
        return found

    def _inner_checks(self, shape: Shape, node: Node, focus: Focus, root: ShapeNode) -> list[Check]:
        if node in self._stack:
            raise UnclaimedError("a recursive shape")
        inner = self._shapes.shape(node)
        if inner.deactivated:
            return []
        if shape.path is not None:
            value = self.fresh()
            chain = (*focus.chain, focus.variable)
            focus = Focus(f"{focus.pattern} {focus.variable} {shape.path} {value} .", value, chain)
        self._stack.append(node)
        try:
            return self._checks(inner, focus, root)
        finally:
            self._stack.pop()

    def _closed_check(self, shape: Shape, node: Node, focus: Focus, root: ShapeNode) -> list[Check]:
        if not shape.flag("closed"):
            return []
        del node
        subject = focus.variable if shape.path is None else self.fresh()
        predicate, value = self.fresh(), self.fresh()
        allowed = ", ".join(allowed_predicates(self, shape))
        where = f"{self._value_pattern(shape, focus, subject)} {subject} {predicate} {value} . "
        where += f"FILTER({predicate} NOT IN ({allowed}))"
        selection = Selection(where, value, rows=(predicate,))
        check = self._check(shape, selection, focus, root, VALUE_COMPONENTS["closed"].name)
        return [check._replace(predicate=predicate[1:])]

    def _refuse_zero_length(self, shape: Shape) -> None:
        """A path of length zero leads from a node to itself, but SPARQL asks that the node be in the graph."""
        path = shape.first("path")
        if path is None or not may_be_empty(path, self._shapes.objects):
            return
        if any(target.kind == "targetNode" for target in self._shapes.shape(self._stack[0]).targets):
            raise UnclaimedError("a path that may have length zero, from sh:targetNode")

    @staticmethod
    def _value_pattern(shape: Shape, focus: Focus, value: str) -> str:
        return "" if shape.path is None else f"{focus.variable} {shape.path} {value} ."

    @staticmethod
    def _check(shape: Shape, selection: Selection, focus: Focus, root: ShapeNode, component: str) -> Check:
        shown = [*focus.chain, focus.variable]
        shown += [name for name in (selection.value, *selection.rows) if name is not None and name not in shown]
        where = f"WHERE {{ {focus.pattern} {selection.where} }}"
        if selection.group:
            keys = " ".join(dict.fromkeys([*focus.chain, *selection.group]))
            text = f"SELECT {keys} {where} GROUP BY {keys} HAVING ({selection.having})"
        else:
            text = f"SELECT DISTINCT {' '.join(shown)} {where}"
        return Check(
            text=text,
            shape=shape.node,
            root=root,
            component=component,
            severity=shape.severity,
            path=shape.path,
            focus=focus.variable[1:],
            value=selection.value[1:] if selection.value else None,
        )
