"""The reconciliation service, message by message, against the specification's schemas and a table with errors."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.reconciling.conftest import BASE, FILMS
from tests.reconciling.errors import rows

from filmgraph.errors import FilmgraphError, ReconciliationError
from filmgraph.graph import Graph
from filmgraph.reconciling.service import ReconciliationService

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Validate = Callable[[str, str, object], None]

VERSIONS = ("0.2", "1.0-draft")


@pytest.fixture(scope="session")
def validate(shared: Path) -> Validate:
    """Hold a message against a schema of the specification."""
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    referencing = pytest.importorskip("referencing", reason="referencing is not installed")
    folder = shared / "standards" / "reconciliation"

    def held(version: str, schema: str, message: object) -> None:
        found = {
            f"https://reconciliation-api.github.io/specs/{version}/schemas/{path.name}": json.loads(path.read_bytes())
            for path in sorted((folder / version / "schemas").glob("*.json"))
        }
        swagger = found[next(name for name in found if name.endswith("/openapi.json"))]
        make = referencing.jsonschema.DRAFT7.create_resource
        resources = [(name, make(one)) for name, one in found.items()]
        registry = referencing.Registry().with_resources(
            [*resources, ("http://swagger.io/v2/schema.json", make(swagger))]
        )
        wanted = next(one for name, one in found.items() if name.endswith(f"/{schema}.json"))
        jsonschema.Draft7Validator(wanted, registry=registry).validate(json.loads(json.dumps(message)))

    return held


def test_the_manifests_are_valid(bundled: ReconciliationService, validate: Validate) -> None:
    validate("0.2", "manifest", bundled.manifest())
    validate("1.0-draft", "manifest", bundled.draft_manifest())
    with pytest.raises(Exception, match="is not"):
        validate("0.2", "manifest", bundled.manifest() | {"view": 3})


def test_candidates_come_with_types_scores_and_reasons(bundled: ReconciliationService, validate: Validate) -> None:
    batch = {"q0": {"query": "last train home", "type": "Film", "type_strict": "should", "limit": 3}}
    validate("0.2", "reconciliation-query-batch", batch)
    found = bundled.match(batch)
    validate("0.2", "reconciliation-result-batch", found)
    best = found["q0"]["result"][0]
    assert (best["id"], best["name"], best["match"], best["score"]) == (
        "film/last-train-home",
        "Last Train Home",
        True,
        100,
    )
    assert best["type"] == [{"id": "Film", "name": "film"}]
    assert {"id": "same_name", "value": True} in best["features"]


def test_the_draft_answers_in_order(bundled: ReconciliationService, validate: Validate) -> None:
    queries = {
        "queries": [
            {"type": "Person", "conditions": [{"matchType": "name", "propertyValue": "Fan, Lixin"}]},
            {
                "type": "Film",
                "limit": 2,
                "conditions": [
                    {"matchType": "name", "propertyValue": "Up the Yangtse"},
                    {"matchType": "property", "propertyId": "director", "propertyValue": "Yung Chang"},
                ],
            },
        ]
    }
    validate("1.0-draft", "reconciliation-query-batch", queries)
    found = bundled.match_draft(queries)
    validate("1.0-draft", "reconciliation-result-batch", found)
    assert [one["candidates"][0]["name"] for one in found["results"]] == ["Lixin Fan", "Up the Yangtze"]
    assert [one["candidates"][0]["match"] for one in found["results"]] == [True, True]


@pytest.mark.parametrize("version", VERSIONS)
def test_the_examples_of_the_specification_are_read(bundled: ReconciliationService, shared: Path, version: str) -> None:
    folder = shared / "standards" / "reconciliation" / version / "examples" / "reconciliation-query-batch"
    match = bundled.match if version == "0.2" else bundled.match_draft
    examples = sorted((folder / "valid").glob("*.json"))
    assert examples
    for example in examples:
        assert match(json.loads(example.read_text(encoding="utf-8")))


def test_titles_and_names_with_errors_are_matched(listed: ReconciliationService) -> None:
    table = rows(500, FILMS)
    batch = {
        f"q{number}": {
            "query": row.typed,
            "type": row.type,
            "type_strict": "should",
            "limit": 3,
            **({"properties": [{"pid": "year", "v": row.year}]} if row.year else {}),
        }
        for number, row in enumerate(table)
    }
    found = listed.match(batch)
    best = [found[f"q{number}"]["result"][:1] for number in range(len(table))]
    right = [bool(one) and one[0]["name"] == row.right for row, one in zip(table, best, strict=True)]
    assert sum(right) >= 0.95 * len(table)
    wrong = [row for row, one, so in zip(table, best, right, strict=True) if one and one[0]["match"] and not so]
    assert len(wrong) <= 0.005 * len(table), wrong
    assert sum(bool(one) and one[0]["match"] for one in best) > 0.8 * len(table), "most need no look"


def test_names_without_a_type_are_matched_too(listed: ReconciliationService) -> None:
    table = rows(120, FILMS)
    found = listed.match({str(number): {"query": row.typed, "limit": 3} for number, row in enumerate(table)})
    right = [row.right in [one["name"] for one in found[str(number)]["result"][:1]] for number, row in enumerate(table)]
    assert sum(right) >= 0.95 * len(table)


def test_what_is_not_there_is_not_matched(bundled: ReconciliationService) -> None:
    titles = [title for title, _, _ in FILMS]
    found = bundled.match({title: {"query": title} for title in titles})
    assert [title for title in titles if any(one["match"] for one in found[title]["result"])] == []


def test_a_year_that_contradicts_is_not_matched(listed: ReconciliationService) -> None:
    found = listed.match(
        {
            year: {"query": "Solaris", "type": "Film", "properties": [{"pid": "year", "v": year}]}
            for year in ("1972", "1971", "2002")
        }
        | {"typed": {"query": "Solaris (1972)"}}
    )
    assert {key: one["result"][0]["match"] for key, one in found.items()} == {
        "1972": True,
        "1971": True,
        "2002": False,
        "typed": True,
    }


@pytest.mark.parametrize(
    "message",
    [
        [],
        {"q": "x"},
        {"q": {}},
        {"q": {"query": ""}},
        {"q": {"query": "x", "properties": 3}},
        {str(number): {"query": "x"} for number in range(1001)},
    ],
    ids=["a list", "a text", "nothing asked", "an empty text", "properties that are none", "too many"],
)
def test_what_is_no_batch_is_refused(bundled: ReconciliationService, message: object) -> None:
    with pytest.raises(ReconciliationError):
        bundled.match(message)


def test_entities_properties_and_types_are_suggested(bundled: ReconciliationService, validate: Validate) -> None:
    for version in VERSIONS:
        validate(version, "suggest-entities-response", bundled.suggest_entity("lixin"))
        validate(version, "suggest-properties-response", bundled.suggest_property("dir"))
        validate(version, "suggest-types-response", bundled.suggest_type("person"))
    assert [one["name"] for one in bundled.suggest_entity("lixin f")["result"]][:1] == ["Lixin Fan"]
    assert bundled.suggest_property("dir")["result"] == [{"id": "director", "name": "director"}]
    assert {
        name: value for name, value in bundled.suggest_type("person")["result"][0].items() if name != "broader"
    } == {"id": "Person", "name": "person"}
    assert bundled.suggest_entity(" ") == {"result": []}


def test_a_table_is_extended_and_each_value_has_its_sources(bundled: ReconciliationService, validate: Validate) -> None:
    query = {
        "ids": ["film/last-train-home", "film/nothing"],
        "properties": [{"id": "director"}, {"id": "year.sources"}],
    }
    validate("0.2", "data-extension-query", query)
    found = bundled.extend(query)
    validate("0.2", "data-extension-response", found)
    validate("1.0-draft", "data-extension-response", bundled.extend_draft(query))
    row = found["rows"]["film/last-train-home"]
    assert row["director"] == [{"id": "person/lixin-fan", "name": "Lixin Fan"}]
    assert row["year.sources"][0]["str"].startswith("2009: Last Train Home (2009), IMDb, undated, characters ")
    assert found["rows"]["film/nothing"] == {"director": [], "year.sources": []}
    for version in VERSIONS:
        proposal = bundled.propose("Film", limit=30)
        validate(version, "data-extension-property-proposal", proposal)
        assert {"id": "director.sources", "name": "director: who says so"} in proposal["properties"]


def test_the_preview_shows_facts_with_their_passages(bundled: ReconciliationService) -> None:
    page = bundled.preview("film/last-train-home")
    assert "<h1>Last Train Home</h1>" in page
    assert page.count("characters ") >= 8
    assert "<script" not in page


@pytest.mark.parametrize("thing", ["film/nothing", "a b", "<script>"])
def test_a_preview_of_nothing_is_an_error(bundled: ReconciliationService, thing: str) -> None:
    with pytest.raises(FilmgraphError):
        bundled.preview(thing)


def test_names_are_escaped(tmp_path: Path) -> None:
    text = '<urn:f> a <https://w3id.org/filmgraph/ns#Film> ; <http://www.w3.org/2000/01/rdf-schema#label> "<b>&" .'
    (tmp_path / "one.ttl").write_text(text, encoding="utf-8")
    with Graph.open(tmp_path / "one.ttl") as graph:
        page = ReconciliationService(graph, base=BASE).preview("urn:f")
    assert "<b>&" not in page
    assert "&lt;b&gt;&amp;" in page
