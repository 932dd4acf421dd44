"""The twelve questions that are asked most, as people see them at 80 columns: read by eye, kept as golden files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import filmgraph
from filmgraph.answers import formats
from filmgraph.answers.formats import Page
from filmgraph.answers.formats._width import width

if TYPE_CHECKING:
    from collections.abc import Callable

    from filmgraph.graph import Graph

ASKED_MOST = {
    "overview": {},
    "awards": {},
    "award-counts": {},
    "conflicts": {},
    "credits": {},
    "figures": {},
    "interviews": {},
    "life": {"person": "Zhang Qin"},
    "releases": {},
    "reviews": {},
    "screenings": {},
    "titles": {},
}


@pytest.fixture(scope="module")
def graph() -> Graph:
    return filmgraph.open()


@pytest.mark.parametrize("name", ASKED_MOST)
def test_a_question_that_is_asked_most_reads_as_it_was_read_by_eye(
    name: str, graph: Graph, golden: Callable[[str, bytes], bytes]
) -> None:
    answer = graph.ask_with(name, ASKED_MOST[name])
    made = "".join(formats.render(answer, formats.find("table"), Page(80)))
    assert max(map(width, made.splitlines())) <= 80
    assert made.encode() == golden(f"tables/{name}.txt", made.encode())
