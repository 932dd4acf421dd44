"""What the form of a query says about its evidence: whether ways alone prove that a witness is enough.

A way is a set of facts that gives the row. More facts can only take the row away again through something that asks
for the absence of facts, or that looks at all rows together. Where such a thing is, each witness is tried.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.sparql.checks import has_aggregates
from filmgraph.sparql.scope import where_group
from filmgraph.sparql.tokens import Token
from filmgraph.sparql.tree import Node

if TYPE_CHECKING:
    from filmgraph.sparql.query import Query

_ABSENCE = ("Optional", "Minus", "NotExists")


def monotone(query: Query) -> bool:
    """Whether more facts can only give more rows."""
    if any(select.find("LimitOffset") or has_aggregates(select) for select in _selects(query)):
        return False
    if query.body.find("LimitOffset") is not None:
        return False
    return not any(node.kind in _ABSENCE or _negated(node) for node in query.root.walk())


def must_try(query: Query) -> bool:
    """Whether a witness must be tried on its facts alone before it is believed."""
    body = query.body
    absences = [node for node in query.root.walk() if node.kind in _ABSENCE or _negated(node)]
    if any(_delicate(node) for node in absences):
        return True
    limits = [node for select in _selects(query) for node in select.all("LimitOffset")]
    limits += body.all("LimitOffset") if body.kind != "SelectQuery" else []
    if any("OFFSET" in node.words for node in limits):
        return True
    inner = [select for select in _selects(query) if select.kind == "SubSelect"]
    grouped = [select for select in _selects(query) if has_aggregates(select)]
    return (
        any(select.find("LimitOffset") for select in inner)
        or bool(grouped and (absences or len(grouped) > 1))
        or bool(grouped and limits and not _led_by_the_largest(grouped[0]))
        or any(node.kind == "Exists" and _delicate(node) for node in query.root.walk())
        or bool(limits and absences)
    )


def _led_by_the_largest(select: Node) -> bool:
    """Whether fewer facts can only bring a group that keeps all its own nearer to the head of the rows.

    That is so where the rows are ordered by a COUNT or MAX, the largest first, or MIN, the smallest first, and then
    by keys: other groups can only fall behind.
    """
    order, group = select.find("OrderClause"), select.find("GroupClause")
    if order is None or group is None:
        return False
    falling: dict[str, str] = {}
    for node in select.nodes[0].nodes:
        aggregate = node.children[1]
        if isinstance(aggregate, Node) and aggregate.kind == "Aggregate":
            falling[node.token(-2).text[1:]] = aggregate.first.text.upper()
    keys = {child.text[1:] for child in group.children if isinstance(child, Token) and child.kind == "VAR"}
    for child in order.children[2:]:
        name = child.text[1:] if isinstance(child, Token) else ""
        direction = "ASC"
        if isinstance(child, Node) and child.kind == "Direction":
            direction = child.words[0]
            inner = child.nodes[0].children[1]
            name = inner.text[1:] if isinstance(inner, Token) else ""
        good = {"COUNT": "DESC", "MAX": "DESC", "MIN": "ASC"}.get(falling.get(name, ""))
        if name not in keys and good != direction:
            return False
    return True


def should_try(query: Query) -> bool:
    """Whether trying adds certainty, where it costs little: the engine's own order decides what LIMIT cuts."""
    return any(node.kind == "LimitOffset" for node in query.root.walk())


def _selects(query: Query) -> list[Node]:
    return [node for node in query.root.walk() if node.kind in ("SelectQuery", "SubSelect")]


def _negated(node: Node) -> bool:
    return node.kind == "Unary" and "!" in node.words and any(inner.kind == "Exists" for inner in node.walk())


def _delicate(node: Node) -> bool:
    """Whether something inside asks for absence again, or looks at all rows of a sub-select."""
    for inner in node.walk():
        if inner is node:
            continue
        if inner.kind in _ABSENCE or (inner.kind == "Exists" and node.kind in _ABSENCE) or _negated(inner):
            return True
        if inner.kind == "SubSelect" and (has_aggregates(inner) or inner.find("LimitOffset")):
            return True
    return False


def group_of(query: Query) -> Node | None:
    """The group of the WHERE clause, where there is one."""
    has_where = query.body.find("WhereClause", "ConstructWhere") is not None
    return where_group(query.body) if has_where else None
