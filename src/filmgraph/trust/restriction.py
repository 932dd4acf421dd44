"""A store restricted to the documents that are trusted: a copy in memory, or a view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from filmgraph.rdf.namespaces import NON_CITATION_GRAPHS
from filmgraph.rdf.results import rows
from filmgraph.sparql.engines.dataset import TRUSTED, View
from filmgraph.store.base import FactLookup
from filmgraph.store.memory import from_quads
from filmgraph.trust.view import Trusting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filmgraph.store.base import Store
    from filmgraph.store.embedded import EmbeddedStore

COPIED = 200_000
"""How many facts are copied into memory, about a second's work."""


def restricted(
    store: Store, *, only: Iterable[str] = (), without: Iterable[str] = (), most: int = COPIED
) -> EmbeddedStore | Trusting:
    """Return the quads of some sources, with reference data, and with each fact once.

    A copy in memory where it has no more than ``most`` facts; else the store itself, asked so that nothing else counts.

    Args:
        store: The whole.
        only: The IRIs of the sources that count; by default all do.
        without: The IRIs of sources that do not count.
        most: How many facts are copied.

    Raises:
        StoreError: The store could not do its work.
    """
    wanted, unwanted = frozenset(only), frozenset(without)
    counted = f"SELECT (COUNT(*) AS ?n) {{ {{ SELECT ?s {{ GRAPH ?g {{ ?s ?p ?o }} }} LIMIT {most + 1} }} }}"
    ((number,),) = rows(store.query(counted))
    if isinstance(number, Literal) and int(number.value) > most:
        complete = isinstance(store, FactLookup) and store.complete
        view = View(TRUSTED, trusted=_condition(wanted, unwanted), complete=complete)
        return Trusting(store, view, lambda graph: _counts(graph, wanted, unwanted))
    if isinstance(store, FactLookup) and store.complete:  # its quads are read without a query
        return from_quads(_at_hand(store, wanted, unwanted), origin=store.origin)
    names = rows(store.query("SELECT DISTINCT ?g { GRAPH ?g {} }"))
    graphs = [graph for (graph,) in names if isinstance(graph, NamedNode) and _counts(graph.value, wanted, unwanted)]
    return from_quads(_quads(store, graphs), origin=store.origin)


def _condition(only: frozenset[str], without: frozenset[str]) -> str:
    """Return `_counts` as a SPARQL condition with ``{}`` in the place of the graph."""

    def among(names: frozenset[str]) -> str:
        listed = ", ".join(str(Literal(name)) for name in sorted(names))
        return f'(STR({{}}) IN ({listed}) || STRBEFORE(STR({{}}), "#") IN ({listed}))'

    tests = [*([among(only)] if only else []), *([f"!{among(without)}"] if without else [])]
    return f"{among(NON_CITATION_GRAPHS)} || ({' && '.join(tests) or 'true'})"


def _counts(graph: str, only: frozenset[str], without: frozenset[str]) -> bool:
    if graph in NON_CITATION_GRAPHS:
        return True
    either = {graph, graph.partition("#")[0]}  # in a plain RDF file a whole graph may be its own source
    return (not only or not either.isdisjoint(only)) and either.isdisjoint(without)


def _at_hand(store: Store, only: frozenset[str], without: frozenset[str]) -> Iterator[Quad]:
    counts: dict[str, bool] = {}
    for quad in store.quads():
        graph = quad.graph_name
        if isinstance(graph, NamedNode):
            if graph.value not in counts:
                counts[graph.value] = _counts(graph.value, only, without)
            if counts[graph.value]:
                yield quad


def _quads(store: Store, graphs: list[NamedNode]) -> Iterator[Quad]:
    several = 200
    for begin in range(0, len(graphs), several):
        names = " ".join(map(str, graphs[begin : begin + several]))
        text = f"SELECT ?s ?p ?o ?g {{ VALUES ?g {{ {names} }} GRAPH ?g {{ ?s ?p ?o }} }}"
        for subject, predicate, object_, graph in rows(store.query(text)):
            yield Quad(subject, predicate, object_, graph)  # type: ignore[arg-type]  # what a graph holds
    bare = "SELECT ?s ?p ?o { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } }"
    for subject, predicate, object_ in rows(store.query(bare)):
        yield Quad(subject, predicate, object_, DefaultGraph())  # type: ignore[arg-type]  # what a graph holds
