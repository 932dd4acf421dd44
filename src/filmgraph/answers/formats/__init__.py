"""Formats of answers: each a file of this package, or a line of the table of RDF formats, found by its name.

A media type or a file ending finds it too.
"""

from __future__ import annotations

import os
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from filmgraph.answers.answer import RowsAnswer, TriplesAnswer
from filmgraph.answers.formats._format import Format, Page
from filmgraph.errors import FilmgraphError, UnknownFormatError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filmgraph.answers.answer import Answer

__all__ = ["Format", "Page", "default", "find", "names", "of_file", "render"]

_FOLDER = os.path.dirname(__file__)
_TABLE = "rdf"
"""The file that has a table of formats."""


def names() -> list[str]:
    """Return the names of all formats."""
    return sorted({*_modules(), *_rdf()})


def find(wanted: str) -> Format:
    """Find a format by name, media type or file ending.

    >>> find("text/csv").name, find(".ttl").name, find("Markdown").name
    ('csv', 'turtle', 'markdown')

    Raises:
        UnknownFormatError: There is none.
    """
    name = wanted.partition(";")[0].strip().lower()
    if name in _modules():
        return _load(name)
    known = names()
    if name in known:
        return _load(name)
    for one in map(_load, known):
        if name in one.media_types or name.removeprefix(".") in one.endings:
            return one
    near = import_module("filmgraph.text.nearest").nearest(name.removeprefix("."), known)
    raise UnknownFormatError(
        f"There is no format {wanted!r}.", name=wanted, choices=near, hint=None if near else _all(known)
    )


def of_file(path: str) -> Format:
    """Return the format for a file's ending.

    Raises:
        UnknownFormatError: The file has no ending, or one that no format has.
    """
    ending = os.path.basename(path).rpartition(".")
    if ending[0]:
        for one in map(_load, names()):
            if ending[2].lower() in one.endings:
                return one
    raise UnknownFormatError(
        f"The ending of {path!r} names no format.", name=path, hint=f"Name one with -f. {_all(names())}"
    )


def default(answer: Answer) -> Format:
    """Return the default format: a table, or Turtle for triples without evidence."""
    return _load("turtle" if isinstance(answer, TriplesAnswer) and answer.explanations is None else "table")


def render(answer: Answer, chosen: Format, page: Page) -> Iterable[str]:
    """Yield an answer in a format, as pieces of text.

    Raises:
        FilmgraphError: The format cannot hold the answer.
    """
    if chosen.triples is not None:
        if not isinstance(answer, TriplesAnswer):
            raise UnknownFormatError(
                f"{chosen.name} holds triples, and this query answers with rows.",
                name=chosen.name,
                hint=f"Choose one of {', '.join(one.name for one in map(_load, names()) if one.rows)}.",
            )
        _refuse_evidence(chosen, explained=answer.explanations is not None)
        return chosen.triples(answer)
    if not isinstance(answer, (RowsAnswer, TriplesAnswer)) and chosen.truth is not None:
        _refuse_evidence(chosen, explained=answer.explanation is not None)
        return chosen.truth(answer)
    rows = answer.to_rows()
    _refuse_evidence(chosen, explained=rows.explained)
    if chosen.rows is None:  # pragma: no cover -- a contract test holds that every format has one of the two
        raise FilmgraphError(f"{chosen.name} holds no rows.")
    return chosen.rows(rows, page)


def _refuse_evidence(chosen: Format, *, explained: bool) -> None:
    if explained and not chosen.evidence:
        able = ", ".join(one.name for one in map(_load, names()) if one.evidence)
        raise FilmgraphError(f"{chosen.name} has no place for evidence.", hint=f"Choose one of {able}.")


@lru_cache(1)
def _modules() -> frozenset[str]:
    """Return the names of the formats that have a module."""
    files = os.listdir(_FOLDER)
    return frozenset(name[:-3] for name in files if name.endswith(".py") and name[0] != "_") - {_TABLE}


def _rdf() -> dict[str, Format]:
    """Return the formats of the RDF table."""
    # Imported by who may want one: an answer as a table does not.
    found: dict[str, Format] = import_module("filmgraph.answers.formats.rdf").FORMATS
    return found


def _load(name: str) -> Format:
    if name not in _modules():
        return _rdf()[name]
    found: Format = import_module(f"filmgraph.answers.formats.{name}").FORMAT
    return found


def _all(known: list[str]) -> str:
    return f"Formats: {', '.join(known)}."
