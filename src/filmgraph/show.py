"""Everything known of one thing: grouped, each line cited, and marked where sources differ.

Who states a line needs no explaining: it is one triple, so each graph that holds it is a witness by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from filmgraph.answers import Explanation, RowsAnswer, Solutions
from filmgraph.glossary import StoreGlossary
from filmgraph.grid import text_of
from filmgraph.namespaces import DERIVED_GRAPH, FG, NON_CITATION_GRAPHS, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filmgraph.answers import Term
    from filmgraph.store.base import Store

_TYPE = PREFIXES["rdf"] + "type"
_FIRST = (_TYPE, FG + "name", FG + "title", FG + "titleText")
# The first and last day repeat the date, and folded names the names.
_HIDDEN = {FG + "earliest", FG + "latest", FG + "foldedName"}


_LISTED = 10
"""How many passages of a line are listed; hundreds say that a film is a film."""


class _Line(NamedTuple):
    """A fact about the thing: what kind of fact, and its value; ``outward`` where the thing is its subject."""

    outward: bool
    kind: NamedNode
    value: Term


def show(store: Store, thing: NamedNode) -> RowsAnswer:
    """All facts about a thing, with their evidence: columns ``what``, ``value`` and ``note``.

    Raises:
        StoreError: The store could not answer.
    """
    graphs: dict[_Line, set[str]] = {}
    kinds = _classes(store, thing)
    for predicate, value, graph in _rows(store, f"SELECT ?p ?o ?g {{ GRAPH ?g {{ {thing} ?p ?o }} }}"):
        if isinstance(predicate, NamedNode) and value is not None and predicate.value not in _HIDDEN:
            _add(graphs, _Line(True, predicate, value), graph)
    for subject, predicate, graph in _rows(store, f"SELECT ?s ?p ?g {{ GRAPH ?g {{ ?s ?p {thing} }} }}"):
        if isinstance(predicate, NamedNode) and subject is not None and predicate.value != _TYPE:
            _add(graphs, _Line(False, kinds.get(subject, predicate), subject), graph)
    glossary = StoreGlossary(store)
    iris = {term.value for line in graphs for term in (line.kind, line.value) if isinstance(term, NamedNode)}
    labels = glossary.labels(sorted(iris))
    lines = sorted(graphs, key=lambda line: _order(line, labels))
    notes = _notes(store, thing, lines)
    return RowsAnswer(
        Solutions(("what", "value", "note"), [(line.kind, line.value, notes.get(line)) for line in lines]),
        explanations=[_explained(graphs[line]) for line in lines],
        glossary=glossary,
    )


def _add(graphs: dict[_Line, set[str]], line: _Line, graph: Term | None) -> None:
    if isinstance(graph, NamedNode) and graph.value != DERIVED_GRAPH:
        graphs.setdefault(line, set()).add(graph.value)


def _explained(graphs: set[str]) -> Explanation:
    cited = sorted(graphs - NON_CITATION_GRAPHS)
    more = len(cited) - _LISTED
    return Explanation(
        [[iri] for iri in cited[:_LISTED]] if cited else [[]],
        f"{more} more passages say so." if more > 0 else "",
    )


def _classes(store: Store, thing: NamedNode) -> dict[Term, NamedNode]:
    """What those who point to the thing are: of several classes the first by name."""
    found: dict[Term, NamedNode] = {}
    for subject, kind in _rows(store, f"SELECT DISTINCT ?s ?class {{ ?s ?p {thing} ; a ?class }} ORDER BY ?class"):
        if subject is not None and isinstance(kind, NamedNode):
            found.setdefault(subject, kind)
    return found


def _order(line: _Line, labels: dict[str, str]) -> tuple[bool, int, str, str]:
    kind = line.kind.value
    first = _FIRST.index(kind) if kind in _FIRST else len(_FIRST)
    return not line.outward, first, text_of(line.kind, labels), text_of(line.value, labels)


def _notes(store: Store, thing: NamedNode, lines: Iterable[_Line]) -> dict[_Line, Literal]:
    """Where one source should give one value, and all sources together give several."""
    single = f"?p <{FG}singleValued> true"
    own = _differing(store, f"BIND({thing} AS ?node) ?node ?p ?value . {single}")
    others = _differing(store, f"?node ?q {thing} ; ?p ?value . {single}")
    notes: dict[_Line, Literal] = {}
    for line in lines:
        if line.outward and line.kind.value in own.get(thing, {}):
            notes[line] = Literal("sources differ")
        elif not line.outward and line.value in others:
            labels = sorted(others[line.value].values())
            notes[line] = Literal(f"sources differ on {', '.join(labels)}")
    return notes


def _differing(store: Store, pattern: str) -> dict[Term, dict[str, str]]:
    """Node to those of its properties, with their labels, that have several values."""
    found: dict[Term, dict[str, str]] = {}
    label = f"OPTIONAL {{ ?p <{PREFIXES['rdfs']}label> ?label }}"
    rows = _rows(
        store,
        f"SELECT ?node ?p (SAMPLE(?label) AS ?name) {{ {pattern} {label} }}"
        " GROUP BY ?node ?p HAVING (COUNT(DISTINCT ?value) > 1)",
    )
    for node, predicate, name in rows:
        if node is not None and isinstance(predicate, NamedNode) and predicate.value not in _HIDDEN:
            found.setdefault(node, {})[predicate.value] = text_of(name or predicate, {})
    return found


def _rows(store: Store, text: str) -> list[tuple[Term | None, ...]]:
    found = store.query(text)
    return found.rows if isinstance(found, Solutions) else []
