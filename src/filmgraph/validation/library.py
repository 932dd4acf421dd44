"""Loading the shapes and checks of a collection's ``shapes/``.

`shapes/*.ttl` are applied to the merged graph, `shapes/source/*.ttl` to each source by itself, and
`shapes/evidence/*.rq` to the dataset.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode, RdfFormat

from filmgraph.errors import FileError
from filmgraph.rdf.files import line_of, parse, read
from filmgraph.rdf.patterns import compiles
from filmgraph.validation.components import LOOKS_AROUND
from filmgraph.validation.evidence import EvidenceCheck
from filmgraph.validation.ontology_shapes import domains_and_ranges, properties_in, single_valued
from filmgraph.validation.paths import PathError
from filmgraph.validation.results import SH
from filmgraph.validation.shapes import ShapesGraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Quad, Triple

    from filmgraph.store.base import Store


_PATTERN = NamedNode(SH + "pattern")


class Library(NamedTuple):
    """The shapes and checks that `check` applies, pass by pass."""

    structure: ShapesGraph
    sources: ShapesGraph
    evidence: tuple[EvidenceCheck, ...]

    @classmethod
    def from_folder(cls, folder: str, *, store: Store) -> Library:
        """Read a folder of shapes.

        Args:
            folder: The folder that is called `shapes`.
            store: What will be checked; its ontology says which properties have one value per source.

        Raises:
            FileError: A file cannot be read, or is none of these.
            RdfSyntaxError: A file does not parse.
        """
        properties = properties_in(store)
        written = [triple for path in _files(folder, ".ttl") for triple in _triples(path)]
        per_source = [triple for path in _files(f"{folder}/source", ".ttl") for triple in _triples(path)]
        structure = [*written, *domains_and_ranges(properties, covered=_with_datatypes(written))] if written else []
        sources = [*per_source, *single_valued(properties)]
        evidence = tuple(EvidenceCheck.from_file(path) for path in _files(f"{folder}/evidence", ".rq"))
        return cls(_shapes(structure, folder), _shapes(sources, folder), evidence)


def _with_datatypes(triples: list[Triple]) -> frozenset[str]:
    """The predicates whose values a shape asks for a datatype, alone or among others."""
    asked = {triple.subject for triple in triples if triple.predicate.value in {SH + "datatype", SH + "or"}}
    return frozenset(
        triple.object.value
        for triple in triples
        if triple.predicate.value == SH + "path" and triple.subject in asked and isinstance(triple.object, NamedNode)
    )


def _shapes(triples: list[Triple], folder: str) -> ShapesGraph:
    try:
        return ShapesGraph(triples)
    except PathError as error:
        raise FileError(f"A shape is not well formed: {error}.", path=folder) from error


def _triples(path: str) -> Iterator[Triple]:
    for quad in parse(path, rename_blank_nodes=True):
        if quad.predicate == _PATTERN and isinstance(quad.object, Literal):
            _refuse_uncompilable(quad.object.value, path)
        yield quad.triple


def _refuse_uncompilable(pattern: str, path: str) -> None:
    """Refuse a pattern that no engine compiles; those with look-around are left to pySHACL, which has Python's."""
    with suppress(re.error):
        re.compile(pattern)
        if compiles(pattern) or re.search(LOOKS_AROUND, pattern):
            return
    raise FileError(
        f"The sh:pattern '{pattern}' cannot be compiled.",
        path=path,
        line=line_of(read(path), RdfFormat.TURTLE, lambda quad: _is_pattern(quad, pattern)),
        hint="Write a regular expression that both XPath and Python know.",
    )


def _is_pattern(quad: Quad, pattern: str) -> bool:
    return quad.predicate == _PATTERN and isinstance(quad.object, Literal) and quad.object.value == pattern


def _files(folder: str, ending: str) -> list[str]:
    try:
        names = sorted(os.listdir(folder))
    except FileNotFoundError:
        return []
    return [f"{folder}/{name}" for name in names if name.endswith(ending) and not name.startswith(".")]
