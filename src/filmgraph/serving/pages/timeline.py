"""Page content for a timeline: dated events on a scale of years."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_WIDTH = 1000
_MARGIN = 8
_LEAST = 6


class Moment(NamedTuple):
    """A dated event: its kind, label, first and last day, date as stated, and page."""

    kind: str
    label: str
    first: str
    last: str
    date: str
    path: str


class Bar(NamedTuple):
    """An event with its position and width, in thousandths of the timeline."""

    moment: Moment
    left: int
    width: int


class Timeline(NamedTuple):
    """Bars in order of date, and the positions of the years."""

    bars: list[Bar]
    years: list[tuple[int, int]]


def timeline(moments: Iterable[Moment]) -> Timeline | None:
    """Lay out events on a timeline; None where there are fewer than two.

    >>> made = Moment("production", "shoot", "2009-01-01", "2009-12-31", "2009", "/a")
    >>> shown = Moment("screening", "premiere", "2010-06-01", "2010-06-01", "2010-06-01", "/b")
    >>> [bar.left for bar in timeline([shown, made]).bars], timeline([made])
    ([8, 704], None)
    """
    dated = []
    for one in moments:
        first, last = _day(one.first), _day(one.last)
        if first is not None and last is not None:
            dated.append((first, max(first, last), one))
    if len(dated) < 2:  # noqa: PLR2004 -- one is no line
        return None
    start, end = min(one[0] for one in dated).year, max(one[1] for one in dated).year + 1
    begin, whole = date(start, 1, 1).toordinal(), date(end, 1, 1).toordinal() - date(start, 1, 1).toordinal()

    def place(day: int) -> int:
        return _MARGIN + round((day - begin) * (_WIDTH - 2 * _MARGIN) / whole)

    bars = [
        Bar(one, place(first.toordinal()), max(place(last.toordinal()) - place(first.toordinal()), _LEAST))
        for first, last, one in sorted(dated, key=lambda item: (item[0], item[1], item[2].label))
    ]
    step = max(1, (end - start) // 8)
    years = [(year, place(date(year, 1, 1).toordinal())) for year in range(start, end + 1, step)]
    return Timeline(bars, years)


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year < date.max.year else None
