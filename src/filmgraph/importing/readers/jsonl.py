"""JSON Lines: an object in each line; each value with its line and its JSON Pointer.

`JSON Lines <https://jsonlines.org>`_, `RFC 6901 <https://www.rfc-editor.org/rfc/rfc6901>`_.
"""

from __future__ import annotations

from filmgraph.importing.readers._json import JsonError, Value, cells_of, columns, record, skip_space, value_at
from filmgraph.importing.readers._reader import TableReader
from filmgraph.importing.readers._records import Defect, Table, TableRecord


def read(text: str) -> Table:
    """Read the records of a text; lines that are not objects are skipped.

    Args:
        text: The text of the source, as it stands.
    """
    records: list[TableRecord] = []
    problems: list[Defect] = []
    place = int(text.startswith("\ufeff"))
    number = 0
    while place < len(text):
        number += 1
        end = text.find("\n", place)
        end = len(text) if end < 0 else end
        start, place = skip_space(text, place), end + 1
        if start >= end:
            continue
        try:
            value = _alone(text, start, end)
        except JsonError as error:
            problems.append(Defect(error.where, str(error)))
            continue
        if isinstance(value.content, dict):
            records.append(record(number, cells_of(value, "", before=f"line {number}, ")))
        else:
            problems.append(Defect(f"line {number}", "The record is no object."))
    return Table(columns(records), records, problems)


def _alone(text: str, start: int, end: int) -> Value:
    """Return the only value of a line."""
    value, stop = value_at(text, start)
    if stop > end:
        raise JsonError("The value breaks off at the end of its line.", text, end)
    if skip_space(text, stop) < end:
        raise JsonError("There is more in the line after the end of the value.", text, stop)
    return value


READER = TableReader("jsonl", "JSON Lines", (".jsonl", ".ndjson"), read)
