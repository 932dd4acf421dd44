"""Opening what a user names: a collection, a store on disk, an RDF file, or an endpoint."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

from filmgraph.collection.build.cached import CollectionStore
from filmgraph.collection.folder import Collection
from filmgraph.collection.resources import root
from filmgraph.errors import FilmgraphError, StoreUnavailableError
from filmgraph.store import disk
from filmgraph.store.origin import BUNDLED, Origin

if TYPE_CHECKING:
    from filmgraph.store.base import Store


_ahead: list[CollectionStore] = []


def open_ahead() -> None:
    """Begin to open the bundled collection, if the cache has it, while the caller imports what it needs besides.

    The next `open_store` without a location takes it; `forget` lets go of it.
    """
    try:
        store = _bundled(make=False)
    except FilmgraphError:
        return  # who opens it in earnest gets the error
    if store.kept:
        _ahead.append(store)


def forget() -> None:
    """Let go of what was opened ahead and not needed."""
    _ahead.clear()


def _bundled(*, make: bool = True) -> CollectionStore:
    folder = root()
    return CollectionStore(Collection(folder), origin=Origin("bundled", folder, "", BUNDLED), make=make)


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
        return _ahead.pop() if _ahead else _bundled()
    path = os.fspath(location)
    if path.startswith(("http://", "https://")):
        # What speaks HTTP is imported by who asks an endpoint.
        endpoint: Store = import_module("filmgraph.store.endpoint.endpoint").EndpointStore(path)
        return endpoint
    return _at_path(path)


def open_again(origin: Origin) -> Store:
    """The store that an origin names, on this machine: an endpoint is never asked.

    Raises:
        StoreUnavailableError: It is here no longer, or never was.
        FileError: A data file is wrong.
    """
    if origin.kind == "bundled":
        return open_store()
    if origin.kind in {"endpoint", "memory"}:
        raise StoreUnavailableError(f"{origin.shown} is no place on this machine.", store=origin.shown)
    return _at_path(origin.path)


def _at_path(path: str) -> Store:
    if os.path.isdir(path):
        return _from_folder(path)
    if not os.path.exists(path):
        raise StoreUnavailableError(f"There is nothing at {path}.", store=path)
    # Reading files is imported by who does it: an answer from the cache needs no parser.
    store: Store = import_module("filmgraph.store.memory").from_file(path)
    return store


def _from_folder(path: str) -> Store:
    if disk.is_store(path):
        return disk.from_folder(path)
    # A store that was built in the collection's own folder saves reading and digesting the files.
    built = f"{path}/store"
    if disk.is_store(built) and import_module("filmgraph.store.manifest").is_fresh(built, path):
        return disk.from_folder(built, origin=Origin.of("collection", path))
    return CollectionStore(Collection(path), origin=Origin.of("collection", path))
