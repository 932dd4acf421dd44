"""Laws of plain English: whatever is typed is declined, or read as a question that can be asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from filmgraph.graph import Graph

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
WORDS = [
    *(
        "who",
        "what",
        "when",
        "where",
        "how many",
        "did",
        "was",
        "not",
        "the",
        "of",
        "in",
        "at",
        "and",
        "or",
        "film",
        "it",
    ),
    *("directed", "won", "screened", "released", "says", "conflict", "prizes", "before", "2010", "0000", "-5", "1e9"),
    *(
        "Lixin Fan",
        "IDFA",
        "Last Train Home",
        "Zhang Qin",
        "China",
        "imdb",
        "nobody",
        "?",
        "$film",
        "--film",
        '"',
        "\\",
    ),
]
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join))


@pytest.fixture(scope="module")
def graph() -> Iterator[Graph]:
    with Graph.open(ROOT) as opened:
        yield opened


@settings(max_examples=20)
@given(TEXTS)
@example("")
@example("who won what at IDFA?")
@example("who \ud800 directed\x00 it")
@example("?" * 5000)
def test_a_text_is_declined_or_read_as_a_question_that_can_be_asked(graph: Graph, text: str) -> None:
    readings = graph.readings(text)
    assert readings == graph.readings(text)
    assert [one.score for one in readings] == sorted((one.score for one in readings), reverse=True)
    for reading in readings[:3]:
        assert 0 <= reading.score <= 1
        assert reading.question in graph.catalogue.names()
        names = [one.name for one in graph.catalogue.question(reading.question).parameters]
        film = {"film": "Last Train Home"} if "film" in names else {}
        graph.text_of(reading.question, film | reading.values)
