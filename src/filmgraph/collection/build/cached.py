"""A collection's store in the cache: opened where it exists, else built and cached.

An entry of the cache is an on-disk store. Opening one takes the same few milliseconds at any size, while reading and
deriving takes longer than Python itself from some thousand quads on.
"""

from __future__ import annotations

import threading
from importlib import import_module
from typing import TYPE_CHECKING

import pyoxigraph as ox

from filmgraph.errors import StoreUnavailableError
from filmgraph.files import cache, code
from filmgraph.store import disk
from filmgraph.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.collection.folder import Collection
    from filmgraph.rdf.results import Solutions, Term, Triples, Truth
    from filmgraph.store.cited import CitedPart
    from filmgraph.store.embedded import EmbeddedStore
    from filmgraph.store.origin import Origin


class CollectionStore:
    """The store of a collection, with all derived facts.

    Args:
        collection: The collection.
        origin: What it is, without the digest.
        make: Make the store now where the cache has none; else only when it is asked something.

    Raises:
        FileError: A file cannot be read, does not parse, or breaks the evidence model.
    """

    def __init__(self, collection: Collection, *, origin: Origin, make: bool = True) -> None:
        digest = collection.digest()
        self.origin = origin._replace(digest=f"blake2b-256:{digest}")
        self._collection = collection
        self._key = f"store-{digest[:32]}-{_makers()}"
        self._from_cache = True
        path = cache.find(self._key)
        self._opening = _Opening(path, self.origin) if path else None
        self.kept = path is not None
        self._store = self._made() if make and path is None else None

    def query(self, text: str, *, timeout: float | None = None) -> Solutions | Triples | Truth:
        """Answer a query; see `Store.query`.

        A cached store that turns out to be damaged is thrown away, and the query runs in memory.
        """
        store = self._opened()
        try:
            return store.query(text, timeout=timeout)
        except StoreUnavailableError:
            if not self._from_cache or store.closed:
                raise
        cache.discard(self._key)
        self._store = self._in_memory()
        return self._store.query(text, timeout=timeout)

    def results_json(self, text: str) -> bytes:
        """Return the results of a SELECT or ASK as the engine serializes them; see `ResultSerializer`."""
        return self._opened().results_json(text)

    def quads(self) -> Iterator[ox.Quad]:
        """Yield all quads of the named graphs; see `Store.quads`."""
        return self._opened().quads()

    def write_default(self, path: str) -> None:
        """Write the default graph into a file, as N-Triples; see `TextAtHand`."""
        self._opened().write_default(path)

    def limit_memory(self, size: int) -> None:
        """Limit the memory of each query, in bytes."""
        self._opened().limit_memory(size)

    def similar_names(self, folded: str) -> list[str] | None:
        """Return folded names similar to a folded text; see `NameIndexed`."""
        return self._opened().similar_names(folded)

    def cited_parts(self) -> dict[str, CitedPart] | None:
        """Return the cited part of each source; see `CitedCounts`."""
        return self._opened().cited_parts()

    @property
    def complete(self) -> bool:
        """Whether every fact of the default graph is also in a named graph; see `FactLookup`."""
        return self._opened().complete

    def graphs(self, subject: Term, predicate: Term, value: Term) -> list[str]:
        """Return the IRIs of the named graphs that state a fact; see `FactLookup`."""
        return self._opened().graphs(subject, predicate, value)

    def close(self) -> None:
        """Close the store."""
        self._opened().close()

    def _opened(self) -> EmbeddedStore:
        """Return the open store; a damaged cache entry is discarded and rebuilt."""
        if self._store is None:
            try:
                self._store = self._opening.store() if self._opening else self._made()
            except StoreUnavailableError:
                cache.discard(self._key)
                self._store = self._made()
        return self._store

    def _made(self) -> EmbeddedStore:
        """Build the cache entry and open it; build in memory where there is no cache."""
        # Reading and deriving are imported by who does them: an answer from the cache needs neither.
        making = import_module("filmgraph.collection.build.first_run")
        path = cache.make(self._key, lambda beside: making.on_disk(self._collection, beside))
        if path is not None:
            try:
                return disk.from_folder(path, origin=self.origin, complete=True)
            except StoreUnavailableError:
                pass  # another process has thrown it away
        return self._in_memory()

    def _in_memory(self) -> EmbeddedStore:
        self._from_cache = False
        store: EmbeddedStore = import_module("filmgraph.collection.build.first_run").in_memory(
            self._collection, origin=self.origin
        )
        return store


class _Opening:
    """The opening of a store in a background thread."""

    def __init__(self, path: str, origin: Origin) -> None:
        self._path = path
        self._origin = origin
        self._found: EmbeddedStore | None = None
        self._error: StoreUnavailableError | None = None
        # No daemon: opening ends by itself, and Python must not end in the middle of it.
        self._thread = threading.Thread(target=self._open, name="filmgraph-opening")
        self._thread.start()

    def store(self) -> EmbeddedStore:
        """Wait for the store to open, and return it.

        Raises:
            StoreUnavailableError: It cannot be opened.
        """
        self._thread.join()
        if self._found is None:
            raise self._error or StoreUnavailableError("The store was not opened.", store=self._origin.shown)
        return self._found

    def _open(self) -> None:
        try:
            self._found = disk.from_folder(self._path, origin=self._origin, complete=True)
        except StoreUnavailableError as error:
            self._error = error


def _makers() -> str:
    """Return the versions and the state of the code that decide what a store holds."""
    return f"{__version__}-{ox.__version__}-{code.state(code.STORES)}"
