"""Probing of an endpoint: a few small queries find out what its default graph is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from filmgraph.errors import QueryFailedError, QueryTimeoutError
from filmgraph.rdf.namespaces import MERGED_GRAPH, PREFIXES
from filmgraph.rdf.results import Solutions, Truth
from filmgraph.sparql.engines.dataset import MERGED, NAMED, ONCE, REPEATED, View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from filmgraph.rdf.results import Term, Triples

    Ask = Callable[[str, float | None], Solutions | Triples | Truth]
    Fact = tuple[Term, Term, Term]

JENA_UNION = "urn:x-arq:UnionGraph"
"""What Jena calls the union of all named graphs, each triple once, on any of its stores."""

_VIRTUOSO = (
    "http://www.openlinksw.com/schemas/virtrdf#",
    "http://www.openlinksw.com/schemas/oplweb#",
    "http://localuriqaserver/sparql",
    "http://www.w3.org/2002/07/owl#",
    "http://www.w3.org/ns/ldp#",
    "urn:activitystreams-owl:map",
    "urn:core:services:sparql",
)
_SAMPLE = 1000
_LOOKED_UP = 40
_PATIENCE = 10.0  # seconds for a look at all facts
_TYPE = PREFIXES["rdf"] + "type"


def view_of(ask: Ask) -> View:
    """Find out how queries must be written for an engine, so that each fact counts once.

    Args:
        ask: Runs a query as it stands, with a time limit.

    Raises:
        StoreError: The endpoint could not answer.
    """
    virtuoso = _is(ask, f"ASK {{ GRAPH <{_VIRTUOSO[0]}> {{ ?s ?p ?o }} }}")
    view = _default_graph(ask, _VIRTUOSO if virtuoso else ())
    return view._replace(virtuoso=virtuoso)


def _default_graph(ask: Ask, hidden: tuple[str, ...]) -> View:
    if _is(ask, f"ASK {{ GRAPH <{MERGED_GRAPH}> {{ ?s ?p ?o }} }}"):
        return View(MERGED, MERGED_GRAPH, (MERGED_GRAPH, *hidden))
    facts = _facts(ask, hidden)
    if not facts:
        return View(ONCE, hidden=hidden)  # no named graphs: nothing can come twice
    shown = _shown(ask, list(facts)[:_LOOKED_UP])
    if shown < min(len(facts), _LOOKED_UP):
        if _is(ask, f"ASK {{ GRAPH <{JENA_UNION}> {{ ?s ?p ?o }} }}"):
            return View(MERGED, JENA_UNION, hidden)
        return View(NAMED, hidden=hidden)
    return View(REPEATED if _repeats(ask, facts, hidden) else ONCE, hidden=hidden)


def _facts(ask: Ask, hidden: tuple[str, ...]) -> dict[Fact, set[str]]:
    """Return sample facts with the graphs that state them; class facts, since many passages repeat these."""
    found: dict[Fact, set[str]] = {}
    for verb in (f"<{_TYPE}>", "?p"):
        pattern = f"GRAPH ?g {{ ?s {verb} ?o }} {_without(hidden)} FILTER(isIRI(?s) && !isBLANK(?o))"
        bound = f"BIND({verb} AS ?q)"
        for subject, predicate, value, graph in _rows(
            ask, f"SELECT ?s ?q ?o ?g {{ {pattern} {bound} }} LIMIT {_SAMPLE}"
        ):
            if subject is not None and predicate is not None and value is not None and isinstance(graph, NamedNode):
                found.setdefault((subject, predicate, value), set()).add(graph.value)
        if found:
            break
    return found


def _shown(ask: Ask, facts: list[Fact]) -> int:
    """Count how many of these facts the default graph has."""
    values = " ".join(f"({' '.join(map(str, fact))})" for fact in facts)
    return len(set(_rows(ask, f"SELECT DISTINCT ?s ?p ?o {{ VALUES (?s ?p ?o) {{ {values} }} ?s ?p ?o }}")))


def _repeats(ask: Ask, facts: dict[Fact, set[str]], hidden: tuple[str, ...]) -> bool:
    """Whether a fact that several graphs state is returned several times."""
    several = next((fact for fact, graphs in facts.items() if len(graphs) > 1), None) or _stated_twice(ask, facts)
    if several is None:
        pattern = f"GRAPH ?g {{ ?s ?p ?o }} {_without(hidden)} GRAPH ?h {{ ?s ?p ?o }} {_without(hidden, '?h')}"
        text = f"SELECT ?s ?p ?o {{ {pattern} FILTER(STR(?g) < STR(?h) && isIRI(?s) && !isBLANK(?o)) }} LIMIT 1"
        try:
            rows = _rows(ask, text, _PATIENCE)
        except (QueryTimeoutError, QueryFailedError):
            return True  # queries for engines that repeat are right on those that do not
        if not rows:
            return False
        subject, predicate, value = rows[0][:3]
    else:
        subject, predicate, value = several
    return len(_rows(ask, f"SELECT ?p {{ {subject} ?p {value} FILTER(?p = {predicate}) }}")) > 1


def _stated_twice(ask: Ask, facts: Iterable[Fact]) -> Fact | None:
    """Return a fact that several graphs state; None where there is none."""
    values = " ".join(f"({' '.join(map(str, fact))})" for fact in list(facts)[:_LOOKED_UP])
    seen: set[tuple[Term | None, ...]] = set()
    for row in _rows(ask, f"SELECT ?s ?p ?o ?g {{ VALUES (?s ?p ?o) {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} }}"):
        subject, predicate, value = row[:3]
        if row[:3] in seen and subject is not None and predicate is not None and value is not None:
            return subject, predicate, value
        seen.add(row[:3])
    return None


def _without(hidden: tuple[str, ...], name: str = "?g") -> str:
    return f"FILTER({name} NOT IN ({', '.join(f'<{iri}>' for iri in hidden)}))" if hidden else ""


def _is(ask: Ask, text: str) -> bool:
    return ask(text, None) == Truth(value=True)


def _rows(ask: Ask, text: str, seconds: float | None = None) -> list[tuple[Term | None, ...]]:
    found = ask(text, seconds)
    return found.rows if isinstance(found, Solutions) else []
