"""``/``, ``/search`` and ``/suggest``: the home page and search by name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from filmgraph.serving.pages.site import MOST_FILMS
from filmgraph.serving.pages.templates import rendered
from filmgraph.serving.pages.understood import UnderstoodText, understood
from filmgraph.serving.protocol.reply import JSON, HttpReply, moved
from filmgraph.serving.protocol.route import Route

if TYPE_CHECKING:
    from filmgraph.serving.pages.site import ServedSite
    from filmgraph.serving.protocol.request import HttpRequest

_MOST = 50
_SUGGESTED = 8


def home(site: ServedSite, request: HttpRequest) -> HttpReply:
    """Show the home page: films, documents, questions."""
    labels = site.labels({*site.films, *site.subjects})
    films = sorted(((labels.get(iri, iri), site.path(iri)) for iri in site.films), key=lambda pair: pair[0].casefold())
    return HttpReply(
        rendered(
            "home.html",
            site=site,
            request=request,
            subjects=[(labels.get(iri, iri), site.path(iri)) for iri in site.subjects],
            films=[pair for pair in films if pair[1] not in set(map(site.path, site.subjects))][:60],
            more_films=max(len(films) - 60, 0),
            many_films=len(films) == MOST_FILMS,
            documents=list(site.documents.values())[:60],
            topics=site.topics,
            size=site.size,
        )
    )


def search(site: ServedSite, request: HttpRequest) -> HttpReply:
    """Search by name, leading straight to a single match; without a match, read the text as a question."""
    text = request.first("q").strip()
    hits = site.finder.find(text, _MOST) if text else []
    if len(hits) == 1 and not request.flag("stay"):
        return moved(site.prefix + hits[0].path)
    # To learn by which names a million things go takes longer than a visitor may.
    too_large = bool(text) and not hits and site.finder.is_large
    meant = understood(site, text) if text and not hits and not too_large else UnderstoodText([], [])
    return HttpReply(
        rendered(
            "search.html",
            site=site,
            request=request,
            text=text,
            hits=hits,
            most=_MOST,
            meant=meant,
            too_large=too_large,
        )
    )


def suggest(site: ServedSite, request: HttpRequest) -> HttpReply:
    """Return the first matches of a typed prefix, as JSON."""
    hits = site.finder.find(request.first("q"), _SUGGESTED)
    found = [{"path": site.prefix + hit.path, "label": hit.label, "kind": hit.kind} for hit in hits]
    return HttpReply(json.dumps(found, ensure_ascii=False), JSON)


ROUTES = (Route("/", home), Route("/search", search), Route("/suggest", suggest))
