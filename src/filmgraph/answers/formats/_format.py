"""The interface of an answer format: its names, media types and endings, and how it writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from filmgraph.answers.answer import RowsAnswer, TriplesAnswer, TruthAnswer


class Page(NamedTuple):
    """The output page: its width in columns, and whether it shows colours."""

    width: int = 80
    colour: bool = False


class Format(NamedTuple):
    """An answer format: its names, and the functions that write rows or triples.

    ``rows`` and ``triples``: one of the two; ``truth`` where yes and no are not written as a row.
    ``evidence`` says whether it has a place for citations.
    """

    name: str
    summary: str
    media_types: tuple[str, ...]
    endings: tuple[str, ...]
    rows: Callable[[RowsAnswer, Page], Iterable[str]] | None = None
    truth: Callable[[TruthAnswer], Iterable[str]] | None = None
    triples: Callable[[TriplesAnswer], Iterable[str]] | None = None
    evidence: bool = False
