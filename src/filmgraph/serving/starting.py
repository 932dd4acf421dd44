"""`serve`, for whoever may not have what it needs."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from filmgraph.errors import MissingDependencyError

if TYPE_CHECKING:
    from collections.abc import Callable

    from filmgraph.serving.protocol.settings import ServeSettings

_NEEDED = ("starlette", "uvicorn", "jinja2")


def serve(settings: ServeSettings, *, told: Callable[[str], None]) -> None:
    """Serve until SIGTERM or Ctrl-C; requests that are in flight then are answered.

    Args:
        settings: What is served, and where.
        told: Is given the address as soon as requests are answered.

    Raises:
        MissingDependencyError: The extra ``serve`` is not installed.
        StoreUnavailableError: There is no such store.
        FilmgraphError: The address is taken, or is none.
    """
    for package in _NEEDED:
        if find_spec(package) is None:
            raise MissingDependencyError(package, extra="serve", purpose="serve")
    import_module("filmgraph.serving.server").serve(settings, told=told)
