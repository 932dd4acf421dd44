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


@pytest.mark.parametrize("name", NAMES)
def test_a_bundled_question_gives_the_rows_and_citations_that_it_expects(graph: Graph, name: str) -> None:
    question = graph.catalogue.question(name)
    why = any(row.citations for row in (*(question.expect.rows or ()), *question.expect.contains))
    answer = graph.ask_with(name, dict(question.example), why=why)
    assert unmet(question, answer) == []
    again = graph.ask_with(name, dict(question.example))
    assert list(again) == list(answer), "the same question has the same answer, in the same order"
