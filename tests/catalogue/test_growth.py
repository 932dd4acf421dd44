"""How much the engine reads for a bundled question does not depend on what else the collection holds.

No time is measured. The engine counts the results of each operator of its plan; two stores are compared, one of which
holds more copies of the bundled collection.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.engines.conftest import oxigraph_program

import filmgraph

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from pyoxigraph import Quad

    from filmgraph.graph import Graph
    from filmgraph.rdf.results import Solutions, Triples, Truth

ROOT = Path(__file__).resolve().parents[2]
FEWER, MORE = 2, 4


@pytest.fixture(scope="module")
def oxigraph() -> str:
    return oxigraph_program()


@pytest.fixture(scope="module")
def growth() -> ModuleType:
    spec = importlib.util.spec_from_file_location("growth", ROOT / "benchmarks" / "growth.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["growth"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def bundled() -> Iterator[Graph]:
    with filmgraph.open() as graph:
        yield graph


@pytest.fixture(scope="module")
def stores(
    oxigraph: str, growth: ModuleType, bundled: Graph, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    assert oxigraph
    folder = tmp_path_factory.mktemp("copies")
    sizes = [growth.copies(bundled, number, folder / str(number)) for number in (FEWER, MORE)]
    assert sizes[1] > sizes[0] * 1.8
    return folder / str(FEWER), folder / str(MORE)


def test_a_question_about_one_thing_reads_no_more_of_a_larger_collection(
    oxigraph: str, growth: ModuleType, bundled: Graph, stores: tuple[Path, Path]
) -> None:
    asked = [one for one in growth.questions(bundled) if one.of_one]
    assert len(asked) > 40
    read = {(one.name, *one.given): [growth.steps(oxigraph, store, one.text) for store in stores] for one in asked}
    assert {name: both for name, both in read.items() if both[0] != both[1]} == {}
    assert all(few > 0 for few, _ in read.values())


def test_a_question_about_everything_reads_twice_as_much_of_twice_as_much(
    oxigraph: str, growth: ModuleType, bundled: Graph, stores: tuple[Path, Path]
) -> None:
    asked = [one for one in growth.questions(bundled) if not one.of_one]
    assert {one.name for one in asked} == set(growth.READS_ALL)
    read = {one.name: [growth.steps(oxigraph, store, one.text) for store in stores] for one in asked}
    assert {name: both for name, both in read.items() if both[1] > both[0] * MORE / FEWER * 1.2} == {}


@pytest.mark.parametrize(
    "scanning",
    [
        'SELECT ?film { ?film fg:title ?title . ?title fg:titleText ?name FILTER(?name = "Last Train Home"@en) }',
        "SELECT ?kind { VALUES ?kind { fg:Screening fg:Broadcast } ?event a ?kind ; fg:film $film }",
        "SELECT ?who { ?one fg:film $film ; fg:agent ?who FILTER NOT EXISTS { ?two fg:agent ?who ; fg:part ?part } }",
    ],
)
def test_a_query_that_scans_is_noticed(
    oxigraph: str, growth: ModuleType, stores: tuple[Path, Path], scanning: str
) -> None:
    film = "<https://w3id.org/filmgraph/id/film/last-train-home>"
    text = growth.of_copy("PREFIX fg: <https://w3id.org/filmgraph/ns#> " + scanning.replace("$film", film), 1)
    few, many = (growth.steps(oxigraph, store, text) for store in stores)
    assert many > few


class Overheard:
    """A store that notes what it is asked."""

    def __init__(self, folder: Path) -> None:
        self._graph = filmgraph.open(folder)
        self.origin = self._graph.store.origin
        self.heard: list[str] = []

    def query(self, text: str, *, timeout: float | None = None) -> Solutions | Triples | Truth:
        self.heard.append(text)
        return self._graph.store.query(text, timeout=timeout)

    def quads(self) -> Iterator[Quad]:
        return self._graph.store.quads()

    def close(self) -> None:
        self._graph.close()


@pytest.mark.parametrize("name", ["overview", "credits", "awards", "single-source"])
def test_the_labels_of_an_answer_read_no_more_of_a_larger_collection(
    oxigraph: str, growth: ModuleType, stores: tuple[Path, Path], name: str
) -> None:
    film = growth.of_copy("<https://w3id.org/filmgraph/id/film/last-train-home>", 1)
    heard = []
    for folder in stores:
        store = Overheard(folder)
        with filmgraph.Graph(store) as graph:
            answer = graph.ask(name, film=film)
            assert answer.to_dict(labels=True)
            source = growth.of_copy("<https://w3id.org/filmgraph/source/imdb.96afa10a>", 1)[1:-1]
            assert answer.glossary.sources([source, "urn:a", "urn:b", "urn:c", "urn:d"])
        heard.append(store.heard)
    assert len(heard[0]) > 3  # the film's name, the question, the labels, the source
    assert heard[0] == heard[1]
    read = {text: [growth.steps(oxigraph, folder, text) for folder in stores] for text in heard[0]}
    assert {text: both for text, both in read.items() if both[0] != both[1]} == {}


@pytest.mark.parametrize("name", ["overview", "making", "credits", "only-here"])
def test_the_rows_of_a_larger_collection_are_explained_as_well(
    growth: ModuleType, stores: tuple[Path, Path], name: str
) -> None:
    film = growth.of_copy("<https://w3id.org/filmgraph/id/film/last-train-home>", 1)
    with filmgraph.open(stores[1]) as graph:
        answer = graph.ask(name, film=film, why=True)
        assert len(answer) > 10
        assert [row.unexplained for row in answer if row.unexplained] == []


def test_what_is_shown_of_a_thing_reads_no_more_of_a_larger_collection(
    oxigraph: str, growth: ModuleType, stores: tuple[Path, Path]
) -> None:
    film = growth.of_copy("<https://w3id.org/filmgraph/id/film/last-train-home>", 1)
    heard = []
    for folder in stores:
        store = Overheard(folder)
        with filmgraph.Graph(store) as graph:
            assert len(graph.show(film)) > 50
        heard.append(store.heard)
    assert heard[0] == heard[1]
    read = {text: [growth.steps(oxigraph, folder, text) for folder in stores] for text in heard[0]}
    assert {text: both for text, both in read.items() if both[0] != both[1]} == {}
