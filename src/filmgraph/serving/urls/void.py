"""``/.well-known/void``: the VoID description of the data set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.serving.protocol.negotiation import preferred
from filmgraph.serving.protocol.reply import moved
from filmgraph.serving.protocol.route import Route
from filmgraph.serving.urls import _description

if TYPE_CHECKING:
    from filmgraph.serving.pages.site import ServedSite
    from filmgraph.serving.protocol.reply import HttpReply
    from filmgraph.serving.protocol.request import HttpRequest


def void(site: ServedSite, request: HttpRequest) -> HttpReply:
    """Return the data set description; browsers get Turtle."""
    accept = "text/turtle" if "text/html" in request.accept else request.accept
    return _description.void(site, request, preferred(accept, _description.DESCRIPTIONS))


def short(site: ServedSite, request: HttpRequest) -> HttpReply:
    """Redirect from a short address to the data set description."""
    del request
    return moved(f"{site.prefix}/.well-known/void")


ROUTES = (Route("/.well-known/void", void), Route("/void", short))
