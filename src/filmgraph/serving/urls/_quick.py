"""A fast path for plain SPARQL queries, which skips our parser.

A query is plain when no word in it could ask for what is looked at before: another machine, graphs that are not here,
the order of the columns of ``SELECT *``, regular expressions. What the engine does not take goes the long way, which
says what is wrong.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from filmgraph.errors import QueryError, QueryFailedError
from filmgraph.serving.protocol.reply import HttpError, HttpReply
from filmgraph.serving.urls._answering import negotiated, too_many

if TYPE_CHECKING:
    from filmgraph.serving.pages.site import ServedSite
    from filmgraph.serving.protocol.operation import Operation
    from filmgraph.serving.protocol.request import HttpRequest

_LONG = 4000
_SPECIAL = re.compile(
    r"\b(?:service|from|base|describe|construct|regex|replace)\b|\bselect\s+(?:distinct\s+|reduced\s+)?\*",
    re.IGNORECASE,
)
_LIMITED = re.compile(r"\blimit\s+(\d{1,9})\s*(?:offset\s+\d+\s*)?(?:#[^\n]*)?\Z", re.IGNORECASE)
_NOTICED = {"why", "only-source", "not-source", "download"}
_BETWEEN = b'},{"'  # rows; inside a string the quotation mark would have a backslash before it


def quick(site: ServedSite, request: HttpRequest, asked: Operation) -> HttpReply | None:
    """Return the reply to a plain query that asks for JSON; None for any other query.

    Args:
        site: What is asked.
        request: The request.
        asked: The query that it sends.

    Raises:
        HttpError: There are too many rows.
        StoreError: The store could not answer.
    """
    store, text = site.results_at_hand, asked.query
    if store is None or asked.default_graphs or asked.named_graphs:
        return None
    if len(text) > _LONG or _SPECIAL.search(text) or any(key in _NOTICED for key, _ in asked.options):
        return None
    try:
        offer = negotiated(request.accept, asked.first("format"), rows=True, evidence=False, page=False)
    except HttpError:
        return None  # what is wrong with the query is said first
    if offer.name != "json":
        return None
    limit, most = _LIMITED.search(text), site.settings.limits.rows
    bounded = limit is not None and int(limit[1]) <= most
    try:
        # Where there is a limit elsewhere, a second one is a mistake, and the query goes the long way.
        body = store.results_json(text if bounded else f"{text}\nLIMIT {most + 1}")
    except (QueryError, QueryFailedError):
        return None
    if not bounded and body.count(_BETWEEN) >= most:
        raise too_many(most, "rows")
    return HttpReply(body, offer.media_type)
