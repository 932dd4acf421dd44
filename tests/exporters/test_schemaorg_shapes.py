"""schema.org's own SHACL shapes, with their known fault mended: they take every text and number for a node."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH

from filmgraph.exporters import Request, find
from filmgraph.opening import open_store
from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

    from filmgraph.store.base import Store

LITERALS = [
    "Text",
    "Date",
    "DateTime",
    "Time",
    "Number",
    "Integer",
    "Float",
    "Boolean",
    "PronounceableText",
    "CssSelectorType",
    "XPathType",
    "Duration",
    "Distance",
    "Energy",
    "Mass",
    "Quantity",
]


@pytest.fixture(scope="module")
def shapes(shared: Path) -> Graph:
    graph = Graph().parse(shared / "standards/schemaorg/schemaorg-shapes.shacl", format="turtle")
    kinds = dict.fromkeys(LITERALS, SH.Literal) | {"URL": SH.IRIOrLiteral}
    mended = 0
    for shape in set(graph.subjects(RDF.type, SH.NodeShape)):
        kind = kinds.get(str(shape).rpartition("ValidSchema")[2]) if isinstance(shape, URIRef) else None
        if kind is not None:
            graph.set((shape, SH.nodeKind, kind))
            mended += 1
    assert mended == len(kinds)
    return graph


def triples(data: dict[str, Any], shared: Path) -> Graph:
    from pyld import jsonld  # noqa: PLC0415 -- slow to import

    context = json.loads((shared / "standards/schemaorg/schemaorgcontext.jsonld").read_text("utf-8"))["@context"]
    text = jsonld.to_rdf(data | {"@context": context}, {"format": "application/n-quads"})
    graph = Graph()
    graph.parse(data=text, format="nquads")
    return graph


def faults(graph: Graph, shapes: Graph, shared: Path) -> list[str]:
    import pyshacl  # noqa: PLC0415 -- slow to import

    _, report, _ = pyshacl.validate(
        graph,
        shacl_graph=shapes,
        ont_graph=Graph().parse(shared / "standards/schemaorg/schemaorg-subclasses.shacl", format="turtle"),
        inference="rdfs",
        max_validation_depth=200,
    )
    assert isinstance(report, Graph)
    asked = (SH.focusNode, SH.resultPath, SH.value)
    return sorted(
        " ".join(str(report.value(result, name)) for name in asked)
        for result in report.subjects(RDF.type, SH.ValidationResult)
    )


def exported(store: Store, film: str) -> dict[str, Any]:
    out = io.BytesIO()
    find("schemaorg").write(Request(store, PREFIXES["film"] + film), out)
    document: dict[str, Any] = json.loads(out.getvalue())
    return document


def test_the_bundled_film_fits_the_official_shapes(shapes: Graph, shared: Path) -> None:
    assert faults(triples(exported(open_store(None), "last-train-home"), shared), shapes, shared) == []


def test_a_film_with_a_node_of_each_kind_fits_them(shapes: Graph, shared: Path, night_ferry: Store) -> None:
    assert faults(triples(exported(night_ferry, "night-ferry"), shared), shapes, shared) == []


def test_the_shapes_find_what_is_wrong(shapes: Graph, shared: Path) -> None:
    wrong = {"@type": "Movie", "@id": "urn:f", "director": "Ada", "releasedEvent": "1999", "name": {"@id": "urn:x"}}
    assert len(faults(triples(wrong, shared), shapes, shared)) >= 3
