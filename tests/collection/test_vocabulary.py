"""The vocabularies that come with filmgraph, in every collection that mentions their terms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from filmgraph.collection.build.build import build
from filmgraph.collection.folder import vocabularies
from filmgraph.collection.starter import start
from filmgraph.collection.vocabulary import described, terms
from filmgraph.graph import Graph
from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES = [file.path for file in vocabularies()]
LABEL = NamedNode(PREFIXES["rdfs"] + "label")
ROLES = (
    "SELECT ?term ?label { GRAPH ?g { ?term <http://www.w3.org/2000/01/rdf-schema#label> ?label } VALUES ?term { %s } }"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An example in which a film is said to be shown in Germany, and the country is called otherwise there."""
    made = tmp_path_factory.mktemp("vocabulary") / "collection"
    start(made)
    facts = made / "data" / "tide-letter.trig"
    text = facts.read_text(encoding="utf-8")
    country = PREFIXES["country"]
    facts.write_text(text.replace("fg:outcome", f"fg:territory <{country}DE> , <{country}DK> ; fg:outcome"), "utf-8")
    with (made / "data" / "reference.ttl").open("a", encoding="utf-8") as file:
        file.write(f'\n<{country}DK> rdfs:label "Danmark"@da .\n')
    return made


@pytest.fixture(params=["collection", "store"])
def graph(request: pytest.FixtureRequest, folder: Path, tmp_path: Path) -> Iterator[Graph]:
    """The collection read from its files, and built."""
    if request.param == "store":
        build(folder, tmp_path / "store")
    with Graph.open(tmp_path / "store" if request.param == "store" else folder) as opened:
        yield opened


def labels(graph: Graph, *iris: str) -> set[tuple[str, str]]:
    rows = graph.query(ROLES % " ".join(f"<{iri}>" for iri in iris)).to_rows()
    return {(str(row[0])[1:-1], str(row[1])) for row in rows}


@pytest.mark.parametrize("path", FILES)
def test_a_vocabulary_describes_each_term_on_one_line(path: str) -> None:
    whole = {quad.subject for quad in parse(Path(path).read_bytes(), RdfFormat.TURTLE)}
    assert whole == {iri for iri, term in terms().items() if term.path == path}
    for iri in whole:
        assert isinstance(iri, NamedNode)
        assert any(quad.subject == iri and quad.predicate == LABEL for quad in described([iri]))


def test_a_collection_holds_the_terms_that_it_mentions(graph: Graph) -> None:
    germany, fiji = PREFIXES["country"] + "DE", PREFIXES["country"] + "FJ"
    assert labels(graph, germany, fiji) == {(germany, '"Germany"@en')}
    assert graph.thing("Germany", "").value == germany


def test_what_a_collection_says_of_a_term_goes_before_it(graph: Graph) -> None:
    denmark = PREFIXES["country"] + "DK"
    assert labels(graph, denmark) == {(denmark, '"Danmark"@da')}
    assert graph.thing("Danmark", "").value == denmark


def test_what_a_term_points_at_is_there_too(graph: Graph) -> None:
    won, outcome = PREFIXES["fgv"] + "won", PREFIXES["fgv"] + "outcomeType"
    assert labels(graph, won, outcome) == {(won, '"won"@en'), (outcome, '"outcome"@en')}


def test_a_term_that_nothing_mentions_can_be_asked_for(graph: Graph) -> None:
    assert graph.thing("rel:anm", "").value == PREFIXES["rel"] + "anm"
    assert len(graph.ask("credits", role="rel:anm")) == 0


def test_a_store_and_the_files_hold_the_same(folder: Path, tmp_path: Path) -> None:
    build(folder, tmp_path / "store")
    with Graph.open(folder) as files, Graph.open(tmp_path / "store") as built:
        assert set(files.store.quads()) == set(built.store.quads())
