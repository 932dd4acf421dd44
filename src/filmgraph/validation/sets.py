"""The constraint components that look at all value nodes of a focus node together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from filmgraph.validation.components import TermScope, UnclaimedError, number, same_as_one, term
from filmgraph.validation.paths import from_bound_start
from filmgraph.validation.shapes import is_true

if TYPE_CHECKING:
    from collections.abc import Callable

    from filmgraph.validation.shapes import Node, Shape

_NESTED_COUNT = 5
"""Counts inside another shape become that many joined patterns; beyond, pySHACL is the better engine."""


class Selection(NamedTuple):
    """The part of a violation query that follows the pattern of the focus nodes."""

    where: str
    value: str | None = None
    group: tuple[str, ...] = ()
    having: str = ""
    rows: tuple[str, ...] = ()
    """Further variables whose different values are different results."""


class SetComponent(NamedTuple):
    """A constraint component over a set of value nodes.

    `holds` gives an expression, for use inside other shapes; `violations` what a query selects.
    """

    name: str
    holds: Callable[[TermScope, Node, Shape, str], str]
    violations: Callable[[TermScope, Node, Shape, str], list[Selection]]


def _path(shape: Shape) -> str:
    if shape.path is None:
        raise UnclaimedError("a constraint of property shapes on a node shape")
    return shape.path


def _several(scope: TermScope, count: int, shape: Shape, focus: str, test: Callable[[str], str] | None = None) -> str:
    """A pattern that matches where a focus node has so many different values (that pass a test)."""
    if count > _NESTED_COUNT:
        raise UnclaimedError(f"a count of {count} inside another shape")
    names = [scope.fresh() for _ in range(count)]
    path = from_bound_start(_path(shape))
    parts = [f"{focus} {path} {name} ." for name in names]
    for position, name in enumerate(names):
        if test is not None:
            parts.append(f"FILTER({test(name)})")
        parts += [f"FILTER(!sameTerm({name}, {earlier}))" for earlier in names[:position]]
    return " ".join(parts)


def _min_holds(scope: TermScope, node: Node, shape: Shape, focus: str) -> str:
    count = number(node)
    return f"EXISTS {{ {_several(scope, count, shape, focus)} }}" if count > 0 else "true"


def _min(scope: TermScope, node: Node, shape: Shape, focus: str) -> list[Selection]:
    count, value = number(node), scope.fresh()
    if count <= 0:
        return []
    pattern = f"{focus} {from_bound_start(_path(shape))} {value}"
    if count == 1:
        return [Selection(f"FILTER NOT EXISTS {{ {pattern} }}")]
    return [Selection(f"OPTIONAL {{ {pattern} }}", group=(focus,), having=f"COUNT(DISTINCT {value}) < {count}")]


def _max_holds(scope: TermScope, node: Node, shape: Shape, focus: str) -> str:
    return f"(!EXISTS {{ {_several(scope, number(node) + 1, shape, focus)} }})"


def _max(scope: TermScope, node: Node, shape: Shape, focus: str) -> list[Selection]:
    count, value = number(node), scope.fresh()
    if count == 0:
        return [Selection(f"FILTER EXISTS {{ {focus} {from_bound_start(_path(shape))} {value} }}")]
    return [Selection(f"{focus} {_path(shape)} {value} .", group=(focus,), having=f"COUNT(DISTINCT {value}) > {count}")]


def _qualified_test(scope: TermScope, shape: Shape) -> Callable[[str], str]:
    """Whether a value conforms to the qualified shape and, where asked, to none of its siblings."""
    wanted = shape.first("qualifiedValueShape")
    if wanted is None:
        raise UnclaimedError("a qualified count without sh:qualifiedValueShape")
    siblings: list[Node] = []
    if shape.flag("qualifiedValueShapesDisjoint"):
        for parent in scope.shapes.parents(shape.node):
            for inner in scope.shapes.shape(parent).values("property"):
                siblings += scope.shapes.shape(inner).values("qualifiedValueShape")

    def test(value: str) -> str:
        others = [f"(!{scope.conforms(other, value)})" for other in dict.fromkeys(siblings) if other != wanted]
        return " && ".join([scope.conforms(wanted, value), *others])

    return test


def _qualified_min_holds(scope: TermScope, node: Node, shape: Shape, focus: str) -> str:
    count = number(node)
    if shape.path is None:  # parameters of property shapes say nothing on a node shape
        return "true"
    if count <= 0:
        return "true"
    return f"EXISTS {{ {_several(scope, count, shape, focus, _qualified_test(scope, shape))} }}"


def _qualified_min(scope: TermScope, node: Node, shape: Shape, focus: str) -> list[Selection]:
    count, value = number(node), scope.fresh()
    if count <= 0 or shape.path is None:
        return []
    path = from_bound_start(_path(shape))
    where = f"OPTIONAL {{ {focus} {path} {value} . FILTER({_qualified_test(scope, shape)(value)}) }}"
    return [Selection(where, group=(focus,), having=f"COUNT(DISTINCT {value}) < {count}")]


def _qualified_max_holds(scope: TermScope, node: Node, shape: Shape, focus: str) -> str:
    if shape.path is None:
        return "true"
    return f"(!EXISTS {{ {_several(scope, number(node) + 1, shape, focus, _qualified_test(scope, shape))} }})"


def _qualified_max(scope: TermScope, node: Node, shape: Shape, focus: str) -> list[Selection]:
    if shape.path is None:
        return []
    value = scope.fresh()
    where = f"{focus} {_path(shape)} {value} . FILTER({_qualified_test(scope, shape)(value)})"
    return [Selection(where, group=(focus,), having=f"COUNT(DISTINCT {value}) > {number(node)}")]


def _unique_lang_holds(scope: TermScope, node: Node, shape: Shape, focus: str) -> str:
    if not is_true(node):
        return "true"
    one, other, path = scope.fresh(), scope.fresh(), from_bound_start(_path(shape))
    same = f'LANG({one}) != "" && LCASE(LANG({one})) = LCASE(LANG({other})) && !sameTerm({one}, {other})'
    return f"(!EXISTS {{ {focus} {path} {one} . {focus} {path} {other} . FILTER({same}) }})"


def _unique_lang(scope: TermScope, node: Node, shape: Shape, focus: str) -> list[Selection]:
    if not is_true(node):
        return []
    value, tag = scope.fresh(), scope.fresh()
    where = f'{focus} {_path(shape)} {value} . BIND(LCASE(LANG({value})) AS {tag}) FILTER({tag} != "")'
    return [Selection(where, group=(focus, tag), having=f"COUNT(DISTINCT {value}) > 1")]


def _has_value_holds(_: TermScope, node: Node, shape: Shape, focus: str) -> str:
    if shape.path is None:
        return same_as_one(focus, [node])
    return f"EXISTS {{ {focus} {from_bound_start(shape.path)} {term(node)} }}"


def _has_value(scope: TermScope, node: Node, shape: Shape, focus: str) -> list[Selection]:
    return [Selection(f"FILTER(!{_has_value_holds(scope, node, shape, focus)})")]


def _equals_holds(scope: TermScope, node: Node, shape: Shape, focus: str) -> str:
    value = scope.fresh()
    if shape.path is None:
        has = f"EXISTS {{ {focus} {term(node)} {focus} }}"
        return f"({has} && !EXISTS {{ {focus} {term(node)} {value} . FILTER(!sameTerm({value}, {focus})) }})"
    one = f"{focus} {from_bound_start(shape.path)} {value}"
    other = f"{focus} {term(node)} {value}"
    missing = [f"(!EXISTS {{ {a} . FILTER(!EXISTS {{ {b} }}) }})" for a, b in ((one, other), (other, one))]
    return "(" + " && ".join(missing) + ")"


def _equals(scope: TermScope, node: Node, shape: Shape, focus: str) -> list[Selection]:
    value = scope.fresh()
    if shape.path is None:
        missing = Selection(f"FILTER(!EXISTS {{ {focus} {term(node)} {focus} }})", focus)
        more = Selection(f"{focus} {term(node)} {value} . FILTER(!sameTerm({value}, {focus}))", value)
        return [missing, more]
    one = f"{focus} {from_bound_start(shape.path)} {value}"
    other = f"{focus} {term(node)} {value}"
    return [Selection(f"{a} . FILTER(!EXISTS {{ {b} }})", value) for a, b in ((one, other), (other, one))]


def _pairs(scope: TermScope, node: Node, shape: Shape, focus: str, sign: str) -> Selection:
    value, other = scope.fresh(), scope.fresh()
    where = f"{focus} {from_bound_start(_path(shape))} {value} . {focus} {term(node)} {other} . "
    where += f"FILTER(!COALESCE({value} {sign} {other}, false))"
    return Selection(where, value, rows=(other,))


def _ordered(name: str, sign: str) -> SetComponent:
    def holds(scope: TermScope, node: Node, shape: Shape, focus: str) -> str:
        return f"(!EXISTS {{ {_pairs(scope, node, shape, focus, sign).where} }})"

    def violations(scope: TermScope, node: Node, shape: Shape, focus: str) -> list[Selection]:
        return [_pairs(scope, node, shape, focus, sign)]

    return SetComponent(name, holds, violations)


SET_COMPONENTS: dict[str, SetComponent] = {
    "equals": SetComponent("EqualsConstraintComponent", _equals_holds, _equals),
    "hasValue": SetComponent("HasValueConstraintComponent", _has_value_holds, _has_value),
    "lessThan": _ordered("LessThanConstraintComponent", "<"),
    "lessThanOrEquals": _ordered("LessThanOrEqualsConstraintComponent", "<="),
    "maxCount": SetComponent("MaxCountConstraintComponent", _max_holds, _max),
    "minCount": SetComponent("MinCountConstraintComponent", _min_holds, _min),
    "qualifiedMaxCount": SetComponent("QualifiedMaxCountConstraintComponent", _qualified_max_holds, _qualified_max),
    "qualifiedMinCount": SetComponent("QualifiedMinCountConstraintComponent", _qualified_min_holds, _qualified_min),
    "uniqueLang": SetComponent("UniqueLangConstraintComponent", _unique_lang_holds, _unique_lang),
}
"""The claimed components over sets of value nodes, by the SHACL property that names their parameter."""

PARAMETERS_BESIDE = frozenset({"flags", "ignoredProperties", "qualifiedValueShape", "qualifiedValueShapesDisjoint"})
NOT_CONSTRAINTS = frozenset(
    {
        "path", "targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "severity", "message",
        "deactivated", "name", "description", "order", "group", "defaultValue", "prefixes", "declare",
    }
)  # fmt: skip
