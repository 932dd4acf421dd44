"""``/id/...`` and ``/thing?iri=``: everything that has an IRI, as pages and as data."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from filmgraph import exporters
from filmgraph.errors import UnknownFormatError, UnknownThingError
from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.serving.pages.description import description
from filmgraph.serving.pages.notes import PageNotes
from filmgraph.serving.pages.templates import rendered
from filmgraph.serving.pages.thing import page_of
from filmgraph.serving.pages.trust import Trust
from filmgraph.serving.protocol.negotiation import preferred
from filmgraph.serving.protocol.reply import HttpError, HttpReply, moved
from filmgraph.serving.protocol.route import Route

if TYPE_CHECKING:
    from filmgraph.exporters import Exporter
    from filmgraph.serving.pages.site import ServedSite
    from filmgraph.serving.protocol.request import HttpRequest

_ENDINGS = {
    "text/html": "",
    "text/turtle": "ttl",
    "application/ld+json": "jsonld",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf",
    "application/trig": "trig",
    "application/n-quads": "nq",
}

_ALTERNATES = (("turtle", "text/turtle", "ttl"), ("jsonld", "application/ld+json", "jsonld"))


def of_collection(site: ServedSite, request: HttpRequest, rest: str) -> HttpReply:
    """Show a thing of the collection's own namespace; the format is given by the ending, or negotiated."""
    iri = PREFIXES["id"] + rest
    if site.is_known(iri):
        return _thing(site, request, iri)
    stem, dot, ending = iri.rpartition(".")
    if dot and site.is_known(stem):
        if ending == "html":
            return _page(site, request, stem)
        return _exported(site, stem, ending, download=request.flag("download"))
    raise HttpError(404, f"Nothing is known of <{iri}>.", hint="Search for a name instead.")


def of_any(site: ServedSite, request: HttpRequest) -> HttpReply:
    """Show a thing by its IRI; redirect where it has a page address of its own."""
    iri = request.first("iri")
    if not iri:
        raise HttpError(400, "Which thing? Give its IRI as the parameter iri.")
    path = site.path(iri)
    if not path.startswith("/thing?"):
        return moved(site.prefix + path)
    if not site.is_known(iri):
        raise UnknownThingError(f"Nothing is known of <{iri}>.", name=iri)
    wanted = request.first("format")
    if wanted and wanted != "html":
        return _exported(site, iri, wanted, download=request.flag("download"))
    return _thing(site, request, iri)


def _thing(site: ServedSite, request: HttpRequest, iri: str) -> HttpReply:
    media_type = preferred(request.accept, list(_ENDINGS))
    if media_type == "text/html":
        return _page(site, request, iri)
    # A thing is no document: what is said of it in RDF is, and lies elsewhere (httpRange-14).
    ending, path = _ENDINGS[media_type], site.path(iri)
    address = f"{path}&format={ending}" if "?" in path else f"{path}.{ending}"
    return moved(site.prefix + address)


def _page(site: ServedSite, request: HttpRequest, iri: str) -> HttpReply:
    notes = PageNotes(site)
    page = page_of(site.part(request), iri, notes, only=request.first("all"))
    trust = Trust.of(site, request)
    if page is None and not trust.chosen:
        raise HttpError(404, f"Nothing is known of <{iri}>.")
    path = site.path(iri)
    data = f"{path}&format=" if "?" in path else f"{path}."
    downloads = [
        (one.name, one.summary, f"{data}{one.name}")
        for one in _exports(site, page.kind if page else "", own=path.startswith("/id/"))
    ]
    body = rendered(
        "thing.html",
        site=site,
        request=request,
        page=page,
        iri=iri,
        path=path,
        data=data,
        only=request.first("all"),
        notes=notes,
        trust=trust,
        downloads=downloads,
        alternates=[
            (media_type, data + ending)
            for name, media_type, ending in _ALTERNATES
            if name in {one[0] for one in downloads}
        ],
        description=description(page, request.base + path, request.base) if page else "",
    )
    links = ", ".join(
        f'<{request.base}{data}{ending}>; rel="alternate"; type="{media_type}"'
        for media_type, ending in _ENDINGS.items()
        if ending
    )
    return HttpReply(body, headers=(("Link", links),))


def _exports(site: ServedSite, kind: str, *, own: bool) -> list[Exporter]:
    found = [one for one in _all_exporters(site.collection_folder) if not one.per_film or kind == "Film"]
    if not site.static or kind == "Film":
        return found
    # As files, each thing in each format would be several times all pages.
    return [one for one in found if one.name == "turtle" and own]


@lru_cache(4)
def _all_exporters(folder: str) -> list[Exporter]:
    """Return all exporters, cached, because reading crosswalks takes longer than rendering a page."""
    return exporters.all_exporters(folder)


def _exported(site: ServedSite, iri: str, wanted: str, *, download: bool) -> HttpReply:
    try:
        exporter = exporters.find(wanted, site.collection_folder)
    except UnknownFormatError as error:
        raise HttpError(
            404, f"Nothing is known of <{iri}.{wanted}>, and {wanted} is no format.", hint=error.hint
        ) from error
    target = BytesIO()
    site.graph.export(exporter.name, target, f"<{iri}>")
    name = iri.rstrip("/").rpartition("/")[2] or "thing"
    charset = "; charset=utf-8" if exporter.media_type.startswith("text/") else ""
    safe = "".join(letter if letter.isascii() and (letter.isalnum() or letter in ".-_") else "-" for letter in name)
    plain = exporter.media_type in _ENDINGS or "json" in exporter.media_type or "xml" in exporter.media_type
    shown = plain and not download
    headers = () if shown else (("Content-Disposition", f'attachment; filename="{safe}.{exporter.endings[0]}"'),)
    return HttpReply(target.getvalue(), exporter.media_type + charset, headers=headers)


ROUTES = (Route("/id/{rest...}", of_collection), Route("/thing", of_any))
