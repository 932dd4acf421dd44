"""Checks of the rules that stand beside SPARQL's grammar: scopes, labels, aggregates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.sparql.scope import in_scope, name_of, where_group
from filmgraph.sparql.tokens import Token
from filmgraph.sparql.tree import Node
from filmgraph.sparql.trouble import syntax_error

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_INNER = frozenset({"GroupGraphPattern", "Aggregate"})


def check(root: Node, text: str, tokens: Iterable[Token]) -> None:
    """Check what the grammar cannot say.

    Args:
        root: The tree of a query.
        text: The query.
        tokens: All its tokens.

    Raises:
        QuerySyntaxError: A variable is assigned twice, a blank node label spans two patterns, or an expression
            uses a variable that is not grouped.
    """
    if any(token.kind == "BLANK_NODE_LABEL" for token in tokens):
        _check_labels(root, text)
    for node in root.walk():
        if node.kind == "GroupGraphPattern":
            if node.find("Bind"):
                _check_binds(node, text)
        elif node.kind in ("SelectQuery", "SubSelect"):
            _check_select(node, text)
        elif node.kind == "Filter" and (aggregate := next(_aggregates(node), None)) is not None:
            raise syntax_error(text, aggregate.start, "an aggregate cannot stand in FILTER.", hint="Use HAVING.")
        elif node.kind == "Aggregate" and (inner := next(_aggregates(node), None)) is not None:
            raise syntax_error(text, inner.start, "an aggregate cannot stand inside another one.")


def _aggregates(node: Node) -> Iterator[Node]:
    stack = list(node.nodes)
    while stack:
        item = stack.pop()
        if item.kind == "Aggregate":
            yield item
        elif item.kind != "GroupGraphPattern":
            stack.extend(item.nodes)


def has_aggregates(select: Node) -> bool:
    """Whether a SELECT groups: by GROUP BY, or by an aggregate anywhere in its clauses."""
    if select.find("GroupClause", "HavingClause"):
        return True
    clauses = select.all("SelectClause", "OrderClause")
    return any(next(_aggregates(clause), None) is not None for clause in clauses)


def _check_binds(group: Node, text: str) -> None:
    seen: set[str] = set()
    for child in group.nodes:
        if child.kind == "Bind":
            variable = child.token(-2)
            if name_of(variable) in seen:
                problem = f"BIND cannot set {variable.text}: it is used before in the same group."
                raise syntax_error(text, variable.start, problem, hint="Give the new value a name of its own.")
        seen.update(in_scope(child))


def _check_select(select: Node, text: str) -> None:
    clause = select.nodes[0]
    inner = set(in_scope(where_group(select))) if clause.nodes else set()
    if "*" in clause.words:
        if has_aggregates(select):
            problem = "SELECT * cannot stand with GROUP BY."
            raise syntax_error(text, clause.start, problem, hint="Name the variables to show.")
        return
    taken: set[str] = set()
    grouped = _grouped(select)
    for child in clause.children:
        if isinstance(child, Node):
            variable = child.token(-2)
            if name_of(variable) in inner or name_of(variable) in taken:
                problem = f"AS cannot set {variable.text}: it already has a value."
                raise syntax_error(text, variable.start, problem, hint="Give the new value a name of its own.")
            if grouped is not None:
                _check_grouped(child, grouped | taken, text)
            taken.add(name_of(variable))
        elif child.kind == "VAR":
            if grouped is not None and name_of(child) not in grouped:
                hint = f"Add {child.text} to GROUP BY, or put it into an aggregate such as SAMPLE({child.text})."
                raise syntax_error(text, child.start, f"{child.text} is not grouped.", hint=hint)
            taken.add(name_of(child))


def _grouped(select: Node) -> set[str] | None:
    """The variables that GROUP BY names, or None where nothing is grouped."""
    if not has_aggregates(select):
        return None
    clause = select.find("GroupClause")
    names: set[str] = set()
    for child in clause.children if clause else []:
        if isinstance(child, Token):
            names |= {name_of(child)} if child.kind == "VAR" else set()
        elif child.kind == "Grouping":
            names.add(name_of(child.token(-2)))
    return names


def _check_grouped(projection: Node, allowed: set[str], text: str) -> None:
    expression = projection.children[1]
    stack: list[Node | Token] = [expression]
    while stack:
        item = stack.pop()
        if isinstance(item, Token):
            if item.kind == "VAR" and name_of(item) not in allowed:
                hint = f"Add {item.text} to GROUP BY, or put it into an aggregate such as SAMPLE({item.text})."
                raise syntax_error(text, item.start, f"{item.text} is not grouped.", hint=hint)
        elif item.kind not in _INNER:
            stack.extend(reversed(item.children))


def _check_labels(root: Node, text: str) -> None:
    """19.6: a blank node label names one node of one basic graph pattern."""
    owner: dict[str, int] = {}
    pattern = 0
    stack: list[tuple[Node, int]] = [(root, 0)]
    while stack:
        node, inherited = stack.pop()
        if node.kind == "BlankNode":
            label = node.first
            if label.kind == "BLANK_NODE_LABEL" and owner.setdefault(label.text, inherited) != inherited:
                problem = f"{label.text} is used in two patterns."
                raise syntax_error(text, label.start, problem, hint="Use a variable instead of the label.")
            continue
        if node.kind == "ConstructTemplate":
            continue  # labels of the template are its own
        inside: list[tuple[Node, int]] = []
        pattern += 1
        current = inherited if node.kind not in ("GroupGraphPattern", "ConstructWhere") else pattern
        for child in node.nodes:
            if node.kind == "GroupGraphPattern" and child.kind not in ("TriplesBlock", "Filter"):
                pattern += 1
                inside.append((child, pattern))
                pattern += 1
                current = pattern
            else:
                inside.append((child, current))
        stack.extend(reversed(inside))
