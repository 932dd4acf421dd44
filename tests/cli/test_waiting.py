"""Who asks what reads a whole store is told beforehand how long that takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import filmgraph

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ran

    Run = Callable[..., Ran]

SOURCES = """
@prefix fg: <https://w3id.org/filmgraph/ns#> .
<https://w3id.org/filmgraph/source/log.0123abcd> a fg:SourceDocument ; fg:charLength 100 .
"""
FACTS = """
@prefix fg: <https://w3id.org/filmgraph/ns#> .
<https://w3id.org/filmgraph/source/log.0123abcd#char=0,20> { <urn:ferry> a fg:Film . }
"""
ALL = """#+ summary: Which films?
#+ seconds_per_million: {pace}
#+ params:
#+   - name: film
#+     type: iri

SELECT $film {{ $film a <https://w3id.org/filmgraph/ns#Film> }}
"""


@pytest.fixture
def films(tmp_path: Path) -> Path:
    """A collection with a question that reads all films, at a pace at which its store takes seconds."""
    folder = tmp_path / "ferries"
    texts = {"data/sources.ttl": SOURCES, "data/log.trig": FACTS, "queries/all-films.rq": ALL.format(pace=999999)}
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_question_that_reads_everything_says_so_and_about_how_long_it_takes(run: Run, films: Path) -> None:
    filmgraph.build(films, films / "store")
    ran = run("-C", films, "ask", "all-films", "-f", "csv")
    assert (ran.code, ran.out) == (0, "film\r\nurn:ferry\r\n")
    assert ran.err == "'all-films' reads all that it is about, in 3 statements: about 3 s.\n"


@pytest.mark.parametrize("option", [["--quiet"], ["--film", "urn:ferry"]], ids=str)
def test_nothing_is_said_where_it_is_not_wanted_or_a_value_narrows_it(run: Run, films: Path, option: list[str]) -> None:
    filmgraph.build(films, films / "store")
    ran = run("-C", films, "ask", "all-films", *option)
    assert (ran.code, ran.err) == (0, "")


def test_nothing_is_said_of_a_store_whose_size_is_not_known(run: Run, films: Path) -> None:
    assert run("-C", films, "ask", "all-films").err == ""


def test_the_pace_of_a_question_is_a_number(run: Run, films: Path) -> None:
    (films / "queries/all-films.rq").write_text(ALL.format(pace="slow"), encoding="utf-8")
    ran = run("-C", films, "ask", "all-films")
    assert ran.code == 2
    assert "'seconds_per_million' is a number, not 'slow'." in ran.err
