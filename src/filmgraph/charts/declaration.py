"""Declarations of charts in front matter: a mark, and a field of the answer for each channel."""

from __future__ import annotations

from typing import NamedTuple

MARKS = ("bar", "point", "rect", "rule")
"""The marks that are drawn (`mark <https://vega.github.io/vega-lite/docs/mark.html>`_)."""
CHANNELS = ("x", "x2", "y", "y2", "color", "row")
"""The channels (`encoding <https://vega.github.io/vega-lite/docs/encoding.html>`_)."""
TYPES = ("quantitative", "temporal", "ordinal", "nominal")
"""What a field holds (`type <https://vega.github.io/vega-lite/docs/type.html>`_)."""
AGGREGATES = ("count", "sum")
TIME_UNITS = ("year",)
KEYS = ("field", "type", "title", "aggregate", "timeUnit")
"""What can be said of a channel."""
DISCRETE = ("ordinal", "nominal")


class Channel(NamedTuple):
    """A channel and what it shows: a field, which a count lacks, its type, a title where the field's name is none."""

    name: str
    field: str = ""
    type: str = ""
    title: str = ""
    aggregate: str = ""
    time_unit: str = ""

    @property
    def is_discrete(self) -> bool:
        """Whether its values stand side by side, and not on a scale."""
        return self.type in DISCRETE


class Chart(NamedTuple):
    """A chart: its mark, its channels, its title."""

    mark: str
    channels: tuple[Channel, ...]
    title: str = ""

    @classmethod
    def from_plain(cls, plain: tuple[object, ...]) -> Chart:
        """The chart that a question keeps as plain tuples.

        >>> Chart.from_plain(("bar", (("x", "n"),), "")).channel("x").field
        'n'
        """
        mark, channels, title = plain
        return cls(str(mark), tuple(Channel(*one) for one in channels), str(title))  # type: ignore[attr-defined]

    def channel(self, name: str) -> Channel:
        """A channel; one without a field where the chart has none of that name."""
        return next((one for one in self.channels if one.name == name), Channel(name))

    @property
    def fields(self) -> list[str]:
        """The fields of the answer that it shows."""
        return [one.field for one in self.channels if one.field]

    @property
    def kind(self) -> str:
        """The kind of chart: ``columns``, ``rows``, ``matrix`` or ``network``; empty for any other."""
        x, y = self.channel("x"), self.channel("y")
        if self.mark == "rule":
            return "network" if y.is_discrete and self.channel("y2").field else ""
        if x.is_discrete and y.is_discrete:
            return "matrix" if self.mark in {"rect", "point"} else ""
        if x.is_discrete and (y.type == "quantitative" or y.aggregate) and self.mark == "bar":
            return "columns"
        rows = y.is_discrete and x.type in {"quantitative", "temporal"} and self.mark in {"bar", "point"}
        return "rows" if rows else ""
