"""Text of the search field, read as a question in plain English."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from filmgraph.asking.reading import alike

if TYPE_CHECKING:
    from filmgraph.asking.reading import Reading
    from filmgraph.serving.pages.site import ServedSite

_LONGEST = 300
"""Letters of a question: a text that is longer is none, and would keep a worker busy."""


class AskedQuestion(NamedTuple):
    """A question of the catalogue with values: what it asks, the command that asks it, the path of its answer."""

    summary: str
    command: str
    path: str


class UnderstoodText(NamedTuple):
    """The readings of a text, several if it is ambiguous; the nearest questions if nothing answers it."""

    asked: list[AskedQuestion]
    nearest: list[AskedQuestion]


def understood(site: ServedSite, text: str) -> UnderstoodText:
    """Return the readings of a text; a single word or a long text without one has no nearest questions.

    Raises:
        StoreError: The store could not answer.
    """
    if len(text) > _LONGEST:
        return UnderstoodText([], [])
    found = site.graph.readings(text)
    if found:
        return UnderstoodText([_asked(site, one) for one in alike(found)], [])
    near = site.graph.understanding.nearest(text) if " " in text else []
    return UnderstoodText([], [_asked(site, one) for one in near])


def _asked(site: ServedSite, reading: Reading) -> AskedQuestion:
    query = f"?{urlencode(reading.values)}" if reading.values else ""
    summary = site.graph.catalogue.question(reading.question).summary
    return AskedQuestion(summary, reading.command, f"/questions/{reading.question}{query}")
