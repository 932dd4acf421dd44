"""A collection or an RDF file in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from filmgraph.derive import derived, merged
from filmgraph.rdf import parse
from filmgraph.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filmgraph.collection import Collection


def from_collection(collection: Collection, *, location: str | None = None) -> EmbeddedStore:
    """A collection with all that is derived from it.

    Raises:
        FileError: A file cannot be read, does not parse, or breaks the evidence model.
    """
    return EmbeddedStore(_loaded(derived(collection.quads())), location=location or collection.root)


def from_file(path: str) -> EmbeddedStore:
    """One RDF file: each of its named graphs is a citation, and the default graph has each triple once.

    Raises:
        FileError: The file cannot be read, or its ending names no RDF format.
        RdfSyntaxError: It does not parse.
    """
    return EmbeddedStore(_loaded(parse(path)), location=path)


def _loaded(quads: Iterable[ox.Quad]) -> ox.Store:
    store = ox.Store()
    kept = list(quads)
    store.extend(kept)
    store.extend(merged(kept))
    return store
