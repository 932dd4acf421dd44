"""The chart in the front matter of a question, checked word by word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.charts.declaration import AGGREGATES, CHANNELS, KEYS, MARKS, TIME_UNITS, TYPES, Channel, Chart
from filmgraph.text.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    import yaml

    from filmgraph.catalogue.header import Entries, Header

_KEYS = ("title", "mark", "encoding")
_ENDS = {"x2": "x", "y2": "y"}
_DRAWN = (
    "There are columns (bar; ordinal x, quantitative or counted y), rows (bar or point; nominal y, quantitative or "
    "temporal x), matrices (rect or point; nominal x and y) and networks (rule; nominal y and y2)."
)


def chart_of(header: Header, node: yaml.Node, title: str) -> tuple[object, ...]:
    """The chart that a header declares, as plain tuples: see `filmgraph.charts.declaration.Chart`.

    Args:
        header: The header, for the places of errors.
        node: What stands under ``chart``.
        title: The title of a chart that has none of its own.

    Raises:
        FrontMatterError: A word in it is not known, or it is no chart that can be drawn.
    """
    entries = header.entries(node, of="'chart'")
    for name, entry in entries.by_key.items():
        _known(header, name, _KEYS, entry.key, "key of a chart")
    if "mark" not in entries.by_key or "encoding" not in entries.by_key:
        raise header.error("A chart has a mark and an encoding.", entries.node)
    mark = _word(header, entries, "mark", MARKS, "mark")
    encoding = header.entries(entries.by_key["encoding"].value, of="'encoding'")
    channels = []
    for name, entry in encoding.by_key.items():
        _known(header, name, CHANNELS, entry.key, "channel")
        channels.append(_channel(header, name, header.entries(entry.value, of=f"'{name}'")))
    if "title" in entries.by_key:
        title = header.text(entries.by_key["title"].value, of="'title'")
    chart = Chart(mark, tuple(channels), title)
    for name, start in _ENDS.items():
        if chart.channel(name).field and not chart.channel(start).field:
            raise header.error(f"A chart with {name} has {start}.", encoding.by_key[name].key)
    if not chart.kind:
        raise header.error("No chart is drawn so.", entries.by_key["mark"].value, hint=_DRAWN)
    return chart.mark, tuple(map(tuple, chart.channels)), chart.title


def _channel(header: Header, name: str, entries: Entries) -> Channel:
    for key, entry in entries.by_key.items():
        _known(header, key, KEYS, entry.key, "key of a channel")
    aggregate = _word(header, entries, "aggregate", AGGREGATES, "aggregate")
    if "field" not in entries.by_key and aggregate != "count":
        raise header.error(f"The channel {name} has no field.", entries.node, hint="Only a count needs none.")
    if "type" not in entries.by_key and not aggregate and name not in _ENDS:
        raise header.error(f"The channel {name} has no type.", entries.node, hint=f"Types: {', '.join(TYPES)}.")
    return Channel(
        name,
        field=header.text(entries.by_key["field"].value, of="'field'") if "field" in entries.by_key else "",
        type=_word(header, entries, "type", TYPES, "type"),
        title=header.text(entries.by_key["title"].value, of="'title'") if "title" in entries.by_key else "",
        aggregate=aggregate,
        time_unit=_word(header, entries, "timeUnit", TIME_UNITS, "time unit"),
    )


def _word(header: Header, entries: Entries, key: str, known: Sequence[str], what: str) -> str:
    if key not in entries.by_key:
        return ""
    word = header.text(entries.by_key[key].value, of=f"'{key}'")
    _known(header, word, known, entries.by_key[key].value, what)
    return word


def _known(header: Header, word: str, known: Sequence[str], at: yaml.Node, what: str) -> None:
    if word not in known:
        near = nearest(word, known, count=1)
        hint = f"Did you mean '{near[0]}'?" if near else f"There are {', '.join(known)}."
        raise header.error(f"'{word}' is no {what}.", at, hint=hint)
