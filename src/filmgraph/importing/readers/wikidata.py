"""Wikidata's entities in JSON; each value with its JSON Pointer.

`The data model in JSON <https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html>`_. A property is a column,
*P57*; so are labels by language, *label en*, and the entity's *id*. Deprecated statements are left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from filmgraph.importing.readers._json import (
    JsonError,
    Value,
    columns,
    items_at,
    record,
    skip_space,
    value_at,
)
from filmgraph.importing.readers._reader import TableReader
from filmgraph.importing.readers._records import CellValue, Defect, Table, TableRecord

if TYPE_CHECKING:
    from collections.abc import Iterator

_TIME = re.compile(r"\+(\d{4})-(\d\d)-(\d\d)T")
_LENGTHS = {"9": 4, "10": 7, "11": 10}
"""By the precision of a date, how much of it is said: a year, a month, a day."""


def read(text: str) -> Table:
    """Read Wikidata entities: a single one, those of ``entities``, or the array of a dump.

    Args:
        text: The text of the source, as it stands.
    """
    records: list[TableRecord] = []
    problems: list[Defect] = []
    try:
        for number, (pointer, value) in enumerate(_entities(text), 1):
            if isinstance(value.content, dict) and "id" in value.content:
                records.append(record(number, _cells(value.content, pointer)))
            else:
                problems.append(Defect(pointer or "the file", "This is no entity: it has no id."))
    except JsonError as error:
        problems.append(Defect(error.where, f"{error} What follows was not read."))
    return Table(columns(records), records, problems)


def _entities(text: str) -> Iterator[tuple[str, Value]]:
    start = skip_space(text, int(text.startswith("\ufeff")))
    if text.startswith("[", start):
        yield from ((f"/{number}", value) for number, (value, _) in enumerate(items_at(text, start)))
        return
    value, _ = value_at(text, start)
    inside = value.content.get("entities") if isinstance(value.content, dict) else None
    if inside is not None and isinstance(inside.content, dict):
        yield from ((f"/entities/{name}", entity) for name, entity in inside.content.items())
    else:
        yield "", value


def _cells(entity: dict[str, Value], pointer: str) -> Iterator[tuple[str, CellValue]]:
    yield from _cell("id", entity["id"], f"{pointer}/id")
    for language, label in _members(entity.get("labels")):
        yield from _cell(f"label {language}", _at(label, "value"), f"{pointer}/labels/{language}/value")
    for name, claims in _members(entity.get("claims")):
        items = claims.content if isinstance(claims.content, list) else []
        for number, claim in enumerate(items):
            if _text(_at(claim, "rank")) != "deprecated":
                yield from _claim(name, claim, f"{pointer}/claims/{name}/{number}/mainsnak/datavalue/value")


def _claim(name: str, claim: Value, pointer: str) -> Iterator[tuple[str, CellValue]]:
    """Yield the value of a claim: an item's id, a date or year, an amount, or a text."""
    value = _at(claim, "mainsnak", "datavalue", "value")
    if value is None:
        return
    if not isinstance(value.content, dict):
        yield from _cell(name, value, pointer)
        return
    time = _at(value, "time")
    if time is not None and isinstance(time.content, str):
        found = _TIME.match(time.content)
        length = _LENGTHS.get(_text(_at(value, "precision")), 0)
        if found and length:
            start = time.start + 1
            yield name, CellValue(time.content[1 : 1 + length], start, start + length, f"{pointer}/time")
        return
    for member in ("id", "amount", "text"):
        inner = value.content.get(member)
        if inner is not None and isinstance(inner.content, str):
            sign = len(inner.content) - len(inner.content.lstrip("+"))
            yield name, CellValue(inner.content[sign:], inner.start + sign, inner.end, f"{pointer}/{member}")
            return


def _cell(name: str, value: Value | None, pointer: str) -> Iterator[tuple[str, CellValue]]:
    if value is not None and isinstance(value.content, str) and value.content:
        yield name, CellValue(value.content, value.start, value.end, pointer)


def _members(value: Value | None) -> Iterator[tuple[str, Value]]:
    if value is not None and isinstance(value.content, dict):
        yield from value.content.items()


def _at(value: Value, *path: str) -> Value | None:
    found: Value | None = value
    for name in path:
        found = found.content.get(name) if found is not None and isinstance(found.content, dict) else None
    return found


def _text(value: Value | None) -> str:
    return value.content if value is not None and isinstance(value.content, str) else ""


READER = TableReader(
    "wikidata", "Wikidata's entities in JSON", (".wikidata.json",), read, marks=('"labels"', '"claims"', '"mainsnak"')
)
