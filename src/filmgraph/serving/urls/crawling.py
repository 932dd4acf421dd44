"""What programs look for at fixed places: ``/robots.txt``, ``/sitemap.xml``, ``/opensearch.xml``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from filmgraph.answers.html import escape
from filmgraph.rdf.namespaces import FG
from filmgraph.serving.protocol.reply import TEXT, HttpReply
from filmgraph.serving.protocol.route import Route
from filmgraph.text.printable import printable

if TYPE_CHECKING:
    from filmgraph.serving.pages.site import ServedSite
    from filmgraph.serving.protocol.request import HttpRequest

_XML = "application/xml"
_MOST = 45_000  # of the 50,000 that a sitemap may have
_CLASSES = ("Film", "Person", "Organisation", "Group", "Place", "EventSeries", "EventEdition", "Award")


def robots(site: ServedSite, request: HttpRequest) -> HttpReply:
    """Pages may be read; what every address leads to by a question need not be."""
    del site
    hidden = "".join(f"Disallow: {path}\n" for path in ("/sparql", "/search", "/suggest"))
    return HttpReply(f"User-agent: *\n{hidden}Sitemap: {request.base}/sitemap.xml\n", TEXT)


def sitemap(site: ServedSite, request: HttpRequest) -> HttpReply:
    """The pages that last (`sitemaps.org <https://www.sitemaps.org/protocol.html>`_)."""
    classes = " ".join(f"<{FG}{name}>" for name in _CLASSES)
    rows = site.rows(f"SELECT DISTINCT ?s {{ VALUES ?class {{ {classes} }} ?s a ?class }} LIMIT {_MOST}")
    paths = ["/", "/sources", "/questions", "/conflicts"]
    paths += [f"/sources/{one.slug}" for one in site.documents.values()]
    paths += [f"/questions/{name}" for name in site.graph.catalogue.names()]
    paths += sorted({site.path(row[0].value) for row in rows if isinstance(row[0], NamedNode)})
    body = "".join(f"<url><loc>{escape(request.base + path)}</loc></url>\n" for path in paths)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return HttpReply(f"{head}{body}</urlset>\n", _XML)


def opensearch(site: ServedSite, request: HttpRequest) -> HttpReply:
    """How a browser searches here (`OpenSearch 1.1 <https://github.com/dewitt/opensearch>`_)."""
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
