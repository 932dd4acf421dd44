"""The quads of one thing, or of everything, in order."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from filmgraph.collection.labels import COMPOSED
from filmgraph.exporters.film.fragments import fragments, with_fragments
from filmgraph.files.scratch import scratch_folder
from filmgraph.files.sorted_lines import sorted_lines
from filmgraph.rdf.namespaces import BASE, CITATIONS_GRAPH, FG, NON_CITATION_GRAPHS, PREFIXES, SOURCES_GRAPH
from filmgraph.rdf.results import rows
from filmgraph.store.base import TextAtHand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filmgraph.exporters.film.exporter import Request
    from filmgraph.rdf.results import Term
    from filmgraph.store.base import Store

JOINING = frozenset(
    {FG + name for name in COMPOSED if name != "Film"} | {FG + "Title", FG + "Journey", FG + "EventEdition"}
)
"""Classes of nodes that have no life of their own: they come along with the thing that they are about."""

NAMING = frozenset(
    PREFIXES[prefix] + name
    for prefix, name in (
        ("rdf", "type"),
        ("rdfs", "label"),
        ("skos", "prefLabel"),
        ("skos", "notation"),
        ("fg", "name"),
        ("fg", "editionOf"),
        ("fg", "within"),
        ("fg", "conferredBy"),
        ("fg", "date"),
        ("fg", "earliest"),
        ("fg", "latest"),
    )
)
"""What comes along of the things that an exported thing merely mentions."""

_AT_A_TIME = 500


def lines(request: Request) -> Iterator[str]:
    """The quads of a request as sorted N-Quads lines, each once.

    Of everything: all named graphs. Of one thing: its facts, the nodes about it, the names of what these mention, and
    the records of the citations and sources that state them.
    """
    found = with_fragments(_of_thing(request.store, request.thing), request.store) if request.thing else None
    return sorted_lines(f"{quad} .\n" for quad in found or everything(request.store))


def triple_lines(store: Store) -> Iterator[str] | None:
    """Return all triples as sorted, distinct N-Triples lines; None if the default graph may differ.

    The engine writes its default graph in a third of the time that the named graphs take.
    """
    if not (isinstance(store, TextAtHand) and store.complete):
        return None
    return _merged(store, store)


def _merged(store: Store, text: TextAtHand) -> Iterator[str]:
    with scratch_folder() as folder:
        path = f"{folder}/default.nt"
        text.write_default(path)
        with open(path, encoding="utf-8", newline="\n") as file:
            yield from sorted_lines(chain(file, (f"{quad.triple} .\n" for quad in fragments(store))))


def everything(store: Store) -> Iterator[ox.Quad]:
    """Every quad of the named graphs of a store, with the fragment selectors of citations."""
    return with_fragments(store.quads(), store)


def quads(request: Request) -> Iterator[ox.Quad]:
    """Return the extract as quads, in document order."""
    yield from parsed(lines(request))


def parsed(quad_lines: Iterable[str]) -> Iterator[ox.Quad]:
    """The quads of N-Quads lines, in their order."""
    for text in _batches(quad_lines):
        yield from ox.parse(text, ox.RdfFormat.N_QUADS)


def triples(unsorted: Iterable[str]) -> Iterator[ox.Triple]:
    """The triples of N-Triples lines in order, each once."""
    return parsed_triples(sorted_lines(unsorted))


def parsed_triples(triple_lines: Iterable[str]) -> Iterator[ox.Triple]:
    """The triples of N-Triples lines, in their order."""
    for text in _batches(triple_lines):
        for quad in ox.parse(text, ox.RdfFormat.N_TRIPLES):
            yield quad.triple


def _batches(sorted_text: Iterable[str]) -> Iterator[str]:
    """Some thousand lines at a time: calling the parser for each costs more than parsing."""
    source = iter(sorted_text)
    while text := "".join(islice(source, 4096)):
        yield text


def is_citation_graph(graph: object) -> bool:
    """Whether a graph's name is a citation: any named graph that is not on the closed list."""
    return isinstance(graph, ox.NamedNode) and graph.value not in NON_CITATION_GRAPHS


def _of_thing(store: Store, thing: str) -> Iterator[ox.Quad]:
    own = list(_select(store, f"BIND(<{thing}> AS ?s) GRAPH ?g {{ ?s ?p ?o }}"))
    pointing = list(_select(store, f"BIND(<{thing}> AS ?o) GRAPH ?g {{ ?s ?p ?o }} FILTER(?p != <{FG}needs>)"))
    joining = {quad.subject for quad in pointing} | {
        quad.object for quad in own if isinstance(quad.object, ox.NamedNode)
    }
    nodes = _of_classes(store, {cast("ox.NamedNode", node).value for node in joining}, JOINING)
    found = [*own, *pointing, *_about(store, nodes)]
    yield from found
    mentioned = {iri for quad in found for iri in _iris(quad)} - {thing} - nodes
    # Asking for these properties alone makes engines read the whole graph for each part of the question.
    yield from _named(store, mentioned, known={thing, *nodes})
    citations = {cast("ox.NamedNode", quad.graph_name).value for quad in found if is_citation_graph(quad.graph_name)}
    yield from _records(store, citations)


def _named(store: Store, mentioned: set[str], known: set[str]) -> Iterator[ox.Quad]:
    """Collect the naming statements of mentioned things, and of the things that those names are made of."""
    while mentioned:
        named = [quad for quad in _about(store, mentioned) if quad.predicate.value in NAMING]
        yield from named
        known |= mentioned
        made_of = {quad.object.value for quad in named if isinstance(quad.object, ox.NamedNode)}
        mentioned = {iri for iri in made_of if iri.startswith(f"{BASE}id/")} - known


def _records(store: Store, citations: set[str]) -> Iterator[ox.Quad]:
    of_citations = list(_about(store, citations, graph=CITATIONS_GRAPH))
    yield from of_citations
    targets = {quad.object.value for quad in of_citations if isinstance(quad.object, ox.NamedNode)}
    yield from _about(store, {iri for iri in targets if iri.startswith(BASE + "id/selector/")}, graph=CITATIONS_GRAPH)
    yield from _about(store, targets, graph=SOURCES_GRAPH)


def _of_classes(store: Store, iris: set[str], classes: frozenset[str]) -> set[str]:
    return {
        quad.subject.value
        for quad in _about(store, iris)
        if quad.predicate.value == PREFIXES["rdf"] + "type"
        and isinstance(quad.object, ox.NamedNode)
        and quad.object.value in classes
        and isinstance(quad.subject, ox.NamedNode)
    }


def _about(store: Store, iris: Iterable[str], *, graph: str = "") -> Iterator[ox.Quad]:
    """The quads whose subject is one of these, some hundred subjects at a time."""
    waiting = sorted(iris)
    name = f"BIND(<{graph}> AS ?g)" if graph else ""
    for start in range(0, len(waiting), _AT_A_TIME):
        values = " ".join(f"<{iri}>" for iri in waiting[start : start + _AT_A_TIME])
        yield from _select(store, f"VALUES ?s {{ {values} }} {name} GRAPH ?g {{ ?s ?p ?o }}")


def _select(store: Store, pattern: str) -> Iterator[ox.Quad]:
    for row in rows(store.query(f"SELECT ?s ?p ?o ?g WHERE {{ {pattern} }}")):
        yield _quad(row)


def _quad(row: tuple[Term | None, ...]) -> ox.Quad:
    subject, predicate, value, graph = row
    return ox.Quad(
        cast("ox.NamedNode", subject), cast("ox.NamedNode", predicate), cast("Term", value), cast("ox.NamedNode", graph)
    )


def _iris(quad: ox.Quad) -> Iterator[str]:
    for term in (quad.subject, quad.object):
        if isinstance(term, ox.NamedNode):
            yield term.value
