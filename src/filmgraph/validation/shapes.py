"""The SHACL shapes of a collection, read into Python values."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from filmgraph.rdf.namespaces import PREFIXES, compact
from filmgraph.validation.paths import PathError, read_list, sparql_path
from filmgraph.validation.results import SH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pyoxigraph import Quad

Node: TypeAlias = NamedNode | BlankNode | Literal
ShapeNode: TypeAlias = NamedNode | BlankNode

FGS = PREFIXES["fgs"]
_TYPE = PREFIXES["rdf"] + "type"
_CLASSES = {PREFIXES["rdfs"] + "Class", PREFIXES["owl"] + "Class"}
_TARGETS = ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")
_LISTS = ("and", "or", "xone")
_INNER = ("node", "property", "not", "qualifiedValueShape")


def is_true(node: Node) -> bool:
    """Whether a term is `true`. The W3C tests ask that the spelling "1" switches nothing on."""
    return isinstance(node, Literal) and node.value == "true"


class Target(NamedTuple):
    """Where a shape's focus nodes come from: `kind` is the local name of the SHACL property."""

    kind: str
    node: Node


class Shape(NamedTuple):
    """A shape: what it applies to, and its values for the parameters of constraint components.

    `path` is SPARQL text, or None for a node shape. `parameters` maps the local name of a SHACL property to its
    values, in the order of the file.
    """

    node: ShapeNode
    path: str | None
    targets: tuple[Target, ...]
    parameters: Mapping[str, tuple[Node, ...]]
    severity: str
    deactivated: bool

    def values(self, name: str) -> tuple[Node, ...]:
        """The values of a SHACL property."""
        return self.parameters.get(name, ())

    def first(self, name: str) -> Node | None:
        """The first value of a SHACL property, if it has one."""
        values = self.values(name)
        return values[0] if values else None

    def flag(self, name: str) -> bool:
        """Whether a SHACL property says true."""
        return any(is_true(value) for value in self.values(name))


class ShapesGraph:
    """Shapes, read from the triples of one or more files.

    Args:
        triples: The shapes graph; blank nodes of different files must differ.
    """

    def __init__(self, triples: Iterable[Triple | Quad]) -> None:
        self._index: dict[ShapeNode, dict[str, list[Node]]] = {}
        for triple in triples:
            subject, value = triple.subject, triple.object
            if isinstance(subject, NamedNode | BlankNode) and isinstance(value, NamedNode | BlankNode | Literal):
                self._index.setdefault(subject, {}).setdefault(triple.predicate.value, []).append(value)
        self._shapes: dict[ShapeNode, Shape] = {}
        self._owners: dict[ShapeNode, ShapeNode] = {}
        for root in self.roots():
            self._own(root.node, root.node)

    def __len__(self) -> int:
        return len(self.roots())

    def objects(self, subject: ShapeNode, predicate: str) -> Sequence[Node]:
        """The objects of a subject and a predicate's IRI."""
        return self._index.get(subject, {}).get(predicate, ())

    def members(self, head: Node) -> list[Node]:
        """The members of an RDF list."""
        return read_list(head, self.objects)

    def roots(self) -> list[Shape]:
        """The shapes that have targets and are not deactivated, by IRI."""
        found = [self.shape(node) for node in self._index if self._has_targets(node)]
        return sorted((shape for shape in found if not shape.deactivated), key=lambda shape: str(shape.node))

    def nodes(self) -> Iterator[ShapeNode]:
        """Every node that is declared to be a shape."""
        wanted = {SH + "NodeShape", SH + "PropertyShape"}
        for node in self._index:
            if any(isinstance(kind, NamedNode) and kind.value in wanted for kind in self.objects(node, _TYPE)):
                yield node

    def shape(self, node: Node) -> Shape:
        """The shape at a node.

        Raises:
            PathError: Its path is none of the standard's.
        """
        if not isinstance(node, NamedNode | BlankNode):
            raise PathError(f"{node} is no shape")
        if node not in self._shapes:
            self._shapes[node] = self._read(node)
        return self._shapes[node]

    def inner(self, shape: Shape) -> list[Node]:
        """The shapes that a shape's constraints name, in the order of the file."""
        found = [value for name in _INNER for value in shape.values(name)]
        for name in _LISTS:
            for head in shape.values(name):
                found.extend(self.members(head))
        return found

    def parents(self, node: ShapeNode) -> list[ShapeNode]:
        """The nodes that name a property shape through `sh:property`."""
        return [subject for subject, about in self._index.items() if node in about.get(SH + "property", ())]

    def owner(self, node: ShapeNode) -> ShapeNode:
        """The shape with targets under which a shape was found first."""
        return self._owners.get(node, node)

    def triples(self, *, only: Iterable[ShapeNode] | None = None) -> Iterator[Triple]:
        """The shapes graph, where asked without the targets of all shapes but some."""
        kept = None if only is None else set(only)
        for subject, about in self._index.items():
            silent = kept is not None and subject not in kept
            for predicate, values in about.items():
                if silent and predicate.removeprefix(SH) in _TARGETS:
                    continue
                for value in values:
                    if silent and predicate == _TYPE and value.value in _CLASSES:
                        continue
                    yield Triple(subject, NamedNode(predicate), value)

    def name(self, node: ShapeNode) -> str:
        """The name of a shape: the prefixed name of the targeted shape to which it belongs."""
        owner = self.owner(node)
        return compact(owner.value) if isinstance(owner, NamedNode) else "a shape without a name"

    def text(self, node: ShapeNode, name: str) -> str | None:
        """A shape's own text of a property (`sh:message`, `fgs:advice`), or that of the shape it belongs to."""
        constraints = [inner for inner in self.shape(node).values("sparql") if not isinstance(inner, Literal)]
        for place in (node, *constraints, self.owner(node)):
            for predicate in (SH + name, FGS + name):
                for value in self.objects(place, predicate):
                    if isinstance(value, Literal):
                        return value.value
        return None

    def _own(self, node: Node, root: ShapeNode) -> None:
        if not isinstance(node, NamedNode | BlankNode) or node in self._owners:
            return
        self._owners[node] = root
        for inner in self.inner(self.shape(node)):
            self._own(inner, root)

    def _has_targets(self, node: ShapeNode) -> bool:
        about = self._index[node]
        return any(SH + name in about for name in _TARGETS) or self._is_class(node)

    def _is_class(self, node: ShapeNode) -> bool:
        kinds = {kind.value for kind in self.objects(node, _TYPE) if isinstance(kind, NamedNode)}
        return bool(kinds & _CLASSES) and bool(kinds & {SH + "NodeShape", SH + "PropertyShape"})

    def _read(self, node: ShapeNode) -> Shape:
        about = self._index.get(node, {})
        parameters = {
            predicate.removeprefix(SH): tuple(values) for predicate, values in about.items() if predicate.startswith(SH)
        }
        targets = [Target(name, value) for name in _TARGETS for value in parameters.get(name, ())]
        if self._is_class(node):
            targets.append(Target("targetClass", node))
        path = parameters.get("path")
        severity = parameters.get("severity", ())
        off = parameters.get("deactivated", ())
        return Shape(
            node=node,
            path=sparql_path(path[0], self.objects) if path else None,
            targets=tuple(targets),
            parameters=parameters,
            severity=severity[0].value if severity and isinstance(severity[0], NamedNode) else SH + "Violation",
            deactivated=any(is_true(value) for value in off),
        )
