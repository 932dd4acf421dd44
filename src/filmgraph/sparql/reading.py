"""Preparing a query that somebody brings: parsed, bound, and checked for what is refused."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from filmgraph.sparql.parameters import template
from filmgraph.sparql.query import Edit, Query, edit, parse
from filmgraph.sparql.refusals import refuse
from filmgraph.sparql.scope import projected
from filmgraph.sparql.tokens import tokenize

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
        missing = frozenset(values) - set(places.names)
        if missing and (written := _as_parameters(text, missing)) != text:
            places, columns = _places(written, allow_service=allow_service)
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


def _as_parameters(text: str, names: frozenset[str]) -> str:
    """The query with ``$name`` for ``?name``, which SPARQL takes for one variable: a value may be given to either."""
    wanted = {f"?{name}" for name in names}
    return edit(
        text,
        (
            Edit(one.start, one.end, f"${one.text[1:]}")
            for one in tokenize(text)
            if one.kind == "VAR" and one.text in wanted
        ),
    )


def _checked(text: str, *, allow_service: bool) -> Query:
    query = parse(text)
    refuse(query, allow_service=allow_service)
    return query


def _shown(query: Query) -> tuple[str, ...] | None:
    return tuple(projected(query.body)) if query.form == "select" else None
