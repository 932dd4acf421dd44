"""The parameters of a query: finding them, and putting terms in their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.sparql.query import parse
from filmgraph.sparql.scope import in_scope, name_of, projected, variables
from filmgraph.sparql.template import Slot, Template
from filmgraph.sparql.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import BlankNode, Literal, NamedNode, Triple

    from filmgraph.sparql.query import Query
    from filmgraph.sparql.tree import Node

_ROLES = {
    "TriplesSameSubject": "subject",
    "Verb": "iri",
    "Graph": "iri",
    "Service": "iri",
    "DescribeQuery": "iri",
    "GroupClause": "bracket",
    "OrderClause": "bracket",
    "Values": "values",
}


def template(query: Query | str) -> Template:
    """Find the places of all ``$name`` in a query.

    Where a query writes both ``$name`` and ``?name``, both are the parameter: in SPARQL they are one variable.

    Raises:
        QuerySyntaxError: The text is not SPARQL 1.1.

    >>> template("ASK { $film a $class }").names
    ('film', 'class')
    """
    if isinstance(query, str):
        query = parse(query)
    names = set(query.parameters)
    if not names:
        return Template(query.text, ())
    return Template(query.text, tuple(sorted(_Finder(query, names).slots())))


def substitute(query: Query | str, values: Mapping[str, NamedNode | BlankNode | Literal | Triple]) -> str:
    r"""The query with terms in the places of its parameters; see `Template.bind`.

    >>> from pyoxigraph import Literal
    >>> print(substitute("SELECT $name ?film { ?film <http://example.org/name> $name }", {"name": Literal('"')}))
    SELECT ("\"" AS ?name) ?film { ?film <http://example.org/name> "\"" }
    """
    return template(query).bind(values)


class _Finder:
    """Walks the tree of a query once and notes the slots."""

    def __init__(self, query: Query, names: set[str]) -> None:
        self.query = query
        self.names = names
        used = set(variables(query.root))
        self.prefix = "given_"
        while any(name.startswith(self.prefix) for name in used):
            self.prefix += "_"

    def slots(self) -> list[Slot]:
        """Every slot, in any order."""
        slots: list[Slot] = []
        for node in self.query.root.walk():
            if node.kind in ("SelectQuery", "SubSelect"):
                slots += self._star(node)
            elif node.kind == "BuiltInCall" and node.words == ["BOUND"]:
                token = node.nodes[0].children[1]
                if isinstance(token, Token) and name_of(token) in self.names:
                    slots.append(Slot(node.start, node.end, name_of(token), "bound"))
                continue
            elif node.kind == "GroupGraphPattern":
                slots += self._minus(node)
            slots += self._direct(node)
        taken = [(slot.start, slot.end) for slot in slots if slot.role == "bound"]
        return [
            slot for slot in slots if slot.role == "bound" or not any(start <= slot.start < end for start, end in taken)
        ]

    def _direct(self, node: Node) -> list[Slot]:
        slots: list[Slot] = []
        for index, child in enumerate(node.children):
            if not isinstance(child, Token) or child.kind != "VAR" or name_of(child) not in self.names:
                continue
            role, alias = _ROLES.get(node.kind, "term"), ""
            if node.kind == "SelectClause":
                role, alias = self._shown_as(node, child)
            elif node.kind in ("Projection", "Bind", "Grouping") and index == len(node.children) - 2:
                role = "assigned"
            elif node.kind == "TriplesSameSubject" and index != 0:
                role = "term"
            slots.append(Slot(child.start, child.end, name_of(child), role, alias))
        return slots

    def _shown_as(self, clause: Node, token: Token) -> tuple[str, str]:
        if clause is self.query.body.children[0]:
            return "project", ""
        # What a sub-select shows must not be in scope outside, where the same parameter is a term.
        return "alias", f"{self.prefix}{token.start}_{name_of(token)}"

    def _minus(self, group: Node) -> list[Slot]:
        """MINUS removes only what shares a variable, so a parameter that was shared gives way to a shared value."""
        slots: list[Slot] = []
        before: set[str] = set()
        for child in group.nodes:
            if child.kind == "Minus":
                end = child.end - 1
                for name in sorted(before & self.names & set(in_scope(child.child("GroupGraphPattern")))):
                    alias = f"{self.prefix}{child.start}_{name}"
                    slots += [Slot(child.start, child.start, name, "bind", alias), Slot(end, end, name, "bind", alias)]
            before.update(in_scope(child))
        return slots

    def _star(self, select: Node) -> list[Slot]:
        clause = select.children[0]
        star = clause.children[-1] if clause.children else None  # type: ignore[union-attr]  # SelectClause is a node
        if not isinstance(star, Token) or star.text != "*":
            return []
        shown = " ".join(projected(select))
        if not shown:
            return []
        alias = "" if select is self.query.body else f"{self.prefix}{star.start}_"
        return [Slot(star.start, star.end, shown, "star", alias)]
