"""What remains when only some documents are trusted, or when some are withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode, Quad

from filmgraph.answers import Solutions
from filmgraph.namespaces import NON_CITATION_GRAPHS
from filmgraph.store.memory import from_quads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filmgraph.store.base import Store
    from filmgraph.store.embedded import EmbeddedStore


def restricted(store: Store, *, only: Iterable[str] = (), without: Iterable[str] = ()) -> EmbeddedStore:
    """A copy in memory of what some sources state, with what needs no citation, and with each fact once.

    A copy, since no dataset that a query can name counts each fact once on every engine.

    Args:
        store: What is copied.
        only: The IRIs of the sources that count; by default all do.
        without: The IRIs of sources that do not count.

    Raises:
        StoreError: The store could not do its work.
    """
    wanted, unwanted = frozenset(only), frozenset(without)
    names = _read(store, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
    graphs = [graph for (graph,) in names if isinstance(graph, NamedNode) and _counts(graph.value, wanted, unwanted)]
    return from_quads(_quads(store, graphs), location=store.location)


def _counts(graph: str, only: frozenset[str], without: frozenset[str]) -> bool:
    if graph in NON_CITATION_GRAPHS:
        return True
    either = {graph, graph.partition("#")[0]}  # in a plain RDF file a whole graph may be its own source
    return (not only or not either.isdisjoint(only)) and either.isdisjoint(without)


def _quads(store: Store, graphs: list[NamedNode]) -> Iterator[Quad]:
    several = 200
    for begin in range(0, len(graphs), several):
        names = " ".join(map(str, graphs[begin : begin + several]))
        text = f"SELECT ?s ?p ?o ?g {{ VALUES ?g {{ {names} }} GRAPH ?g {{ ?s ?p ?o }} }}"
        for subject, predicate, object_, graph in _read(store, text):
            yield Quad(subject, predicate, object_, graph)  # type: ignore[arg-type]  # what a graph holds
    bare = "SELECT ?s ?p ?o { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } }"
    for subject, predicate, object_ in _read(store, bare):
        yield Quad(subject, predicate, object_, DefaultGraph())  # type: ignore[arg-type]  # likewise


def _read(store: Store, text: str) -> list[tuple[object, ...]]:
    found = store.query(text)
    assert isinstance(found, Solutions)  # noqa: S101 -- it was a SELECT
    return list(found.rows)
