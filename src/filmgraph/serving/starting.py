"""`serve`, for whoever may not have what it needs."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from filmgraph.errors import FilmgraphError, MissingDependencyError

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
        FilmgraphError: The address is taken, or is none; or this is Windows, where no socket can be handed to a
            worker.
    """
    if sys.platform == "win32":
        raise FilmgraphError(
            "`filmgraph serve` needs Linux or macOS: its workers get sockets, which Windows does not hand over.",
            hint="Run it under the Windows Subsystem for Linux.",
        )
    for package in _NEEDED:
        if find_spec(package) is None:
            raise MissingDependencyError(package, extra="serve", purpose="serve")
    import_module("filmgraph.serving.server").serve(settings, told=told)
