"""Groups of an aggregate: which group a row came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.answers import Solutions, Term
from filmgraph.evidence.limits import Unexplained
from filmgraph.sparql.scope import name_of, projected, where_group
from filmgraph.sparql.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.sparql.query import Query
    from filmgraph.sparql.tree import Node
    from filmgraph.store.base import Store

Values = dict[str, "Term | None"]


class Grouped:
    """The groups of a SELECT with aggregates.

    Args:
        store: What is asked.
        query: The query.
        select: The SELECT or sub-select.
        mark: How added variables begin.
        graph: The named graph around it.

    Attributes:
        binds: BIND for each key that is an expression.
        names: The keys.
    """

    def __init__(self, store: Store, query: Query, select: Node, mark: str, graph: str | None) -> None:
        self.store = store
        self.query = query
        self.select = select
        self.graph = graph
        self.binds = ""
        self.names: list[str] = []
        self._clauses: list[str] = []
        self._groups: list[tuple[Values, Values]] | None = None
        for kind in ("SelectClause", "GroupClause", "HavingClause"):
            clause = select.find(kind)
            exists = (node for node in clause.walk() if node.kind in ("Exists", "NotExists")) if clause else iter(())
            if next(exists, None) is not None:
                raise Unexplained("EXISTS in GROUP BY, HAVING or among the values shown cannot be followed")
        group = select.find("GroupClause")
        for number, child in enumerate(group.children[2:] if group else []):
            self._add(child, f"{mark}_key{number}")

    def _add(self, child: Node | Token, fresh: str) -> None:
        text = self.query.text
        if isinstance(child, Token):
            self.names.append(name_of(child))
            self._clauses.append(child.text)
            return
        if child.kind == "Grouping":
            name = name_of(child.token(-2))
            expression = text[child.children[1].start : child.children[-3].start]
        else:
            name, expression = fresh, text[child.start : child.end]
        self.names.append(name)
        self._clauses.append(f"({expression} AS ?{name})")
        self.binds += f" BIND ({expression} AS ?{name})"

    def keys(self, row: Values) -> Iterator[Values]:
        """The keys of each group that gives this row."""
        shown = projected(self.select)
        direct = {child.text[1:] for child in self.select.nodes[0].children if isinstance(child, Token)}
        if all(name in direct for name in self.names):
            yield {name: row.get(name) for name in self.names}
            return
        for values, keys in self._all(shown):
            if all(values.get(name) == row.get(name) for name in shown):
                yield keys

    def _all(self, shown: list[str]) -> list[tuple[Values, Values]]:
        if self._groups is None:
            hidden = [name for name in self.names if name not in shown]
            found = self.store.query(self._text(hidden))
            assert isinstance(found, Solutions)  # noqa: S101 -- it was a SELECT
            self._groups = []
            for row in found.rows:
                values = dict(zip(found.variables, row, strict=True))
                self._groups.append((values, {name: values.get(name) for name in self.names}))
        return self._groups

    def _text(self, hidden: list[str]) -> str:
        """The SELECT, with its hidden keys shown, and all its groups: no DISTINCT, no ORDER, no LIMIT."""
        query, text = self.query, self.query.text
        clause, having = self.select.nodes[0], self.select.find("HavingClause")
        items = [child for child in clause.children if not isinstance(child, Token) or child.kind == "VAR"]
        shown = " ".join([*(text[item.start : item.end] for item in items), *(f"?{name}" for name in hidden)])
        group = where_group(self.select)
        body = text[group.start : group.end]
        dataset = " ".join(text[node.start : node.end] for node in query.body.all("DatasetClause"))
        return " ".join(
            [
                f"{text[: query.body.start]}SELECT {shown} {dataset}",
                body if self.graph is None else f"{{ GRAPH {self.graph} {body} }}",
                f"GROUP BY {' '.join(self._clauses)}",
                text[having.start : having.end] if having is not None else "",
            ]
        )
