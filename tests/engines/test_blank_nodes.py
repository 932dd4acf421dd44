"""Blank nodes of other people's data: what an endpoint names anew in each answer is never guessed at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import BlankNode, QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, Store, serialize
from tests.loopback import EndpointHandler, LoopbackEndpoint

import filmgraph as fg
from filmgraph.rdf.results import Triples
from filmgraph.store.endpoint.blanks import own
from filmgraph.why.explain import explain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.engines.conftest import Engines

    from filmgraph.graph import Graph

FACTS = """
<urn:ferry> <urn:title> _:one <urn:doc1> . _:one <urn:text> "Ferry" <urn:doc1> .
<urn:ferry> <urn:title> _:two <urn:doc2> . _:two <urn:text> "Boat" <urn:doc2> .
<urn:ferry> <urn:maker> <urn:ada> <urn:doc1> . <urn:ferry> <urn:maker> <urn:ada> <urn:doc2> .
_:one <urn:next> _:two <urn:doc3> .
""".replace(" . ", " .\n")
QUERIES = [
    "SELECT ?t { <urn:ferry> <urn:title> ?t }",
    "SELECT ?text { <urn:ferry> <urn:title>/<urn:text> ?text }",
    "SELECT ?t ?text { <urn:ferry> <urn:title> ?t . ?t <urn:text> ?text }",
    "SELECT ?t (COUNT(?text) AS ?n) { <urn:ferry> <urn:title> ?t . ?t <urn:text> ?text } GROUP BY ?t",
    "SELECT ?a ?b { ?a <urn:next>+ ?b }",
    "SELECT ?a ?x { ?a <urn:next>*/<urn:text> ?x }",
    "SELECT ?t { ?f <urn:title> ?t FILTER NOT EXISTS { ?t <urn:next> ?n } }",
    "SELECT ?t { ?f <urn:title> ?t MINUS { ?t <urn:text> 'Boat' } }",
    "SELECT ?t ?o { ?f <urn:title> ?t OPTIONAL { ?t <urn:next> ?o } }",
    "SELECT ?t { { SELECT DISTINCT ?t { ?f <urn:title> ?t } } ?t <urn:text> ?x }",
    "SELECT (SAMPLE(?t) AS ?one) { ?f <urn:title> ?t }",
    "SELECT ?t ?u { ?f <urn:title> ?t , ?u FILTER(?t != ?u) }",
    "SELECT ?x { <urn:ferry> <urn:title>|<urn:maker> ?x }",
    "CONSTRUCT { ?f <urn:t> ?t } { ?f <urn:title> ?t }",
    "ASK { ?t <urn:text> 'Ferry' }",
]


class Renaming(LoopbackEndpoint):
    """An endpoint that counts its blank nodes anew in each answer, as Jena does."""

    def __init__(self) -> None:
        self.facts = Store()
        self.facts.load(FACTS.encode(), format=RdfFormat.N_QUADS)
        super().__init__(_Handler)


class _Handler(EndpointHandler):
    server: Renaming

    def answer(self, query: str) -> None:
        found = self.server.facts.query(query, use_default_graph_as_union=True)
        if isinstance(found, (QueryBoolean, QuerySolutions)):
            body, media_type = found.serialize(format=QueryResultsFormat.JSON), "application/sparql-results+json"
        else:
            body, media_type = serialize(found, format=RdfFormat.N_TRIPLES), "application/n-triples"
        answer = (body or b"").decode()
        names = {term.value for quad in self.server.facts for term in quad if isinstance(term, BlankNode)}
        for number, name in enumerate(sorted((n for n in names if n in answer), key=answer.index)):
            answer = answer.replace(name, f"b{number}")
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.end_headers()
        self.wfile.write(answer.encode())


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("blank") / "facts.nq"
    path.write_text(FACTS)
    return path


@pytest.fixture(scope="module")
def here(file: Path) -> Iterator[Graph]:
    with fg.open(file) as graph:
        yield graph


@pytest.fixture(scope="module")
def renaming() -> Iterator[Graph]:
    server = Renaming()
    with fg.open(server.url) as graph:
        yield graph
    server.stop()


def evidence(graph: Graph, text: str) -> list[tuple[list[list[str]], str]]:
    answer = graph.query_raw(text)
    found = explain(graph.store, text, answer)
    return sorted((sorted(one.witnesses), one.unexplained) for one in found)


@pytest.mark.parametrize("text", QUERIES)
def test_what_cannot_be_told_is_left_unexplain(text: str, renaming: Graph, here: Graph) -> None:
    right = [why for why, _ in evidence(here, text)]
    found = evidence(renaming, text)
    assert len(found) == len(right)
    for why, unexplained in found:
        assert (unexplained and not why) or why in right, (why, unexplained)


@pytest.mark.parametrize("text", QUERIES)
def test_oxigraph_keeps_its_names_and_its_rows_are_explain(
    text: str, engines: Engines, file: Path, here: Graph
) -> None:
    with fg.open(engines.of("oxigraph union", file)) as away:
        assert evidence(away, text) == evidence(here, text)


def test_the_same_name_in_two_answers_is_not_one_node(renaming: Graph) -> None:
    text = "SELECT ?t { ?t <urn:text> 'Ferry' }"
    first, second = (renaming.query(text).to_rows()[0]["t"] for _ in range(2))
    assert isinstance(first, BlankNode)
    assert first != second
    both = renaming.query("SELECT ?t ?u { ?t <urn:next> ?n . ?u <urn:text> 'Ferry' }").to_rows()[0]
    assert both["t"] == both["u"]
    triples = renaming.query_raw("CONSTRUCT { ?f <urn:t> ?t } { ?f <urn:title> ?t }")
    assert isinstance(triples, Triples)
    assert len({one.object for one in triples.triples}) == 2
    assert own(triples) != triples
