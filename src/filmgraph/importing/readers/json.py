"""JSON: an array of objects, or an object that has one; each value with its JSON Pointer.

`RFC 8259 <https://www.rfc-editor.org/rfc/rfc8259>`_, `RFC 6901 <https://www.rfc-editor.org/rfc/rfc6901>`_.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.importing.readers._json import (
    JsonError,
    Value,
    cells_of,
    columns,
    items_at,
    line_and_column,
    record,
    skip_space,
    value_at,
)
from filmgraph.importing.readers._reader import TableReader
from filmgraph.importing.readers._records import Defect, Table, TableRecord

if TYPE_CHECKING:
    from collections.abc import Iterator


def read(text: str) -> Table:
    """Read the records of a JSON text.

    They are the items of the array that the text is; else of the longest array of objects in it, at any depth; else
    its members, where all are objects; else the text is one record. Where the text breaks off, the records before are
    read.

    Args:
        text: The text of the source, as it stands.
    """
    records: list[TableRecord] = []
    problems: list[Defect] = []
    start = skip_space(text, int(text.startswith("\ufeff")))
    try:
        for number, (pointer, value) in enumerate(_values(text, start), 1):
            if isinstance(value.content, dict):
                records.append(record(number, cells_of(value, pointer)))
            else:
                problems.append(Defect(pointer or line_and_column(text, value.start), "The record is no object."))
    except JsonError as error:
        problems.append(Defect(error.where, f"{error} What follows was not read."))
    return Table(columns(records), records, problems)


def _values(text: str, start: int) -> Iterator[tuple[str, Value]]:
    """Yield the records, each with its JSON Pointer."""
    if text.startswith("[", start):
        end = start + 1
        for number, (value, after) in enumerate(items_at(text, start)):
            yield f"/{number}", value
            end = after
        _nothing_after(text, _after_array(text, end))
        return
    value, end = value_at(text, start)
    _nothing_after(text, end)
    yield from _inside(value)


def _after_array(text: str, end: int) -> int:
    return text.index("]", skip_space(text, end)) + 1


def _nothing_after(text: str, end: int) -> None:
    end = skip_space(text, end)
    if end < len(text):
        raise JsonError("There is more after the end of the value; is this JSON Lines (.jsonl)?", text, end)


def _inside(value: Value, pointer: str = "") -> Iterator[tuple[str, Value]]:
    """Yield the records of an object."""
    members = value.content if isinstance(value.content, dict) else {}
    if any(name.casefold() in _TITLES and not isinstance(member.content, dict) for name, member in members.items()):
        yield pointer, value
        return
    arrays = dict(_arrays(value, pointer))
    if arrays:
        place, items = max(arrays.items(), key=lambda item: len(item[1]))
        yield from ((f"{place}/{number}", item) for number, item in enumerate(items))
    elif len(members) > 1 and all(isinstance(member.content, dict) for member in members.values()):
        yield from ((f"{pointer}/{_step(name)}", member) for name, member in members.items())
    else:
        yield pointer, value


_TITLES = frozenset({"title", "name", "titel", "titre", "título", "titulo", "titolo"})


def _arrays(value: Value, pointer: str) -> Iterator[tuple[str, list[Value]]]:
    """Yield the arrays of objects in an object, those in objects of it too, but none inside another array."""
    for name, member in value.content.items() if isinstance(value.content, dict) else ():
        place = f"{pointer}/{_step(name)}"
        if isinstance(member.content, dict):
            yield from _arrays(member, place)
        elif isinstance(member.content, list) and any(isinstance(item.content, dict) for item in member.content):
            yield place, member.content


def _step(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


READER = TableReader("json", "JSON", (".json",), read)
