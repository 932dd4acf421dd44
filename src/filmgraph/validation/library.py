"""The shapes and checks that lie in a collection's `shapes/`.

`shapes/*.ttl` are applied to the merged graph, `shapes/source/*.ttl` to each source by itself, and
`shapes/evidence/*.rq` to the dataset.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from filmgraph.errors import FileError
from filmgraph.grid import compact
from filmgraph.namespaces import FG, PREFIXES
from filmgraph.rdf import parse
from filmgraph.validation.engine import rows
from filmgraph.validation.evidence import EvidenceCheck
from filmgraph.validation.paths import PathError
from filmgraph.validation.results import SH
from filmgraph.validation.shapes import FGS, ShapesGraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.store.base import Store

_SINGLE = f"""
SELECT ?property ?label {{
  ?property <{FG}singleValued> true .
  FILTER(isIRI(?property))
  OPTIONAL {{ ?property <{PREFIXES["rdfs"]}label> ?label }}
}}"""
_DERIVED = {FG + "earliest", FG + "latest"}
"""They follow from fg:date, so what is wrong with them is wrong with it."""
_ADVICE = (
    "Look at the passages. If they speak of different things, make them different nodes; if the document contradicts"
    " itself, leave both."
)


class Library(NamedTuple):
    """What `check` applies, pass by pass."""

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
        structure = _shapes(_files(folder, ".ttl"))
        hand_written = [t for path in _files(f"{folder}/source", ".ttl") for t in _triples(path)]
        sources = ShapesGraph([*hand_written, *single_valued(store)])
        evidence = tuple(EvidenceCheck.from_file(path) for path in _files(f"{folder}/evidence", ".rq"))
        return cls(structure, sources, evidence)


def single_valued(store: Store) -> Iterator[Triple]:
    """A shape for each property that the ontology calls `fg:singleValued`: one source gives one value."""
    labels: dict[str, str] = {}
    for row in rows(store, _SINGLE):
        prop, label = row["property"], row.get("label")
        if isinstance(prop, NamedNode) and prop.value not in _DERIVED:
            labels[prop.value] = label.value if isinstance(label, Literal) else compact(prop.value)
    for iri, label_text in sorted(labels.items()):
        yield from _one_value(iri, label_text)


def _one_value(iri: str, label: str) -> Iterator[Triple]:
    name = iri.rpartition("#")[2].rpartition("/")[2]
    shape, inner, prop = NamedNode(f"{FGS}one-{name}"), NamedNode(f"{FGS}one-{name}-value"), NamedNode(iri)
    for subject, predicate, value in (
        (shape, SH + "targetSubjectsOf", prop),
        (shape, SH + "property", inner),
        (inner, SH + "path", prop),
        (inner, SH + "maxCount", Literal(1)),
        (inner, SH + "severity", NamedNode(SH + "Warning")),
        (inner, SH + "message", Literal(f"One source gives more than one value of {label}.", language="en")),
        (inner, FGS + "advice", Literal(_ADVICE, language="en")),
    ):
        yield Triple(subject, NamedNode(predicate), value)


def _shapes(paths: list[str]) -> ShapesGraph:
    triples = [triple for path in paths for triple in _triples(path)]
    try:
        return ShapesGraph(triples)
    except PathError as error:
        raise FileError(f"A shape is not well formed: {error}.", path=os.path.dirname(paths[0])) from error  # noqa: PTH120 -- a plain string


def _triples(path: str) -> Iterator[Triple]:
    for quad in parse(path, rename_blank_nodes=True):
        yield quad.triple


def _files(folder: str, ending: str) -> list[str]:
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 -- paths are plain strings here
    except FileNotFoundError:
        return []
    return [f"{folder}/{name}" for name in names if name.endswith(ending) and not name.startswith(".")]
