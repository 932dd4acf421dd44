"""Opening of on-disk Oxigraph stores, read-only."""

from __future__ import annotations

import os
from importlib import import_module

import pyoxigraph as ox

from filmgraph.errors import StoreUnavailableError
from filmgraph.store import MANIFEST
from filmgraph.store.embedded import EmbeddedStore
from filmgraph.store.origin import Origin
from filmgraph.store.tables import altered


def is_store(path: str) -> bool:
    """Whether a folder looks like an Oxigraph store, even a damaged one."""
    return os.path.isfile(f"{path}/CURRENT") or os.path.isfile(f"{path}/{MANIFEST}")


def from_folder(path: str, *, origin: Origin | None = None, complete: bool = False) -> EmbeddedStore:
    """Open an on-disk store for reading.

    Args:
        path: The folder.
        origin: What the store is, where it is not simply one on disk, of its own.
        complete: Whether every fact of its default graph is known to stand in a named graph too, as in all stores that
            were built here.

    Raises:
        StoreUnavailableError: It is absent, damaged, or of another version.
    """
    if os.path.lexists(f"{path}/{MANIFEST}"):
        # It tells in words what the engine tells in numbers: a store of another version. Stores of the cache have none.
        import_module("filmgraph.store.manifest").read(path)
        complete = True
    origin = origin or Origin.of("store", path)
    try:
        if changed := altered(path):
            raise StoreUnavailableError(
                f"The store {path} is damaged: the file {changed} is not as it was built.",
                store=origin.shown,
                hint="Build it again with filmgraph build.",
            )
        return EmbeddedStore(ox.Store.read_only(path), origin=origin, folder=path, complete=complete)
    except (OSError, RuntimeError, ValueError) as error:
        raise StoreUnavailableError(
            f"The store {path} cannot be opened: {str(error).rstrip('.')}.",
            store=origin.shown,
            hint="Build it again with filmgraph build.",
        ) from error
