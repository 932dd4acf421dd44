"""A collection: a folder with ``ontology/``, ``shapes/``, ``queries/`` and ``data/``.

What its data may hold is product contract 2: facts stand in the graphs of citations, nodes are IRIs.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from filmgraph.citation import Citation, is_citation
from filmgraph.errors import CitationError, DataError, StoreUnavailableError
from filmgraph.namespaces import CITATIONS_GRAPH, ONTOLOGY_GRAPH, REFERENCE_GRAPH, SOURCES_GRAPH
from filmgraph.rdf import format_of, line_of, parse_bytes, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FACTS = (".trig", ".nq", ".trig.gz", ".nq.gz")
_TRIPLES = {"sources.ttl": SOURCES_GRAPH, "reference.ttl": REFERENCE_GRAPH}


class DataFile(NamedTuple):
    """A file of a collection that a store holds: its path, and the graph of its triples, or None for facts."""

    path: str
    graph: str | None


class Collection:
    """A collection on disk.

    Args:
        root: The folder.

    Raises:
        StoreUnavailableError: The folder holds no ``data/``, or is none.
    """

    def __init__(self, root: str | os.PathLike[str]) -> None:
        self.root = os.fspath(root)
        if not os.path.isdir(f"{self.root}/data"):  # noqa: PTH112 -- on the start-up path; pathlib is slower
            raise StoreUnavailableError(
                f"{self.root} is no collection: it has no folder data.",
                store=self.root,
                hint="A collection is a folder with ontology/, shapes/, queries/ and data/.",
            )

    def files(self) -> list[DataFile]:
        """What a store holds of this collection, sources first and facts last.

        Raises:
            DataError: A file in ``data/`` is of a kind that has no place there.
        """
        ontology = [
            DataFile(path, ONTOLOGY_GRAPH) for path in _listed(f"{self.root}/ontology") if path.endswith(".ttl")
        ]
        triples: list[DataFile] = []
        facts: list[DataFile] = []
        for path in _walk(f"{self.root}/data"):
            name = path.rpartition("/")[2]
            if name in _TRIPLES:
                triples.append(DataFile(path, _TRIPLES[name]))
            elif name.endswith(_FACTS):
                facts.append(DataFile(path, None))
            elif format_of(path) is not None:
                raise DataError(
                    "This file has no citations, so its triples have no place here.",
                    path=path,
                    hint="Facts go into .trig or .nq files, one named graph per citation; other triples into"
                    " sources.ttl and reference.ttl.",
                )
        return [*sorted(triples, reverse=True), *ontology, *facts]

    def digest(self) -> str:
        """The SHA-256 over names and bytes of all files that a store holds, in hexadecimal."""
        total = hashlib.sha256()
        for file in self.files():
            content = hashlib.sha256(read_raw(file.path)).hexdigest()
            total.update(f"{file.path[len(self.root) :]}\0{content}\n".encode())
        return total.hexdigest()

    def quads(self) -> Iterator[ox.Quad]:
        """Every quad as the files state it, each in the graph where it belongs. Nothing is derived.

        Raises:
            FileError: A file cannot be read.
            RdfSyntaxError: A file does not parse.
            DataError: A file has a blank node in data, a triple outside a citation, or cites an unknown source.
        """
        sources: set[str] = set()
        for file in self.files():
            if file.graph is None:
                yield from _facts(file.path, sources)
            else:
                for quad in _triples(file.path, file.graph):
                    if file.graph == SOURCES_GRAPH and isinstance(quad.subject, ox.NamedNode):
                        sources.add(quad.subject.value)
                    yield quad


def read_raw(path: str) -> bytes:
    """The bytes of a file as they lie on disk, packed or not."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 -- on the start-up path
        return file.read()


def _listed(folder: str) -> list[str]:
    """The files directly in a folder, sorted by name; none where there is no such folder."""
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 -- on the start-up path
    except FileNotFoundError:
        return []
    return [f"{folder}/{name}" for name in names if not name.startswith(".")]


def _walk(folder: str) -> Iterator[str]:
    for path in _listed(folder):
        if os.path.isdir(path):  # noqa: PTH112 -- on the start-up path
            yield from _walk(path)
        else:
            yield path


def _triples(path: str, graph: str) -> Iterator[ox.Quad]:
    """The triples of a Turtle file in the graph that its place in the collection gives them."""
    in_ontology = graph == ONTOLOGY_GRAPH
    name = ox.NamedNode(graph)
    data, rdf_format = read(path), ox.RdfFormat.TURTLE
    for quad in parse_bytes(data, rdf_format, path=path, rename_blank_nodes=in_ontology):
        if not in_ontology and _has_blank_node(quad):
            raise _blank_node_error(path, data, rdf_format)
        yield ox.Quad(quad.subject, quad.predicate, quad.object, name)


def _facts(path: str, sources: set[str]) -> Iterator[ox.Quad]:
    """The quads of a fact file, each checked."""
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
        raise DataError(error.message, path=path, line=line, hint=error.hint) from error
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
