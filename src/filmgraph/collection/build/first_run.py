"""Building of a store that the cache lacks: in the cache, or in memory.

It is read and derived as `build` does it; only the place is another.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from filmgraph.collection.build.fill import fill
from filmgraph.errors import OutputError
from filmgraph.files.scratch import scratch_folder
from filmgraph.store import TABLES, cited, tables
from filmgraph.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from filmgraph.collection.folder import Collection
    from filmgraph.store.origin import Origin

_PARTS = "making-parts-"
"""What the names of folders for parts start with."""


def on_disk(collection: Collection, path: str) -> None:
    """Write a collection with its derived facts as an Oxigraph store into an empty folder.

    Raises:
        FileError: A file cannot be read, does not parse, or breaks the evidence model.
        OSError: The store cannot be written.
    """
    store = ox.Store(path)
    # Inside, so that what a killed process leaves is one folder.
    with tempfile.TemporaryDirectory(prefix=_PARTS, dir=path) as parts:
        fill(collection, store, parts)
    # Each look-up searches all files in which parts came to lie: once is cheaper than at every start.
    store.optimize()
    cited.keep(store, Path(path))
    store.flush()
    del store
    Path(path, TABLES).write_text(tables.text(path), encoding="utf-8")


def in_memory(collection: Collection, *, origin: Origin) -> EmbeddedStore:
    """Build a collection with its derived facts in memory.

    Raises:
        FileError: A file cannot be read, does not parse, or breaks the evidence model.
        OutputError: There is no room for temporary files, for which ``TMPDIR`` names a folder.
    """
    store = ox.Store()
    try:
        with scratch_folder() as parts:
            fill(collection, store, parts)
    except OSError as error:
        raise OutputError(
            f"Temporary files, which a first run needs, cannot be written: {error.strerror or error}.",
            path=tempfile.gettempdir(),
            hint="Make room there, or name another folder in TMPDIR.",
        ) from error
    return EmbeddedStore(store, origin=origin, complete=True)
