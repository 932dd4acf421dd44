"""A JSON parser (`RFC 8259 <https://www.rfc-editor.org/rfc/rfc8259>`_) that keeps the position of each value."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.importing.readers._records import CellValue, Column, TableRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SPACE = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"((?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*)"')
_SCALAR = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null")
_DEEPEST = 100
_NAMING = frozenset({"name", "nom", "nome", "nombre", "label", "value", "@value", "#text", "text"})


class JsonError(ValueError):
    """A text is not JSON.

    Args:
        message: What is wrong.
        text: The text.
        place: Where in it, in code points from 0.
    """

    def __init__(self, message: str, text: str, place: int) -> None:
        self.where = line_and_column(text, place)
        super().__init__(message)


class Value(NamedTuple):
    """A JSON value and its position; a string's is that of the text between the quotes.

    ``content`` is the text of a string, a number, *true* or *false*; None for *null*; else the members or the items.
    """

    content: str | dict[str, Value] | list[Value] | None
    start: int
    end: int


def line_and_column(text: str, place: int) -> str:
    """Return the line and column of a position, both counted from 1.

    >>> line_and_column("{" + chr(10) + "  x", 4)
    'line 2, column 3'
    """
    return f"line {text.count(chr(10), 0, place) + 1}, column {place - text.rfind(chr(10), 0, place)}"


def skip_space(text: str, place: int) -> int:
    """Return the position of the next token."""
    found = _SPACE.match(text, place)
    return found.end() if found else place


def value_at(text: str, place: int, *, depth: int = 0) -> tuple[Value, int]:
    """Parse the value at a position; return it with its end.

    Raises:
        JsonError: There is none, or it is nested too deeply.
    """
    if depth > _DEEPEST:
        raise JsonError(f"Values are nested more than {_DEEPEST} levels deep.", text, place)
    first = text[place : place + 1]
    if first == '"':
        return _string(text, place)
    if first == "{":
        return _object(text, place, depth)
    if first == "[":
        items: list[Value] = []
        end = place
        for item, end in items_at(text, place, depth=depth):  # noqa: B007 -- the last end is what is wanted
            items.append(item)
        end = closed(text, end if items else place + 1, "]")
        return Value(items, place, end), end
    found = _SCALAR.match(text, place)
    if found is None:
        raise JsonError("A value is expected here." if first else "The text breaks off.", text, place)
    return Value(None if found[0] == "null" else found[0], place, found.end()), found.end()


def items_at(text: str, place: int, *, depth: int = 0) -> Iterator[tuple[Value, int]]:
    """Yield the items of the array at a position, each with its end.

    Raises:
        JsonError: One cannot be read; those before it were given.
    """
    place = skip_space(text, place + 1)
    while text[place : place + 1] != "]":
        item, place = value_at(text, place, depth=depth + 1)
        yield item, place
        place = skip_space(text, place)
        if text[place : place + 1] == ",":
            place = skip_space(text, place + 1)
            if text[place : place + 1] == "]":
                raise JsonError("A value is expected after the comma.", text, place)
        elif text[place : place + 1] != "]":
            raise JsonError("A comma or ']' is expected here." if place < len(text) else _BROKEN, text, place)


_BROKEN = "The text breaks off."


def closed(text: str, place: int, mark: str) -> int:
    """Return the position after a closing mark.

    Raises:
        JsonError: The mark is not there.
    """
    place = skip_space(text, place)
    if not text.startswith(mark, place):
        raise JsonError(f"'{mark}' is expected here." if place < len(text) else _BROKEN, text, place)
    return place + 1


def _string(text: str, place: int) -> tuple[Value, int]:
    found = _STRING.match(text, place)
    if found is None:
        raise JsonError("A string is opened and never closed, or has a character that must be escaped.", text, place)
    inner = found[1]
    return Value(json.loads(found[0]) if "\\" in inner else inner, place + 1, found.end() - 1), found.end()


def _object(text: str, place: int, depth: int) -> tuple[Value, int]:
    members: dict[str, Value] = {}
    start, place = place, skip_space(text, place + 1)
    while text[place : place + 1] != "}":
        if text[place : place + 1] != '"':
            raise JsonError(
                "A member's name in quotes is expected here." if place < len(text) else _BROKEN, text, place
            )
        name, place = _string(text, place)
        place = skip_space(text, closed(text, place, ":"))
        value, place = value_at(text, place, depth=depth + 1)
        _keep(members, str(name.content), value)
        place = skip_space(text, place)
        if text[place : place + 1] == ",":
            place = skip_space(text, place + 1)
            if text[place : place + 1] == "}":
                raise JsonError("A member's name in quotes is expected after the comma.", text, place)
        elif text[place : place + 1] != "}":
            raise JsonError("A comma or '}' is expected here." if place < len(text) else _BROKEN, text, place)
    return Value(members, start, place + 1), place + 1


class _Repeated(list["Value"]):
    """The values of a member whose name stands several times in one object; all have one JSON Pointer."""


def _keep(members: dict[str, Value], name: str, value: Value) -> None:
    """Keep every value of a name, which RFC 8259 says should be unique, and files repeat all the same."""
    first = members.setdefault(name, value)
    if first is value:
        return
    if isinstance(first.content, _Repeated):
        first.content.append(value)
    else:
        members[name] = Value(_Repeated([first, value]), first.start, first.end)


def cells_of(value: Value, pointer: str, *, name: str = "", before: str = "") -> Iterator[tuple[str, CellValue]]:
    """Yield the cells of a record with their column names: member names joined by slashes.

    The items of an array share a column, and ``director: {"name": …}`` is the column *director*.

    Args:
        value: The record.
        pointer: The JSON Pointer (`RFC 6901 <https://www.rfc-editor.org/rfc/rfc6901>`_) of it.
        name: The name of its column.
        before: What a locator says before the pointer.
    """
    if isinstance(value.content, dict):
        for member, inner in value.content.items():
            path = f"{name}/{member}" if name else member
            column = name if name and member.casefold() in _NAMING and not _is_nested(inner) else path
            step = member.replace("~", "~0").replace("/", "~1")
            yield from cells_of(inner, f"{pointer}/{step}", name=column, before=before)
    elif isinstance(value.content, _Repeated):
        for inner in value.content:
            yield from cells_of(inner, pointer, name=name, before=before)
    elif isinstance(value.content, list):
        for number, inner in enumerate(value.content):
            yield from cells_of(inner, f"{pointer}/{number}", name=name, before=before)
    elif value.content is not None and value.content.strip():
        yield name or "value", CellValue(value.content.strip(), value.start, value.end, f"{before}{pointer}")


def _is_nested(value: Value) -> bool:
    return isinstance(value.content, dict | list)


def record(number: int, cells: Iterable[tuple[str, CellValue]]) -> TableRecord:
    """Make a record from cells with column names."""
    found: dict[str, list[CellValue]] = {}
    for name, cell in cells:
        found.setdefault(name, []).append(cell)
    return TableRecord(number, {name: tuple(several) for name, several in found.items()})


def columns(records: Iterable[TableRecord]) -> tuple[Column, ...]:
    """Return the columns of records without a header, in order of first occurrence."""
    return tuple(Column(name) for name in dict.fromkeys(name for one in records for name in one.cells))
