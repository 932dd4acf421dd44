"""The description of what answers with JSON, and requests made from it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from filmgraph.serving.protocol.request import HttpRequest
from filmgraph.serving.protocol.settings import ServeSettings
from filmgraph.serving.urls import answer, find, open_site

if TYPE_CHECKING:
    from tests.serving.conftest import Server

    from filmgraph.serving.pages.site import ServedSite

NAMES = [
    "q",
    "iri",
    "all",
    "page",
    "part",
    "at",
    "film",
    "format",
    "why",
    "only-source",
    "not-source",
    "query",
    "download",
]
PIECES = st.sampled_from(
    ["%", "%%", "%C3", "%00", "&", "=", "+", "?", ";", "#", "%2F..%2F", "<", '"', "'", "{", "𝕊", "é", "\r", " "]
)


@pytest.fixture(scope="module")
def site() -> ServedSite:
    return open_site(ServeSettings())


def described(server: Server) -> dict[str, Any]:
    found: dict[str, Any] = server.get("/openapi.json").json
    return found


def test_every_path_that_is_described_is_answered_as_described(server: Server) -> None:
    said = described(server)
    assert said["openapi"] == "3.1.0"
    assert len(said["paths"]) > 50
    examples = {"slug": "imdb", "place": "32-54", "query": "ASK {}"}
    for path, operations in list(said["paths"].items())[:8]:
        operation = operations["get"]
        filled = re.sub(r"\{(\w+)\}", lambda found: examples[found[1]], path)
        needed = {
            one["name"]: examples[one["name"]]
            for one in operation["parameters"]
            if one["in"] == "query" and one["required"]
        }
        got = server.get(f"{filled}?{urlencode(needed)}")
        assert got.status == 200, path
        assert got.media_type in operation["responses"]["200"]["content"], path
    assert all(find(re.sub(r"\{\w+\}", "x", path)) for path in said["paths"])


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(["/", "/search", "/suggest", "/thing", "/sparql", "/sparql/terms", "/sparql/check", "/graphs",
                          "/sources/imdb", "/questions/credits", "/questions/credits.json", "/questions/timeline.svg",
                          "/id/film/last-train-home", "/openapi.json"]),
    name=st.sampled_from(NAMES),
    raw=st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=6).map("".join),
    quoted=st.booleans(),
)  # fmt: skip
def test_no_query_string_breaks_it(site: ServedSite, path: str, name: str, raw: str, *, quoted: bool) -> None:
    text = f"{name}={quote(raw, safe='')}" if quoted else f"{name}={raw}"
    reply = answer(site, HttpRequest("GET", path, text, accept="text/html, */*;q=0.5", base="http://127.0.0.1"))
    assert reply.status < 500, (path, text)
