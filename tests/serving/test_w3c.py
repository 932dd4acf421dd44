"""The W3C's tests of the SPARQL, Graph Store and Service Description protocols, run from their manifests."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
import pytest
from tests.serving.conftest import Response, Server

from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
HT = "http://www.w3.org/2011/http#"
CNT = "http://www.w3.org/2011/content#"
SD = "http://www.w3.org/ns/sparql-service-description#"
STATUS = {"OK": {200}, "Created": {201}, "NoContent": {204}, "NotFound": {404}, "StatusCode2xx": set(range(200, 300))}
STATUS |= {"StatusCode3xx": set(range(300, 400)), "StatusCode4xx": set(range(400, 500)), "StatusCode5xx": {500, 503}}


class Step(NamedTuple):
    """A request of a test, and what is expected of its response."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    statuses: set[int]
    boolean: bool | None
    form: str
    turtle: str

    @property
    def writes(self) -> bool:
        return self.method in {"PUT", "DELETE", "PATCH"} or "update" in self.headers.get("content-type", "") + self.path


class Manifest:
    """A manifest, read."""

    def __init__(self, path: Path) -> None:
        self.store = ox.Store()
        self.store.load(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=path.as_uri())

    def value(self, subject: ox.NamedNode | ox.BlankNode, name: str) -> ox.NamedNode | ox.BlankNode | ox.Literal | None:
        for quad in self.store.quads_for_pattern(subject, ox.NamedNode(name), None):
            assert not isinstance(quad.object, ox.Triple)
            return quad.object
        return None

    def node(self, subject: ox.NamedNode | ox.BlankNode, name: str) -> ox.NamedNode | ox.BlankNode | None:
        found = self.value(subject, name)
        return found if not isinstance(found, ox.Literal) else None

    def text(self, subject: ox.NamedNode | ox.BlankNode | None, name: str) -> str:
        found = self.value(subject, name) if subject is not None else None
        return found.value if isinstance(found, ox.Literal) else ""

    def items(self, head: ox.NamedNode | ox.BlankNode | None) -> Iterator[ox.NamedNode | ox.BlankNode]:
        while head is not None and head != ox.NamedNode(PREFIXES["rdf"] + "nil"):
            item = self.node(head, PREFIXES["rdf"] + "first")
            assert item is not None
            yield item
            head = self.node(head, PREFIXES["rdf"] + "rest")

    def tests(self) -> dict[str, list[Step]]:
        found = {}
        for quad in self.store.quads_for_pattern(None, ox.NamedNode(MF + "action"), None):
            test, action = quad.subject, quad.object
            if isinstance(test, ox.NamedNode) and isinstance(action, (ox.NamedNode, ox.BlankNode)):
                requests = self.items(self.node(action, HT + "requests"))
                found[test.value.rpartition("#")[2]] = [self.step(one) for one in requests]
        return found

    def step(self, request: ox.NamedNode | ox.BlankNode) -> Step:
        body = self.node(request, HT + "body")
        response = self.node(request, HT + "resp")
        assert response is not None
        headers = {
            self.text(one, HT + "fieldName").lower(): self.text(one, HT + "fieldValue")
            for one in self.items(self.node(request, HT + "headers"))
        }
        statuses: set[int] = set()
        for quad in self.store.quads_for_pattern(response, ox.NamedNode(MF + "expectedStatus"), None):
            assert isinstance(quad.object, ox.NamedNode)
            statuses |= STATUS[quad.object.value.rpartition("#")[2]]
        expected = self.text(response, MF + "expectedBoolean")
        encoding = self.text(body, CNT + "characterEncoding") or "UTF-8"
        given = self.node(response, HT + "body")
        return Step(
            self.text(request, HT + "methodName"),
            self.text(request, HT + "absolutePath"),
            headers,
            self.text(body, CNT + "chars").encode(encoding),
            statuses,
            expected == "true" if expected else None,
            self.text(response, MF + "expectedFormat"),
            self.text(given, CNT + "chars"),
        )


@pytest.fixture(scope="module")
def suites(shared: Path) -> Path:
    return shared / "w3c" / "sparql" / "sparql11"


def triples(suites: Path, number: int) -> list[ox.Quad]:
    return list(ox.parse(path=str(suites / "protocol" / f"data{number}.nt"), format=ox.RdfFormat.N_TRIPLES))


@pytest.fixture(scope="module")
def w3c(suites: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the data of the protocol's tests, each file a graph."""
    file = tmp_path_factory.mktemp("w3c") / "protocol.nq"
    lines = []
    for number in (1, 2, 3):
        graph = ox.NamedNode(f"http://kasei.us/2009/09/sparql/data/data{number}.rdf")
        lines += [f"{one.subject} {one.predicate} {one.object} {graph} .\n" for one in triples(suites, number)]
    file.write_text("".join(lines), encoding="utf-8")
    running = Server("--store", str(file), "serve", "--port", "0", "--workers", "1")
    yield running
    code, errors = running.stop()
    assert (code, "Traceback" in errors) == (0, False)


def sent(server: Server, step: Step) -> Response:
    path = step.path.replace("/sparql/", "/sparql").replace("/gsp", "/graphs")
    return server.request(step.method, path, body=step.body or None, headers={"Accept": "*/*"} | step.headers)


def test_the_protocol(w3c: Server, suites: Path) -> None:
    """What reads gives what is expected; what writes is refused with the status of a request that is not allowed."""
    tests = Manifest(suites / "protocol" / "manifest.ttl").tests()
    assert len(tests) > 30
    wrong, read = [], 0
    for name, steps in tests.items():
        for step in steps:
            got = sent(w3c, step)
            writes = name.startswith("update")
            kind = step.headers.get("content-type", "") + step.body.decode("latin-1")[:7]
            statuses = {403} if writes and "update" in kind else step.statuses
            if got.status not in statuses:
                wrong.append(f"{name}: {got.status} {got.body[:80]!r}, expected {sorted(statuses)[:3]}")
            elif step.boolean is not None and not writes and got.json["boolean"] is not step.boolean:
                wrong.append(f"{name}: {got.body!r}")
            elif step.form and not writes and not has_form(got, step.form):
                wrong.append(f"{name}: {got.media_type} is no {step.form}")
            read += not writes
            if writes and got.status == 403:
                break  # what follows asks for what was not written
    assert wrong == []
    assert read > 20


def has_form(got: Response, form: str) -> bool:
    if form == "RDF":
        return got.media_type in {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"}
    return ("boolean" in json.loads(got.text)) == (form == "boolean")


def test_the_graph_store_is_read_and_not_written(w3c: Server, suites: Path) -> None:
    """Every PUT, POST, PATCH and DELETE is refused with 405; what is not there is not found."""
    tests: dict[str, list[Step]] = {}
    for manifest in ("manifest-direct.ttl", "manifest-indirect.ttl"):
        tests |= Manifest(suites / "graph-store-protocol" / manifest).tests()
    assert len(tests) > 10
    for name, steps in tests.items():
        for step in steps:
            got = sent(w3c, step)
            if step.method in {"GET", "HEAD"}:
                assert got.status in {200, 400, 404}, name
            else:
                assert got.status in {404, 405}, name
            if step.method == "PUT" and "?" in step.path:
                assert got.status == 405, name
                assert got.headers["allow"] == "GET, HEAD, OPTIONS"


def test_a_graph_is_read_by_its_name_as_it_was_written(w3c: Server, suites: Path) -> None:
    name = "http://kasei.us/2009/09/sparql/data/data1.rdf"
    expected = {
        quad.triple for quad in ox.parse(path=str(suites / "protocol" / "data1.nt"), format=ox.RdfFormat.N_TRIPLES)
    }
    for written in (quote(name, safe=""), name):
        got = w3c.get(f"/graphs?graph={written}", accept="application/n-triples")
        assert (got.status, got.media_type) == (200, "application/n-triples")
        assert {quad.triple for quad in ox.parse(got.body, ox.RdfFormat.N_TRIPLES)} == expected
    assert w3c.request("HEAD", f"/graphs?graph={quote(name)}").status == 200
    assert w3c.request("HEAD", "/graphs?graph=http%3A%2F%2Fexample.org%2Fnone").status == 404
    assert w3c.get("/graphs?default").status == 200
    assert w3c.get(f"/graphs?default&graph={quote(name)}").status == 400


def test_the_service_description(w3c: Server, suites: Path) -> None:
    """GET on the endpoint gives RDF; it names the endpoint; it has what the schema of the suite asks for."""
    assert "Service description" in (suites / "service-description" / "manifest.ttl").read_text("utf-8")
    got = w3c.get("/sparql")
    assert (got.status, got.media_type) == (200, "text/turtle")
    store = ox.Store()
    store.load(got.body, format=ox.RdfFormat.TURTLE)
    endpoint = f"http://{urlsplit(w3c.address).netloc}/sparql"
    asks = [
        f"ASK {{ ?s a <{SD}Service> ; <{SD}endpoint> <{endpoint}> }}",
        f"ASK {{ ?s a <{SD}Service> FILTER NOT EXISTS {{ ?s <{SD}endpoint> ?e }} }}",
        f"ASK {{ ?s <{SD}defaultDataset>/<{SD}defaultGraph> ?g }}",
        f"ASK {{ ?s <{SD}supportedLanguage> <{SD}SPARQL11Query> }}",
        f"ASK {{ ?s <{SD}supportedLanguage> <{SD}SPARQL11Update> }}",
    ]
    assert [bool(store.query(text)) for text in asks] == [True, False, True, True, False]
