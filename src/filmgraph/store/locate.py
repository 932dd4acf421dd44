"""From what a user names to a store."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from filmgraph.collection import Collection
from filmgraph.errors import StoreUnavailableError
from filmgraph.rdf import FORMATS, format_of
from filmgraph.resources import root
from filmgraph.store import disk, memory

if TYPE_CHECKING:
    from filmgraph.store.base import Store


def open_store(location: str | os.PathLike[str] | None = None) -> Store:
    """The store at a location.

    Args:
        location: None for the bundled collection; the folder of a collection or of an on-disk store; an RDF file; or
            the URL of a SPARQL endpoint.

    Raises:
        StoreUnavailableError: There is none.
        FileError: A data file is wrong.
    """
    if location is None:
        return memory.from_collection(Collection(root()), location="the bundled collection")
    path = os.fspath(location)
    if path.startswith(("http://", "https://")):
        raise StoreUnavailableError("Endpoints cannot be queried yet.", store=path)
    if os.path.isdir(path):  # noqa: PTH112 -- on the start-up path; pathlib is slower
        return disk.from_folder(path) if disk.is_store(path) else memory.from_collection(Collection(path))
    if not os.path.exists(path):  # noqa: PTH110 -- as above
        raise StoreUnavailableError(f"There is nothing at {path}.", store=path)
    if format_of(path) is None:
        raise StoreUnavailableError(
            f"{path} is no store: its ending names no RDF format.",
            store=path,
            hint=f"Known endings: {', '.join(sorted(FORMATS))}.",
        )
    return memory.from_file(path)
