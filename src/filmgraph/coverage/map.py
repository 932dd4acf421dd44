"""Coverage for a terminal: a map of each source, its longest open stretches, and where the sources agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from filmgraph.coverage.agreement import STANDINGS
from filmgraph.passages.passage import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from filmgraph.coverage.agreement import FilmAgreement
    from filmgraph.coverage.coverage import SourceCoverage
    from filmgraph.passages.texts import SourceText

_MARGIN = 8
_MOST_ROWS = 4
_ROUND = 10
_MANY = 2


class Marks(NamedTuple):
    """The characters of a map: mostly cited, partly cited, left out, open, blank."""

    cited: str = "\u2588"
    partly: str = "\u2592"
    left_out: str = "-"
    open: str = "\u00b7"
    blank: str = " "


BLOCKS = Marks()
ASCII = Marks("#", "+", "-", ".", " ")
"""For terminals that can't show more."""


def coverage_lines(
    covered: Sequence[SourceCoverage],
    films: Sequence[FilmAgreement],
    texts: Mapping[str, SourceText],
    *,
    width: int = 80,
    marks: Marks = BLOCKS,
    most: int = 3,
) -> Iterator[str]:
    """The lines of the report.

    Args:
        covered: The sources.
        films: The films.
        texts: The texts at hand, by slug, for the words of open stretches.
        width: The width of the terminal.
        marks: The characters of the map.
        most: How many open stretches of each source to show, and how many values of each property.
    """
    yield f"{marks.cited} cited  {marks.partly} partly  {marks.left_out} left out on purpose  {marks.open} open"
    for source in covered:
        yield ""
        yield from _source_lines(source, texts.get(source.source.slug), width, marks, most)
    several = [film for film in films if film.count("agree") + film.count("differ")]
    if films:
        yield ""
        yield "How many properties of each film are stated by whom"
    for film in films:
        counts = "  ".join(f"{film.count(standing):>3} {standing}" for standing in STANDINGS)
        yield f"  {_cut(film.label, width - 50):<{width - 50}} {counts}"
    for film in several:
        yield ""
        yield film.label
        for found in film.properties:
            if len(found.values) >= _MANY:
                yield f"  {found.standing:<7} {_cut(found.name, width - 10)}"
                for slug, values in found.values.items() if found.standing == "differ" else ():
                    yield f"          {_cut(f'{slug}: {_some(values, most)}', width - 10)}"


def _source_lines(
    source: SourceCoverage, text: SourceText | None, width: int, marks: Marks, most: int
) -> Iterator[str]:
    shares = ", ".join(f"{source.share(kind):.0%} {kind}" for kind in ("cited", "left out", "open"))
    yield f"{source.source.slug}: {source.length:,} characters, {source.citations} citations, {source.facts:,} triples"
    yield f"  {shares}" + ("" if source.has_text else " (its text is not at hand, so blank stretches count as open)")
    columns = max(10, width - _MARGIN - 1)
    size = max(1, -(-source.length // (columns * _MOST_ROWS)))
    size = -(-size // _ROUND) * _ROUND if size > _ROUND else size
    cells = _cells(source, size, marks)
    for at in range(0, len(cells), columns):
        yield f"{at * size:>{_MARGIN - 1}} {cells[at : at + columns].rstrip()}"
    for stretch in source.open_stretches()[:most]:
        words = f" {excerpt(text.text, stretch.start, stretch.end, width=0).passage.strip()}" if text else ""
        where = source.source.outline.at(stretch.start)
        yield _cut(f"  open {stretch.start}-{stretch.end}{f', {where}' if where else ''}{words}", width)


def _cells(source: SourceCoverage, size: int, marks: Marks) -> str:
    """One mark for each run of ``size`` code points."""
    counts = [[0, 0, 0, 0] for _ in range(-(-source.length // size))]
    kinds = ("cited", "left out", "open", "blank")
    for stretch in source.stretches:
        for cell in range(stretch.start // size, -(-stretch.end // size)):
            overlap = min(stretch.end, (cell + 1) * size) - max(stretch.start, cell * size)
            counts[cell][kinds.index(stretch.kind)] += overlap
    return "".join(_mark(count, marks) for count in counts)


def _mark(count: Sequence[int], marks: Marks) -> str:
    cited, left_out, untouched, blank = count
    if cited and cited >= (left_out + untouched) * _MANY:
        return marks.cited
    if cited and cited >= left_out:
        return marks.partly
    if left_out or untouched:
        return marks.left_out if left_out >= untouched else marks.open
    return marks.blank if blank else marks.open


def _some(values: Sequence[str], most: int) -> str:
    rest = f" and {len(values) - most} more" if len(values) > most else ""
    return ", ".join(values[:most]) + rest


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: max(1, width - 1)] + "\u2026"
