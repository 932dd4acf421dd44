"""Preparing a query that somebody brings: parsed, bound, and checked for what is refused."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from filmgraph.sparql.parameters import template
from filmgraph.sparql.query import Query, parse
from filmgraph.sparql.refusals import refuse
from filmgraph.sparql.scope import projected

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import Literal, NamedNode

    from filmgraph.sparql.template import Template

_REMEMBERED, _LONG = 256, 10_000  # queries that are asked again and again; a long one takes long anyway


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
    if values:
        places, columns = _places(text, allow_service=allow_service)
        return places.bind(values), columns
    read = _columns if len(text) < _LONG else _columns.__wrapped__
    return text, read(text, allow_service=allow_service)


@lru_cache(_REMEMBERED)
def _columns(text: str, *, allow_service: bool) -> tuple[str, ...] | None:
    return _shown(_checked(text, allow_service=allow_service))


@lru_cache(_REMEMBERED)
def _places(text: str, *, allow_service: bool) -> tuple[Template, tuple[str, ...] | None]:
    query = _checked(text, allow_service=allow_service)
    return template(query), _shown(query)


def _checked(text: str, *, allow_service: bool) -> Query:
    query = parse(text)
    refuse(query, allow_service=allow_service)
    return query


def _shown(query: Query) -> tuple[str, ...] | None:
    return tuple(projected(query.body)) if query.form == "select" else None
