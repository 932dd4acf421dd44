from __future__ import annotations

import re

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode

from filmgraph.errors import QueryError
from filmgraph.sparql.parameters import substitute, template
from filmgraph.sparql.query import parse
from filmgraph.sparql.template import Template

EX = "http://example.org/"
PREFIX = f"PREFIX : <{EX}> "
DATA = "".join(
    f"<{EX}{s}> <{EX}{p}> {o} .\n"
    for s, p, o in (
        ("a", "name", '"Ann"'),
        ("b", "name", '"Bob"'),
        ("a", "knows", f"<{EX}b>"),
        ("a", "knows", f"<{EX}c>"),
        ("b", "knows", f"<{EX}c>"),
        ("a", "age", "30"),
        ("b", "age", "40"),
    )
).encode()
A = NamedNode(EX + "a")

KEEPS_ITS_MEANING = [
    "SELECT $who ?o { $who :knows ?o }",
    "SELECT * { $who :knows ?o }",
    "SELECT ?o { $who :knows ?o . ?who :name ?n }",
    "SELECT $who (COUNT(?o) AS ?n) { $who :knows ?o } GROUP BY $who",
    "SELECT (COUNT($who) AS ?n) { $who :knows ?o } GROUP BY $who",
    "SELECT $who { $who :name ?n MINUS { { ?x :name 'x' } UNION { $who :knows :b } } MINUS { $other :age $who } }",
    "SELECT ?o { ?o :name ?n { SELECT DISTINCT $who { $who :name ?m } } FILTER (?o = $who) }",
    "SELECT $who ?n { { SELECT $who (COUNT(?o) AS ?n) { $who :knows ?o } GROUP BY $who } }",
    "SELECT * { { SELECT * { $who :knows ?o } } $who :name ?n }",
    "SELECT ?o { ?o :name ?n FILTER EXISTS { $who :knows ?o } }",
    "SELECT ?o ?y { ?o :age ?x . $who :name ?z BIND (IF(?o = $who, 'me', 'other') AS ?y) }",
    "SELECT $who ?n { $who :name ?n FILTER (BOUND($who) && isIRI($who)) } ORDER BY $who",
    "SELECT $who (MAX(?x) AS ?m) { $who :age ?x } GROUP BY $who HAVING (isIRI($who)) ORDER BY $who DESC($who)",
    "SELECT $who { { $who :age 30 } UNION { $who :age 40 } MINUS { $who :knows :b } }",
    "SELECT ?g $who { $who :name ?n OPTIONAL { GRAPH ?g { $who ?p ?o } } }",
    "SELECT (STR($who) AS ?text) { $who :name ?n }",
    "SELECT $who { ?x :knows $who,$who . $who :name ?n }",
]


def rows(text: str) -> list[dict[str, str]]:
    store = ox.Store()
    store.load(DATA, format=ox.RdfFormat.TURTLE)
    solutions = store.query(text)
    assert isinstance(solutions, ox.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    found = [{name: str(row[name]) for name in names if row[name] is not None} for row in solutions]
    return sorted(found, key=str)


@pytest.mark.parametrize("text", KEEPS_ITS_MEANING)
@pytest.mark.parametrize("name", ["a", "b", "c", "nobody"])
def test_a_bound_parameter_gives_the_rows_that_the_variable_has_for_that_value(text: str, name: str) -> None:
    term = NamedNode(EX + name)
    # GRAPH, MINUS and the rest must see the value everywhere: that is what the rows of the plain query, filtered, show.
    shown = [row for row in rows(PREFIX + _showing(text)) if row.get("who", row.get("who_")) == str(term)]
    wanted = [{key: value for key, value in row.items() if key != "who_"} for row in shown]
    assert rows(substitute(PREFIX + text, {"who": term})) == sorted(wanted, key=str)


def _showing(text: str) -> str:
    """The same query with the parameter among its variables, grouped by it where it counts."""
    if "EXISTS" in text:
        return "SELECT ?o ($who AS ?who_) { ?o :name ?n . $who :knows ?o }"
    head = text[: text.index("{")]
    return (
        text if "*" in head or re.search(r"[^(]\$who", head) else text.replace("SELECT ", "SELECT ($who AS ?who_) ", 1)
    )


HOSTILE = st.text(alphabet=st.characters(exclude_categories=["Cs"])) | st.sampled_from(
    [
        'x" } ; DROP ALL #',
        "'\"\\",
        '"""',
        "\n\r\t",
        "$who",
        "?x",
        "} UNION { ?s ?p ?o",
        "<x>",
        "\\u0022",
        "\x00",
        "\ufeff",
    ]
)


@given(HOSTILE)
def test_a_hostile_string_is_just_a_name_that_nobody_has(value: str) -> None:
    text = substitute(
        PREFIX + "SELECT $name ?who { ?who :name $name FILTER (STRLEN($name) >= 0) }", {"name": Literal(value)}
    )
    assert [token.kind for token in parse(text).tokens] == [
        token.kind
        for token in parse(PREFIX + "SELECT ('x' AS ?name) ?who { ?who :name 'x' FILTER (STRLEN('x') >= 0) }").tokens
    ]
    assert rows(text) == (
        [{"name": f'"{value}"', "who": f"<{EX}{value[0].lower()}>"}] if value in ("Ann", "Bob") else []
    )


def test_names_inside_iris_strings_and_comments_are_no_parameters() -> None:
    text = 'ASK { <x:$a> ?p \'$b\', """$c""" # $d\n }'
    assert template(text).names == ()
    with pytest.raises(QueryError, match="no parameter"):
        substitute(text, {"a": A})


def test_a_parameter_without_a_value_stays_a_variable() -> None:
    text = "SELECT $a $b { $a ?p $b }"
    assert substitute(text, {}) == text
    assert substitute(text, {"a": A}) == f"SELECT ({A} AS ?a) $b {{ {A} ?p $b }}"


@pytest.mark.parametrize(
    ("text", "term", "words"),
    [
        ("ASK { BIND (1 AS $x) }", A, "computes"),
        ("SELECT (1 AS $x) { }", A, "computes"),
        ("ASK { VALUES $x { 1 } }", A, "VALUES"),
        ("ASK { ?s $x ?o }", Literal("a"), "must be an IRI"),
        ("ASK { $x ?p ?o }", Literal("a"), "must be an IRI"),
        ("ASK { GRAPH $x { } }", Literal("a"), "must be an IRI"),
        ("ASK { ?s ?p $x }", BlankNode("b"), "must be an IRI or a literal"),
    ],
)
def test_what_cannot_take_a_value_says_so(text: str, term: NamedNode | Literal | BlankNode, words: str) -> None:
    with pytest.raises(QueryError, match=words):
        substitute(text, {"x": term})


def test_a_term_never_grows_together_with_what_stands_beside_it() -> None:
    text = substitute("ASK { FILTER (1<$x) FILTER (2>$x&&3=$x) }", {"x": NamedNode("x:y")})
    wanted = "ASK { FILTER ( 1 < <x:y> ) FILTER ( 2 > <x:y> && 3 = <x:y> ) }"
    assert [token.text for token in parse(text).tokens] == wanted.split()


def test_a_template_can_be_kept_as_plain_data() -> None:
    kept = template("SELECT * { $who ?p ?o }").to_plain()
    assert Template.from_plain(kept).bind({"who": A}) == f"SELECT ({A} AS ?who) ?p ?o {{ {A} ?p ?o }}"
