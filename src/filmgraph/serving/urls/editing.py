"""``/sparql/terms`` and ``/sparql/check``: what an editor asks while somebody types a query."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from filmgraph.errors import QueryError
from filmgraph.serving.pages.terms import terms
from filmgraph.serving.protocol.operation import operation
from filmgraph.serving.protocol.reply import JSON, HttpReply
from filmgraph.serving.protocol.route import Route
from filmgraph.sparql.query import parse
from filmgraph.sparql.refusals import refuse

if TYPE_CHECKING:
    from filmgraph.serving.pages.site import ServedSite
    from filmgraph.serving.protocol.request import HttpRequest


def suggested(site: ServedSite, request: HttpRequest) -> HttpReply:
    """The names that begin with what was typed so far, as JSON."""
    found = [one._asdict() for one in terms(site, request.first("q"))]
    return HttpReply(json.dumps(found, ensure_ascii=False), JSON)


def checked(site: ServedSite, request: HttpRequest) -> HttpReply:
    """Return the syntax errors of a query as JSON, with line and column in code points; the store is not asked."""
    del site
    return HttpReply(json.dumps({"problems": _problems(operation(request).query)}, ensure_ascii=False), JSON)


def _problems(text: str) -> list[dict[str, object]]:
    try:
        refuse(parse(text))
    except QueryError as error:
        message = error.message.removeprefix(f"Line {error.line}, column {error.column}: ")
        return [{"line": error.line, "column": error.column, "message": message, "hint": error.hint}]
    return []


ROUTES = (Route("/sparql/terms", suggested), Route("/sparql/check", checked, ("GET", "HEAD", "POST")))
