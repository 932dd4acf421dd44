"""``/reconcile``: the reconciliation service for OpenRefine and similar clients; drafts at ``/reconcile/1.0-draft``."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from filmgraph.errors import ReconciliationError
from filmgraph.reconciling.service import DRAFT, ReconciliationService
from filmgraph.serving.protocol.reply import HTML, JSON, HttpError, HttpReply, moved
from filmgraph.serving.protocol.request import read_form
from filmgraph.serving.protocol.route import READ, Route

if TYPE_CHECKING:
    from collections.abc import Callable

    from filmgraph.serving.pages.site import ServedSite
    from filmgraph.serving.protocol.request import HttpRequest

ROOM = "/reconcile"
_FORM = "application/x-www-form-urlencoded"
_BOTH = (*READ, "POST")
# A page that other people's pages show in a frame: nothing runs in it, and nothing is loaded.
_FRAMED = (("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors *"),)


@lru_cache(4)
def _service(site: ServedSite, base: str) -> ReconciliationService:
    return ReconciliationService(site.graph, base=base)


def _of(site: ServedSite, request: HttpRequest) -> ReconciliationService:
    return _service(site, f"{request.base}{ROOM}")


def endpoint(site: ServedSite, request: HttpRequest) -> HttpReply:
    """Return the manifest, the candidates for ``queries``, or the columns for ``extend``."""
    service = _of(site, request)
    given = dict(request.query)
    if request.method == "POST":
        if request.content_type.partition(";")[0].strip().lower() not in {_FORM, ""}:
            raise HttpError(415, f"A batch of queries is sent as a form ({_FORM}).")
        given |= dict(read_form(_text(request)))
    if "queries" in given:
        return _answered(service.match, given["queries"])
    if "extend" in given:
        return _answered(service.extend, given["extend"])
    return _json(service.manifest())


def draft(site: ServedSite, request: HttpRequest) -> HttpReply:
    """Return the manifest of API version 1.0."""
    return _json(_of(site, request).draft_manifest())


def draft_match(site: ServedSite, request: HttpRequest) -> HttpReply:
    """Return the candidates for a batch of API version 1.0."""
    return _answered(_of(site, request).match_draft, _text(request))


def draft_extend(site: ServedSite, request: HttpRequest) -> HttpReply:
    """Answer a data extension query of API version 1.0."""
    return _answered(_of(site, request).extend_draft, _text(request))


def suggest(site: ServedSite, request: HttpRequest, kind: str) -> HttpReply:
    """Suggest things, properties or types for a prefix."""
    service = _of(site, request)
    ways: dict[str, Callable[[str], dict[str, Any]]] = {
        "entity": service.suggest_entity,
        "property": service.suggest_property,
        "type": service.suggest_type,
    }
    if kind not in ways:
        raise HttpError(404, f"Nothing suggests {kind!r}.", hint=f"There are {', '.join(ways)}.")
    return _json(ways[kind](request.first("prefix")))


def propose(site: ServedSite, request: HttpRequest) -> HttpReply:
    """Propose extension columns for things of a type."""
    return _json(_of(site, request).propose(request.first("type"), limit=request.number("limit")))


def preview(site: ServedSite, request: HttpRequest) -> HttpReply:
    """Return the HTML preview of a candidate, for a frame in the client's page."""
    try:
        return HttpReply(_of(site, request).preview(request.first("id")), HTML, headers=_FRAMED)
    except ReconciliationError as error:
        raise HttpError(400, str(error), hint=error.hint) from error


def view(site: ServedSite, request: HttpRequest) -> HttpReply:
    """Redirect to the page of a candidate."""
    try:
        return moved(site.path(ReconciliationService.iri(request.first("id"))))
    except ReconciliationError as error:
        raise HttpError(400, str(error), hint=error.hint) from error


def _answered(answer: Callable[[object], dict[str, Any]], text: str) -> HttpReply:
    try:
        return _json(answer(json.loads(text)))
    except (json.JSONDecodeError, RecursionError) as error:
        raise HttpError(400, f"This is no JSON: {error}.") from None
    except ReconciliationError as error:
        raise HttpError(400, str(error), hint=error.hint) from error


def _text(request: HttpRequest) -> str:
    try:
        return request.body.decode()
    except UnicodeDecodeError:
        raise HttpError(400, "The request is not UTF-8.") from None


def _json(message: dict[str, Any]) -> HttpReply:
    return HttpReply(json.dumps(message, ensure_ascii=False) + "\n", JSON)


ROUTES = (
    Route(ROOM, endpoint, _BOTH),
    Route(f"{ROOM}/suggest/{{kind}}", suggest),
    Route(f"{ROOM}/preview", preview),
    Route(f"{ROOM}/view", view),
    Route(f"{ROOM}/extend/propose", propose),
    Route(f"{ROOM}/{DRAFT}", draft),
    Route(f"{ROOM}/{DRAFT}/match", draft_match, ("POST",)),
    Route(f"{ROOM}/{DRAFT}/extend", draft_extend, ("POST",)),
    Route(f"{ROOM}/{DRAFT}/extend/propose", propose),
    Route(f"{ROOM}/{DRAFT}/suggest/{{kind}}", suggest),
    Route(f"{ROOM}/{DRAFT}/preview", preview),
)
