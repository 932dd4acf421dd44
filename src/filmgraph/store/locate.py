"""From what a user names to a store."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

from filmgraph.collection import Collection
from filmgraph.errors import StoreUnavailableError
from filmgraph.resources import root
from filmgraph.store import disk
from filmgraph.store.cached import CollectionStore

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
        return CollectionStore(Collection(root()), location="the bundled collection")
    path = os.fspath(location)
    if path.startswith(("http://", "https://")):
        raise StoreUnavailableError("Endpoints cannot be queried yet.", store=path)
    if os.path.isdir(path):  # noqa: PTH112 -- on the start-up path; pathlib is slower
        return disk.from_folder(path) if disk.is_store(path) else CollectionStore(Collection(path), location=path)
    if not os.path.exists(path):  # noqa: PTH110 -- as above
        raise StoreUnavailableError(f"There is nothing at {path}.", store=path)
    # Reading files is imported by who does it: an answer from the cache needs no parser.
    store: Store = import_module("filmgraph.store.memory").from_file(path)
    return store
