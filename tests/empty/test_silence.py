"""What is said of an empty answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import filmgraph as fg
from filmgraph.empty.absence import Absence
from filmgraph.empty.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.catalogue import Question
    from filmgraph.graph import Graph

PREFIXES = """PREFIX fg: <https://w3id.org/filmgraph/ns#> PREFIX fgv: <https://w3id.org/filmgraph/vocab/>
PREFIX film: <https://w3id.org/filmgraph/id/film/> PREFIX relator: <http://id.loc.gov/vocabulary/relators/>
"""


@pytest.fixture(scope="module")
def graph() -> Iterator[Graph]:
    with fg.open() as opened:
        yield opened


def reason(graph: Graph, name: str, /, **values: str) -> str:
    return graph.why_empty(graph.ask_with(name, values))


def test_of_a_question_it_is_said_of_whom_the_documents_do_not_say_it(graph: Graph) -> None:
    said = reason(graph, "credits", film="Hoop Dreams")
    assert said.startswith("The documents do not say this of “Hoop Dreams”, given as film; of others they do, in ")
    assert said.endswith('What they do say of it: filmgraph show "Hoop Dreams"')


def test_an_iri_is_told_by_its_label(graph: Graph) -> None:
    assert "of “Hoop Dreams”, given as film" in reason(graph, "credits", film="film:hoop-dreams")


def test_of_a_question_it_is_said_which_value_left_rows_out(graph: Graph) -> None:
    awards = len(graph.ask("awards"))
    assert (
        reason(graph, "awards", outcome="nominated")
        == f"“nominated”, given as outcome, leaves out all {awards} rows that the question has without it."
    )


def test_of_a_question_without_parameters_a_condition_is_told_in_words(graph: Graph) -> None:
    said = reason(graph, "dates-that-differ")
    assert said.startswith("There are ")
    assert said.endswith(" candidates, but none meets this condition of the question: last < first")


@pytest.mark.parametrize("question", list(fg.open().catalogue), ids=lambda question: question.name)
def test_no_question_speaks_sparql_of_its_empty_answer(graph: Graph, question: Question) -> None:
    values = dict(question.example)
    values |= {one.name: "Hoop Dreams" for one in question.parameters if one.name == "film"}
    answer = graph.ask_with(question.name, values)
    said = graph.why_empty(answer)
    assert bool(said) == (len(answer) == 0)
    for word in ("Line ", "?", "$", "fg:", "<http", "GRAPH", "FILTER", "HAVING", "solution"):
        assert word not in said, said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SELECT ?x { film:hoop-dreams fg:genre ?x }", "Line 3: no document states: film:hoop-dreams fg:genre ?x"),
        (
            "SELECT ?x { ?x fg:film film:hoop-dreams ; fg:role fgv:cng }",
            "no document states: ?x fg:film film:hoop-dreams",
        ),
        ("SELECT (COUNT(*) AS ?n) { ?x fg:film film:dvt }", "nothing in the store has the name film:dvt"),
        ("SELECT ?x { ?x fg:titel ?y }", "Did you mean fg:title?"),
        (
            "SELECT ?x { ?x fg:film film:afghan-star ; fg:role relator:cng }",
            "relator:cng (relator:cng is cinematographer)",
        ),
    ],
)
def test_of_anybodys_query_the_part_is_shown_with_labels(graph: Graph, text: str, words: str) -> None:
    assert words in graph.why_empty(graph.query(PREFIXES + text))


def test_a_count_that_is_not_zero_needs_no_reason(graph: Graph) -> None:
    assert graph.why_empty(graph.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")) == ""
    assert graph.why_empty(graph.query("SELECT (0 AS ?n) {}")) == ""


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            Absence("unsaid", "", pattern=("?review", "fg:author", "?critic")),
            "No document gives an author of a review.",
        ),
        (
            Absence("unsaid", "", removed=2, pattern=("?a", "x|y", "?b"), bound=frozenset("ab")),
            "There are 2 candidates, but in no case does a document name it as x or y of it.",
        ),
        (Absence("unsaid", "", pattern=("?work", "a", "fg:Film")), "No document calls a work a Film."),
        (Absence("unsaid", "", pattern=("?event", "?how", "?place")), "No document connects an event with a place."),
        (
            Absence("skipped", "", part="LIMIT 0", removed=1),
            "There is 1 candidate, and LIMIT 0 leaves out all there is.",
        ),
        (
            Absence("filtered", "", part="FILTER (?fromYear > 2000)", removed=3),
            "There are 3 candidates, but none meets this condition of the question: from year > 2000",
        ),
    ],
)
def test_a_reason_in_words(found: Absence, said: str) -> None:
    assert phrase(found, lambda text: text.removeprefix("fg:")) == said


def test_what_is_not_found_out_in_time_is_told(graph: Graph) -> None:
    answer = graph.query("SELECT * { ?a ?p 77 . ?a ?q ?b }")
    assert "was not found out within 1e-06 seconds" in graph.why_empty(answer, seconds=0.000001)


def test_where_documents_do_not_count_it_is_said_that_all_together_have_an_answer(graph: Graph) -> None:
    part = graph.restricted(only_source=["imdb"])
    said = part.why_empty(part.ask("awards"))
    assert re.fullmatch(r"The documents that count do not say this; all documents together do, in \d+ rows\.", said)
