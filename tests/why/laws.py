"""The laws of product contract 6, checked from outside: by running the query on the facts of a witness alone."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from filmgraph.rdf.namespaces import NON_CITATION_GRAPHS
from filmgraph.rdf.results import Explanation, Solutions, Triples, Truth
from filmgraph.sparql.query import parse
from filmgraph.store.memory import from_quads
from filmgraph.why.explain import explain
from filmgraph.why.limits import LIMITS, Limits
from filmgraph.why.shape import monotone

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from filmgraph.store.base import Store

CITATION = "https://w3id.org/filmgraph/source/test.00000000#char="
FREE = ox.NamedNode(min(NON_CITATION_GRAPHS))


class Sparql:
    """A store of which nothing is known but what it answers to queries."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.origin = store.origin

    def query(self, text: str, *, timeout: float | None = None) -> Solutions | Triples | Truth:
        return self._store.query(text, timeout=timeout)

    def quads(self) -> Iterator[ox.Quad]:
        return self._store.quads()

    def close(self) -> None:
        self._store.close()


class Checked(NamedTuple):
    """What a check of one query found."""

    rows: int
    explained: int
    broken: list[str]
    reasons: list[str]


def cite(number: int) -> ox.NamedNode:
    return ox.NamedNode(f"{CITATION}{number},{number + 1}")


def each_alone(triples: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Each triple in a graph of its own."""
    return [ox.Quad(t.subject, t.predicate, t.object, cite(n)) for n, t in enumerate(triples)]


def at_random(triples: Iterable[ox.Quad], seed: int) -> list[ox.Quad]:
    """Several triples in a graph, some triples in several graphs, some in no citation."""
    chance = random.Random(seed)  # noqa: S311 -- a test must be repeatable
    quads: list[ox.Quad] = []
    listed = list(triples)
    graphs = [cite(number) for number in range(max(1, len(listed) * 2 // 3))]
    for triple in listed:
        several = chance.sample(graphs, min(len(graphs), chance.choice([1, 1, 1, 2, 3])))
        quads += [ox.Quad(triple.subject, triple.predicate, triple.object, graph) for graph in several]
        if chance.random() < 0.08:
            quads.append(ox.Quad(triple.subject, triple.predicate, triple.object, FREE))
    return quads


def rows_of(answer: Solutions | Triples | Truth, nodes: AbstractSet[object] = frozenset()) -> list[Hashable]:
    if isinstance(answer, Solutions):
        return list(answer.rows)
    if isinstance(answer, Truth):
        return [answer.value]
    new = "_:"  # blank nodes that a template makes anew are all alike
    return [tuple(new if isinstance(x, ox.BlankNode) and x not in nodes else x for x in t) for t in answer.triples]


def restricted(quads: Iterable[ox.Quad], witness: Iterable[str]) -> list[ox.Quad]:
    """The facts of some citations, and those that need none."""
    names = {ox.NamedNode(name) for name in witness} | {ox.NamedNode(name) for name in NON_CITATION_GRAPHS}
    named = {quad.triple for quad in quads if not isinstance(quad.graph_name, ox.DefaultGraph)}
    return [quad for quad in quads if quad.graph_name in names or quad.triple not in named]


def check(
    quads: Sequence[ox.Quad], text: str, *, most: int = 10, alone: bool = False, limits: Limits = LIMITS
) -> Checked:
    """Explain every row of a query, through SPARQL alone if wanted, and try every witness."""
    here = from_quads(quads)
    store = Sparql(here) if alone else here
    answer = store.query(text)
    nodes = {node for quad in quads for node in (quad.subject, quad.object)}
    rows = rows_of(answer, nodes)
    explanations = explain(store, text, answer, max_witnesses=most, limits=limits)
    assert len(explanations) == len(rows)
    broken, reasons, explained = [], [], 0
    smallest = monotone(parse(text))
    known: dict[frozenset[str], set[Hashable]] = {}

    def gives(row: Hashable, witness: frozenset[str]) -> bool:
        if witness not in known:
            known[witness] = set(rows_of(from_quads(restricted(quads, witness)).query(text), nodes))
        return row in known[witness]

    for row, explanation in zip(rows, explanations, strict=True):
        broken += _row(row, explanation, gives, smallest=smallest and rows != [False])
        if explanation.unexplained:
            reasons.append(explanation.unexplained)
        else:
            explained += 1
    return Checked(len(rows), explained, broken, reasons)


def _row(row: Hashable, explanation: Explanation, gives: object, *, smallest: bool) -> list[str]:
    assert callable(gives)
    broken: list[str] = []
    if bool(explanation.witnesses) == bool(explanation.unexplained):
        broken.append(f"neither witnesses nor a reason, or both, for {row}: {explanation}")
    sizes = [len(witness) for witness in explanation.witnesses]
    if sizes != sorted(sizes) or len({tuple(w) for w in explanation.witnesses}) != len(sizes):
        broken.append(f"out of order or repeated for {row}: {explanation.witnesses}")
    for witness in map(frozenset, explanation.witnesses):
        if not gives(row, witness):
            broken.append(f"not sufficient for {row}: {sorted(witness)}")
        elif smallest and any(gives(row, witness - {one}) for one in witness):
            broken.append(f"not minimal for {row}: {sorted(witness)}")
    return broken
