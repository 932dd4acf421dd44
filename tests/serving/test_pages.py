"""The pages: what they show, where their links lead, and what they keep from harm."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.serving.conftest import TEXT
from tests.serving.reading import Read

from filmgraph import exporters
from filmgraph.serving.protocol.request import HttpRequest
from filmgraph.serving.protocol.settings import ServeSettings
from filmgraph.serving.urls import answer, open_site, routes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.serving.conftest import Response, Server

    from filmgraph.serving.pages.site import ServedSite

FILM = "/id/film/last-train-home"
PAGES = [
    "/",
    "/about",
    "/search?q=zhang",
    FILM,
    "/id/person/lixin-fan",
    "/sources",
    "/sources/imdb",
    "/sources/imdb/passages/32-54",
    "/questions",
    "/questions/credits",
    "/questions/conflicts?about=Zhang+Qin",
    "/conflicts",
    "/sparql",
    "/sparql?query=SELECT+DISTINCT+%3Fc+%7B+%3Fs+a+%3Fc+%7D&why=true",
    "/sparql?query=SELEC",
    "/nothing",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_and_loads_nothing_from_elsewhere(server: Server, path: str) -> None:
    got = server.page(path)
    read = Read(got.text)
    assert got.media_type == "text/html"
    assert got.status in {200, 400 if "SELEC&" in f"{path}&" else 200, 404 if path == "/nothing" else 200}
    assert (read.wrong, read.tags.count("h1"), read.tags.count("main")) == ([], 1, 1)
    assert all(one.startswith("/static/") for one in read.loaded)
    assert set(read.fields) <= read.labels
    assert len(read.ids) == len(set(read.ids))
    assert {link[1:] for link in read.links if link.startswith("#")} <= set(read.ids)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_light_and_has_safe_headers(server: Server, path: str) -> None:
    got = server.page(path)
    loaded = [one for one in dict.fromkeys(Read(got.text).loaded) if "/built/" not in one]  # the editor comes after
    styles = sum(len(server.get(one).body) for one in loaded)
    assert len(got.body) + styles < 150_000
    policy = got.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in got.headers
    assert "server" not in got.headers


def test_links_of_the_pages_lead_somewhere(server: Server) -> None:
    links = {link.partition("#")[0] for path in PAGES[:9] for link in Read(server.page(path).text).links}
    own = sorted(link for link in links if link.startswith("/"))
    assert len(own) > 100
    broken = {link: got for link in own[::12] if (got := server.page(link).status) not in {200, 303}}
    assert broken == {}


def test_each_mark_opens_the_passages_of_its_fact(server: Server) -> None:
    text = server.page(FILM).text
    marks = re.findall(r'href="#(n\d+)" role="doc-noteref"', text)
    assert len(marks) > 50
    notes = dict(re.findall(r'<li id="(n\d+)"(.*?)</li>', text, re.DOTALL))
    assert set(marks) == set(notes)
    assert all("/sources/" in note and "characters" in note for note in notes.values())
    assert [int(one[1:]) for one in dict.fromkeys(marks)] == list(range(1, len(notes) + 1))


def test_what_is_in_dispute_is_marked_where_it_stands(server: Server) -> None:
    text = server.page(FILM).text
    assert "Documents disagree" in text
    assert re.search(r'<td class="disputed">.*? or .*?disputed</span>', text, re.DOTALL)


def test_search_finds_any_spelling_and_goes_where_only_one_thing_is(server: Server) -> None:
    assert "Lixin Fan" in server.page("/search?q=LIXIN+fan&stay=1").text
    assert server.page("/search?q=guangzhou+doc").status in {200, 303}
    hits = server.get("/suggest?q=zh%C3%A0ng").json
    assert {"label", "path", "kind"} == set(hits[0])
    assert any("Zhang" in hit["label"] for hit in hits)
    assert "Nothing is called" in server.page("/search?q=xqzv").text


def test_a_question_in_plain_english_is_understood_in_the_field_of_the_search(server: Server) -> None:
    page = server.page("/search?q=who+won+what+at+IDFA%3F").text
    assert "Understood as: <code>filmgraph ask awards --festival IDFA</code>" in page
    link = re.search(r'href="(/questions/awards\?festival=IDFA)"', page)
    assert link is not None
    assert "Joris Ivens" in server.page(link[1]).text
    declined = server.page("/search?q=where+can+i+buy+popcorn").text
    assert "Nor does a question here answer it" in declined
    assert "Understood as" not in declined


def test_a_question_says_beside_the_field_what_is_wrong(server: Server) -> None:
    got = server.page("/questions/credits?film=Last+Train+Hom")
    assert got.status == 400
    field = re.search(r'<div class="field bad">.*?</div>', got.text, re.DOTALL)
    assert field is not None
    assert 'aria-invalid="true"' in field[0]
    assert "Last Train Home" in field[0]
    assert server.page("/questions/none").status == 404


def test_a_question_comes_with_its_query_commands_files_and_receipt(server: Server) -> None:
    text = server.page("/questions/credits?film=Last+Train+Home").text
    assert "filmgraph ask credits --film &#34;Last Train Home&#34; --why" in text
    assert "graph.ask(&#39;credits&#39;" in text
    assert "SELECT DISTINCT" in text
    files = [link for link in Read(text).links if "download=1" in link]
    assert len(files) > 3
    assert {server.get(link).status for link in files} == {200}
    receipt = server.get("/questions/credits.receipt?film=Last+Train+Home").json
    assert receipt["question"] == "credits"


def test_json_of_a_question_has_evidence_where_it_is_asked_for(server: Server) -> None:
    assert "provenance" not in server.get("/questions/directors.json").json
    assert server.get("/questions/directors.json?why=true").json["provenance"]


def test_documents_that_are_left_out_take_their_rows_with_them(server: Server) -> None:
    whole = server.get("/questions/ratings.json").json["results"]["bindings"]
    part = server.get("/questions/ratings.json?not-source=imdb").json["results"]["bindings"]
    assert len(part) < len(whole)
    page = server.page("/questions/ratings?not-source=imdb").text
    assert "not every document counts" in page
    assert "filmgraph ask ratings --not-source imdb --why" in page
    assert "graph.ask(&#39;ratings&#39;, not_source=[&#39;imdb&#39;], why=True)" in page
    empty = server.page("/questions/ratings?only-source=tribeca").text
    assert 'role="status"' in empty
    assert server.page(f"{FILM}?only-source=pov").status == 200


def test_a_thing_is_data_by_negotiation_and_by_ending(server: Server) -> None:
    turtle = server.get(FILM, accept="text/turtle")
    assert (turtle.status, urlsplit(turtle.headers["location"]).path) == (303, f"{FILM}.ttl")
    for ending, media_type in (
        ("ttl", "text/turtle"),
        ("nt", "application/n-triples"),
        ("jsonld", "application/ld+json"),
    ):
        got = server.get(f"{FILM}.{ending}")
        assert (got.status, got.media_type) == (200, media_type)
        if ending != "jsonld":
            quads = list(ox.parse(got.body, ox.RdfFormat.from_media_type(media_type) or ox.RdfFormat.TURTLE))
            assert any(str(quad.subject) == f"<https://w3id.org/filmgraph{FILM}>" for quad in quads)
    assert server.get(FILM, accept="image/png").status == 406
    assert server.page("/id/film/none").status == 404
    moved = server.get(f"/thing?iri={quote('https://w3id.org/filmgraph' + FILM)}")
    assert (moved.status, moved.headers["location"]) == (303, FILM)
    assert server.page(f"/thing?iri={quote('http://id.loc.gov/vocabulary/relators/fmd')}").status == 200


EXPORTS = exporters.names()


@pytest.mark.parametrize("name", EXPORTS)
def test_a_film_can_be_had_in_every_export_format(server: Server, name: str) -> None:
    got = server.get(f"{FILM}.{name}")
    assert (got.status, got.media_type) == (200, exporters.find(name).media_type.partition(";")[0])
    assert got.body


def test_search_engines_are_told_what_the_page_is_about(server: Server) -> None:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', server.page(FILM).text)
    assert found is not None
    said = json.loads(found[1])
    assert (said["@type"], said["name"]) == ("Movie", "Last Train Home")
    assert [one["name"] for one in said["director"]] == ["Lixin Fan"]


def test_the_sitemap_lists_pages_that_are_there(server: Server) -> None:
    got = server.get("/sitemap.xml")
    paths = [urlsplit(one).path for one in re.findall(r"<loc>(.*?)</loc>", got.text)]
    assert len(paths) > 100
    assert {server.page(path).status for path in paths[::30]} == {200}
    assert "Sitemap: " in server.get("/robots.txt").text
    assert "/search?q={searchTerms}" in server.get("/opensearch.xml").text


def test_a_passage_is_a_web_annotation(server: Server) -> None:
    got = server.get("/sources/imdb/passages/32-54.jsonld")
    assert got.media_type == "application/ld+json"
    said = got.json
    assert said["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert (said["type"], said["id"]) == ("Annotation", f"{server.address}sources/imdb/passages/32-54.jsonld")
    position = said["target"]["selector"][0]
    assert position == {"type": "TextPositionSelector", "start": 32, "end": 54}
    whole = server.get("/sources/imdb.jsonld").json
    assert whole["total"] == len(whole["first"]["items"]) > 100


@pytest.fixture
def with_text(collection_with_text: Path) -> ServedSite:
    return open_site(ServeSettings(collection=str(collection_with_text), sources=str(collection_with_text / "sources")))


def page(site: ServedSite, path: str) -> str:
    place = urlsplit(path)
    reply = answer(site, HttpRequest("GET", place.path, place.query, accept="text/html"))
    assert reply.status == 200
    assert isinstance(reply.body, str)
    return reply.body


def test_passages_are_marked_by_code_points(with_text: ServedSite) -> None:
    start = TEXT.index("Night Ferry")
    for path in ("/sources/log", f"/sources/log/passages/{start}-{start + 11}", "/id/film/night-ferry"):
        assert "Night Ferry" in Read(page(with_text, path)).marks, path
    assert f'id="c{start}-{start + 11}"' in page(with_text, "/sources/log")


def test_what_the_data_hold_is_never_markup(with_text: ServedSite) -> None:
    for path in ("/", "/id/film/night-ferry", "/sources", "/sources/log", "/search?q=script&stay=1"):
        text = page(with_text, path)
        assert "<script>alert" not in text
        assert "<b>log" not in text
        assert 'href="javascript:' not in text


def test_every_room_of_urls_has_routes() -> None:
    assert len({room for room, _ in routes()}) > 8


@pytest.fixture(scope="module")
def site() -> ServedSite:
    return open_site(ServeSettings())


PATHS = st.sampled_from(sorted({re.sub(r"\{.*?\}", "", route.pattern) for _, route in routes()} | set(PAGES[:11])))
NAMES = st.sampled_from(
    ["q", "iri", "all", "page", "part", "at", "film", "format", "why", "only-source", "graph", "query"]
)
VALUES = st.one_of(
    st.text(max_size=30), st.sampled_from(["imdb", "json", "99999999999", "-1", "<>", "\0", "%FF", "1-2"])
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=PATHS, more=st.text(max_size=12), pairs=st.lists(st.tuples(NAMES, VALUES), max_size=3), html=st.booleans())
def test_nothing_that_is_sent_breaks_it(
    site: ServedSite, path: str, more: str, pairs: list[tuple[str, str]], *, html: bool
) -> None:
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in pairs)
    accept = "text/html" if html else "*/*"
    for where in (path.partition("?")[0], path.partition("?")[0] + more):
        reply = answer(site, HttpRequest("GET", where, query, accept=accept, base="http://127.0.0.1"))
        body = reply.body if isinstance(reply.body, (str, bytes)) else "".join(reply.body)
        assert reply.status < 500, (where, query, body[:300])


def test_a_path_prefix_of_the_public_address_stands_before_every_link(serving: Callable[..., Server]) -> None:
    running = serving("serve", "--port", "0", "--workers", "1", "--public-url", "https://museum.example/films/")
    read = Read(running.page(FILM).text)
    local = [link for link in [*read.links, *read.loaded] if link.startswith("/")]
    assert local
    assert {link.split("/")[1] for link in local} == {"films"}
    described: Response = running.get("/sparql", accept="text/turtle")
    assert "<https://museum.example/films/sparql>" in described.text


def test_a_question_with_a_chart_shows_it_beside_the_table(server: Server) -> None:
    text = server.page("/questions/timeline").text
    assert '<figure class="chart"' in text
    assert 'role="img" aria-labelledby="chart-title chart-description"' in text
    assert '<table class="answer">' in text
    got = server.get("/questions/timeline.svg")
    assert (got.status, got.media_type) == (200, "image/svg+xml")
    assert "Who says so" in got.text
    assert server.get("/questions/directors.svg").status == 422
    assert 'class="chart"' not in server.page("/questions/timeline?not-source=imdb&only-source=imdb").text


def test_an_editor_gets_names_from_the_store(server: Server) -> None:
    def names(text: str) -> list[dict[str, str]]:
        found: list[dict[str, str]] = server.get(f"/sparql/terms?q={quote(text)}").json
        return found

    assert "fg:title" in [one["insert"] for one in names("fg:tit")]
    assert {one["prefix"] for one in names("fg:")} == {"fg"}
    assert "fg:Film" in [one["insert"] for one in names("film")]
    people = names("lixin")
    assert any(one["label"] == "Lixin Fan" and one["kind"] == "person" for one in people)
    assert all(one["insert"].startswith(("<", f"{one['prefix']}:")) for one in people)
    assert "rdfs:" in [one["insert"] for one in names("rdf")]


def test_an_editor_is_told_what_is_wrong_and_where(server: Server) -> None:
    def problems(text: str) -> list[dict[str, object]]:
        headers = {"Content-Type": "application/sparql-query"}
        found: list[dict[str, object]] = server.request(
            "POST", "/sparql/check", body=text.encode(), headers=headers
        ).json["problems"]
        return found

    assert problems("SELECT * { ?s ?p ?o }") == []
    (wrong,) = problems("SELECT * {\n  ?s ?p }")
    assert (wrong["line"], wrong["column"]) == (2, 9)
    assert "SERVICE" in str(problems("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")[0]["message"])
    assert problems("DELETE WHERE { ?s ?p ?o }") != []
    assert problems("SELECT * { ?s x:p ?o }") != []


def test_the_page_about_the_data_leads_to_all_that_programs_can_have(server: Server) -> None:
    links = Read(server.page("/about").text).links
    for path in ("/sparql", "/.well-known/void", "/openapi.json", "/reconcile", "/sitemap.xml", "/sources/imdb"):
        assert path in links
        assert server.get(path).status == 200


def test_a_sum_over_hundreds_of_passages_tells_some_and_counts_the_rest(server: Server) -> None:
    query = quote("SELECT (COUNT(*) AS ?n) { ?remark a <https://w3id.org/filmgraph/ns#Remark> }")
    page = server.page(f"/sparql?query={query}&why=true").text
    assert re.search(r"together with \d+ more passages", page)
    assert page.count('class="passage"') < 20
