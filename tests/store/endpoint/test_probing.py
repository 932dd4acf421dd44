"""What an endpoint's default graph is, found by a few queries; each store asks for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from tests.loopback import EndpointHandler, LoopbackEndpoint

from filmgraph.rdf.namespaces import MERGED_GRAPH
from filmgraph.rdf.results import Solutions
from filmgraph.store.endpoint.endpoint import EndpointStore

if TYPE_CHECKING:
    from collections.abc import Iterator

A, B, C = (ox.NamedNode(f"urn:{name}") for name in "abc")


class Engine(LoopbackEndpoint):
    """An engine without a union of its named graphs; another store can be put in its place."""

    def __init__(self) -> None:
        self.store = ox.Store()
        super().__init__(_Handler)


class _Handler(EndpointHandler):
    protocol_version = "HTTP/1.1"
    server: Engine

    def answer(self, query: str) -> None:
        found = self.server.store.query(query)
        assert isinstance(found, ox.QuerySolutions | ox.QueryBoolean)
        body = found.serialize(format=ox.QueryResultsFormat.JSON) or b""
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def engine() -> Iterator[Engine]:
    one = Engine()
    yield one
    one.stop()


def facts(url: str) -> int:
    store = EndpointStore(url)
    found = store.query("SELECT ?o { <urn:a> <urn:b> ?o }")
    store.close()
    assert isinstance(found, Solutions)
    return len(found.rows)


def test_another_engine_at_the_same_address_is_looked_at_anew(engine: Engine) -> None:
    engine.store.add(ox.Quad(A, B, C))
    assert facts(engine.url) == 1
    engine.store = ox.Store()
    for graph in ("urn:source#char=0,1", "urn:source#char=2,3", MERGED_GRAPH):
        engine.store.add(ox.Quad(A, B, C, ox.NamedNode(graph)))
    assert facts(engine.url) == 1
