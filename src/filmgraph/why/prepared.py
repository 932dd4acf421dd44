"""The analysis of a query before any row is explained, cached by its text."""

from __future__ import annotations

from functools import lru_cache
from threading import get_ident
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakSet

from filmgraph.sparql.query import parse
from filmgraph.sparql.scope import never_bound
from filmgraph.why.rendering import Renderer
from filmgraph.why.shape import first_only, monotone, must_try, should_try

if TYPE_CHECKING:
    from filmgraph.sparql.query import Query
    from filmgraph.store.base import Store

_TROUBLE = frozenset(
    [
        *("Optional", "Minus", "Exists", "NotExists", "SubSelect", "Aggregate"),
        *("GroupClause", "HavingClause", "LimitOffset", "Unary"),
    ]
)
"""Productions without which a query is monotone: more facts can only give more rows."""


class Prepared(NamedTuple):
    """A parsed query, and what its form implies for its evidence.

    Attributes:
        renderer: Writes its groups.
        monotone: See `shape.monotone`.
        must_try: See `shape.must_try`.
        should_try: See `shape.should_try`.
        first_only: See `shape.first_only`.
        dataset: The graphs that FROM merges, as the query writes them; None where it has no FROM.
        lost: Why no row can be explained, for a reason that the query itself gives; empty where there is none.
        nodes: Whether ways may have facts that only say that a node occurs.
        large: Stores that have more facts for its patterns than are tried as a second look.
    """

    renderer: Renderer
    monotone: bool
    must_try: bool
    should_try: bool
    first_only: bool
    dataset: tuple[str, ...] | None
    lost: str
    nodes: bool
    large: WeakSet[Store]


def prepared(text: str) -> Prepared:
    """Parse and analyse a query.

    Raises:
        QuerySyntaxError: The text is not SPARQL 1.1.
    """
    return _prepared(text, get_ident())


@lru_cache(maxsize=64)
def _prepared(text: str, _thread: int) -> Prepared:
    # Each thread has its own: what is written for a query is remembered with it.
    query = parse(text)
    kinds = frozenset(node.kind for node in query.root.walk())
    clauses = query.body.all("DatasetClause")
    merged = [query.text[one.nodes[0].start : one.end] for one in clauses if "NAMED" not in one.words]
    simple = kinds.isdisjoint(_TROUBLE)
    renderer = Renderer(query)
    return Prepared(
        renderer=renderer,
        monotone=simple or monotone(query),
        must_try=not simple and must_try(query, renderer.is_plain),
        should_try="LimitOffset" in kinds and should_try(query),
        first_only="LimitOffset" in kinds and first_only(query),
        dataset=tuple(merged) if clauses else None,
        lost="" if simple else _lost(query),
        nodes=not kinds.isdisjoint({"Graph", "PathMod"}),
        large=WeakSet(),
    )


def _lost(query: Query) -> str:
    for select in (node for node in query.root.walk() if node.kind == "SubSelect"):
        for name in never_bound(select):
            # Unbound inside, while a row that is joined with the sub-select may have a value for it.
            return f"a sub-select shows ?{name}, which its pattern does not bind"
    if query.form != "select" and query.body.find("GroupClause", "HavingClause") is not None:
        return f"GROUP BY in {query.form.upper()} cannot be followed"
    return ""
