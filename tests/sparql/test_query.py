from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.w3c import cases

from filmgraph.errors import QueryError, QueryRefusedError, QuerySyntaxError
from filmgraph.sparql.cursor import MAX_DEPTH
from filmgraph.sparql.query import Edit, edit, parse

if TYPE_CHECKING:
    from pathlib import Path

DIFFERENT_FROM_THE_ENGINE = {
    # Keywords have no case in SPARQL, true and false included; the engine insists on small letters.
    "sparql10/expr-builtin/case-insensitive-booleans.rq",
    # <?a&&?b> is an IRI by the rule of the longest match, so the expression is none. The engine reads it as two signs.
    "sparql10/syntax-sparql3/syn-bad-26.rq",
}

GOOD = [
    "SELECT * { }",
    "select?x{?x a?y}",
    "SELECT ?x WHERE { ?x <p:q> 1, 2.5, -3e0, 'a'@en, \"b\"^^<x:t>, true ; <p:r> [ <p:s> () ] . [] a <x:C> }",
    "PREFIX : <http://example.org/> SELECT ?s { ?s (:a|^:b)/:c*/!(:d|^:e)?/:f+ ?o }",
    "PREFIX p: <x:> ASK FROM <x:g> FROM NAMED <x:h> { GRAPH ?g { ?s p:o\\~x%20.y p:z } }",
    (
        "SELECT (COUNT(*) AS ?n) (GROUP_CONCAT(DISTINCT ?x; SEPARATOR=', ') AS ?all) { ?x ?p ?o } "
        "GROUP BY ?p (STR(?o) AS ?t) HAVING (COUNT(*) > 1) (1 = 1) ORDER BY DESC(?p) ?t LIMIT 3 OFFSET 1"
    ),
    (
        "SELECT ?x { { ?x ?p ?o } UNION { SELECT DISTINCT ?x { ?x ?q ?o } LIMIT 1 } MINUS { ?x ?r 1 } "
        "OPTIONAL { ?x ?t ?u } }"
    ),
    "SELECT ?x { ?x ?p ?o FILTER (?o-1 > 2 || ?o NOT IN (1, 2) && !BOUND(?y)) FILTER NOT EXISTS { ?o ?p ?x } }",
    (
        "SELECT ?x { VALUES (?x ?y) { (1 UNDEF) (<x:a> 'b') } VALUES ?z { 1 2 } "
        "BIND (IF(?x = 1, 'a', 'b') AS ?w) } VALUES ?v { 3 }"
    ),
    "CONSTRUCT { ?s ?p _:b } WHERE { ?s ?p ?o }",
    "CONSTRUCT WHERE { ?s ?p ?o }",
    "DESCRIBE <x:a> ?x { ?x ?p ?o }",
    "SELECT ?x { ?x ?p ((1) 2 [ ?q ?r ]) # a comment\n } # { another",
    'SELECT ?x { ?x ?p """long "" text\n#no comment""" }',
    "BASE <http://example.org/> PREFIX p: <p#> SELECT * { <a> p:b \\u0022 }".replace("\\u0022", '"\\u0022"'),
]
BAD = [
    "",
    "SELECT",
    "SELECT ?x { ?x ?p }",
    "SELECT ?x { ?x ?p ?o ?x ?p ?o }",
    "SELECT ?x WHERE { ?x ?p ?o",
    "SELECT ?x { ?x ?p 'a }",
    "SELECT ?x { ?x nope:p ?o }",
    "SELECT ?x ?x2 { BIND(1 AS ?x) BIND(2 AS ?x) }",
    "SELECT (1 AS ?x) { ?x ?p ?o }",
    "SELECT ?x (COUNT(*) AS ?n) { ?x ?p ?o }",
    "SELECT * { ?x ?p ?o } GROUP BY ?x",
    "SELECT ?x { ?x ?p ?o FILTER (COUNT(?x) > 1) }",
    "SELECT ?x { _:a ?p ?x OPTIONAL { _:a ?q ?x } }",
    "SELECT ?x { VALUES (?x ?y) { (1) } }",
    "SELECT ?x { FILTER (1 < 2 < 3) }",
    "SELECT ?x { ?x ?p ?o } LIMIT -1",
    "SELECT ?x { ?x ?p ?o } LIMIT 1 LIMIT 2",
    "SELECT ?x { FILTER (STR(1, 2)) }",
    "SELECT ?x { FILTER ! }",
    "ASK { ?s ?p ?o } }",
]


@pytest.mark.parametrize("text", GOOD)
def test_a_good_query_parses_and_its_tree_gives_back_its_text(text: str) -> None:
    assert parse(text).reassembled() == text


@pytest.mark.parametrize("text", BAD)
def test_a_bad_query_is_a_syntax_error_with_a_place(text: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse(text)
    assert caught.value.line == 1
    assert caught.value.column is not None
    assert "^" in str(caught.value)


def _engine_accepts(text: str, base: str) -> bool:
    try:
        ox.Store().query(text, base_iri=base)
    except SyntaxError:
        return False
    except RuntimeError:  # a function that the engine does not have is no matter of syntax
        return True
    return True


def test_the_suites_of_the_w3c_are_read_as_the_standard_wants(shared: Path) -> None:
    different = set()
    seen = cases(shared)
    for case in seen:
        text = case.text
        try:
            ours = parse(text).reassembled() == text
        except QueryError:
            ours = False
        if ours != ("Negative" not in case.kind) or ours != _engine_accepts(text, case.query.as_uri()):
            different.add(case.name)
    assert len(seen) > 700
    assert different == DIFFERENT_FROM_THE_ENGINE


@given(
    st.lists(
        st.sampled_from([*"{}()[].;,?$<>*+/|^!='\"\\#:@ \n", "SELECT", "WHERE", "?x", "a", "1", "<x:y>", "OPTIONAL"])
    )
)
def test_any_text_is_parsed_or_refused_with_a_message(parts: list[str]) -> None:
    text = "".join(parts)
    try:
        query = parse(text)
    except QueryError as error:
        message = str(error)
        assert message.startswith("Line ")
    else:
        assert query.reassembled() == text


@pytest.mark.parametrize(
    "text",
    [
        "ASK { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }",
        "ASK " + "{" * 20_000 + "}" * 20_000,
        "ASK { ?s ?p " + "(" * 20_000 + "1" + ")" * 20_000 + "}",
        "ASK { ?s ?p " + "[ ?p " * 20_000 + "1" + "]" * 20_000 + "}",
        "ASK { ?s " + "(" * 20_000 + "<x:p>" + ")*" * 20_000 + " ?o }",
        "ASK { " + "FILTER EXISTS { " * 20_000 + "}" * 20_000 + "}",
        "ASK { " + "{ SELECT * " * 20_000,
    ],
)
def test_a_query_nested_20000_deep_is_refused(text: str) -> None:
    with pytest.raises(QueryRefusedError, match="levels deep"):
        parse(text)


def test_a_query_nested_as_deep_as_allowed_parses() -> None:
    for opening, core, closing in (("(", "1", ")"), ("(1+", "1", ")"), ("EXISTS { FILTER ", "(1)", "}")):
        depth = MAX_DEPTH - 3
        assert parse("ASK { FILTER (" + opening * depth + core + closing * depth + ") }").form == "ask"


def test_a_long_chain_parses_without_recursion() -> None:
    assert parse("ASK { FILTER (" + " || ".join(["?x = 1"] * 20_000) + ") }").form == "ask"


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <http://example.org/>",
        "PREFIX x: <y:> INSERT DATA { x:a x:b x:c }",
        "drop all",
        "DELETE WHERE { ?s ?p ?o }",
    ],
)
def test_an_update_is_refused_by_its_name(text: str) -> None:
    with pytest.raises(QueryRefusedError, match="is an update"):
        parse(text)


def test_edits_leave_everything_else_as_it_is() -> None:
    text = "SELECT ?a  # one\n{ ?a ?b ?c }"
    query = parse(text)
    places = [token for token in query.tokens if token.text == "?b"]
    assert (
        edit(text, [Edit(token.start, token.end, "<x:b>") for token in places]) == "SELECT ?a  # one\n{ ?a <x:b> ?c }"
    )
    with pytest.raises(ValueError, match="overlap"):
        edit(text, [Edit(0, 6, ""), Edit(3, 7, "")])


def test_a_query_tells_its_form_its_variables_and_its_prefixes() -> None:
    query = parse("BASE <http://example.org/> PREFIX x: <y#> CONSTRUCT { ?a x:p $b } { $b ?c ?a }")
    assert (query.form, query.variables) == ("construct", ["a", "b", "c"])
    assert (query.base, query.prefixes) == ("http://example.org/", {"x": "http://example.org/y#"})
    assert {name: len(places) for name, places in query.parameters.items()} == {"b": 2}
