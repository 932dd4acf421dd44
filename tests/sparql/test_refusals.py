from __future__ import annotations

import pytest

from filmgraph.errors import QueryRefusedError
from filmgraph.sparql.refusals import refuse


@pytest.mark.parametrize("silent", ["", "SILENT "])
def test_service_is_refused_unless_it_is_allowed(silent: str) -> None:
    text = f"ASK {{ ?s ?p ?o . OPTIONAL {{ SERVICE {silent}<http://example.org/> {{ ?s ?p ?o }} }} }}"
    with pytest.raises(QueryRefusedError, match="SERVICE") as caught:
        refuse(text)
    assert (caught.value.line, caught.value.column) == (1, 29)
    refuse(text, allow_service=True)


@pytest.mark.parametrize(
    "text",
    [
        "ASK { " + "BIND (1 AS ?x) { } " * 5000 + "}",
        "ASK { " + " UNION ".join(["{ ?s ?p ?o }"] * 20_000) + "}",
        "ASK { FILTER (" + " || ".join(["?x = 1"] * 20_000) + ") }",
        "ASK { FILTER (1" + "+1" * 20_000 + " = 2) }",
        "ASK { ?s " + "|".join(["<x:p>"] * 20_000) + " ?o }",
    ],
)
def test_a_query_that_crashes_the_engine_is_refused(text: str) -> None:
    with pytest.raises(QueryRefusedError, match="parts"):
        refuse(text.replace("BIND (1 AS ?x) { }", "MINUS { ?s ?p ?o }"))


def test_the_word_service_in_a_name_or_a_string_is_no_reason_to_refuse() -> None:
    refuse('PREFIX service: <x:> ASK { ?service service:SERVICE "SERVICE <http://example.org/> {}" } # SERVICE')
