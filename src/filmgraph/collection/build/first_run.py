"""Making a store from the files of a collection. Only a first run needs it, so only a first run imports it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from filmgraph.collection.derive import derived, merged
from filmgraph.collection.facts import stated
from filmgraph.store import memory

if TYPE_CHECKING:
    from filmgraph.collection.folder import Collection
    from filmgraph.store.embedded import EmbeddedStore
    from filmgraph.store.origin import Origin


def on_disk(collection: Collection, path: str) -> None:
    """Write a collection, with all that is derived from it, as an Oxigraph store into an empty folder.

    Raises:
        FileError: A file cannot be read, does not parse, or breaks the evidence model.
        OSError: The store cannot be written.
    """
    store = ox.Store(path)
    store.bulk_extend(derived(stated(collection)))
    store.bulk_extend(merged(store))
    store.flush()


def in_memory(collection: Collection, *, origin: Origin) -> EmbeddedStore:
    """A collection in memory, with all that is derived from it.

    Raises:
        FileError: A file cannot be read, does not parse, or breaks the evidence model.
    """
    return memory.from_quads(derived(stated(collection)), origin=origin)
