"""Charts of answers as images, with a title and a caption that names the sources."""

from __future__ import annotations

import re
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from filmgraph.answers.grid import text_of
from filmgraph.charts.declaration import Chart
from filmgraph.charts.drawing import WIDTH, drawn, escape, text_width
from filmgraph.charts.vega_lite import specification
from filmgraph.errors import FilmgraphError, MissingDependencyError
from filmgraph.rdf.citation import Citation, is_citation, source_slug
from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    import altair as alt

    from filmgraph.answers.rows import AnsweredRows
    from filmgraph.rdf.results import Term

ENDINGS = ("svg", "png")
"""The endings of pictures."""
_INK, _PAPER = "#1d1a16", "#ffffff"
_MARGIN = 24
_SCALE = 2.0  # points of a bitmap for each of the drawing
_NUMERIC = {"integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger", "positiveInteger"}


class Picture(NamedTuple):
    """A drawing, its title, and its caption: the documents cited, and the rows not drawn."""

    svg: str
    title: str
    caption: str


def picture(answer: AnsweredRows, *, name: str = "chart") -> Picture:
    """Draw an answer; the drawing is empty where no row has the values of the chart.

    Args:
        answer: The answer to a question that declares a chart.
        name: What identifiers in the drawing begin with.

    Raises:
        FilmgraphError: The answer has no chart.
    """
    chart = _chart(answer)
    data = _data(answer, chart)
    caption = _caption(answer, chart, data)
    return Picture(drawn(chart, data, chart.title, caption, name=name), chart.title, caption)


def svg(answer: AnsweredRows) -> str:
    """Return the chart as an SVG file with title and caption.

    Raises:
        FilmgraphError: The answer has no chart, or there is nothing to draw.
    """
    made = picture(answer)
    if not made.svg:
        raise FilmgraphError("There is nothing to draw: no row has all that the chart shows.")
    size = re.search(r'height="(\d+)"', made.svg)
    assert size is not None  # noqa: S101 -- every drawing has one
    title, caption = _lines(made.title, 17), _lines(made.caption, 12)
    top = _MARGIN + len(title) * 24 + 6
    below = top + int(size[1]) + 20
    height = below + len(caption) * 17 + _MARGIN - 12
    width = WIDTH + 2 * _MARGIN
    inner = made.svg.replace("<svg ", f'<svg x="{_MARGIN}" y="{top}" ', 1)
    font = "font-family=\"system-ui, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif\""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    lines = [
        f'{head} color="{_INK}" {font}>',
        f'<rect width="{width}" height="{height}" fill="{_PAPER}"/>',
        *(
            f'<text x="{_MARGIN}" y="{_MARGIN + 14 + place * 24}" font-size="19" font-weight="600" fill="{_INK}">'
            f"{escape(line)}</text>"
            for place, line in enumerate(title)
        ),
        inner,
        *(
            f'<text x="{_MARGIN}" y="{below + place * 17}" font-size="12" fill="{_INK}" opacity=".75">'
            f"{escape(line)}</text>"
            for place, line in enumerate(caption)
        ),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def png(answer: AnsweredRows) -> bytes:
    """Return the chart as a PNG image.

    Raises:
        FilmgraphError: The answer has no chart, or there is nothing to draw.
        MissingDependencyError: The extra ``charts`` is not installed.
    """
    text = svg(answer)
    if find_spec("vl_convert") is None:
        raise MissingDependencyError("vl-convert-python", extra="charts", purpose="a chart as PNG")
    import vl_convert  # noqa: PLC0415 -- an extra, and slow to import

    made: bytes = vl_convert.svg_to_png(text, scale=_SCALE)
    return made


def altair_chart(answer: AnsweredRows) -> alt.Chart:
    """Return the chart as an Altair object.

    Raises:
        FilmgraphError: The answer has no chart.
        MissingDependencyError: The extra ``charts`` is not installed.
    """
    chart = _chart(answer)
    data = _data(answer, chart)
    if find_spec("altair") is None:
        raise MissingDependencyError("altair", extra="charts", purpose="chart()")
    import altair as alt  # noqa: PLC0415 -- an extra, and slow to import

    said = specification(chart, data, chart.title, _caption(answer, chart, data))
    made: alt.Chart = alt.Chart.from_dict(said)
    return made


def _chart(answer: AnsweredRows) -> Chart:
    if answer.asked is None or not answer.asked.chart:
        raise FilmgraphError(
            "This answer has no chart.", hint="A question declares one in its front matter; see docs/charts.md."
        )
    return Chart.from_plain(answer.asked.chart)


def _data(answer: AnsweredRows, chart: Chart) -> list[dict[str, str | float | None]]:
    """Return the values of each row: numbers as numbers, all else as text."""
    iris = sorted({term.value for row in answer for term in row if isinstance(term, NamedNode)})
    labels = answer.glossary.labels(iris)
    dates = {one.field for one in chart.channels if one.type == "temporal" or one.time_unit}
    dates |= {chart.channel("x2").field} if chart.channel("x").type == "temporal" else set()
    return [{name: _value(term, labels, exact=name in dates) for name, term in row.to_dict().items()} for row in answer]


def _value(term: Term | None, labels: dict[str, str], *, exact: bool) -> str | float | None:
    if term is None:
        return None
    if isinstance(term, Literal) and term.datatype.value.removeprefix(PREFIXES["xsd"]) in _NUMERIC:
        return float(term.value)
    return term.value if exact and isinstance(term, Literal) else text_of(term, labels)


def _caption(answer: AnsweredRows, chart: Chart, data: list[dict[str, str | float | None]]) -> str:
    """Return the caption: the documents cited, and how many rows lack values."""
    cited = {iri for row in answer if answer.explained for witness in row.why for iri in witness}
    documents = {Citation.parse(iri).source for iri in cited if is_citation(iri)}
    documents |= {
        term.value
        for row in answer
        for term in row
        if isinstance(term, NamedNode) and term.value.startswith(PREFIXES["source"]) and not is_citation(term.value)
    }
    lines = answer.glossary.sources(sorted(documents))
    named = [
        f"{source_slug(iri)}: {', '.join(filter(None, (one.title, one.publisher, one.date)))}"
        for iri, one in sorted(lines.items())
    ]
    said = [f"Who says so: {'; '.join(dict.fromkeys(named))}."] if named else []
    needed = [one.field for one in chart.channels if one.field and one.name not in {"x2", "color", "row"}]
    lacking = sum(1 for row in data if any(row.get(field) in {None, ""} for field in needed))
    if lacking:
        said.append(f"{lacking} of {len(data)} rows lack what is drawn.")
    return " ".join(said)


def _lines(text: str, size: float) -> list[str]:
    """Break a text into lines no wider than the drawing."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer) * size / 13 <= WIDTH:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
