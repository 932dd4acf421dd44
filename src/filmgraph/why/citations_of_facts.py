"""Look up the citations that state a triple, for many triples in one query."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from pyoxigraph import BlankNode, Literal, NamedNode

from filmgraph.rdf.namespaces import NON_CITATION_GRAPHS
from filmgraph.rdf.results import Solutions, Term, Truth
from filmgraph.store.base import FactLookup
from filmgraph.store.endpoint.blanks import passing
from filmgraph.why.limits import Unexplained

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filmgraph.store.base import Store
    from filmgraph.why.witnesses import Citations

_AT_ONCE = 400  # triples in one look-up
_BLANK = 50_000  # triples with blank nodes, of one property, that are read to find a few


_AT_HAND: WeakKeyDictionary[Store, dict[Fact, Citations]] = WeakKeyDictionary()
"""Who states the facts that were looked up in each store; a store in this process does not change."""
_KEPT = 100_000  # facts of a store


class Fact(NamedTuple):
    """A triple that a way uses: in a named graph, or (``graph`` is None) in the default graph."""

    graph: Term | None
    subject: Term
    predicate: Term
    object: Term


NODE = NamedNode("urn:x-filmgraph:is-a-node")
"""The property of a fact that stands for "this term occurs in some fact": a path of no length needs no more."""


class _Partly(dict[Fact, "Citations | None"]):
    """Citations of facts, where those of some facts could not be looked up."""

    def __missing__(self, _: Fact) -> Citations | None:
        raise Unexplained("it has a blank node, which the store names anew in each answer")


class CitationCache:
    """A cache of the citations that state each fact; each fact is looked up once.

    Args:
        store: What is asked.
        default_graphs: The graphs that FROM merges into the default graph; None where the query has no FROM.

    Attributes:
        known: The citations that state each fact that was looked up; None where it needs none.
        missing: Facts that the store does not have, although the engine gave solutions that would need them.
    """

    def __init__(self, store: Store, default_graphs: frozenset[str] | None) -> None:
        self.store = store
        self.default_graphs = default_graphs
        self.known: dict[Fact, Citations | None] = {}
        self.missing: set[Fact] = set()

    def look_up(self, facts: Iterable[Fact]) -> None:
        """Look up the named graphs that state each of these facts."""
        known = self.known
        wanted: list[Fact] = []
        for fact in facts:
            if fact not in known:
                graph = fact.graph
                if graph is None:
                    wanted.append(fact)
                else:
                    name = graph.value if isinstance(graph, NamedNode) else str(graph)
                    known[fact] = None if name in NON_CITATION_GRAPHS else frozenset((name,))
        if isinstance(self.store, FactLookup):
            self._look_up_at_hand(self.store, wanted)
        elif wanted:
            self._ask(wanted)

    def _look_up_at_hand(self, store: FactLookup, facts: list[Fact]) -> None:
        graphs, at_hand = store.graphs, _AT_HAND.setdefault(self.store, {})
        if len(at_hand) > _KEPT:
            at_hand.clear()
        for fact in facts:
            names = at_hand.get(fact)
            if names is None:
                names = at_hand[fact] = frozenset(graphs(fact.subject, fact.predicate, fact.object))
            self.known[fact] = self._stated(names)
            if not names and store.complete and not self._is_there(fact):
                self.missing.add(fact)

    def _is_there(self, fact: Fact) -> bool:
        """Whether the default graph holds a fact; True for blank nodes, which SPARQL cannot ask for."""
        if isinstance(fact.subject, BlankNode | Literal) or isinstance(fact.object, BlankNode):
            return True
        answer = self.store.query(f"ASK {{ {fact.subject} {fact.predicate} {fact.object} }}")
        return isinstance(answer, Truth) and answer.value

    def _stated(self, graphs: Citations) -> Citations | None:
        if self.default_graphs is not None:
            graphs &= self.default_graphs
        return graphs if graphs and NON_CITATION_GRAPHS.isdisjoint(graphs) else None

    def _ask(self, facts: list[Fact]) -> None:
        """Look up the graphs of facts with SPARQL, many facts to a query."""
        found: dict[tuple[Term, ...], set[str]] = {fact[1:]: set() for fact in facts}
        blank = {triple for triple in found if isinstance(triple[0], BlankNode) or isinstance(triple[2], BlankNode)}
        plain = [triple for triple in found if triple not in blank and not isinstance(triple[0], Literal)]
        for begin in range(0, len(plain), _AT_ONCE):
            rows = "\n".join(f"({s} {p} {o})" for s, p, o in plain[begin : begin + _AT_ONCE])
            self._note(f"SELECT ?s ?p ?o ?g {{ VALUES (?s ?p ?o) {{ {rows} }} GRAPH ?g {{ ?s ?p ?o }} }}", found)
        for predicate in {triple[1] for triple in blank}:
            # A blank node cannot be named in a query, so every triple of the property that has one is read.
            pattern = f"GRAPH ?g {{ ?s ?p ?o }} FILTER (isBLANK(?s) || isBLANK(?o)) VALUES ?p {{ {predicate} }}"
            self._note(f"SELECT ?s ?p ?o ?g {{ {pattern} }} LIMIT {_BLANK}", found, most=_BLANK)
        if any(passing(term) for triple in blank for term in triple):
            self.known = _Partly(self.known)
            facts = [fact for fact in facts if not (passing(fact.subject) or passing(fact.object))]
        for fact in facts:
            self.known[fact] = self._stated(frozenset(found[fact[1:]]))

    def _note(self, text: str, found: dict[tuple[Term, ...], set[str]], *, most: int | None = None) -> None:
        answer = self.store.query(text)
        assert isinstance(answer, Solutions)  # noqa: S101 -- it was a SELECT
        if most is not None and len(answer.rows) >= most:
            raise Unexplained("its facts have too many blank nodes, which cannot be looked up one by one")
        for row in answer.rows:
            graph, triple = row[3], row[:3]
            if triple in found and isinstance(graph, NamedNode):
                found[triple].add(graph.value)  # type: ignore[index]  # a triple that was found has three terms
