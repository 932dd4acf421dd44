"""``/openapi.json``: what programs can ask for as JSON (`OpenAPI 3.1 <https://spec.openapis.org/oas/v3.1.0>`_)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from filmgraph.serving.protocol.reply import JSON, HttpReply
from filmgraph.serving.protocol.route import Route
from filmgraph.version import __version__

if TYPE_CHECKING:
    from filmgraph.catalogue import Question
    from filmgraph.serving.pages.site import ServedSite
    from filmgraph.serving.protocol.request import HttpRequest

RESULTS, ANNOTATION = "application/sparql-results+json", "application/ld+json"
_TEXT: dict[str, Any] = {"type": "string"}
_TYPES = {"integer": "integer", "year": "integer", "decimal": "number", "boolean": "string"}


def description(site: ServedSite, request: HttpRequest) -> HttpReply:
    """The description of all that answers with JSON, with a path for each question and its parameters."""
    paths = {
        "/suggest": {
            "get": _operation("Names that begin so", [_query("q", "What was typed.")], JSON, _list_of_objects())
        },
        "/sparql": {
            "get": _operation(
                "Answer a query of SPARQL 1.1",
                [
                    _query("query", "The query.", required=True),
                    _query("why", "Add who says so, as provenance.", schema={"enum": ["true", "false"]}),
                    *_trust(),
                ],
                RESULTS,
                {"type": "object", "required": ["head"]},
            )
        },
        "/sparql/terms": {
            "get": _operation("Names for a query", [_query("q", "What was typed.")], JSON, _list_of_objects())
        },
        "/sparql/check": {
            "get": _operation(
                "What is wrong with a query, and where",
                [_query("query", "The query.", required=True)],
                JSON,
                {"type": "object", "required": ["problems"], "properties": {"problems": _list_of_objects()}},
            )
        },
        "/sources/{slug}.jsonld": {
            "get": _operation("The passages of a document", [_path("slug")], ANNOTATION, {"type": "object"})
        },
        "/sources/{slug}/passages/{place}.jsonld": {
            "get": _operation("A passage", [_path("slug"), _path("place")], ANNOTATION, {"type": "object"})
        },
        **{f"/questions/{one.name}.json": {"get": _question(one)} for one in site.graph.catalogue},
    }
    said = {
        "openapi": "3.1.0",
        "info": {
            "title": site.title,
            "version": __version__,
            "description": "What documents say about films, and who says so. All of it can be read, nothing changed.",
        },
        "servers": [{"url": request.base}],
        "paths": paths,
    }
    return HttpReply(json.dumps(said, ensure_ascii=False) + "\n", JSON)


def _question(one: Question) -> dict[str, Any]:
    parameters = [
        _query(
            parameter.name,
            parameter.description,
            schema={"enum": [typed for typed, _ in parameter.values]}
            if parameter.values
            else {"type": _TYPES.get(parameter.type, "string")},
        )
        for parameter in one.parameters
    ]
    why = _query("why", "Add who says so, as provenance.", schema={"enum": ["true", "false"]})
    schema = {"type": "object", "required": ["head"]}
    return _operation(one.summary, [*parameters, why, *_trust()], RESULTS, schema)


def _operation(
    summary: str, parameters: list[dict[str, Any]], media_type: str, schema: dict[str, Any]
) -> dict[str, Any]:
    problem = {"description": "What is wrong, in words.", "content": {"application/problem+json": {}, "text/plain": {}}}
    return {
        "summary": summary,
        "parameters": parameters,
        "responses": {
            "200": {"description": "The answer.", "content": {media_type: {"schema": schema}}},
            "4XX": problem,
            "503": problem,
            "504": problem,
        },
    }


def _query(name: str, words: str, *, required: bool = False, schema: dict[str, Any] = _TEXT) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": words, "required": required, "schema": schema}


def _path(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}


def _trust() -> list[dict[str, Any]]:
    words = {"only-source": "Let this document alone count.", "not-source": "Leave this document out."}
    return [_query(name, said, schema={"type": "array", "items": _TEXT, "maxItems": 3}) for name, said in words.items()]


def _list_of_objects() -> dict[str, Any]:
    return {"type": "array", "items": {"type": "object"}}


ROUTES = (Route("/openapi.json", description),)
