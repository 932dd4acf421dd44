"""``/about``: what the data are, how to read a page, and what programs can have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.serving.pages.templates import rendered
from filmgraph.serving.protocol.reply import HttpReply
from filmgraph.serving.protocol.route import Route

if TYPE_CHECKING:
    from filmgraph.serving.pages.site import ServedSite
    from filmgraph.serving.protocol.request import HttpRequest


def about(site: ServedSite, request: HttpRequest) -> HttpReply:
    """Show the page about the data."""
    documents = list(site.documents.values())[:100]
    return HttpReply(rendered("about.html", site=site, request=request, size=site.size, documents=documents))


ROUTES = (Route("/about", about),)
