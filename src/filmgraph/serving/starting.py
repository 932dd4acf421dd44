"""Entry points for serving and for writing pages, with a clear error where an extra is not installed."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import IO, TYPE_CHECKING

from filmgraph.errors import FilmgraphError, MissingDependencyError
from filmgraph.files.atomic import write

if TYPE_CHECKING:
    from collections.abc import Callable

    from filmgraph.serving.protocol.settings import ServeSettings
    from filmgraph.serving.static_site import WrittenSite

_NEEDED = ("starlette", "uvicorn", "jinja2")


def serve(settings: ServeSettings, *, on_ready: Callable[[str], None]) -> None:
    """Serve until SIGTERM or Ctrl-C, and complete the requests in progress.

    Args:
        settings: What is served, and where.
        on_ready: Is given the address as soon as requests are answered.

    Raises:
        MissingDependencyError: The extra ``serve`` is not installed.
        StoreUnavailableError: There is no such store.
        FilmgraphError: The address is taken, or is none; or this is Windows, where no socket can be handed to a
            worker.
    """
    if sys.platform == "win32":
        raise FilmgraphError(
            "`filmgraph serve` needs Linux or macOS: its workers get sockets, which Windows does not hand over.",
            hint="Run it under the Windows Subsystem for Linux, or write pages with --static.",
        )
    _require(_NEEDED, "serve")
    import_module("filmgraph.serving.server").serve(settings, on_ready=on_ready)


def write_site(settings: ServeSettings, folder: str, *, on_page: Callable[[int], None]) -> WrittenSite:
    """Write the pages as a static site; see `filmgraph.serving.static_site.write_site`.

    Raises:
        MissingDependencyError: The extra ``serve`` is not installed.
    """
    _require(("jinja2",), "writing pages")
    written: WrittenSite = import_module("filmgraph.serving.static_site").write_site(
        settings, Path(folder), on_page=on_page
    )
    return written


def write_page(settings: ServeSettings, document: str, target: str | IO[bytes]) -> None:
    """Write a document as one self-contained page; see `filmgraph.serving.static_site.page_of`.

    Args:
        settings: What is served.
        document: The slug of the document.
        target: A path, or what bytes are written to.

    Raises:
        MissingDependencyError: The extra ``serve`` is not installed.
        UnknownSourceError: There is no such document.
        OutputError: The file cannot be written.
    """
    _require(("jinja2",), "writing pages")
    page = import_module("filmgraph.serving.static_site").page_of(settings, document).encode()
    if isinstance(target, str):
        write(target, [page])
    else:
        target.write(page)


def _require(packages: tuple[str, ...], purpose: str) -> None:
    for package in packages:
        if find_spec(package) is None:
            raise MissingDependencyError(package, extra="serve", purpose=purpose)
