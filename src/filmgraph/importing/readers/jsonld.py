"""schema.org's JSON-LD, in web pages or alone; each value with its JSON Pointer.

`JSON-LD 1.1 <https://www.w3.org/TR/json-ld11/>`_, `embedded in HTML
<https://www.w3.org/TR/json-ld11/#embedding-json-ld-in-html-documents>`_. Contexts are not fetched: the names of members
as they are written are the columns.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from filmgraph.importing.readers._json import (
    JsonError,
    Value,
    cells_of,
    columns,
    record,
    skip_space,
    value_at,
)
from filmgraph.importing.readers._reader import TableReader
from filmgraph.importing.readers._records import Defect, Table, TableRecord

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCRIPT = re.compile(
    r"""<script\b[^>]*\btype\s*=\s*["']?application/ld\+json\b[^>]*>(.*?)</script""", re.IGNORECASE | re.DOTALL
)
_FILMS = frozenset({"Movie", "Film", "schema:Movie", "http://schema.org/Movie", "https://schema.org/Movie"})


def read(text: str) -> Table:
    """Read the films that a page or file describes; where it has no schema.org *Movie*, all things.

    Args:
        text: The text of the source, as it stands.
    """
    found: list[tuple[Value, str, str]] = []
    problems: list[Defect] = []
    start = skip_space(text, int(text.startswith("\ufeff")))
    scripts = [(start, "")] if text[start : start + 1] in {"{", "["} else _scripts(text)
    for place, before in scripts:
        try:
            value, _ = value_at(text, skip_space(text, place))
        except JsonError as error:
            problems.append(Defect(error.where, str(error)))
        else:
            found += [(one, pointer, before) for one, pointer in _described(value, "")]
    films = [one for one in found if _FILMS & _types(one[0])] or found
    records: list[TableRecord] = [
        record(number, cells_of(value, pointer, before=before))
        for number, (value, pointer, before) in enumerate(films, 1)
    ]
    if not records and not problems:
        problems.append(Defect("the page", "It has no JSON-LD."))
    return Table(columns(records), records, problems)


def _scripts(text: str) -> list[tuple[int, str]]:
    found = [match.start(1) for match in _SCRIPT.finditer(text)]
    return [(place, f"script {number}, " if len(found) > 1 else "") for number, place in enumerate(found, 1)]


def _described(value: Value, pointer: str) -> Iterator[tuple[Value, str]]:
    """Yield the top-level things: those of arrays, of ``@graph``, and of lists and pages."""
    if isinstance(value.content, list):
        for number, inner in enumerate(value.content):
            yield from _described(inner, f"{pointer}/{number}")
    elif isinstance(value.content, dict):
        for inside in ("@graph", "itemListElement", "mainEntity", "item"):
            if inside in value.content:
                yield from _described(value.content[inside], f"{pointer}/{inside}")
        if "@type" in value.content and "itemListElement" not in value.content:
            yield value, pointer


def _types(value: Value) -> set[str]:
    assert isinstance(value.content, dict)  # noqa: S101 -- only things are asked
    kind = value.content["@type"]
    several = kind.content if isinstance(kind.content, list) else [kind]
    return {one.content for one in several if isinstance(one.content, str)}


READER = TableReader("jsonld", "schema.org's JSON-LD", (".jsonld", ".html", ".htm"), read)
