"""The constraint components whose value nodes can be judged one by one.

Each entry turns a parameter's value into a SPARQL expression that is true for a value node that conforms, and never
errors. What looks at all value nodes of a focus node together (counts, languages, pairs) is in `sets`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Protocol

from pyoxigraph import BlankNode, NamedNode

from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.validation.datatypes import datatype_test
from filmgraph.validation.results import SH
from filmgraph.validation.shapes import is_true

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from filmgraph.validation.shapes import Node, Shape, ShapesGraph


class UnclaimedError(Exception):
    """A shape uses what the compiler does not claim; pySHACL takes it."""


class TermScope(Protocol):
    """The interface of the compiler for constraint components."""

    @property
    def shapes(self) -> ShapesGraph:
        """The shapes graph."""

    @property
    def subclasses(self) -> Mapping[str, tuple[str, ...]]:
        """For each class its subclasses in the data."""

    def fresh(self) -> str:
        """A variable that no other part of the query uses."""

    def conforms(self, node: Node, value: str) -> str:
        """An expression that is true where the value of a variable conforms to a shape."""


class Site(NamedTuple):
    """Where a test stands: the shape, and the variables of focus node and value node."""

    shape: Shape
    focus: str
    value: str


class ValueComponent(NamedTuple):
    """A constraint component that judges each value node by itself."""

    name: str
    test: Callable[[TermScope, Node, Site], str]


def term(node: Node) -> str:
    """A term as SPARQL text.

    Raises:
        UnclaimedError: It is a blank node, which SPARQL cannot name.
    """
    if isinstance(node, BlankNode):
        raise UnclaimedError("a blank node as a value of a constraint")
    return str(node)


def number(node: Node) -> int:
    """A parameter that is a whole number."""
    try:
        return int(node.value)
    except ValueError as error:
        raise UnclaimedError(f"{node} is no whole number") from error


def any_of(tests: list[str]) -> str:
    """True where one of the tests is."""
    return "(" + " || ".join(tests) + ")" if tests else "false"


def all_of(tests: list[str]) -> str:
    """True where all of the tests are."""
    return "(" + " && ".join(tests) + ")" if tests else "true"


def same_as_one(value: str, nodes: list[Node]) -> str:
    """True where a value is one of the terms: the very term, not an equal number."""
    iris = [str(node) for node in nodes if isinstance(node, NamedNode)]
    tests = [f"{value} IN ({', '.join(iris)})"] if iris else []
    tests += [f"sameTerm({value}, {term(node)})" for node in nodes if not isinstance(node, NamedNode)]
    return any_of(tests)


def instance_of(value: str, wanted: Node, scope: TermScope) -> str:
    """True where a value is an instance of a class or of one of its subclasses."""
    classes = scope.subclasses.get(wanted.value, ()) if isinstance(wanted, NamedNode) else ()
    kinds = [term(wanted), *(f"<{kind}>" for kind in classes if kind != wanted.value)]
    # A look-up for each class is an index probe; a long list is read once instead.
    probes = 6
    if len(kinds) <= probes:
        return any_of([f"EXISTS {{ {value} a {kind} }}" for kind in kinds])
    kind = scope.fresh()
    return f"EXISTS {{ {value} a {kind} . FILTER({kind} IN ({', '.join(kinds)})) }}"


def _class(scope: TermScope, node: Node, at: Site) -> str:
    return instance_of(at.value, node, scope)


def _datatype(_: TermScope, node: Node, at: Site) -> str:
    test = datatype_test(node.value, at.value)
    if test is None:
        name = node.value.removeprefix(PREFIXES["xsd"])
        raise UnclaimedError(f"sh:datatype xsd:{name}, which engines store as xsd:integer")
    return test


_KINDS = {
    "IRI": "isIRI({0})",
    "BlankNode": "isBLANK({0})",
    "Literal": "isLITERAL({0})",
    "BlankNodeOrIRI": "(!isLITERAL({0}))",
    "BlankNodeOrLiteral": "(!isIRI({0}))",
    "IRIOrLiteral": "(!isBLANK({0}))",
}


def _node_kind(_: TermScope, node: Node, at: Site) -> str:
    name = node.value.removeprefix(SH)
    if name not in _KINDS:
        raise UnclaimedError(f"{node} is no node kind")
    return _KINDS[name].format(at.value)


def _compare(sign: str) -> Callable[[TermScope, Node, Site], str]:
    def test(_: TermScope, node: Node, at: Site) -> str:
        return f"COALESCE({at.value} {sign} {term(node)}, false)"

    return test


def _length(sign: str) -> Callable[[TermScope, Node, Site], str]:
    def test(_: TermScope, node: Node, at: Site) -> str:
        return f"(!isBLANK({at.value}) && STRLEN(STR({at.value})) {sign} {number(node)})"

    return test


LOOKS_AROUND = r"\(\?(?!:)|\\[1-9]"
"""What pySHACL's regular expressions have, and SPARQL's have not."""


def _pattern(_: TermScope, node: Node, at: Site) -> str:
    if re.search(LOOKS_AROUND, node.value):
        raise UnclaimedError("sh:pattern with look-around or a back reference")
    flags = at.shape.first("flags")
    more = f", {term(flags)}" if flags is not None else ""
    return f"(!isBLANK({at.value}) && REGEX(STR({at.value}), {term(node)}{more}))"


def _language_in(scope: TermScope, node: Node, at: Site) -> str:
    tags = [f"LANGMATCHES(LANG({at.value}), {term(tag)})" for tag in scope.shapes.members(node)]
    return f'(isLITERAL({at.value}) && LANG({at.value}) != "" && {any_of(tags)})'


def _in(scope: TermScope, node: Node, at: Site) -> str:
    return same_as_one(at.value, scope.shapes.members(node))


def _disjoint(_: TermScope, node: Node, at: Site) -> str:
    if at.shape.path is None:
        return f"(!EXISTS {{ {at.focus} {term(node)} {at.focus} }})"
    return f"(!EXISTS {{ {at.focus} {term(node)} {at.value} }})"


def _node(scope: TermScope, node: Node, at: Site) -> str:
    return scope.conforms(node, at.value)


def _not(scope: TermScope, node: Node, at: Site) -> str:
    return f"(!{scope.conforms(node, at.value)})"


def _and(scope: TermScope, node: Node, at: Site) -> str:
    return all_of([scope.conforms(member, at.value) for member in scope.shapes.members(node)])


def _or(scope: TermScope, node: Node, at: Site) -> str:
    return any_of([scope.conforms(member, at.value) for member in scope.shapes.members(node)])


def _xone(scope: TermScope, node: Node, at: Site) -> str:
    ones = [f"IF({scope.conforms(member, at.value)}, 1, 0)" for member in scope.shapes.members(node)]
    return f"(({' + '.join(ones) or '0'}) = 1)"


def allowed_predicates(scope: TermScope, shape: Shape) -> list[str]:
    """The predicates that `sh:closed true` leaves open: those of plain property paths, and the ignored ones."""
    allowed = []
    for inner in shape.values("property"):
        path = scope.shapes.shape(inner).first("path")
        if isinstance(path, NamedNode):
            allowed.append(str(path))
    for head in shape.values("ignoredProperties"):
        allowed += [str(member) for member in scope.shapes.members(head)]
    return allowed


def _closed(scope: TermScope, node: Node, at: Site) -> str:
    if not is_true(node):
        return "true"
    predicate, other = scope.fresh(), scope.fresh()
    allowed = ", ".join(allowed_predicates(scope, at.shape))
    return f"(!EXISTS {{ {at.value} {predicate} {other} . FILTER({predicate} NOT IN ({allowed})) }})"


VALUE_COMPONENTS: dict[str, ValueComponent] = {
    "and": ValueComponent("AndConstraintComponent", _and),
    "class": ValueComponent("ClassConstraintComponent", _class),
    "closed": ValueComponent("ClosedConstraintComponent", _closed),
    "datatype": ValueComponent("DatatypeConstraintComponent", _datatype),
    "disjoint": ValueComponent("DisjointConstraintComponent", _disjoint),
    "in": ValueComponent("InConstraintComponent", _in),
    "languageIn": ValueComponent("LanguageInConstraintComponent", _language_in),
    "maxExclusive": ValueComponent("MaxExclusiveConstraintComponent", _compare("<")),
    "maxInclusive": ValueComponent("MaxInclusiveConstraintComponent", _compare("<=")),
    "maxLength": ValueComponent("MaxLengthConstraintComponent", _length("<=")),
    "minExclusive": ValueComponent("MinExclusiveConstraintComponent", _compare(">")),
    "minInclusive": ValueComponent("MinInclusiveConstraintComponent", _compare(">=")),
    "minLength": ValueComponent("MinLengthConstraintComponent", _length(">=")),
    "node": ValueComponent("NodeConstraintComponent", _node),
    "nodeKind": ValueComponent("NodeKindConstraintComponent", _node_kind),
    "not": ValueComponent("NotConstraintComponent", _not),
    "or": ValueComponent("OrConstraintComponent", _or),
    "pattern": ValueComponent("PatternConstraintComponent", _pattern),
    "property": ValueComponent("PropertyConstraintComponent", _node),
    "xone": ValueComponent("XoneConstraintComponent", _xone),
}
"""The claimed components that judge value nodes one by one, by the SHACL property that names their parameter."""
