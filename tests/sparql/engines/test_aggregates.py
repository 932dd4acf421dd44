"""Aggregates over what has no value, counted beside, say nothing where SPARQL says nothing."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, Store

from filmgraph.rdf.results import Solutions
from filmgraph.sparql.engines.aggregates import Strictness
from filmgraph.sparql.query import edit, parse

SOME = "{ VALUES (?k ?x) { (1 1) (1 UNDEF) (2 UNDEF) (3 1) (3 2) } } GROUP BY ?k ORDER BY ?k"
NONE = "{ VALUES ?x { 1 } FILTER(false) }"


def run(text: str) -> Solutions:
    found = Store().query(text)
    names = tuple(variable.value for variable in found.variables)  # type: ignore[union-attr]  # a SELECT
    return Solutions(names, [tuple(row) for row in found])  # type: ignore[union-attr]  # likewise


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT ?k (SUM(?x) AS ?sum) (MIN(?x) AS ?least) (COUNT(?x) AS ?n) {SOME}",
        f"SELECT ?k (GROUP_CONCAT(STR(?x)) AS ?all) (GROUP_CONCAT(DISTINCT STR(?x); separator='+') AS ?each) {SOME}",
        f"SELECT (AVG(?x) AS ?mean) (MAX(?x) AS ?most) (GROUP_CONCAT(STR(?x)) AS ?all) {NONE}",
        "SELECT (1 AS ?one) {}",
        f"SELECT ?k (COUNT(*) AS ?without_k) (MIN(?x) AS ?least) {SOME}",
        f"SELECT DISTINCT (SUM(?x) AS ?sum) {SOME}",
    ],
)
def test_an_engine_that_is_right_gives_the_same_with_the_counts(text: str) -> None:
    query = parse(text)
    strictness = Strictness(query)
    written = edit(text, strictness.edits)
    parse(written)
    assert strictness.strict(run(written)) == run(text)


def test_what_an_engine_passed_over_is_taken_back() -> None:
    strictness = Strictness(parse(f"SELECT ?k (MIN(?x) AS ?least) (SUM(?x) AS ?sum) {SOME}"))
    found = Solutions(
        ("k", "least", "without_least", "sum", "without_sum"),
        [
            (Literal(1), Literal(1), Literal(1), Literal(1), Literal(1)),
            (Literal(3), Literal(1), Literal(0), Literal(3), Literal(0)),
            (Literal(4), None, Literal(0), None, Literal(0)),
        ],
    )
    assert strictness.strict(found) == Solutions(
        ("k", "least", "sum"),
        [(Literal(1), None, None), (Literal(3), Literal(1), Literal(3)), (Literal(4), None, Literal(0))],
    )


def test_virtuoso_wants_a_separator() -> None:
    text = "SELECT (GROUP_CONCAT(?x) AS ?all) { VALUES ?x { 'a' } }"
    assert 'GROUP_CONCAT(?x; SEPARATOR=" ")' in edit(text, Strictness(parse(text)).edits)
