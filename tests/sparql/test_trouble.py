from __future__ import annotations

import pytest

from filmgraph.errors import QuerySyntaxError
from filmgraph.sparql.query import parse

NO_BREAK_SPACE, ZERO_WIDTH, MARK = "\u00a0", "\u200b", "\ufeff"


def error_of(text: str) -> QuerySyntaxError:
    with pytest.raises(QuerySyntaxError) as caught:
        parse(text)
    return caught.value


def test_the_message_shows_the_line_and_points_at_the_place() -> None:
    error = error_of("SELECT ?film\nWHERE { ?film fg:title }\n")
    assert (error.line, error.column) == (2, 15)
    assert str(error).splitlines() == [
        "Line 2, column 15: the prefix fg: is not declared.",
        "  2 | WHERE { ?film fg:title }",
        "    |               ^",
    ]


def test_a_known_prefix_comes_with_the_line_to_add() -> None:
    assert error_of("ASK { ?x fg:title ?y }").hint == (
        "Add this line at the top:\nPREFIX fg: <https://w3id.org/filmgraph/ns#>"
    )
    assert "PREFIX nope: <…>" in str(error_of("ASK { ?x nope:title ?y }").hint)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"ASK{NO_BREAK_SPACE}{{ ?x ?y ?z }}", "no-break space"),
        (f"ASK {{ ?x{ZERO_WIDTH} ?y ?z }}", "zero-width space"),
        (f"{MARK}ASK {{ ?x ?y ?z }}", "byte order mark"),
        ("ASK { ?x ?y \u201cz\u201d }", "no quotation mark"),
        ("ASK { FILTER (1 \u2212 1 = 0) }", "no minus sign"),
        ("ASK { ?x ?y 'z }", "a string begins here and does not end"),
        ("ASK { ?x ?y ?z", "never closed"),
        ("ASK { ?x ?y ?z ) }", "closes nothing"),
        ("ASK { FILTER (?x == 1) }", "expected a value"),
        ("ASK { FILTER (LENGTH(?x) = 1) }", "is no function"),
        ("ASK { ?x ?y \u00a7 }", "SECTION SIGN"),
    ],
)
def test_what_is_wrong_is_said_in_plain_words(text: str, words: str) -> None:
    error = error_of(text)
    assert words in str(error)
    assert error.hint is None or error.hint.endswith((".", ">", "?"))


def test_a_long_line_is_cut_around_the_place() -> None:
    assert max(map(len, str(error_of("ASK { " + "?s ?p ?o . " * 500 + " ] }")).splitlines())) < 120
