"""Every question over data without a label: what has no word is called by the end of its IRI, and no value is lost."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal

from filmgraph.answers.grid import grid
from filmgraph.catalogue import Catalogue
from filmgraph.graph import Graph
from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.store.memory import from_quads

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.answers.answer import RowsAnswer

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = Catalogue(str(ROOT / "queries"))
WORDS = {
    PREFIXES["rdfs"] + "label",
    PREFIXES["skos"] + "prefLabel",
    PREFIXES["skos"] + "altLabel",
    PREFIXES["fg"] + "singularLabel",
}


@pytest.fixture(scope="module")
def labelled() -> Iterator[Graph]:
    with Graph.open() as graph:
        yield graph


@pytest.fixture(scope="module")
def bare(labelled: Graph) -> Graph:
    kept = [quad for quad in labelled.store.quads() if quad.predicate.value not in WORDS]
    return Graph(from_quads(kept), catalogue=CATALOGUE)


def shape(answer: RowsAnswer) -> Counter[tuple[str, ...]]:
    """Of each row, which cells say something; the parts of one that joins several."""
    found = []
    for row in answer.to_rows():
        cells = [term.value if isinstance(term, Literal) else str(term or "") for term in row]
        found.append(tuple("" if not cell.strip(" ,") else "x" for cell in cells))
    return Counter(found)


@pytest.mark.parametrize("name", CATALOGUE.names())
def test_no_value_is_lost_where_there_are_no_labels(labelled: Graph, bare: Graph, name: str) -> None:
    values = {
        key: labelled.thing(value, "").value if _is_thing(name, key) and ":" not in value else value
        for key, value in _given(name).items()
    }
    with_words, without = labelled.ask_with(name, values), bare.ask_with(name, values)
    assert shape(without) == shape(with_words)
    assert not any("http://" in cell or "https://" in cell for row in grid(without).rows for cell in row)


def _given(name: str) -> dict[str, str]:
    question = CATALOGUE.question(name)
    defaults = {one.name: one.default for one in question.parameters if one.default is not None}
    return defaults | dict(question.example)


def _is_thing(name: str, key: str) -> bool:
    return any(one.name == key and one.type == "iri" and not one.values for one in CATALOGUE.question(name).parameters)
