"""``/sources`` and below: documents, their texts with passages marked, and single passages."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from filmgraph.passages.passage import excerpt
from filmgraph.rdf.citation import Citation
from filmgraph.serving.pages import documents as pages
from filmgraph.serving.pages.annotation import annotation, annotation_collection
from filmgraph.serving.pages.notes import passages
from filmgraph.serving.pages.single import single_page
from filmgraph.serving.pages.templates import rendered
from filmgraph.serving.protocol.negotiation import preferred
from filmgraph.serving.protocol.reply import HttpError, HttpReply, moved
from filmgraph.serving.protocol.route import Route

if TYPE_CHECKING:
    from filmgraph.serving.pages.site import Document, ServedSite
    from filmgraph.serving.protocol.request import HttpRequest

_ANNOTATION = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
_CONTEXT = 400
_WHOLE = ".whole.html"
_PER_PAGE = 200


def listed(site: ServedSite, request: HttpRequest) -> HttpReply:
    """List all documents, with their coverage."""
    rows = [(one, pages.summary(site, one)) for one in list(site.documents.values())[:_PER_PAGE]]
    return HttpReply(rendered("documents.html", site=site, request=request, documents=rows, total=len(site.documents)))


def document(site: ServedSite, request: HttpRequest, slug: str) -> HttpReply:
    """Show one document; with the ending ``.jsonld`` return its passages as annotations."""
    if slug.endswith(".jsonld") and site.document(slug.removesuffix(".jsonld")):
        found = _small(site, slug.removesuffix(".jsonld"))
        return _json(annotation_collection(found, pages.passages_of(site, found), request.base, site))
    if slug.endswith(_WHOLE):
        found = _small(site, slug.removesuffix(_WHOLE))
        # Its style and script are part of it, which the policy of a page that is shown does not let run.
        headers = (("Content-Disposition", f'attachment; filename="{found.slug}.html"'),)
        return HttpReply(single_page(site, found, request), headers=headers)
    found = pages.named(site, slug)
    if preferred(request.accept, ["text/html", "application/ld+json"]) != "text/html":
        return moved(f"{site.prefix}/sources/{found.slug}.jsonld")
    facts = pages.passages_of(site, found)
    covered = pages.coverage(site, found, facts)
    at = request.first("at")
    number = max(request.number("part"), 1)
    if re.fullmatch(r"\d{1,9}-\d{1,9}", at):
        number = pages.part_at(site, found, int(at.partition("-")[0]), facts)
    return HttpReply(
        rendered(
            "document.html",
            site=site,
            request=request,
            layout="base.html",
            **pages.counts(site, found, facts, covered),
            part=pages.part(site, found, facts, covered, number),
        )
    )


def _small(site: ServedSite, slug: str) -> Document:
    found = pages.named(site, slug)
    if pages.is_large(site, found):
        raise HttpError(
            422,
            f"{found.slug} has more than {pages.SEVERAL:,} cited passages, too many for one file.",
            hint="Ask for them at /sparql, some thousand at a time.",
        )
    return found


def passage(site: ServedSite, request: HttpRequest, slug: str, place: str) -> HttpReply:
    """Show one passage in context with its facts; with ``.jsonld`` return it as a Web Annotation."""
    wants_data = place.endswith(".jsonld")
    place = place.removesuffix(".jsonld")
    found = pages.named(site, slug)
    match = re.fullmatch(r"(0|[1-9]\d{0,8})-([1-9]\d{0,8})", place)
    if match is None or int(match[1]) >= int(match[2]):
        raise HttpError(404, f"{place} is no passage.", hint="A passage is START-END, in characters.")
    citation = Citation(found.iri, int(match[1]), int(match[2]))
    facts = pages.passage_of(site, citation)
    if not facts:
        raise HttpError(404, f"Nothing is cited from characters {place} of {found.slug}.")
    if not wants_data and preferred(request.accept, ["text/html", "application/ld+json"]) != "text/html":
        return moved(f"{site.prefix}{site.path(str(citation))}.jsonld")
    if wants_data:
        return _json(annotation(citation, facts, request.base, site))
    text = site.texts.get(found.iri)
    words = excerpt(text.text, citation.start, citation.end, width=_CONTEXT) if text else None
    return HttpReply(
        rendered(
            "passage.html",
            site=site,
            request=request,
            document=found,
            citation=citation,
            passage=passages(site, [str(citation)])[str(citation)],
            words=words,
            stated=pages.stated(site, citation, facts),
        )
    )


def by_iri(site: ServedSite, request: HttpRequest, name: str) -> HttpReply:
    """Redirect from the last part of a document's IRI to its page."""
    del request
    return moved(f"{site.prefix}/sources/{pages.named(site, name).slug}")


def _json(value: object) -> HttpReply:
    return HttpReply(json.dumps(value, ensure_ascii=False, indent=1) + "\n", _ANNOTATION)


ROUTES = (
    Route("/sources", listed),
    Route("/sources/{slug}", document),
    Route("/sources/{slug}/passages/{place}", passage),
    Route("/source/{name}", by_iri),
)
