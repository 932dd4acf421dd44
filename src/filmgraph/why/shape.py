"""What the form of a query says about its evidence: whether ways alone prove that a witness is enough.

A way is a set of facts that gives the row. More facts can only take the row away again through something that asks
for the absence of facts, or that looks at all rows together. Where such a thing is, each witness is tried.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from filmgraph.sparql.checks import has_aggregates
from filmgraph.sparql.scope import in_scope, where_group
from filmgraph.sparql.tokens import Token
from filmgraph.sparql.tree import Node

if TYPE_CHECKING:
    from filmgraph.sparql.query import Query

_ABSENCE = ("Optional", "Minus", "NotExists")


def has_absences(query: Query) -> bool:
    """Whether a query asks anywhere for the absence of facts."""
    return any(node.kind in _ABSENCE or _negated(node) for node in _nodes(query.root)) or _exists_as_value(query)


def _exists_as_value(query: Query) -> bool:
    """Whether an EXISTS stands anywhere but among the conditions of a filter, where false could be what is wanted."""
    every = sum(node.kind == "Exists" for node in _nodes(query.root))
    plain = 0
    stack = [node.nodes[0] for node in _nodes(query.root) if node.kind == "Filter" and node.nodes]
    while stack:
        node = stack.pop()
        plain += node.kind == "Exists"
        stack.extend(node.nodes if node.kind in ("Bracketed", "And", "Or") else ())
    return plain < every


def monotone(query: Query) -> bool:
    """Whether more facts can only give more rows."""
    if any(select.find("LimitOffset") or has_aggregates(select) for select in _selects(query)):
        return False
    if query.body.find("LimitOffset") is not None:
        return False
    return not has_absences(query)


def first_only(query: Query) -> bool:
    """Whether a query shows its first rows, whichever they are, so that an engine need not find the others."""
    body = query.body
    return body.find("LimitOffset") is not None and body.find("OrderClause") is None and not has_aggregates(body)


def must_try(query: Query) -> bool:
    """Whether a witness must be tried on its facts alone before it is believed."""
    body = query.body
    absences = [node for node in _nodes(query.root) if node.kind in _ABSENCE or _negated(node)]
    if any(_delicate(node) and not _well_designed(node, query) for node in absences):
        return True
    limits = [node for select in _selects(query) for node in select.all("LimitOffset")]
    limits += body.all("LimitOffset") if body.kind != "SelectQuery" else []
    if any("OFFSET" in node.words for node in limits):
        return True
    inner = [select for select in _selects(query) if select.kind == "SubSelect"]
    grouped = [select for select in _selects(query) if has_aggregates(select)]
    return (
        _exists_as_value(query)
        or any(select.find("LimitOffset") for select in inner)
        or bool(grouped and absences and deciding_keys(query) is None)
        or len(grouped) > 1
        or any(_groups_per_graph(node) for node in _nodes(query.root))
        or bool(grouped and sum("NAMED" not in one.words for one in body.all("DatasetClause")) > 1)  # facts come twice
        or bool(grouped and limits and not _led_by_the_largest(grouped[0]))
        or any(node.kind == "Exists" and _delicate(node) for node in _nodes(query.root))
        or bool(limits and absences)
    )


def deciding_keys(query: Query) -> tuple[str, ...] | None:
    """The keys of a grouped query whose only absences are OPTIONAL; None for other queries.

    A group whose keys all have values keeps its solutions over its own facts: each has all its facts there, and others
    cannot join it. Only a key without a value may gain solutions, whose optional part is not among the facts.
    """
    body = query.body
    if body.kind != "SelectQuery" or not has_aggregates(body):
        return None
    if any(n.kind in ("Minus", "NotExists", "Exists", "SubSelect") or _negated(n) for n in _nodes(query.root)):
        return None
    if body.find("LimitOffset") is not None and not _led_by_the_largest(body):
        return None
    clause = body.find("GroupClause")
    children = clause.children[2:] if clause is not None else []
    shown = {child.text[1:] for child in body.nodes[0].children if isinstance(child, Token) and child.kind == "VAR"}
    names = [child.text[1:] if isinstance(child, Token) else "" for child in children]
    return tuple(names) if all(name in shown for name in names) else None


def _well_designed(node: Node, query: Query) -> bool:
    """Whether an OPTIONAL has only OPTIONAL inside, which meet the patterns around it through what it surely binds.

    Then what is inside decides nothing about what is outside
    (Pérez, Arenas and Gutierrez, Semantics and Complexity of SPARQL, 2009).
    """
    if node.kind != "Optional" or any(n.kind in (*_ABSENCE[1:], "Exists", "SubSelect", "Filter") for n in node.walk()):
        return False
    group = group_of(query)
    if group is None:
        return False
    outside: set[str] = set()
    stack = list(group.nodes)
    while stack:
        other = stack.pop()
        if other is not node and other.kind != "Filter":
            stack.extend(other.nodes)
            outside |= {child.text[1:] for child in other.children if isinstance(child, Token) and child.kind == "VAR"}
    for inner in node.walk():
        if inner.kind == "GroupGraphPattern":
            sure = {name for part in inner.nodes if part.kind != "Optional" for name in in_scope(part)}
            for part in inner.all("Optional"):
                if not (set(in_scope(part)) & outside) <= sure:
                    return False
    return True


def _groups_per_graph(node: Node) -> bool:
    """Whether it is GRAPH with a variable around aggregates: the engine makes groups across all graphs."""
    if node.kind != "Graph" or not (isinstance(node.children[1], Token) and node.children[1].kind == "VAR"):
        return False
    return any(inner.kind == "SubSelect" and has_aggregates(inner) for inner in node.walk())


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
    return any(node.kind == "LimitOffset" for node in _nodes(query.root))


@lru_cache(maxsize=8)
def _nodes(root: Node) -> tuple[Node, ...]:
    return tuple(root.walk())


def _selects(query: Query) -> list[Node]:
    return [node for node in _nodes(query.root) if node.kind in ("SelectQuery", "SubSelect")]


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
