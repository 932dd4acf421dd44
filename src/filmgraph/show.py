"""Everything known of one thing: grouped, each line cited, and marked where sources differ.

Who states a line needs no explaining: it is one triple, so each graph that holds it is a witness by itself.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from filmgraph.answers.answer import RowsAnswer
from filmgraph.answers.grid import text_of
from filmgraph.lookup.glossary import StoreGlossary
from filmgraph.rdf.namespaces import CITATIONS_GRAPH, DERIVED_GRAPH, FG, NON_CITATION_GRAPHS, PREFIXES
from filmgraph.rdf.results import Explanation, Solutions, rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filmgraph.rdf.results import Term
    from filmgraph.store.base import Store

_TYPE = PREFIXES["rdf"] + "type"
_FIRST = (_TYPE, FG + "name", FG + "title", FG + "titleText")
# Labels are what lines are written with; whom a citation quotes is no fact about whom it quotes.
_OWN_RECORDS = {DERIVED_GRAPH, CITATIONS_GRAPH}
# The first and last day repeat the date, and folded names the names.
_HIDDEN = {FG + "earliest", FG + "latest", FG + "foldedName"}


LISTED = 3
"""How many passages of a line are listed; hundreds say that a film is a film, and are not counted."""

SHOWN = 12
"""How many lines of a kind are shown unless all are asked for."""

# What people look for first; the rest comes in the order of its names.
_KINDS_FIRST = (
    "Credit",
    "AwardResult",
    "Screening",
    "TheatricalRelease",
    "Release",
    "Broadcast",
    "StreamingWindow",
    "Rating",
)
_KINDS_LAST = ("Remark",)
# Of these it is said what they have to do with the thing; of the others, such as a credit, their label says it.
_TIED = {FG + name for name in ("Person", "Group", "Organisation", "Place", "Film", "Part", "EventSeries")}


class _ShownLine(NamedTuple):
    """A fact about the thing: what kind of fact, and its value; ``outward`` where the thing is its subject."""

    outward: bool
    kind: NamedNode
    value: Term


def show(
    store: Store, thing: NamedNode, *, most: int | None = SHOWN, listed: int = LISTED, words: Store | None = None
) -> RowsAnswer:
    """The facts about a thing, with their evidence: columns ``what``, ``value`` and ``note``.

    Args:
        store: Where the facts are.
        thing: The thing.
        most: How many lines of a kind are listed; the note of the last one says how many more there are.
            None lists all.
        listed: How many passages of a line are listed; the rest is counted, save of a line that only says its class.
        words: The store in which the labels of the answer are found, where it is another one.

    Raises:
        StoreError: The store could not answer.
    """
    graphs: dict[_ShownLine, set[str]] = {}
    ties: dict[_ShownLine, NamedNode] = {}
    kinds = _classes(store, thing)
    for predicate, value, graph in rows(store.query(f"SELECT ?p ?o ?g {{ GRAPH ?g {{ {thing} ?p ?o }} }}")):
        if isinstance(predicate, NamedNode) and value is not None and predicate.value not in _HIDDEN:
            _add(graphs, _ShownLine(True, predicate, value), graph)
    for subject, predicate, graph in rows(store.query(f"SELECT ?s ?p ?g {{ GRAPH ?g {{ ?s ?p {thing} }} }}")):
        if isinstance(predicate, NamedNode) and subject is not None and predicate.value != _TYPE:
            line = _ShownLine(False, kinds.get(subject, predicate), subject)
            _add(graphs, line, graph)
            if line.kind.value in _TIED:
                ties[line] = predicate
    terms = [*(term for line in graphs for term in (line.kind, line.value)), *ties.values()]
    iris = {thing.value, *(term.value for term in terms if isinstance(term, NamedNode))}
    labels = StoreGlossary(store).labels(sorted(iris))
    lines = sorted(graphs, key=lambda line: _order(line, labels, labels.get(thing.value, "")))
    notes = {line: Literal(text_of(tie, labels)) for line, tie in ties.items()} | _notes(store, thing, lines)
    lines = _capped(lines, notes, most)
    return RowsAnswer(
        Solutions(("what", "value", "note"), [(line.kind, line.value, notes.get(line)) for line in lines]),
        explanations=[_explained(graphs[line], listed, counted=line.kind.value != _TYPE) for line in lines],
        glossary=StoreGlossary(words or store),
    )


def _add(graphs: dict[_ShownLine, set[str]], line: _ShownLine, graph: Term | None) -> None:
    if isinstance(graph, NamedNode) and graph.value not in _OWN_RECORDS:
        graphs.setdefault(line, set()).add(graph.value)


def _explained(graphs: set[str], most: int, *, counted: bool) -> Explanation:
    """The passages that say so, those of different sources first; the rest where it is counted."""
    cited = sorted(graphs - NON_CITATION_GRAPHS)
    if not cited:
        return Explanation([[]])
    firsts = {iri.partition("#")[0]: iri for iri in reversed(cited)}
    listed = [*sorted(firsts.values()), *(iri for iri in cited if iri not in firsts.values())][:most]
    return Explanation([[iri] for iri in listed], more=len(cited) - len(listed) if counted else 0)


def _capped(lines: list[_ShownLine], notes: dict[_ShownLine, Literal], most: int | None) -> list[_ShownLine]:
    """Not more lines of a kind than are wanted; the note of the last one counts the rest."""
    kept: list[_ShownLine] = []
    for _, group in groupby(lines, key=lambda line: (line.outward, line.kind)):
        same = list(group)
        shown = same if most is None else same[:most]
        kept += shown
        if len(same) > len(shown):
            said = notes.get(shown[-1])
            rest = f"{len(same) - len(shown)} more of this kind: --all"
            notes[shown[-1]] = Literal(f"{said.value}; {rest}" if said else rest)
    return kept


def _classes(store: Store, thing: NamedNode) -> dict[Term, NamedNode]:
    """Return the class of each node that points to the thing: of several the first by name."""
    found: dict[Term, NamedNode] = {}
    for subject, kind in rows(store.query(f"SELECT DISTINCT ?s ?class {{ ?s ?p {thing} ; a ?class }} ORDER BY ?class")):
        if subject is not None and isinstance(kind, NamedNode):
            found.setdefault(subject, kind)
    return found


def _order(line: _ShownLine, labels: dict[str, str], own: str) -> tuple[bool, int, str, bool, str, str]:
    """The order of lines; of several names first the one by which the thing is called."""
    kind, name = line.kind.value, line.kind.value.removeprefix(FG)
    value = text_of(line.value, labels)
    first = _FIRST.index(kind) if kind in _FIRST else len(_FIRST)
    if not line.outward:
        first = _KINDS_FIRST.index(name) if name in _KINDS_FIRST else len(_KINDS_FIRST) + (name in _KINDS_LAST)
    return not line.outward, first, text_of(line.kind, labels), value != own, value, str(line.value)


def _notes(store: Store, thing: NamedNode, lines: Iterable[_ShownLine]) -> dict[_ShownLine, Literal]:
    """Where one source should give one value, and all sources together give several."""
    # In FILTER: joined, it would be read first, and after it every value of every property with one value.
    single = f"FILTER EXISTS {{ ?p <{FG}singleValued> true }}"
    own = _differing(store, f"{thing} ?p ?value . {single} BIND({thing} AS ?node)")
    others = _differing(store, f"?node ?q {thing} ; ?p ?value . {single}")
    notes: dict[_ShownLine, Literal] = {}
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
    grouped = "GROUP BY ?node ?p HAVING (COUNT(DISTINCT ?value) > 1)"
    text = f"SELECT ?node ?p (SAMPLE(?label) AS ?name) {{ {pattern} {label} }} {grouped}"
    for node, predicate, name in rows(store.query(text)):
        if node is not None and isinstance(predicate, NamedNode) and predicate.value not in _HIDDEN:
            found.setdefault(node, {})[predicate.value] = text_of(name or predicate, {})
    return found
