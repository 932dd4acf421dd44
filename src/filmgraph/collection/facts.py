"""Reading the files of a collection as quads, each checked against the evidence model.

Product contract 2: facts stand in the graphs of citations, whose sources are declared, and nodes are IRIs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from filmgraph.collection.vocabulary import described
from filmgraph.errors import CitationError, DataError
from filmgraph.rdf.citation import Citation, is_citation
from filmgraph.rdf.files import format_of, line_of, parse_bytes, read
from filmgraph.rdf.namespaces import CITATIONS_GRAPH, ONTOLOGY_GRAPH, REFERENCE_GRAPH, SOURCES_GRAPH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from filmgraph.collection.folder import Collection


_REFERENCE = ox.NamedNode(REFERENCE_GRAPH)
_SOURCES = ox.NamedNode(SOURCES_GRAPH)


def vocabulary(mentioned: set[ox.NamedNode], own: set[tuple[object, object]]) -> Iterator[ox.Quad]:
    """Yield what the bundled vocabularies state of the terms that a collection mentions.

    Args:
        mentioned: The terms.
        own: Subjects and properties of what the collection's own vocabularies state, which goes before it.
    """
    for quad in described(mentioned):
        if (quad.subject, quad.predicate) not in own:
            yield quad


def background(collection: Collection) -> Iterator[ox.Quad]:
    """Yield the quads of a collection that are not facts: sources, ontology, its own vocabularies.

    Raises:
        FileError: A file cannot be read, or does not parse.
        DataError: A file has a blank node, and is not of the ontology.
    """
    for file in collection.files():
        if file.graph is not None and not file.is_general:
            yield from triples(file.path, file.graph)


def triples(path: str, graph: str) -> Iterator[ox.Quad]:
    """Yield the triples of a Turtle file, in the graph assigned to its folder.

    Raises:
        FileError: It cannot be read, or does not parse.
        DataError: It has a blank node, and is not of the ontology.
    """
    in_ontology = graph == ONTOLOGY_GRAPH
    name = ox.NamedNode(graph)
    data, rdf_format = read(path), ox.RdfFormat.TURTLE
    for quad in parse_bytes(data, rdf_format, path=path, rename_blank_nodes=in_ontology):
        if not in_ontology and _has_blank_node(quad):
            raise _blank_node_error(path, data, rdf_format)
        yield ox.Quad(quad.subject, quad.predicate, quad.object, name)


def facts(path: str, sources: set[str]) -> Iterator[ox.Quad]:
    """Yield the quads of a fact file, each checked against the evidence model.

    Args:
        path: The file.
        sources: The IRIs of the sources that are declared.

    Raises:
        FileError: It cannot be read, or does not parse.
        DataError: It has a blank node, a triple outside a citation, or cites an unknown source.
    """
    data = read(path)
    rdf_format = format_of(path) or ox.RdfFormat.TRIG
    allowed: set[object] = {ox.NamedNode(CITATIONS_GRAPH)}
    for quad in parse_bytes(data, rdf_format, path=path):
        if _has_blank_node(quad):
            raise _blank_node_error(path, data, rdf_format)
        if quad.graph_name not in allowed:
            _check_graph(quad, path, data, rdf_format, sources)
            allowed.add(quad.graph_name)
        yield quad


def _has_blank_node(quad: ox.Quad) -> bool:
    return isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)


def _blank_node_error(path: str, data: bytes, rdf_format: ox.RdfFormat) -> DataError:
    return DataError(
        "A blank node. Other passages cannot speak of it.",
        path=path,
        line=line_of(data, rdf_format, _has_blank_node),
        hint="Give the node an IRI.",
    )


def _check_graph(quad: ox.Quad, path: str, data: bytes, rdf_format: ox.RdfFormat, sources: set[str]) -> None:
    graph = quad.graph_name

    def of_graph(other: ox.Quad) -> bool:
        return other.graph_name == graph

    if not isinstance(graph, ox.NamedNode):
        message = f"A triple outside a citation graph: {quad.triple}."
        raise _outside(message, path, data, rdf_format, of_graph)
    if not is_citation(graph.value):
        message = f"The graph <{graph.value}> is not a citation, so nobody says what stands in it."
        raise _outside(message, path, data, rdf_format, of_graph)
    try:
        source = Citation.parse(graph.value).source
    except CitationError as error:
        line = line_of(data, rdf_format, of_graph)
        raise DataError(error.message, path=path, line=line, hint=error.hint or "Correct the citation.") from error
    if source not in sources:
        raise DataError(
            f"The source <{source}> of this citation is not declared.",
            path=path,
            line=line_of(data, rdf_format, of_graph),
            hint="Describe it in data/sources.ttl, or correct the citation.",
        )


def _outside(
    message: str, path: str, data: bytes, rdf_format: ox.RdfFormat, wanted: Callable[[ox.Quad], bool]
) -> DataError:
    return DataError(
        message,
        path=path,
        line=line_of(data, rdf_format, wanted),
        hint="Put the triple into the graph of the passage that states it: <SOURCE#char=START,END> { … }.",
    )
