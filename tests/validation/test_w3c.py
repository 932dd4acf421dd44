"""The W3C SHACL test suite, on both engines. Run as a script, it writes the table in the docs anew."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph
import pytest
from pyoxigraph import BlankNode, NamedNode

from filmgraph.store.embedded import EmbeddedStore
from filmgraph.validation import reference
from filmgraph.validation.compiler import CLAIMED
from filmgraph.validation.engine import plan, run, subclasses_in
from filmgraph.validation.paths import sparql_path
from filmgraph.validation.results import SH, Result
from filmgraph.validation.shapes import ShapesGraph

if TYPE_CHECKING:
    from filmgraph.validation.shapes import Node

PAGE = Path(__file__).parents[2] / "docs" / "shacl.md"
UNCLAIMED = {
    "path/path-zeroOrMore-001": "a target node may be in no triple, and SPARQL then has no path from it to itself",
    "path/path-zeroOrOne-001": "likewise",
    "property/datatype-ill-formed": "Oxigraph keeps xsd:byte as xsd:integer",
}
PYSHACL_FAILS = {
    "property/uniqueLang-002": 'takes "1"^^xsd:boolean for true, which the suite does not',
}
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"
BASE = "http://suite.test/"
SEVERITY, FOCUS, VALUE = "resultSeverity", "focusNode", "value"

Row = tuple[str, str | None, str | None, str, str, str]


class Case(NamedTuple):
    name: str
    data: list[pyoxigraph.Quad]
    shapes: list[pyoxigraph.Quad]
    expected: Counter[Row] | None
    """None where the suite expects the engine to refuse."""
    components: frozenset[str]


def read(path: Path) -> list[pyoxigraph.Quad]:
    """A file's triples, spelled as they stand."""
    turtle = pyoxigraph.RdfFormat.TURTLE
    return list(pyoxigraph.parse(path=str(path), format=turtle, base_iri=BASE + path.name))


def loaded(quads: list[pyoxigraph.Quad]) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.extend(pyoxigraph.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    return store


def show(node: Node | None) -> str | None:
    """A term as a report has it: spelled as a store spells it, blank nodes without their names."""
    if node is None or isinstance(node, NamedNode):
        return None if node is None else str(node)
    if isinstance(node, BlankNode):
        return "_:"
    store = pyoxigraph.Store()
    store.add(pyoxigraph.Quad(NamedNode("urn:s"), NamedNode("urn:p"), node))
    return str(next(iter(store)).object)


def row(result: Result) -> Row:
    focus, shape = show(result.focus), show(result.shape)
    assert focus is not None
    assert shape is not None
    return focus, result.path, show(result.value), result.component, shape, result.severity


def cases(folder: Path) -> list[Case]:
    """Every approved test of a folder, sub-folders included."""
    found = []
    for path in sorted(folder.rglob("*.ttl")):
        if path.name == "manifest.ttl":
            continue
        quads = read(path)
        graph = ShapesGraph(quads)
        for test in {q.subject for q in quads if str(q.object) == f"<{SHT}Validate>"}:
            assert isinstance(test, NamedNode)
            found.append(_case(test, graph, path, folder))
    return found


def _case(test: NamedNode, graph: ShapesGraph, path: Path, folder: Path) -> Case:
    action = graph.objects(test, MF + "action")[0]
    assert isinstance(action, BlankNode)
    data, shapes = (
        read(path.parent / graph.objects(action, SHT + name)[0].value.removeprefix(BASE))
        for name in ("dataGraph", "shapesGraph")
    )
    outcome = graph.objects(test, MF + "result")[0]
    expected: Counter[Row] | None = None
    if isinstance(outcome, BlankNode):
        expected = Counter()
        for node in graph.objects(outcome, SH + "result"):
            assert isinstance(node, BlankNode)
            one = {name: graph.objects(node, SH + name) for name in (FOCUS, "resultPath", VALUE, SEVERITY)}
            component = graph.objects(node, SH + "sourceConstraintComponent")[0].value.removeprefix(SH)
            shape = graph.objects(node, SH + "sourceShape")[0]
            route = sparql_path(one["resultPath"][0], graph.objects) if one["resultPath"] else None
            focus = show(one[FOCUS][0])
            assert focus is not None
            value = show(one[VALUE][0]) if one[VALUE] else None
            expected[focus, route, value, component, show(shape) or "", one[SEVERITY][0].value] += 1
    parameters = {quad.predicate.value.removeprefix(SH) for quad in shapes}
    components = {component for name, component in CLAIMED.items() if name in parameters}
    return Case(str(path.relative_to(folder).with_suffix("")), data, shapes, expected, frozenset(components))


def compiled(case: Case) -> tuple[Counter[Row], bool]:
    """What the compiled queries find, and whether they were all that was needed."""
    store = EmbeddedStore(loaded(case.data))
    made = plan(ShapesGraph(case.shapes), subclasses=subclasses_in(store))
    return Counter(row(result) for result in run(store, made).results), not made.unclaimed


@pytest.fixture(scope="module")
def core(shared: Path) -> list[Case]:
    found = cases(shared / "w3c" / "data-shapes-test-suite" / "tests" / "core")
    assert len(found) > 90, "the suite was not found where it should be"
    return found


def test_the_compiled_queries_give_the_results_that_the_suite_expects(core: list[Case]) -> None:
    different = []
    for case in core:
        got, complete = compiled(case)
        assert complete == (case.name not in UNCLAIMED), case.name
        if complete and got != case.expected:
            different.append(case.name)
    assert not different


def test_pyshacl_gives_the_results_that_the_suite_expects_save_where_it_is_known_not_to(core: list[Case]) -> None:
    different = [
        case.name
        for case in core
        if case.expected
        != Counter(row(result) for result in reference.validate(loaded(case.data), ShapesGraph(case.shapes)))
    ]
    assert different == sorted(PYSHACL_FAILS)


def test_the_table_of_claimed_components_is_current(core: list[Case]) -> None:
    assert table(core) in PAGE.read_text(encoding="utf-8")


def table(core: list[Case]) -> str:
    """Which components are claimed, and how many tests of the suite use each, as Markdown."""
    lines = ["| component | parameter | W3C tests that use it |", "|---|---|---|"]
    for parameter, component in sorted(CLAIMED.items()):
        count = sum(component in case.components for case in core if case.name not in UNCLAIMED)
        lines.append(f"| {component.removesuffix('ConstraintComponent')} | `sh:{parameter}` | {count} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    start, end = text.index("| component |"), text.index("\n\n", text.index("| component |")) + 1
    PAGE.write_text(text[:start] + table(cases(Path(sys.argv[1]))) + text[end:], encoding="utf-8")
