"""A query that somebody brings, read once and remembered."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from filmgraph.errors import QueryRefusedError, QuerySyntaxError
from filmgraph.sparql.reading import ready

SERVICE = "SELECT ?a ?b { SERVICE <http://example.org/> { ?a ?p ?b } }"


def test_a_query_that_comes_again_is_read_the_same() -> None:
    for _ in range(2):
        assert ready("SELECT ?b ?a { ?a ?p ?b }", {}) == ("SELECT ?b ?a { ?a ?p ?b }", ("b", "a"))
        assert ready("ASK {}", {}) == ("ASK {}", None)


def test_what_was_allowed_once_is_not_allowed_after_that() -> None:
    for _ in range(2):
        assert ready(SERVICE, {}, allow_service=True) == (SERVICE, ("a", "b"))
        with pytest.raises(QueryRefusedError):
            ready(SERVICE, {})


def test_what_is_no_query_is_told_each_time() -> None:
    for _ in range(2):
        with pytest.raises(QuerySyntaxError):
            ready("SELECT ?a {", {})


def test_each_call_has_its_own_values() -> None:
    text = "SELECT ?a { ?a ?p $b }"
    assert ready(text, {"b": Literal("one")})[0] == 'SELECT ?a { ?a ?p "one" }'
    assert ready(text, {"b": NamedNode("urn:two")})[0] == "SELECT ?a { ?a ?p <urn:two> }"
    assert ready(text, {})[0] == text


def test_a_long_query_is_read_too() -> None:
    text = f"SELECT ?a {{ VALUES ?a {{ {' '.join(map(str, range(9000)))} }} }}"
    assert ready(text, {}) == (text, ("a",))
