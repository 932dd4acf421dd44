"""Preparation before workers start: building a shared store where needed, and taking its digest."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from filmgraph.collection.folder import Collection
from filmgraph.collection.resources import root
from filmgraph.errors import UnknownSourceError
from filmgraph.files.scratch import scratch_folder
from filmgraph.graph import Graph
from filmgraph.receipt.identity import identity
from filmgraph.serving.pages.site import size_of
from filmgraph.serving.protocol.reply_cache import key_of
from filmgraph.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.serving.protocol.settings import ServeSettings


@contextmanager
def prepared(settings: ServeSettings, *, counted: bool = False) -> Iterator[ServeSettings]:
    """Yield the settings for workers, with a digest of the data; it is empty where the data may change unnoticed.

    An RDF file becomes a store on disk, so that workers share it; it is gone at the end.

    Args:
        settings: What is served.
        counted: Whether to count facts and passages, so that no worker has to: it would be too slow for the first page
            that tells of millions. Nobody counts those of an endpoint before they are asked for.

    Raises:
        StoreUnavailableError: There is no such store.
        UnknownSourceError: There is no folder with texts of that name.
    """
    with Graph.open(settings.store, collection=settings.collection) as graph:
        graph.query_raw("ASK {}")  # a collection is read and kept now
        known = identity(graph.store)
        state = f"{known.digest} {settings.to_json()} {_questions(graph)}" if known.digest else ""
        size = size_of(graph) if counted and known.kind != "endpoint" else None
        key = key_of(state, __version__) if state else ""
        ready = settings._replace(sources=_texts(settings), state=key, size=size)
        if known.kind != "file":
            yield ready
            return
        with scratch_folder() as folder:
            store = ox.Store(folder)
            store.bulk_extend(graph.store.quads())
            store.bulk_extend(_default(graph))
            store.flush()
            del store
            graph.close()
            yield ready._replace(opened=folder)


def _default(graph: Graph) -> Iterator[ox.Quad]:
    for subject, predicate, value in graph.query_raw("SELECT ?s ?p ?o { ?s ?p ?o }").rows:  # type: ignore[union-attr]
        yield ox.Quad(subject, predicate, value, ox.DefaultGraph())  # type: ignore[arg-type]  # what a graph holds


def _questions(graph: Graph) -> str:
    """Return the text of all questions, which the digest of the data must cover."""
    return " ".join(question.text for question in graph.catalogue)


def _texts(settings: ServeSettings) -> str:
    """Return the folder of source texts: the one in the settings, or the collection's own."""
    if settings.sources:
        if not Path(settings.sources).is_dir():
            raise UnknownSourceError(f"There is no folder {settings.sources}.", name=settings.sources)
        return settings.sources
    own = Path(Collection(settings.collection or root()).root) / "sources"
    return str(own) if own.is_dir() else ""
