"""Every shape and every check of the collection, by the example and the counter-example that it carries."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Store, parse
from tests.collection.derivation import derived

from filmgraph.collection.derive import merged
from filmgraph.graph import Graph
from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.store.embedded import EmbeddedStore
from filmgraph.validation import reference
from filmgraph.validation.engine import plan, run, subclasses_in
from filmgraph.validation.evidence import EvidenceCheck
from filmgraph.validation.results import SH
from filmgraph.validation.shapes import FGS, ShapesGraph
from filmgraph.validation.words import finding

ROOT = Path(__file__).parents[2]
PROLOGUE = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
ONTOLOGY = [quad for path in sorted((ROOT / "ontology").glob("*.ttl")) for quad in parse(path=str(path))]
CLASSES = [quad for quad in ONTOLOGY if quad.predicate.value.endswith("subClassOf")]
FILES = sorted((ROOT / "shapes").glob("*.ttl"))
SHAPES = ShapesGraph(quad for path in FILES for quad in parse(path=str(path), rename_blank_nodes=True))
ROOTS = [shape.node for shape in SHAPES.roots() if isinstance(shape.node, NamedNode)]
CHECKS = [EvidenceCheck.from_file(str(path)) for path in sorted((ROOT / "shapes" / "evidence").glob("*.rq"))]


def text(node: NamedNode, predicate: str) -> str:
    values = SHAPES.objects(node, predicate)
    assert len(values) == 1, f"{node} has {len(values)} of {predicate}"
    return values[0].value


def snippet(turtle: str) -> list[Quad]:
    return [*parse(PROLOGUE + turtle, RdfFormat.TURTLE), *CLASSES]


def dataset(trig: str) -> EmbeddedStore:
    """A snippet with what is derived from it, as a collection would be."""
    stated = list(parse(PROLOGUE + trig, RdfFormat.TRIG, base_iri=PREFIXES["source"]))
    in_graphs = [quad for quad in stated if isinstance(quad.graph_name, NamedNode)]
    odd = any(not graph_is_known(quad.graph_name.value) for quad in in_graphs if isinstance(quad.graph_name, NamedNode))
    quads = in_graphs if odd else list(derived(in_graphs))
    store = Store()
    store.extend([*stated, *quads, *merged(quads)])
    return EmbeddedStore(store)


def graph_is_known(iri: str) -> bool:
    return iri.startswith((PREFIXES["graph"], PREFIXES["source"]))


def names(data: list[Quad], engine: str, node: NamedNode) -> set[tuple[str, str]]:
    """Shape and message of everything that an engine finds; pySHACL, which is slow, looks at one shape only."""
    store = Store()
    store.extend(Quad(quad.subject, quad.predicate, quad.object) for quad in data)
    if engine == "pyshacl":
        results = reference.validate(store, SHAPES, only=[node])
    else:
        embedded = EmbeddedStore(store)
        results = run(embedded, plan(SHAPES, subclasses=subclasses_in(embedded))).results
    return {(found.shape, found.message) for found in (finding(result, SHAPES) for result in results)}


def test_there_are_shapes_and_checks() -> None:
    assert len(ROOTS) > 30
    assert len(CHECKS) > 20
    assert len({check.name for check in CHECKS}) == len(CHECKS)


def test_every_shape_is_compiled() -> None:
    made = plan(SHAPES, subclasses={})
    assert made.unclaimed == {}


@pytest.mark.parametrize("node", ROOTS, ids=lambda node: node.value.removeprefix(FGS))
def test_every_shape_says_what_is_wrong_how_bad_it_is_and_what_to_do(node: NamedNode) -> None:
    for predicate in (SH + "message", FGS + "advice"):
        said = text(node, predicate)
        assert said.endswith((".", "?", "…")), said
        assert len(said) < 200
    assert text(node, SH + "severity") in {SH + name for name in ("Violation", "Warning", "Info")}
    inner = SHAPES.shape(node).values("property")
    assert all(SHAPES.shape(one).severity is not None for one in inner)


@pytest.mark.parametrize("engine", ["sparql", "pyshacl"])
@pytest.mark.parametrize("node", ROOTS, ids=lambda node: node.value.removeprefix(FGS))
def test_the_example_of_a_shape_conforms_and_its_counter_example_breaks_it(node: NamedNode, engine: str) -> None:
    name = "fgs:" + node.value.removeprefix(FGS)
    good = names(snippet(text(node, PREFIXES["skos"] + "example")), engine, node)
    assert name not in {shape for shape, _ in good}
    bad = names(snippet(text(node, FGS + "counterExample")), engine, node)
    assert (name, text(node, SH + "message")) in bad


def test_the_shapes_conform_to_the_shapes_of_shacl(shared: Path) -> None:
    path = shared / "w3c" / "data-shapes-test-suite" / "tests" / "core" / "complex" / "shacl-shacl-data-shapes.ttl"
    meta = ShapesGraph(parse(path=str(path), base_iri="urn:shacl-shacl:"))
    assert reference.validate(list(SHAPES.triples()), meta) == []


def test_no_shape_asks_for_a_datatype_that_a_store_cannot_keep() -> None:
    for triple in SHAPES.triples():
        assert not str(triple.object).endswith(("#nonNegativeInteger>", "#positiveInteger>"))
    assert any(isinstance(triple.subject, BlankNode) for triple in SHAPES.triples())


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_the_example_of_a_check_gives_no_row_and_its_counter_example_gives_one(check: EvidenceCheck) -> None:
    assert check.findings(dataset(check.example)) == []
    found = check.findings(dataset(check.counterexample))
    assert found
    assert "{" not in found[0].message
    assert "None" not in found[0].message
    assert found[0].node or found[0].citations or found[0].value


IDLE = {
    "fgs:birth-date": "no document gives a birth date",
    "fgs:no-text": "it looks for what must not be there",
}


def test_every_shape_has_something_to_check_in_the_bundled_collection() -> None:
    with Graph.open() as graph:
        made = plan(SHAPES, subclasses=subclasses_in(graph.store))
        counted = run(graph.store, made._replace(checks=[])).focus_nodes
    assert sorted(SHAPES.name(node) for node, count in counted.items() if count == 0) == sorted(IDLE)
