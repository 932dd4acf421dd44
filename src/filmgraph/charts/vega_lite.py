"""A chart as a specification of Vega-Lite 5, for notebooks and other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from filmgraph.charts.declaration import Channel, Chart

    Value = str | float | None
    Json = dict[str, object]

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#6B6B6B", "#B8A000")
"""Colours that readers tell apart who do not see all: after Okabe and Ito, the yellow darker, so that it is seen on
white."""
_RAMP = ("#dceaf7", "#08306b")


def specification(chart: Chart, data: Sequence[dict[str, Value]], title: str, caption: str) -> Json:
    """The specification of a chart with its data.

    Args:
        chart: The declaration.
        data: For each row of the answer its values by field.
        title: What the chart shows.
        caption: Who says so.
    """
    encoding = {one.name: _channel(one, chart) for one in chart.channels}
    if chart.kind == "network":
        encoding |= {"x": {"value": 0}, "x2": {"value": "width"}}
    tooltip = [{"field": name} for name in dict.fromkeys(key for row in data for key in row)]
    made: Json = {
        "$schema": SCHEMA,
        "title": {"text": title, "subtitle": caption, "anchor": "start"},
        "data": {"values": list(data)},
        "mark": {"type": chart.mark, "filled": True} if chart.mark == "point" else {"type": chart.mark},
        "encoding": encoding | {"tooltip": tooltip},
        "config": {"range": {"category": list(PALETTE), "heatmap": list(_RAMP)}},
    }
    if chart.channel("row").field:
        made["resolve"] = {"scale": {"x": "independent"}}
    return made


def _channel(one: Channel, chart: Chart) -> Json:
    said: Json = {}
    if one.field:
        said["field"] = one.field
    if one.aggregate:
        said["aggregate"] = one.aggregate
    if one.name in {"x2", "y2"}:
        return said
    said["type"] = "quantitative" if one.aggregate else one.type
    if one.title:
        said["title"] = one.title
    if one.time_unit:
        said |= {"timeUnit": one.time_unit, "type": "ordinal" if one.is_discrete else one.type}
    if one.name == "y" and one.is_discrete:
        said["sort"] = None  # in the order of the answer
    if one.name == "color" and chart.mark == "rect":
        said["scale"] = {"range": list(_RAMP)}
    return said
