"""What a store of a collection must hold, derived quad by quad: slow and plain, to hold makers of stores against."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from filmgraph.collection.derive import FoldedNames, citation_record, days
from filmgraph.collection.facts import background, facts, vocabulary
from filmgraph.collection.labels import Labels
from filmgraph.collection.vocabulary import terms
from filmgraph.rdf.namespaces import FG, NON_CITATION_GRAPHS, REFERENCE_GRAPH, SOURCES_GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filmgraph.collection.folder import Collection

_DATE = ox.NamedNode(FG + "date")
_OTHER_GRAPHS = {ox.NamedNode(iri) for iri in NON_CITATION_GRAPHS}
_REFERENCE = ox.NamedNode(REFERENCE_GRAPH)
_SOURCES = ox.NamedNode(SOURCES_GRAPH)


def stated(collection: Collection) -> Iterator[ox.Quad]:
    """Every quad of a collection as its files state it, each in the graph where it belongs. Nothing is derived.

    What the vocabularies that come with filmgraph say of the terms that it mentions comes last.

    Raises:
        FileError: A file cannot be read.
        RdfSyntaxError: A file does not parse.
        DataError: A file has a blank node in data, a triple outside a citation, or cites an unknown source.
    """
    general = terms()
    mentioned: set[ox.NamedNode] = set()
    own: set[tuple[object, object]] = set()
    for quad in _own(collection):
        value, graph = quad.object, quad.graph_name
        if isinstance(value, ox.NamedNode) and value in general:
            mentioned.add(value)
        if graph == _REFERENCE:
            own.add((quad.subject, quad.predicate))
            if isinstance(quad.subject, ox.NamedNode) and quad.subject in general:
                mentioned.add(quad.subject)
        yield quad
    yield from vocabulary(mentioned, own)


def _own(collection: Collection) -> Iterator[ox.Quad]:
    """What the files of the collection itself state."""
    sources: set[str] = set()
    for quad in background(collection):
        if quad.graph_name == _SOURCES and isinstance(quad.subject, ox.NamedNode):
            sources.add(quad.subject.value)
        yield quad
    for file in collection.files():
        if file.graph is None:
            yield from facts(file.path, sources)


def derived(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The quads of a collection, and all that follows from them, in named graphs. A derived quad may come twice.

    What follows from one quad comes right after it; the labels come last.
    """
    labels, names = Labels(), FoldedNames()
    last_graph: object = None
    for quad in quads:
        if quad.graph_name != last_graph:
            last_graph = quad.graph_name
            if isinstance(last_graph, ox.NamedNode) and last_graph not in _OTHER_GRAPHS:
                yield from citation_record(last_graph)
        yield quad
        if quad.predicate == _DATE:
            yield from days(quad)
        labels.add(quad)
        yield from names.of(quad)
    yield from labels.quads()
