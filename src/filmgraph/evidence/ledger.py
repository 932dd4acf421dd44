"""Who states a fact: the citations of triples, looked up many at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from filmgraph.answers import Solutions, Term
from filmgraph.evidence.limits import Unexplained
from filmgraph.namespaces import NON_CITATION_GRAPHS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filmgraph.evidence.witnesses import Citations
    from filmgraph.store.base import Store

_AT_ONCE = 400  # triples in one look-up
_BLANK = 50_000  # triples with blank nodes, of one property, that are read to find a few


class Fact(NamedTuple):
    """A triple that a query used: in a named graph, or (``graph`` is None) in the default graph."""

    graph: Term | None
    subject: Term
    predicate: Term
    object: Term


class Ledger:
    """The citations of facts, each looked up once.

    Args:
        store: What is asked.
        default_graphs: The graphs that FROM merges into the default graph; None where the query has no FROM.
    """

    def __init__(self, store: Store, default_graphs: frozenset[str] | None) -> None:
        self.store = store
        self.default_graphs = default_graphs
        self._graphs: dict[tuple[Term, Term, Term], set[str]] = {}
        self._read: set[Term] = set()

    def look_up(self, facts: Iterable[Fact]) -> None:
        """Find the graphs of all these facts."""
        wanted = {fact[1:] for fact in facts if fact.graph is None} - self._graphs.keys()
        blank = {triple for triple in wanted if isinstance(triple[0], BlankNode) or isinstance(triple[2], BlankNode)}
        plain = [triple for triple in wanted - blank if not isinstance(triple[0], Literal)]
        for triple in wanted:
            self._graphs[triple] = set()
        for begin in range(0, len(plain), _AT_ONCE):
            rows = "\n".join(f"({s} {p} {o})" for s, p, o in plain[begin : begin + _AT_ONCE])
            self._note(f"SELECT ?s ?p ?o ?g {{ VALUES (?s ?p ?o) {{ {rows} }} GRAPH ?g {{ ?s ?p ?o }} }}")
        for predicate in {triple[1] for triple in blank} - self._read:
            self._read.add(predicate)
            # A blank node cannot be named in a query, so every triple of the property that has one is read.
            pattern = f"GRAPH ?g {{ ?s ?p ?o }} FILTER (isBLANK(?s) || isBLANK(?o)) VALUES ?p {{ {predicate} }}"
            self._note(f"SELECT ?s ?p ?o ?g {{ {pattern} }} LIMIT {_BLANK}", most=_BLANK)

    def _note(self, text: str, *, most: int | None = None) -> None:
        found = self.store.query(text)
        assert isinstance(found, Solutions)  # noqa: S101 -- it was a SELECT
        if most is not None and len(found.rows) >= most:
            raise Unexplained("its facts have too many blank nodes, which cannot be looked up one by one")
        for subject, predicate, object_, graph in found.rows:
            if subject is not None and predicate is not None and object_ is not None and isinstance(graph, NamedNode):
                self._graphs.setdefault((subject, predicate, object_), set()).add(graph.value)

    def citations(self, fact: Fact) -> Citations | None:
        """The citations that state a fact; None where it needs none, since it stands outside all citations too."""
        if fact.graph is not None:
            name = fact.graph.value if isinstance(fact.graph, NamedNode) else str(fact.graph)
            return None if name in NON_CITATION_GRAPHS else frozenset({name})
        graphs = self._graphs[fact[1:]]
        if self.default_graphs is not None:
            graphs = graphs & self.default_graphs
        if not graphs or not NON_CITATION_GRAPHS.isdisjoint(graphs):
            return None
        return frozenset(graphs)
