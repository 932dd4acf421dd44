"""The endpoint as programs use it."""

from __future__ import annotations

import csv
import io
import json
import re
import socket
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest

import filmgraph as fg
from filmgraph.answers import formats
from filmgraph.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.serving.conftest import Server

FILM = "<https://w3id.org/filmgraph/id/film/last-train-home>"
FG = "https://w3id.org/filmgraph/ns#"
DIRECTORS = f"""PREFIX fg: <{FG}> PREFIX rel: <http://id.loc.gov/vocabulary/relators/>
SELECT ?person {{ ?credit fg:film {FILM} ; fg:role rel:fmd ; fg:agent ?person }}"""
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def test_get_and_both_ways_to_post_answer_alike(server: Server) -> None:
    got = server.ask(DIRECTORS)
    form = server.request("POST", "/sparql", body=urlencode({"query": DIRECTORS}).encode(), headers=FORM)
    direct = server.request(
        "POST", "/sparql", body=DIRECTORS.encode(), headers={"Content-Type": "application/sparql-query; charset=utf-8"}
    )
    assert got.json == form.json == direct.json
    assert [row["person"]["value"] for row in got.json["results"]["bindings"]] == [
        "https://w3id.org/filmgraph/id/person/lixin-fan"
    ]


ROWS = [one for name in formats.names() if (one := formats.find(name)).rows and name not in {"table", "html"}]
GRAPHS = [one for name in formats.names() if (one := formats.find(name)).triples]


def test_there_are_formats_to_negotiate() -> None:
    assert len(ROWS) > 3
    assert len(GRAPHS) > 4


@pytest.mark.parametrize("media_type", [kind for one in ROWS for kind in one.media_types])
def test_rows_come_in_each_media_type(server: Server, media_type: str) -> None:
    got = server.ask(DIRECTORS, accept=f"text/none, {media_type};q=0.5")
    assert (got.status, got.media_type) == (200, media_type)
    assert "person/lixin-fan" in got.text or "Lixin Fan" in got.text


@pytest.mark.parametrize("media_type", [kind for one in GRAPHS for kind in one.media_types])
def test_triples_come_in_each_media_type(server: Server, media_type: str) -> None:
    got = server.ask(f"CONSTRUCT {{ {FILM} a ?class }} WHERE {{ {FILM} a ?class }}", accept=media_type)
    assert (got.status, got.media_type) == (200, media_type)
    if media_type not in {"application/json", "text/plain", "text/x-nquads"}:
        found = list(ox.parse(got.body, ox.RdfFormat.from_media_type(media_type) or ox.RdfFormat.TURTLE))
        assert f"<{FG}Film>" in {str(quad.object) for quad in found}


def test_what_nobody_can_give_is_406_and_says_what_there_is(server: Server) -> None:
    got = server.ask(DIRECTORS, accept="image/png")
    assert got.status == 406
    assert "application/sparql-results+json" in got.text


def test_weights_decide(server: Server) -> None:
    got = server.ask(DIRECTORS, accept="text/csv;q=0.2, application/sparql-results+xml;q=0.9, */*;q=0.1")
    assert got.media_type == "application/sparql-results+xml"
    assert ET.fromstring(got.text).tag == "{http://www.w3.org/2005/sparql-results#}sparql"  # noqa: S314 -- our own


def test_the_message_of_the_parser_is_the_answer_to_a_mistake(server: Server) -> None:
    got = server.ask("SELECT ?s WHERE { ?s ?p }")
    assert got.status == 400
    assert re.search(r"[Ll]ine 1, column \d+", got.text)
    problem = server.ask("SELEC", accept="application/problem+json").json
    assert problem["status"] == 400


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 400),
        ("SELECT * FROM <http://example.org/elsewhere.ttl> { ?s ?p ?o }", 400),
        ("SELECT * FROM NAMED <http://example.org/elsewhere.ttl> { GRAPH ?g { ?s ?p ?o } }", 400),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", 400),
        ("LOAD <http://127.0.0.1:9/>", 400),
        ("ASK {} ; ASK {}", 400),
        ("", 400),
        ('SELECT ?n { ?s ?p ?n FILTER(REGEX(STR(?n), "(")) }', 400),
        ('SELECT ?n { ?s ?p ?n BIND("(" AS ?x) FILTER(REGEX(STR(?n), ?x)) }', 400),
    ],
)
def test_what_is_refused(server: Server, text: str, status: int) -> None:
    assert server.ask(text).status == status


def test_other_ways_of_asking_are_refused_as_the_protocol_says(server: Server) -> None:
    update = server.request("POST", "/sparql", body=b"CLEAR ALL", headers={"Content-Type": "application/sparql-update"})
    assert update.status == 403
    assert server.request("POST", "/sparql", body=b"update=CLEAR%20ALL", headers=FORM).status == 403
    assert server.request("PUT", "/sparql", body=b"x").status == 405
    assert server.request("DELETE", "/sparql").headers["allow"] == "GET, HEAD, POST, OPTIONS"
    assert server.request("POST", "/sparql", body=b"<a/>", headers={"Content-Type": "text/xml"}).status == 415
    assert server.get("/sparql?query=ASK%20%7B%FF%7D").status == 400
    assert server.get("/sparql?query=ASK%7B%7D&query=ASK%7B%7D").status == 400


def test_too_large_requests_are_refused(server: Server) -> None:
    long = b"query=" + b"x" * 1_100_000
    assert server.request("POST", "/sparql", body=long, headers=FORM).status == 413
    assert server.get("/sparql?query=" + "x" * 40_000).status == 414
    assert server.get("/", X_Long="x" * 40_000).status == 431


def test_a_request_that_says_it_is_endless_is_not_waited_for(server: Server) -> None:
    place = urlsplit(server.address)
    head = f"POST /sparql HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Length: 99999999999\r\n\r\n"
    with socket.create_connection((place.hostname, place.port), timeout=30) as client:
        client.sendall(head.encode())
        assert client.recv(100).startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize("path", ["/sparql?query=ASK%7B%7D&why=maybe", "/questions/credits.json?why=2"])
def test_what_is_neither_true_nor_false_is_told(server: Server, path: str) -> None:
    got = server.get(path)
    assert got.status == 400
    assert "why is true or false" in got.text


def test_a_dataset_of_the_protocol_takes_the_place_of_the_query_s(server: Server) -> None:
    citation = "https://w3id.org/filmgraph/graph/sources"
    text = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    whole = int(server.ask(text).json["results"]["bindings"][0]["n"]["value"])
    part = server.get(f"/sparql?query={quote(text)}&default-graph-uri={quote(citation)}")
    assert 0 < int(part.json["results"]["bindings"][0]["n"]["value"]) < whole
    named = server.get(f"/sparql?query={quote('ASK { GRAPH ?g { ?s ?p ?o } }')}&named-graph-uri={quote(citation)}")
    assert named.json["boolean"] is True


def test_why_adds_what_the_library_gives(server: Server) -> None:
    got = server.ask(DIRECTORS, why="true").json
    with fg.open() as graph:
        answer = graph.query(DIRECTORS, why=True).to_rows()
    assert got["provenance"] == [row.why for row in answer]
    assert "provenance" not in server.ask(DIRECTORS).json
    table = list(csv.DictReader(io.StringIO(server.ask(DIRECTORS, accept="text/csv", why="true").text)))
    assert [len(row["why"].split(" | ")) for row in table] == [len(row.why) for row in answer]
    triples = server.ask(f"CONSTRUCT WHERE {{ {FILM} a ?class }}", accept="application/trig", why="true").text
    assert "#char=" in triples
    assert server.ask(DIRECTORS, accept="application/sparql-results+xml", why="true").status == 406


def test_documents_can_be_left_out_or_count_alone(server: Server) -> None:
    text = f"ASK {{ {FILM} <{FG}genre> ?genre }}"
    assert server.ask(text).json["boolean"] is True
    query = urlencode([("query", text), ("not-source", "imdb"), ("not-source", "kpbs"), ("not-source", "press-kit")])
    only = server.get(f"/sparql?{query}&not-source=pov&not-source=tribeca")
    assert only.json["boolean"] is False
    assert server.ask(text, **{"only-source": "imdb"}).json["boolean"] is True
    unknown = server.ask(text, **{"only-source": "imbd"})
    assert (unknown.status, "imdb" in unknown.text) == (404, True)


def test_an_answer_that_is_unchanged_costs_304(server: Server) -> None:
    first = server.ask(DIRECTORS)
    again = server.get(f"/sparql?{urlencode({'query': DIRECTORS})}", If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    other = server.get(
        f"/sparql?{urlencode({'query': DIRECTORS})}", accept="text/csv", If_None_Match=first.headers["etag"]
    )
    assert other.status == 200
    assert "etag" not in server.ask("SELECT").headers


def test_answers_are_compressed_for_who_reads_that(server: Server) -> None:
    text = "SELECT * { ?s ?p ?o } LIMIT 500"
    plain = server.ask(text)
    packed = server.get(f"/sparql?{urlencode({'query': text})}", Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert len(packed.body) * 4 < len(plain.body)
    assert packed.json == plain.json
    assert "Accept-Encoding" in packed.headers["vary"]


def test_a_big_answer_comes_piece_by_piece(server: Server) -> None:
    got = server.ask("SELECT * { ?s ?p ?o }")
    assert got.headers.get("transfer-encoding") == "chunked"
    count = server.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").json["results"]["bindings"][0]["n"]["value"]
    assert len(got.json["results"]["bindings"]) == int(count)
    packed = server.get(f"/sparql?{urlencode({'query': 'SELECT * { ?s ?p ?o }'})}", Accept_Encoding="gzip")
    assert packed.json == got.json


def test_other_pages_may_read_answers(server: Server) -> None:
    assert server.ask("ASK {}").headers["access-control-allow-origin"] == "*"
    preflight = server.request("OPTIONS", "/sparql", headers={"Origin": "http://example.org"})
    assert preflight.status == 204
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert preflight.headers["content-security-policy"]


def test_void_says_what_the_data_are(server: Server) -> None:
    for media_type in ("text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples"):
        got = server.get("/.well-known/void", accept=media_type)
        assert got.media_type == media_type
        quads = list(ox.parse(got.body, ox.RdfFormat.from_media_type(media_type) or ox.RdfFormat.TURTLE))
        said = {quad.predicate.value.rpartition("#")[2]: str(quad.object) for quad in quads}
        assert said["sparqlEndpoint"] == f"<{server.address}sparql>"


def test_limits_of_time_memory_and_rows_are_announced(serving: Callable[..., Server]) -> None:
    options = ["--timeout", "1.5", "--rows", "100", "--memory", "200", "--workers", "1"]
    running = serving("serve", "--port", "0", *options)
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?f && ?f != ?i) }"
    late = running.ask(slow)
    assert (late.status, "1.5 seconds" in late.text) == (504, True)
    many = running.ask("SELECT * { ?s ?p ?o }")
    assert (many.status, "more than 100 rows" in many.text) == (422, True)
    assert len(running.ask("SELECT * { ?s ?p ?o } LIMIT 100").json["results"]["bindings"]) == 100
    assert running.ask("CONSTRUCT WHERE { ?s ?p ?o }").status == 422
    large = running.ask("SELECT DISTINCT ?a ?d { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a")
    assert (large.status, "200 MB" in large.text or "1.5 seconds" in large.text) in {(422, True), (504, True)}
    assert running.ask("ASK {}").status == 200


def test_no_reply_names_a_place_on_this_machine(serving: Callable[..., Server], collection: object) -> None:
    folder = str(collection)
    running = serving("-C", folder, "serve", "--port", "0", "--workers", "1")
    for path in ("/", "/sources", "/sparql?query=SELEC", "/questions/films", "/.well-known/void", "/nothing"):
        for accept in ("text/html", "*/*"):
            assert folder not in running.get(path, accept=accept).text
    unknown = running.ask("ASK {}", **{"only-source": "none"})
    assert (unknown.status, folder in unknown.text) == (404, False)
    receipt = running.get("/questions/films.receipt")
    assert (receipt.status, folder in receipt.text) == (200, False)


def test_rdflib_s_store_reads_it(server: Server) -> None:
    from rdflib import Graph, URIRef  # noqa: PLC0415 -- slow to import
    from rdflib.plugins.stores.sparqlstore import SPARQLStore  # noqa: PLC0415 -- as above

    graph = Graph(SPARQLStore(f"{server.address}sparql"))
    rows = list(graph.query(DIRECTORS))
    assert [str(row[0]) for row in rows] == ["https://w3id.org/filmgraph/id/person/lixin-fan"]  # type: ignore[index]
    film = URIRef(FILM[1:-1])
    assert (film, None, URIRef(FG + "Film")) in graph


def test_sparqlwrapper_reads_it(server: Server) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper", reason="SPARQLWrapper is not installed")
    checks: list[tuple[str, Callable[[Any], object]]] = [
        (wrapper.JSON, lambda found: found["results"]["bindings"]),
        (wrapper.XML, lambda found: found.toxml()),
        (wrapper.CSV, lambda found: found),
    ]
    for method in (wrapper.GET, wrapper.POST):
        for form, check in checks:
            client = wrapper.SPARQLWrapper(f"{server.address}sparql")
            client.setMethod(method)
            client.setQuery(DIRECTORS)
            client.setReturnFormat(form)
            assert "lixin-fan" in str(check(client.queryAndConvert()))


def test_filmgraph_itself_reads_it(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--store", f"{server.address}sparql", "ask", "directors", "--why", "-f", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert main(["ask", "directors", "--why", "-f", "json"]) == 0
    at_home = json.loads(capsys.readouterr().out)
    assert found["results"] == at_home["results"]
    assert found["provenance"] == at_home["provenance"]


def test_an_endpoint_elsewhere_can_be_served(server: Server, serving: Callable[..., Server]) -> None:
    second = serving("--store", f"{server.address}sparql", "serve", "--port", "0", "--workers", "1")
    assert second.ask(DIRECTORS).json == server.ask(DIRECTORS).json
    assert second.page("/id/film/last-train-home").status == 200
    assert "etag" not in second.ask("ASK {}").headers
    assert sys.executable not in second.page("/").text
