"""The scope of variables: which ones a pattern makes visible.

`18.2.1 Variable Scope <https://www.w3.org/TR/sparql11-query/#variableScope>`_.
"""

from __future__ import annotations

from filmgraph.sparql.tokens import Token
from filmgraph.sparql.tree import Node

_CLOSED = frozenset({"Filter", "Minus", "SubSelect", "Bind"})


def name_of(token: Token) -> str:
    """The name of a variable token, without its sign."""
    return token.text[1:]


def variables(node: Node) -> list[str]:
    """Every variable named anywhere below a node, in order of first appearance."""
    return list(dict.fromkeys(name_of(token) for token in node.leaves() if token.kind == "VAR"))


def in_scope(node: Node) -> list[str]:
    """The variables that a group, a sub-select or a part of a group can bind, in order of first appearance."""
    names: dict[str, None] = {}
    stack: list[Node | Token] = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, Token):
            if item.kind == "VAR":
                names[name_of(item)] = None
        elif item.kind == "Bind":
            names[name_of(item.token(-2))] = None
        elif item.kind in ("SubSelect", "SelectQuery"):
            names.update(dict.fromkeys(projected(item)))
        elif item.kind not in _CLOSED:
            stack.extend(reversed(item.children))
    return list(names)


def projected(select: Node) -> list[str]:
    """The variables that a SELECT shows, in their order."""
    clause = select.nodes[0]
    if "*" not in clause.words:
        return [
            name_of(child if isinstance(child, Token) else child.token(-2))
            for child in clause.children
            if isinstance(child, Node) or child.kind == "VAR"
        ]
    names = in_scope(where_group(select))
    values = select.find("Values")
    return list(dict.fromkeys([*names, *(variables(values) if values else [])]))


def where_group(form: Node) -> Node:
    """The group of a query form's WHERE clause."""
    clause = form.find("WhereClause")
    return clause.child("GroupGraphPattern") if clause else form.child("ConstructWhere")


def never_bound(select: Node) -> list[str]:
    """The variables that a SELECT shows or groups by, and that neither its pattern nor its VALUES can bind."""
    values = select.find("Values")
    bound = {*in_scope(where_group(select)), *(variables(values) if values else [])}
    clauses = [select.nodes[0], select.find("GroupClause")]
    children = [child for clause in clauses if clause is not None for child in clause.children]
    bound.update(name_of(child.token(-2)) for child in children if isinstance(child, Node) and child.kind == "Grouping")
    shown = [name_of(child) for child in children if isinstance(child, Token) and child.kind == "VAR"]
    return [name for name in dict.fromkeys(shown) if name not in bound]
