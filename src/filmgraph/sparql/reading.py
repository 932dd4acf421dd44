"""A query that somebody brings, made ready to run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.sparql.parameters import template
from filmgraph.sparql.query import parse
from filmgraph.sparql.refusals import refuse
from filmgraph.sparql.scope import projected

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import Literal, NamedNode


def ready(
    text: str, values: Mapping[str, NamedNode | Literal], *, allow_service: bool = False
) -> tuple[str, tuple[str, ...] | None]:
    """Check a query and put values in the places of its parameters.

    Returns:
        The text to run, and for a SELECT the variables that it shows, in their order.

    Raises:
        QuerySyntaxError: The text is not SPARQL 1.1.
        QueryRefusedError: It is an update, asks other machines, or is too large to be run safely.
        QueryError: It has no parameter of that name.
    """
    query = parse(text)
    refuse(query, allow_service=allow_service)
    columns = tuple(projected(query.body)) if query.form == "select" else None
    return (template(query).bind(values) if values else text), columns
