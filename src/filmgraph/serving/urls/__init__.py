"""The routes of the site: each module of this package lists those of one room.

A room is a module with ``ROUTES``. A route's pattern is a path in which ``{name}`` stands for one segment and
``{name...}`` for the rest; its handler takes the site, the request, and what stands in these places.
"""

from __future__ import annotations

import os
import traceback
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.errors import FilmgraphError
from filmgraph.serving.pages.failures import failed
from filmgraph.serving.pages.site import ServedSite
from filmgraph.serving.protocol.reply import HttpError

if TYPE_CHECKING:
    from filmgraph.serving.protocol.reply import HttpReply
    from filmgraph.serving.protocol.request import HttpRequest
    from filmgraph.serving.protocol.route import Route
    from filmgraph.serving.protocol.settings import ServeSettings

_FOLDER = os.path.dirname(__file__)


class Found(NamedTuple):
    """A matching route, with its room and path parameters."""

    room: str
    route: Route
    places: dict[str, str]


def rooms() -> list[str]:
    """Return the names of all rooms."""
    return sorted(name[:-3] for name in os.listdir(_FOLDER) if name.endswith(".py") and name[0] != "_")


@lru_cache(1)
def routes() -> list[tuple[str, Route]]:
    """Return all routes with their rooms; patterns with ``...`` come last, the longest first."""
    found = [(name, route) for name in rooms() for route in import_module(f"filmgraph.serving.urls.{name}").ROUTES]
    return sorted(found, key=lambda pair: ("..." in pair[1].pattern, -len(pair[1].pattern)))


@lru_cache(1)
def _plain() -> dict[str, Found]:
    """Return the routes without parameters, by path."""
    return {route.pattern: Found(room, route, {}) for room, route in routes() if "{" not in route.pattern}


def find(path: str) -> Found | None:
    """Find the route for a path; None where there is none."""
    plain = _plain().get(path)
    if plain is not None:
        return plain
    for room, route in routes():
        places = route.match(path)
        if places is not None:
            return Found(room, route, places)
    return None


def open_site(settings: ServeSettings) -> ServedSite:
    """Open the site to serve.

    Raises:
        FilmgraphError: It cannot be opened.
    """
    return ServedSite.open(settings)


def _answered(site: ServedSite, request: HttpRequest) -> HttpReply:
    found = find(request.path)
    if found is None:
        raise HttpError(404, "There is no such page.")
    if request.method not in found.route.methods:
        raise HttpError(405, f"{request.method} is not possible here.", headers=(("Allow", found.route.allowed),))
    reply: HttpReply = found.route.handler(site, request, **found.places)
    return reply


def answer(site: ServedSite, request: HttpRequest) -> HttpReply:
    """Answer a request; any error becomes an error reply."""
    try:
        return _answered(site, request)
    except FilmgraphError as error:
        return failed(site, request, error)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 -- a visitor sees no traceback; who runs the server does
        traceback.print_exc()
        return failed(site, request, error)
