"""``/reconcile`` as its clients use it: OpenRefine's forms, a client that others wrote, and the draft."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import pytest

if TYPE_CHECKING:
    from tests.serving.conftest import Response, Server

FORM = "application/x-www-form-urlencoded"


def posted(server: Server, path: str, body: str, *, kind: str = FORM) -> Response:
    return server.request("POST", path, body=body.encode(), headers={"Content-Type": kind})


def batch(server: Server, queries: dict[str, Any]) -> Any:
    return posted(server, "/reconcile", urlencode({"queries": json.dumps(queries)})).json


def test_the_manifest_says_where_everything_is(server: Server) -> None:
    manifest = server.get("/reconcile").json
    assert manifest["versions"] == ["0.2"]
    assert manifest["preview"]["url"] == f"{server.address}reconcile/preview?id={{{{id}}}}"
    assert server.get("/reconcile/1.0-draft").json["versions"] == ["1.0-draft"]


def test_a_column_is_reconciled_as_openrefine_does_it(server: Server) -> None:
    names = ["last train home", "UP THE YANGTZE", "Hoop Dream"]
    guessed = batch(server, {f"q{place}": {"query": name, "limit": 3} for place, name in enumerate(names)})
    kinds = [one["id"] for found in guessed.values() for one in found["result"][0]["type"]]
    assert kinds == ["Film", "Film", "Film"], "the first round says which type the column has"
    queries = {
        f"q{place}": {"query": name, "type": "Film", "type_strict": "should"} for place, name in enumerate(names)
    }
    found = batch(server, queries)
    assert [found[key]["result"][0]["name"] for key in queries] == ["Last Train Home", "Up the Yangtze", "Hoop Dreams"]


def test_queries_may_stand_in_the_url(server: Server) -> None:
    queries = quote(json.dumps({"q": {"query": "Lixin Fan"}}))
    assert server.get(f"/reconcile?queries={queries}").json["q"]["result"][0]["id"] == "person/lixin-fan"


@pytest.mark.parametrize("limit", ["1e999", "-1e999", "NaN", "0", "-5", "2.5", "1e30", "true", '"x"', "null"])
def test_no_limit_is_beyond_what_is_answered(server: Server, limit: str) -> None:
    queries = quote(f'{{"q": {{"query": "Lixin Fan", "limit": {limit}}}}}')
    got = server.get(f"/reconcile?queries={queries}")
    assert got.status == 200
    assert got.json["q"]["result"]


def test_a_preview_may_be_framed_and_runs_nothing(server: Server) -> None:
    page = server.page("/reconcile/preview?id=film/last-train-home")
    assert "Last Train Home" in page.text
    assert "frame-ancestors *" in page.headers["content-security-policy"]
    assert "x-frame-options" not in page.headers
    assert server.page("/").headers["x-frame-options"] == "DENY"


def test_a_candidate_leads_to_its_page(server: Server) -> None:
    reply = server.page("/reconcile/view?id=film/last-train-home")
    assert (reply.status, reply.headers["location"]) == (303, "/id/film/last-train-home")
    assert server.page("/reconcile/view?id=a%20b").status == 400


def test_suggestions_and_columns(server: Server) -> None:
    assert server.get("/reconcile/suggest/entity?prefix=up%20the").json["result"][0]["name"] == "Up the Yangtze"
    assert server.get("/reconcile/suggest/colour?prefix=x").status == 404
    assert server.get("/reconcile/extend/propose?type=Film&limit=3").json["properties"][0]["id"] == "title"
    wanted = json.dumps({"ids": ["film/last-train-home"], "properties": [{"id": "director"}]})
    rows = posted(server, "/reconcile", urlencode({"extend": wanted})).json["rows"]
    assert rows["film/last-train-home"]["director"][0]["name"] == "Lixin Fan"


def test_the_draft_takes_json(server: Server) -> None:
    queries = {"queries": [{"conditions": [{"matchType": "name", "propertyValue": "EyeSteelFilm"}]}]}
    reply = posted(server, "/reconcile/1.0-draft/match", json.dumps(queries), kind="application/json")
    assert reply.json["results"][0]["candidates"][0]["name"] == "EyeSteelFilm"


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (urlencode({"queries": "{"}), FORM, 400),
        (urlencode({"queries": "[]"}), FORM, 400),
        ("{}", "application/json", 415),
        (b"queries=%ff".decode(), FORM, 400),
    ],
    ids=["no JSON", "no batch", "no form", "no UTF-8"],
)
def test_what_is_no_batch_is_refused(server: Server, body: str, kind: str, status: int) -> None:
    reply = posted(server, "/reconcile", body, kind=kind)
    assert reply.status == status
    assert "Traceback" not in reply.text


@pytest.mark.filterwarnings("ignore::Warning")  # the client's own
def test_a_client_that_others_wrote(server: Server) -> None:
    reconciler = pytest.importorskip("reconciler", reason="reconciler is not installed")
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    column = pandas.Series(["last train home", "up the yangtse", "afghan star"])
    found = reconciler.reconcile(column, type_id="Film", reconciliation_endpoint=f"{server.address}reconcile")
    assert list(found["name"]) == ["Last Train Home", "Up the Yangtze", "Afghan Star"]
