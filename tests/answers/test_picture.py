"""Charts: what questions declare is drawn, with its words, its documents, and nothing but what the rows hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

import filmgraph as fg
from filmgraph.answers import picture as pictures
from filmgraph.charts.declaration import Chart
from filmgraph.cli import main
from filmgraph.errors import FilmgraphError, FrontMatterError, MissingDependencyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from filmgraph.answers.answer import RowsAnswer

CHARTED = ["timeline", "credits", "box-office", "figure-ranges", "shared-facts", "disagreements", "films"]
SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {"rows": "rect", "columns": "rect", "matrix": "rect", "network": "path"}


@pytest.fixture(scope="module")
def graph() -> Iterator[fg.Graph]:
    with fg.open() as opened:
        yield opened


def words(text: str) -> list[str]:
    return [one.text or "" for one in ET.fromstring(text).iter(f"{SVG}text")]  # noqa: S314 -- our own


def test_these_questions_have_charts(graph: fg.Graph) -> None:
    assert sorted(one.name for one in graph.catalogue if one.chart) == sorted(CHARTED)


@pytest.mark.parametrize("name", CHARTED)
def test_a_chart_shows_its_rows_its_title_its_axes_and_its_documents(graph: fg.Graph, name: str) -> None:
    answer: RowsAnswer = graph.ask(name, why=True)
    text = pictures.svg(answer)
    root = ET.fromstring(text)  # noqa: S314 -- our own
    chart = Chart.from_plain(graph.catalogue.question(name).chart)
    said = " ".join(words(text))
    assert chart.title in said
    assert all(one.title in said for one in chart.channels if one.title)
    assert "Who says so:" in said
    marks = [one for one in root.iter(f"{SVG}{DRAWN[chart.kind]}") if one.find(f"{SVG}title") is not None]
    assert 0 < len(marks) <= len(answer) + 20  # and the legend
    assert not re.search(r"\b(?:style|class|on\w+)=|<style|<script|<image|href", text)
    for one in root.iter(f"{SVG}rect"):
        x, width = float(one.get("x", "0")), float(one.get("width", "0"))
        assert x >= 0
        assert x + width <= 908.5


def test_a_chart_is_for_who_does_not_see_it_too(graph: fg.Graph) -> None:
    made = pictures.picture(graph.ask("timeline", why=True), name="one")
    assert 'role="img" aria-labelledby="one-title one-description"' in made.svg
    assert f'<title id="one-title">{made.title}</title>' in made.svg


def test_rows_that_lack_what_is_drawn_are_counted_in_the_caption(graph: fg.Graph) -> None:
    answer = graph.ask("films", why=True)
    lacking = sum(1 for row in answer if row["year"] is None)
    assert lacking
    assert f"{lacking} of {len(answer)} rows lack what is drawn." in pictures.picture(answer).caption


def test_years_without_a_film_are_gaps(graph: fg.Graph) -> None:
    shown = words(pictures.svg(graph.ask("films", why=True)))
    years = [int(one) for one in shown if re.fullmatch(r"(?:19|20)\d\d", one)]
    assert years == list(range(years[0], years[-1] + 1))


def test_the_same_answer_is_drawn_the_same(graph: fg.Graph) -> None:
    first, second = (pictures.svg(graph.ask("credits", why=True)) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("name", CHARTED)
def test_a_notebook_gets_a_chart_of_altair(graph: fg.Graph, name: str) -> None:
    pytest.importorskip("altair", reason="the extra charts is not installed")
    said = graph.ask(name).chart().to_dict()  # which Altair validates
    chart = Chart.from_plain(graph.catalogue.question(name).chart)
    assert said["title"]["text"] == chart.title
    assert {one["field"] for key, one in said["encoding"].items() if key != "tooltip" and "field" in one} == set(
        chart.fields
    )


def test_the_command_draws_to_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("vl_convert", reason="the extra charts is not installed")
    assert main(["ask", "box-office", "-o", str(tmp_path / "a.svg")]) == 0
    assert main(["ask", "box-office", "-o", str(tmp_path / "a.png")]) == 0
    assert main(["ask", "box-office", "-f", "svg"]) == 0
    assert capsys.readouterr().out == (tmp_path / "a.svg").read_text("utf-8")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


def test_who_has_no_chart_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "a.svg"
    assert main(["ask", "directors", "-o", str(target)]) == 2
    assert "docs/charts.md" in capsys.readouterr().err
    assert main(["query", "-e", "SELECT * { ?s ?p ?o } LIMIT 1", "-o", str(target)]) == 2
    assert main(["ask", "box-office", "-f", "png"]) == 2
    assert "-o chart.png" in capsys.readouterr().err
    assert not target.exists()


def test_without_the_extra_a_plain_message_says_how_to_get_it(graph: fg.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "find_spec", lambda _: None)
    answer = graph.ask("films")
    for call in (answer.chart, lambda: pictures.png(answer)):
        with pytest.raises(MissingDependencyError) as told:
            call()
        assert told.value.hint is not None
        assert "filmgraph[charts]" in told.value.hint


def test_an_answer_without_rows_is_not_drawn(graph: fg.Graph) -> None:
    answer = graph.ask("box-office", territory="Denmark")
    assert len(answer) == 0
    with pytest.raises(FilmgraphError, match="nothing to draw"):
        pictures.svg(answer)


QUERY = """#+ summary: Which years?
#+ chart:
{}
SELECT ?film ?year WHERE {{ ?film <http://example.org/year> ?year }}
"""
GOOD = """#+   mark: bar
#+   encoding:
#+     x: {field: year, type: ordinal}
#+     y: {aggregate: count}"""


@pytest.mark.parametrize(
    ("change", "said", "line"),
    [
        (("mark: bar", "mark: bra"), "'bra' is no mark", 3),
        (("field: year", "field: yaer"), "The chart names a column 'yaer'", None),
        (("type: ordinal", "type: ordnial"), "'ordnial' is no type", 5),
        (("x: {", "q: {"), "'q' is no channel", 5),
        (("aggregate: count", "aggregate: cuont"), "'cuont' is no aggregate", 6),
        (("mark: bar", "marks: bar"), "'marks' is no key of a chart", 3),
        (("mark: bar", "mark: rule"), "No chart is drawn so", 3),
        (("y: {aggregate: count}", "y: {type: nominal}"), "The channel y has no field", 6),
        (("x: {field: year, type: ordinal}", "x: {field: year}"), "The channel x has no type", 5),
        (("x: {field: year", "x2: {field: year"), "A chart with x2 has x", 5),
    ],
)
def test_a_chart_that_is_wrong_is_told_with_its_place(
    collection_of: Callable[[Mapping[str, str]], Path], change: tuple[str, str], said: str, line: int | None
) -> None:
    text = QUERY.format(GOOD.replace(*change))
    root = collection_of({})
    (root / "queries").mkdir()
    (root / "queries" / "years.rq").write_text(text, "utf-8")
    with fg.open(root) as opened, pytest.raises(FrontMatterError) as told:
        opened.catalogue.question("years")
    assert said in str(told.value)
    assert line is None or told.value.line == line


def test_a_chart_that_is_right_is_read(collection_of: Callable[[Mapping[str, str]], Path]) -> None:
    root = collection_of({})
    (root / "queries").mkdir()
    (root / "queries" / "years.rq").write_text(QUERY.format(GOOD), "utf-8")
    with fg.open(root) as opened:
        assert Chart.from_plain(opened.catalogue.question("years").chart).kind == "columns"
        assert Chart.from_plain(opened.catalogue.question("years").chart).title == "Which years?"
