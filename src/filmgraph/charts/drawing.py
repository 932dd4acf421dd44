"""A chart as SVG (`SVG 2 <https://www.w3.org/TR/SVG2/>`_): drawn by itself, so that a page needs no script for it.

There is no style in it but attributes, which a strict policy allows; text and axes have the colour of what is around.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import east_asian_width

from filmgraph.charts.scales import Scale, day_of, days, number_words, numbers
from filmgraph.charts.vega_lite import PALETTE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from filmgraph.charts.declaration import Channel, Chart

    Value = str | float | None
    Datum = dict[str, Value]

WIDTH = 860
_LINE = 24  # the height of a row
_SIZE = 13  # of text
_LETTER = 7.4  # about the width of a letter
_LABEL = 330  # the most that labels at the side may take
_TOP, _BOTTOM, _RIGHT = 8, 44, 52
_COLUMNS = 240
_LEAST = 5.0
_MOST_YEARS = 60
_FONT = "system-ui, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif"
_MANY = len(PALETTE)


class Drawn(NamedTuple):
    """Pieces of SVG, and how high they are together."""

    pieces: list[str]
    height: float


def drawn(chart: Chart, data: Sequence[Datum], title: str, description: str, *, name: str = "chart") -> str:
    """A chart as an ``svg`` element; empty where no row has what it shows.

    Args:
        chart: The declaration.
        data: For each row of the answer its values by field: numbers, and text for all else.
        title: What it shows.
        description: The same for who does not see it.
        name: What its identifiers begin with.
    """
    usable = [row for row in data if all(row.get(one.field) not in {None, ""} for one in chart.channels if _needs(one))]
    if not usable:
        return ""
    body = _KINDS[chart.kind](chart, usable)
    legend = _legend(chart, usable, body.height)
    height = round(body.height + legend.height)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-labelledby="{name}-title {name}-description" font-family="{_FONT}" font-size="{_SIZE}">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-description">{escape(description)}</desc>'
    )
    return "\n".join([head, *body.pieces, *legend.pieces, "</svg>"])


def escape(text: str) -> str:
    """Text that stands in SVG."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def text_width(text: str) -> float:
    """About how wide a text is.

    >>> text_width("ab") < text_width("火车")
    True
    """
    return sum(_SIZE if east_asian_width(letter) in "WF" else _LETTER for letter in text)


def apart(names: Sequence[str]) -> list[str]:
    """Names without the words before a comma or colon with which all of them begin.

    >>> apart(["Night Ferry, release", "Night Ferry, screening"]), apart(["Ada"])
    (['release', 'screening'], ['Ada'])
    """
    first, last = min(names), max(names)  # all others lie between them
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False)))
    common = first[:alike] if len(names) > 1 else ""
    end = max(common.rfind(mark) for mark in (", ", ": ")) + 2
    return [name[end:] for name in names] if end > 1 else list(names)


def _needs(one: Channel) -> bool:
    """Whether a row that lacks a channel is left out."""
    return bool(one.field) and one.name not in {"x2", "color", "row"}


def _rows(chart: Chart, data: Sequence[Datum]) -> Drawn:
    pieces = [_text(0, _TOP + 6, _title(chart.channel("y")), soft=True)]
    top = float(_TOP) + 14
    for facet, members in _facets(chart, data).items():
        if facet:
            pieces.append(_text(0, top + 14, facet, weight="600"))
            top += 24
        part = _facet(chart, members, top, _colours(chart, data))
        pieces += part.pieces
        top += part.height
    return Drawn(pieces, top)


def _facets(chart: Chart, data: Sequence[Datum]) -> dict[str, list[Datum]]:
    field = chart.channel("row").field
    found: dict[str, list[Datum]] = {}
    for row in data:
        found.setdefault(str(row.get(field) or "") if field else "", []).append(row)
    return found


def _facet(chart: Chart, data: Sequence[Datum], top: float, colours: Callable[[Datum], str]) -> Drawn:
    """Rows of bars or points on one scale."""
    x, y = chart.channel("x"), chart.channel("y")
    second = chart.channel("x2").field or x.field
    ends = [(_number(row.get(x.field), x), _number(row.get(second), x, last=True)) for row in data]
    lines = [
        (row, low if low is not None else high, high if high is not None else low)
        for row, (low, high) in zip(data, ends, strict=True)
    ]
    lines = [line for line in lines if line[1] is not None]
    if not lines:
        return Drawn([], 0)
    places = list(dict.fromkeys(str(row[y.field]) for row, _, _ in lines))
    shown = apart(places)
    left = min(max(map(text_width, shown)) + 14, _LABEL)
    values = [value for _, low, high in lines for value in (low, high) if value is not None]
    bottom = top + len(places) * _LINE
    if x.type == "temporal":
        scale = days(values, left, WIDTH - _RIGHT)
    else:
        from_zero = chart.mark == "bar" and second == x.field
        scale = numbers(values, left, WIDTH - _RIGHT, from_zero=from_zero)
    pieces = [*_axis(scale, top, bottom, _title(x)), *_side_labels(shown, left - 10, top, _LABEL - 14)]
    for row, low, high in lines:
        assert low is not None  # noqa: S101 -- those were left out
        assert high is not None  # noqa: S101 -- the same
        middle = top + places.index(str(row[y.field])) * _LINE + _LINE / 2
        start = scale.place(low) if second != x.field or chart.mark == "point" else scale.place(max(scale.low, 0))
        end = scale.place(high)
        if chart.mark == "point":
            pieces.append(_dot(end, middle, colours(row), _said(row)))
        else:
            width = max(end - start, _LEAST)
            start = (start + end - width) / 2 if width == _LEAST else start
            pieces.append(_box(start, middle - 7, width, 14, colours(row), _said(row)))
            if second == x.field:
                pieces.append(_beside(end, middle + 4.5, number_words(high)))
    return Drawn(pieces, bottom - top + _BOTTOM + 8)


def _columns(chart: Chart, data: Sequence[Datum]) -> Drawn:
    x, y = chart.channel("x"), chart.channel("y")
    groups: dict[str, list[Datum]] = {}
    for row in data:
        groups.setdefault(_key(row[x.field], x), []).append(row)
    names = _years(sorted(groups)) if x.time_unit else sorted(groups) if x.type == "ordinal" else list(groups)
    heights = {name: _aggregated(y, groups.get(name, [])) for name in names}
    scale = numbers(list(heights.values()), _COLUMNS + _TOP, _TOP + 20, from_zero=True, whole=y.aggregate == "count")
    left = max(text_width(words) for _, words in scale.ticks) + 34
    step = (WIDTH - left - _RIGHT) / len(names)
    pieces = [
        f'<line x1="{left:.1f}" x2="{WIDTH - _RIGHT}" y1="{scale.place(value):.1f}" y2="{scale.place(value):.1f}" '
        f'stroke="currentColor" stroke-opacity="{0.45 if value == 0 else 0.15}"/>'
        + _text(left - 8, scale.place(value) + 4.5, words, anchor="end", soft=True)
        for value, words in scale.ticks
    ]
    pieces.append(_text(0, _TOP + 4, _title(y), soft=True))
    wide = max(map(text_width, names)) + 8 > step
    for place, name in enumerate(names):
        middle = left + step * (place + 0.5)
        top = scale.place(heights[name])
        width = min(step * 0.72, 60)
        said = f"{name}: {number_words(heights[name])}"
        if heights[name]:
            pieces.append(_box(middle - width / 2, top, width, scale.place(0) - top, PALETTE[0], said))
            pieces.append(_text(middle, top - 5, number_words(heights[name]), anchor="middle"))
        if wide:
            pieces.append(_turned(middle, _COLUMNS + _TOP + 14, name))
        else:
            pieces.append(_text(middle, _COLUMNS + _TOP + 18, name, anchor="middle"))
    below = _COLUMNS + _TOP + (min(max(map(text_width, names)) * 0.75, 150) + 18 if wide else 24)
    pieces.append(_text(left, below + 16, _title(x), soft=True))
    return Drawn(pieces, below + 24)


def _matrix(chart: Chart, data: Sequence[Datum]) -> Drawn:
    x, y, colour = chart.channel("x"), chart.channel("y"), chart.channel("color")
    cells: dict[tuple[str, str], list[Datum]] = {}
    for row in data:
        cells.setdefault((_key(row[y.field], y), _key(row[x.field], x)), []).append(row)
    lines = list(dict.fromkeys(line for line, _ in cells))
    columns = (
        sorted({column for _, column in cells}) if x.type == "ordinal" else list(dict.fromkeys(c for _, c in cells))
    )
    left = min(max(map(text_width, lines)) + 14, _LABEL)
    head = min(max(map(text_width, columns)) * 0.72, 150) + 14
    step = min((WIDTH - left - 120) / len(columns), 90)
    top = _TOP + head + 22
    pieces = [
        _text(left - 10, top - 6, _title(y), anchor="end", soft=True),
        _text(left, _TOP + 8, _title(x), soft=True),
        *_side_labels(lines, left - 10, top, _LABEL - 14),
        *(_risen(left + step * (place + 0.5), top - 6, name) for place, name in enumerate(columns)),
    ]
    counted = colour.type == "quantitative" or bool(colour.aggregate)
    totals = {key: _aggregated(colour, rows) for key, rows in cells.items()} if counted else {}
    most = max(totals.values(), default=1.0) or 1.0
    colours = _colours(chart, data)
    for (line, column), rows in cells.items():
        place = left + step * columns.index(column)
        across = top + _LINE * lines.index(line)
        said = f"{line}, {column}" + (f": {number_words(totals[line, column])}" if counted else "")
        if chart.mark == "point":
            pieces.append(_dot(place + step / 2, across + _LINE / 2, colours(rows[0]), said))
        elif counted:
            share = totals[line, column] / most
            pieces.append(_box(place + 1, across + 1, step - 2, _LINE - 2, _shade(share), said))
            ink = "#ffffff" if share > 0.45 else "#1d1a16"  # noqa: PLR2004 -- where the shade grows dark
            words = number_words(totals[line, column])
            pieces.append(_text(place + step / 2, across + _LINE / 2 + 4.5, words, anchor="middle", fill=ink))
        else:
            pieces.append(_box(place + 1, across + 1, step - 2, _LINE - 2, colours(rows[0]), said))
    bottom = top + len(lines) * _LINE
    if counted:
        pieces.append(_text(left, bottom + 22, f"The darker, the more: {_title(colour)}", soft=True))
    return Drawn(pieces, bottom + (34 if counted else 14))


def _network(chart: Chart, data: Sequence[Datum]) -> Drawn:
    y, y2 = chart.channel("y"), chart.channel("y2")
    pairs = list(dict.fromkeys((str(row[y.field]), str(row[y2.field])) for row in data))
    left, right = (list(dict.fromkeys(names)) for names in zip(*pairs, strict=True))
    right.sort(key=lambda name: sum(left.index(one) for one, other in pairs if other == name) / _degree(pairs, 1, name))
    side, other_side = (min(max(map(text_width, names)) + 18, _LABEL) for names in (left, right))
    top, height = float(_TOP + 22), max(len(left), len(right)) * _LINE
    places = [
        {name: top + height * (place + 0.5) / len(names) for place, name in enumerate(names)} for names in (left, right)
    ]
    start, end = side, WIDTH - other_side
    pieces = [
        _text(side - 12, _TOP + 8, _title(y), anchor="end", soft=True),
        _text(end + 12, _TOP + 8, _title(y2), soft=True),
    ]
    for one, other in pairs:
        a, b = places[0][one], places[1][other]
        bend = (end - start) / 2
        pieces.append(
            f'<path d="M{start:.1f} {a:.1f}C{start + bend:.1f} {a:.1f} {end - bend:.1f} {b:.1f} {end:.1f} {b:.1f}" '
            f'fill="none" stroke="{PALETTE[0]}" stroke-width="1.6" stroke-opacity=".9">'
            f"<title>{escape(f'{one}: {other}')}</title></path>"
        )
    for which, (names, x, anchor) in enumerate(((left, start, "end"), (right, end, "start"))):
        for name in names:
            radius = 3 + min(_degree(pairs, which, name), 6) * 0.7
            pieces.append(_dot(x, places[which][name], PALETTE[which], name, radius))
            beside = x - 12 if anchor == "end" else x + 12
            pieces.append(_text(beside, places[which][name] + 4.5, _cut(name, _LABEL - 18), anchor=anchor))
    return Drawn(pieces, top + height + 8)


_KINDS: dict[str, Callable[[Chart, Sequence[Datum]], Drawn]] = {
    "rows": _rows,
    "columns": _columns,
    "matrix": _matrix,
    "network": _network,
}


def _years(names: list[str]) -> list[str]:
    """All years between those that are named, where they are not too many: a gap is a gap."""
    if not names or not all(name.isdigit() for name in names) or int(names[-1]) - int(names[0]) > _MOST_YEARS:
        return names
    return [str(year) for year in range(int(names[0]), int(names[-1]) + 1)]


def _degree(pairs: Iterable[tuple[str, str]], which: int, name: str) -> int:
    return sum(1 for pair in pairs if pair[which] == name)


def _legend(chart: Chart, data: Sequence[Datum], top: float) -> Drawn:
    """The colours and what they mean; nothing where colour says nothing by itself."""
    colour = chart.channel("color")
    if not colour.field or not colour.is_discrete:
        return Drawn([], 0)
    names = _colour_names(chart, data)
    pieces, x, y = [_text(0, top + 14, f"{_title(colour)}:", soft=True)], text_width(_title(colour)) + 18, top
    for name in names:
        width = text_width(name) + 36
        if x + width > WIDTH:
            x, y = 0.0, y + 22
        pieces += [_box(x, y + 4, 12, 12, _colour_of(names, name), name), _text(x + 18, y + 14.5, name)]
        x += width
    return Drawn(pieces, y - top + 28)


def _colours(chart: Chart, data: Sequence[Datum]) -> Callable[[Datum], str]:
    colour = chart.channel("color")
    if not colour.field or not colour.is_discrete:
        return lambda _: PALETTE[0]
    names = _colour_names(chart, data)
    return lambda row: _colour_of(names, str(row.get(colour.field) or ""))


def _colour_names(chart: Chart, data: Sequence[Datum]) -> list[str]:
    field = chart.channel("color").field
    return list(dict.fromkeys(str(row.get(field) or "") for row in data if row.get(field)))


def _colour_of(names: Sequence[str], name: str) -> str:
    """A colour for each name; those for which there is none share a grey."""
    place = names.index(name) if name in names else _MANY
    return PALETTE[place] if place < _MANY else "#8a8a8a"


def _shade(share: float) -> str:
    """From light to dark blue."""
    light, dark = (0xDC, 0xEA, 0xF7), (0x08, 0x30, 0x6B)
    mixed = (round(a + (b - a) * share) for a, b in zip(light, dark, strict=True))
    return "#" + "".join(f"{one:02x}" for one in mixed)


def _number(value: Value, channel: Channel, *, last: bool = False) -> float | None:
    if value is None:
        return None
    if channel.type == "temporal":
        return day_of(str(value), last=last)
    return float(value) if isinstance(value, (int, float)) else None


def _key(value: Value, channel: Channel) -> str:
    text = number_words(value) if isinstance(value, float) and not channel.time_unit else str(value)
    return text.removesuffix(".0")[:4] if channel.time_unit == "year" else text


def _aggregated(channel: Channel, rows: Sequence[Datum]) -> float:
    if channel.aggregate == "count" or not channel.field:
        return float(len(rows))
    found = [value for row in rows if isinstance(value := row.get(channel.field), (int, float))]
    return float(sum(found))


def _title(channel: Channel) -> str:
    return channel.title or channel.field or "How many"


def _said(row: Datum) -> str:
    words = [number_words(value) if isinstance(value, float) else str(value) for value in row.values() if value]
    return ", ".join(dict.fromkeys(words))


def _axis(scale: Scale, top: float, bottom: float, title: str) -> list[str]:
    pieces = []
    for value, words in scale.ticks:
        place = scale.place(value)
        pieces.append(
            f'<line x1="{place:.1f}" x2="{place:.1f}" y1="{top:.1f}" y2="{bottom + 4:.1f}" '
            'stroke="currentColor" stroke-opacity=".15"/>'
        )
        pieces.append(_text(place, bottom + 18, words, anchor="middle", soft=True))
    return [*pieces, _text(scale.start, bottom + 36, title, soft=True)]


def _side_labels(names: Sequence[str], x: float, top: float, most: float) -> list[str]:
    return [
        _text(x, top + place * _LINE + _LINE / 2 + 4.5, _cut(name, most), anchor="end")
        for place, name in enumerate(names)
    ]


def _beside(end: float, y: float, words: str) -> str:
    """A value beside the end of its bar, or in it where there is no room."""
    if end + text_width(words) + 8 > WIDTH:
        return _text(end - 6, y, words, anchor="end", fill="#ffffff")
    return _text(end + 6, y, words)


def _cut(text: str, most: float) -> str:
    if text_width(text) <= most:
        return text
    while text and text_width(text) > most - _SIZE:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _box(x: float, y: float, width: float, height: float, fill: str, said: str) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{max(height, 0):.1f}" rx="2" fill="{fill}">'
        f"<title>{escape(said)}</title></rect>"
    )


def _dot(x: float, y: float, fill: str, said: str, radius: float = 5.5) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{fill}"><title>{escape(said)}</title></circle>'


def _text(
    x: float, y: float, words: str, *, anchor: str = "start", fill: str = "", weight: str = "", soft: bool = False
) -> str:
    more = (f' font-weight="{weight}"' if weight else "") + (' opacity=".75"' if soft else "")
    at = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {at} fill="{fill or "currentColor"}"{more}>{escape(words)}</text>'


def _turned(x: float, y: float, words: str) -> str:
    short = escape(_cut(words, 190))
    at = f'transform="translate({x + 4:.1f} {y:.1f}) rotate(-45)" text-anchor="end"'
    return f'<text {at} fill="currentColor">{short}</text>'


def _risen(x: float, y: float, words: str) -> str:
    short = escape(_cut(words, 190))
    return f'<text transform="translate({x:.1f} {y:.1f}) rotate(-40)" fill="currentColor">{short}</text>'
