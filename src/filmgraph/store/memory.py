"""Stores in memory: of quads, or of one RDF file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from filmgraph.collection.derive import merged
from filmgraph.rdf.files import parse
from filmgraph.store.embedded import EmbeddedStore
from filmgraph.store.origin import MEMORY, Origin

if TYPE_CHECKING:
    from collections.abc import Iterable


def from_quads(quads: Iterable[ox.Quad], *, origin: Origin = MEMORY) -> EmbeddedStore:
    """Build a store of quads, with each of their triples once in the default graph."""
    store = ox.Store()
    store.extend(quads)
    complete = next(store.quads_for_pattern(None, None, None, ox.DefaultGraph()), None) is None
    store.extend(merged(store))
    return EmbeddedStore(store, origin=origin, complete=complete)


def from_file(path: str) -> EmbeddedStore:
    """Load an RDF file: its named graphs are citations, the default graph has each triple once.

    Raises:
        FileError: The file cannot be read, or its ending names no RDF format.
        RdfSyntaxError: It does not parse.
    """
    return from_quads(parse(path), origin=Origin.of("file", path))
