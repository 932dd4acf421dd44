"""Well-known files for crawlers and browsers: ``/robots.txt``, ``/sitemap.xml``, ``/opensearch.xml``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from filmgraph.answers.html import escape
from filmgraph.rdf.namespaces import FG
from filmgraph.serving.protocol.reply import TEXT, HttpReply
from filmgraph.serving.protocol.route import Route
from filmgraph.text.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filmgraph.serving.pages.site import ServedSite
    from filmgraph.serving.protocol.request import HttpRequest

_XML = "application/xml"
_MOST = 45_000  # of the 50,000 that a sitemap may have
_CLASSES = ("Film", "Person", "Organisation", "Group", "Place", "EventSeries", "EventEdition", "Award")


def robots(site: ServedSite, request: HttpRequest) -> HttpReply:
    """Return ``robots.txt``: pages may be crawled, query addresses not."""
    del site
    return HttpReply(welcome(request.base, ("/sparql", "/search", "/suggest")), TEXT)


def welcome(base: str, but: tuple[str, ...] = ()) -> str:
    """Return a ``robots.txt`` that disallows some paths (`RFC 9309 <https://www.rfc-editor.org/rfc/rfc9309>`_)."""
    hidden = "".join(f"Disallow: {path}\n" for path in but) or "Allow: /\n"
    return f"User-agent: *\n{hidden}Sitemap: {base}/sitemap.xml\n"


def sitemap(site: ServedSite, request: HttpRequest) -> HttpReply:
    """Return the sitemap of lasting pages (`sitemaps.org <https://www.sitemaps.org/protocol.html>`_)."""
    classes = " ".join(f"<{FG}{name}>" for name in _CLASSES)
    rows = site.rows(f"SELECT DISTINCT ?s {{ VALUES ?class {{ {classes} }} ?s a ?class }} LIMIT {_MOST}")
    paths = ["/", "/sources", "/questions", "/conflicts"]
    paths += [f"/sources/{one.slug}" for one in site.documents.values()]
    paths += [f"/questions/{name}" for name in site.graph.catalogue.names()]
    paths += sorted({site.path(row[0].value) for row in rows if isinstance(row[0], NamedNode)})
    return HttpReply(map_of(request.base + path for path in paths), _XML)


def map_of(addresses: Iterable[str]) -> str:
    """Return a sitemap of addresses as XML."""
    body = "".join(f"<url><loc>{escape(address)}</loc></url>\n" for address in addresses)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{body}</urlset>\n"


def opensearch(site: ServedSite, request: HttpRequest) -> HttpReply:
    """Return the search description for browsers (`OpenSearch 1.1 <https://github.com/dewitt/opensearch>`_)."""
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{escape(printable(site.title[:16]))}</ShortName>\n"
        f"<Description>Films, and who says so</Description>\n"
        f'<Url type="text/html" template="{escape(request.base)}/search?q={{searchTerms}}"/>\n'
        "</OpenSearchDescription>\n"
    )
    return HttpReply(body, "application/opensearchdescription+xml")


ROUTES = (Route("/robots.txt", robots), Route("/sitemap.xml", sitemap), Route("/opensearch.xml", opensearch))
