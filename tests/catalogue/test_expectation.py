from __future__ import annotations

from pyoxigraph import Literal

from filmgraph.answers.answer import RowsAnswer
from filmgraph.catalogue.expectation import unmet
from filmgraph.catalogue.question import Question
from filmgraph.rdf.results import Explanation, Solutions

IRI = "https://w3id.org/filmgraph/source/log.0123abcd#char=10,40"
ANSWER = RowsAnswer(
    Solutions(("name", "year"), [(Literal("Ada"), Literal("2009")), (Literal("Bo"), None)]),
    explanations=[Explanation([[IRI]]), Explanation([[]])],
)


def expecting(*expected: object) -> Question:
    return Question("a", "a.rq", "", "A?", expected=expected)


def test_an_answer_that_is_as_expected_lacks_nothing() -> None:
    rows = (((("name", "Ada"), ("year", "2009")), ("log", "log#10,40", IRI)), ((("name", "Bo"), ("year", "")), ()))
    assert unmet(expecting(2, 2, rows, ()), ANSWER) == []
    assert unmet(expecting(1, None, None, (((("name", "Bo"),), ()),)), ANSWER) == []


def test_what_is_missing_is_named() -> None:
    assert unmet(expecting(3, 3, None, ()), ANSWER) == ["3 rows are expected, and there are 2."]
    assert unmet(expecting(3, None, None, ()), ANSWER) == ["at least 3 rows are expected, and there are 2."]
    assert unmet(expecting(1, None, None, (((("name", "Cy"),), ()),)), ANSWER) == ["No row has {'name': 'Cy'}."]
    assert unmet(expecting(0, None, None, (((("name", "Ada"),), ("imdb",)),)), ANSWER) == [
        "The row with {'name': 'Ada'} is not supported by imdb."
    ]


def test_a_row_too_many_is_named() -> None:
    rows = (((("name", "Ada"),), ()),)
    assert unmet(expecting(0, None, rows, ()), ANSWER) == ["A row that is not expected: {'name': 'Bo'}."]
