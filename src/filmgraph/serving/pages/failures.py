"""Error replies: an HTML page for browsers, problem details (RFC 9457) or plain text for programs."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

from filmgraph.errors import (
    AmbiguousNameError,
    FilmgraphError,
    NotFoundError,
    ParameterError,
    QueryError,
    QueryTimeoutError,
    StoreUnavailableError,
)
from filmgraph.serving.pages.templates import rendered
from filmgraph.serving.protocol.finished import finished, header_list
from filmgraph.serving.protocol.negotiation import weight
from filmgraph.serving.protocol.reply import HTML, TEXT, HttpError, HttpReply
from filmgraph.text.printable import printable

if TYPE_CHECKING:
    from filmgraph.serving.pages.site import ServedSite
    from filmgraph.serving.protocol.reply_cache import CachedReply
    from filmgraph.serving.protocol.request import HttpRequest

PROBLEM = "application/problem+json"


def status_of(error: Exception) -> int:
    """Return the HTTP status code for an error."""
    if isinstance(error, HttpError):
        return error.status
    if isinstance(error, (NotFoundError, AmbiguousNameError)):
        return 404
    if isinstance(error, (QueryError, ParameterError)):
        return 400
    if isinstance(error, QueryTimeoutError):
        return 504
    if isinstance(error, StoreUnavailableError):
        return 502
    return 422 if isinstance(error, FilmgraphError) else 500


def failed(site: ServedSite | None, request: HttpRequest, error: Exception) -> HttpReply:
    """Return the reply for a request that failed.

    Args:
        site: What is served, where that is known; its whereabouts are kept out of the reply.
        request: The request.
        error: Why not.
    """
    status = status_of(error)
    headers = error.headers if isinstance(error, HttpError) else ()
    own = isinstance(error, FilmgraphError)
    message = _clean(site, str(error)) if own else "Something went wrong here. It has been noted."
    hint = _clean(site, getattr(error, "hint", None) or "") if own else ""
    hint = hint.replace(": add --allow-service", "")
    title = HTTPStatus(status).phrase
    html, problem = weight(request.accept, "text/html"), weight(request.accept, PROBLEM)
    if html and html > weight(request.accept, "text/plain") * 0.999 and "text/html" in request.accept:
        body = rendered(
            "error.html", site=site, request=request, title=title, message=message, hint=hint, status=status
        )
        return HttpReply(body, HTML, status, headers, lasting=False)
    if problem and ("json" in request.accept):
        record = {"title": title, "status": status, "detail": message} | ({"hint": hint} if hint else {})
        return HttpReply(json.dumps(record, ensure_ascii=False) + "\n", PROBLEM, status, headers, lasting=False)
    text = message + "\n" + (hint + "\n" if hint else "")
    return HttpReply(text, TEXT, status, headers, lasting=False)


def refusal(request: HttpRequest, error: Exception) -> CachedReply:
    """Return the whole reply of the listening process, which knows no site, to a request that no worker answered."""
    reply = failed(None, request, error)
    assert isinstance(reply.body, str)  # noqa: S101 -- a short page
    headers = header_list(reply.media_type, reply.headers)
    return finished(reply.status, headers, reply.body.encode(), compress=False)


def _clean(site: ServedSite | None, text: str) -> str:
    return printable(site.without_paths(text) if site is not None else text, keep="\n\t")
