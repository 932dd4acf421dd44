"""Queries that filmgraph refuses to run, found before any engine sees them."""

from __future__ import annotations

from filmgraph.sparql.query import Query, parse
from filmgraph.sparql.tree import Node
from filmgraph.sparql.trouble import refused

MAX_PARTS = 1000
"""How many parts a query may have. pyoxigraph 0.5.13 ends the process at 5,000 BIND, and at 20,000 UNION or ``||``."""

_GROUPED = {"Bind", "Minus", "Optional", "Values", "Graph", "SubSelect", "Filter", "Exists", "NotExists"}
_CHAINED = {"Or", "And", "Additive", "Multiplicative"}
_PARTS = frozenset(_GROUPED | _CHAINED)
_LISTS = frozenset({"Union", "PathAlternative", "PathSequence"})


def _refuse_other_schemes(query: Query, service: Node) -> None:
    address = service.children[-2]
    written = address.first if isinstance(address, Node) else address
    if written.text.startswith("<") and not written.text[1:].lower().startswith(("http://", "https://")):
        raise refused(
            query.text,
            written.start,
            f"SERVICE asks endpoints over http:// and https://, and {written.text} is neither.",
            hint="Open a file or a store with --store.",
        )


def refuse(query: Query | str, *, allow_service: bool = False) -> None:
    """Refuse a query that would reach another machine, change data, or crash the engine.

    Updates and deep nesting are refused by the parser already.

    Args:
        query: A parsed query, or a text.
        allow_service: Let ``SERVICE`` pass; the user asked for it.

    Raises:
        QueryRefusedError: The query is refused. The message says which part, and where.
        QuerySyntaxError: The text is not SPARQL 1.1.

    >>> refuse("ASK { ?s ?p ?o }")
    """
    if isinstance(query, str):
        query = parse(query)
    parts = 0
    for node in query.root.walk():
        if node.kind == "Service" and not allow_service:
            raise refused(
                query.text,
                node.start,
                "SERVICE would send part of the query to another machine.",
                hint="filmgraph uses no network unless you ask for it: add --allow-service.",
            )
        if node.kind == "Service":
            _refuse_other_schemes(query, node)
        parts += len(node.children) if node.kind in _LISTS else node.kind in _PARTS
        if parts > MAX_PARTS:
            raise refused(
                query.text,
                node.start,
                f"the query has more than {MAX_PARTS} parts.",
                hint="Engines may crash on such a query. Ask in several queries, or give values with VALUES.",
            )
