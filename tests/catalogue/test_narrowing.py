"""Each parameter of a question leaves some rows, for some value that the bundled collection has."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from filmgraph.answers.answer import RowsAnswer
from filmgraph.catalogue import Catalogue
from filmgraph.graph import Graph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.catalogue.parameter import Parameter

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = Catalogue(str(ROOT / "queries"))
PARAMETERS = [(name, parameter) for name in CATALOGUE.names() for parameter in CATALOGUE.question(name).parameters]
NO_ROWS = {"critics-who-interviewed"}
"""Questions to which the bundled documents have no answer."""


@pytest.fixture(scope="module")
def graph() -> Iterator[Graph]:
    with Graph.open(ROOT) as opened:
        yield opened


def candidates(graph: Graph, parameter: Parameter) -> Iterator[str]:
    if parameter.values:
        yield from (typed for typed, _ in parameter.values)
    elif parameter.type == "year":
        yield from map(str, range(2012, 1900, -1))
    elif parameter.class_iri or parameter.scheme_iri:
        verb, of = ("a", parameter.class_iri) if parameter.class_iri else ("skos:inScheme", parameter.scheme_iri)
        prefix = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"
        found = graph.query(f"{prefix} SELECT DISTINCT ?x {{ ?x {verb} <{of}> }} ORDER BY ?x").to_rows()
        yield from (str(row[0]).strip("<>") for row in found)
    else:
        found = graph.query("SELECT DISTINCT ?x { ?s ?p ?x FILTER(isIRI(?x)) } ORDER BY ?x").to_rows()
        yield from (str(row[0]).strip("<>") for row in found)


@pytest.mark.parametrize(
    ("name", "parameter"), PARAMETERS, ids=[f"{name} --{parameter.name}" for name, parameter in PARAMETERS]
)
def test_some_value_of_each_parameter_leaves_rows(graph: Graph, name: str, parameter: Parameter) -> None:
    if name in NO_ROWS:
        pytest.skip("the bundled documents have no rows for it")
    others = {one.name: one.example for one in CATALOGUE.question(name).parameters if one.required and one.example}
    tried = chain(filter(None, [parameter.example]), candidates(graph, parameter))
    assert any(answered(graph, name, {**others, parameter.name: value}) for value in tried)


def answered(graph: Graph, name: str, values: dict[str, str]) -> int:
    answer = graph.ask_with(name, values)
    assert isinstance(answer, RowsAnswer)
    return len(answer)
