"""``/conflicts``: disagreements between sources, each side with its passage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.errors import UnknownQueryError
from filmgraph.serving.pages.conflicts import conflicts
from filmgraph.serving.pages.templates import rendered
from filmgraph.serving.pages.trust import Trust
from filmgraph.serving.protocol.reply import HttpError, HttpReply
from filmgraph.serving.protocol.route import Route

if TYPE_CHECKING:
    from filmgraph.serving.pages.site import ServedSite
    from filmgraph.serving.protocol.request import HttpRequest


def page(site: ServedSite, request: HttpRequest) -> HttpReply:
    """Show all disagreements, grouped by thing."""
    try:
        found = conflicts(site, site.trusting(request))
    except UnknownQueryError:
        raise HttpError(404, "This collection has no question 'conflicts'.") from None
    return HttpReply(
        rendered("conflicts.html", site=site, request=request, groups=found, trust=Trust.of(site, request))
    )


ROUTES = (Route("/conflicts", page),)
