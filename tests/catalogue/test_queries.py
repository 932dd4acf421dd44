"""Every bundled question, tested by what its file says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from filmgraph.catalogue import Catalogue
from filmgraph.catalogue.expectation import unmet
from filmgraph.graph import Graph

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
NAMES = Catalogue(str(ROOT / "queries")).names()


@pytest.fixture(scope="module")
def graph() -> Iterator[Graph]:
    with Graph.open(ROOT) as opened:
        yield opened


@pytest.fixture(autouse=True)
def own_cache() -> None:
    """The bundled collection is read from the cache of this machine, as users do."""


def test_there_are_questions() -> None:
    assert "overview" in NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_bundled_question_is_well_made(graph: Graph, name: str) -> None:
    question = graph.catalogue.question(name)
    assert question.summary.endswith("?"), "a summary is a question"
    assert len(question.summary) <= 120
    assert all(parameter.description for parameter in question.parameters)
    assert not re.search(r"SELECT\s+(DISTINCT\s+)?\*", question.sparql), "it names its columns"
    assert len(question.sparql.splitlines()) <= 80


def test_each_of_the_thirty_questions_is_a_bundled_one(graph: Graph) -> None:
    page = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
    table = dict(re.findall(r"^\| (\d+) \| [^|]+ \| `([a-z-]+)` \| [^|]+ \|$", page, re.MULTILINE))
    assert list(map(int, table)) == list(range(1, 31))
    assert set(table.values()) <= set(NAMES)
    assert {name for name in table.values() if "competency" not in graph.catalogue.question(name).tags} == set()


@pytest.mark.parametrize("name", NAMES)
def test_a_bundled_question_says_which_rows_and_citations_are_right(graph: Graph, name: str) -> None:
    expect = graph.catalogue.question(name).expect
    if expect.most == 0:
        assert len(graph.catalogue.question(name).description) > 100, "it says why the documents cannot tell"
    else:
        assert expect.least > 0
        assert any(row.citations for row in (*(expect.rows or ()), *expect.contains))


@pytest.mark.parametrize("name", NAMES)
def test_a_bundled_question_gives_the_rows_and_citations_that_it_expects(graph: Graph, name: str) -> None:
    question = graph.catalogue.question(name)
    why = any(row.citations for row in (*(question.expect.rows or ()), *question.expect.contains))
    answer = graph.ask_with(name, dict(question.example), why=why)
    assert unmet(question, answer) == []
    assert [row.unexplained for row in answer if row.unexplained] == []
    again = graph.ask_with(name, dict(question.example))
    assert list(again) == list(answer), "the same question has the same answer, in the same order"


def test_a_question_about_one_province_answers_for_another(graph: Graph) -> None:
    answer = graph.ask("places-within", wider="Guangdong", why=True)
    assert "denim factory" in answer.to_dict(labels=True)["place"]
    assert all(row.why for row in answer)


def test_a_chain_of_credits_leads_to_one_and_not_to_another(graph: Graph) -> None:
    assert len(graph.ask("connected", other="Peter Wintonick")) == 1
    assert len(graph.ask("connected", other="Yung Chang")) == 0


def test_a_fact_that_one_document_alone_disputes_names_both_sides(graph: Graph) -> None:
    answer = graph.ask("source-against-all", source="kpbs").to_dict(labels=True)
    assert "240000000 people" in answer["value"]
    assert "kpbs" not in answer["otherSource"]


def test_hopes_of_nobody_in_particular_do_not_stand_under_whoever_is_asked_for(graph: Graph) -> None:
    everybody = list(graph.ask("hopes-and-plans"))
    assert any(row["who"] is None for row in everybody)
    hers = list(graph.ask("hopes-and-plans", who="Suqin Chen"))
    her = hers[0]["who"]
    assert {str(row["what"]) for row in hers} == {str(row["what"]) for row in everybody if row["who"] == her}
