"""CSV (`RFC 4180 <https://www.rfc-editor.org/rfc/rfc4180>`_): each cell with its position in the text.

Rows are counted as `RFC 7111 <https://www.rfc-editor.org/rfc/rfc7111>`_ counts them: the header is row 1.
"""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.importing.readers._header import LOOKED_AT, header_index
from filmgraph.importing.readers._reader import TableReader
from filmgraph.importing.readers._records import CellValue, Column, Defect, Table, TableRecord

if TYPE_CHECKING:
    from collections.abc import Iterator

_BOM = "\ufeff"
_DELIMITERS = ",;\t|"


class _Row(NamedTuple):
    """A row: its number, its cells with positions, and any quoting error."""

    number: int
    cells: list[tuple[str, int, int]]
    problem: str


def read(text: str, *, delimiter: str = "") -> Table:
    """Read a table; what stands above its header, such as a title, is skipped.

    Args:
        text: The text of the source, as it stands.
        delimiter: What parts cells; by default that of comma, semicolon, tab and bar which parts the first rows best.
    """
    rows = (row for row in _rows(text, delimiter or delimiter_of(text)) if any(cell[0].strip() for cell in row.cells))
    first = list(islice(rows, LOOKED_AT))
    if not first:
        return Table((), [], [Defect("row 1", "There is no header.")])
    index = header_index([[cell[0] for cell in row.cells] for row in first])
    columns = _columns(first[index])
    records: list[TableRecord] = []
    problems: list[Defect] = []
    for row in chain(first[index + 1 :], rows):
        wrong = row.problem or _count(row, len(columns))
        if wrong:
            problems.append(Defect(f"row {row.number}", wrong))
            continue
        records.append(_record(row, columns))
    return Table(columns, records, problems)


def _columns(header: _Row) -> tuple[Column, ...]:
    names: dict[str, int] = {}
    columns = []
    for number, (text, start, end) in enumerate(header.cells, 1):
        name = " ".join(text.split()) or f"column {number}"
        seen = names[name] = names.get(name, 0) + 1
        name = name if seen == 1 else f"{name} {seen}"
        columns.append(
            Column(name, CellValue(text, start, end, f"row {header.number}, column {name}") if text else None)
        )
    return tuple(columns)


def _count(row: _Row, wanted: int) -> str:
    surplus = [text for text, _, _ in row.cells[wanted:] if text.strip()]
    if surplus:
        return f"The row has {len(row.cells)} cells, and the header {wanted}."
    return ""


def _record(row: _Row, columns: tuple[Column, ...]) -> TableRecord:
    cells: dict[str, tuple[CellValue, ...]] = {
        column.name: (CellValue(text, start, end, f"row {row.number}, column {column.name}"),)
        for column, (text, start, end) in zip(columns, row.cells, strict=False)
        if text
    }
    return TableRecord(row.number, cells)


def delimiter_of(text: str) -> str:
    """Return the delimiter of the widest header below which most rows have two cells or more, and none too many."""
    best, most = ",", (-LOOKED_AT, 1)
    for delimiter in _DELIMITERS:
        first = list(islice(_rows(text, delimiter), LOOKED_AT))
        rows = [[cell[0] for cell in row.cells] for row in first if any(cell[0] for cell in row.cells)]
        index = header_index(rows)
        below = [len(row) for row in rows[index + 1 :]]
        width = len(rows[index]) if rows else 0
        fitting = sum(1 < number <= width for number in below)
        if width > 1 and fitting * 2 >= len(below) and (-index, width) > most:
            best, most = delimiter, (-index, width)
    return best


def _rows(text: str, delimiter: str) -> Iterator[_Row]:
    """Yield the rows, with the position of each cell's content inside quotes and white space."""
    bare = re.compile(f"[^{re.escape(delimiter)}\r\n]*")
    place, number, length = int(text.startswith(_BOM)), 0, len(text)
    while place < length:
        number += 1
        cells: list[tuple[str, int, int]] = []
        problem = ""
        while True:
            if text.startswith('"', place):
                cell, place, wrong = _quoted(text, place)
                problem = problem or wrong
                rest = bare.match(text, place)
                assert rest is not None  # noqa: S101 -- it matches nothing, too
                if rest[0].strip():
                    problem = problem or f"Text follows the closing quote of a cell: {rest[0].strip()[:20]!r}."
                place = rest.end()
            else:
                found = bare.match(text, place)
                assert found is not None  # noqa: S101 -- it matches nothing, too
                cell, place = _stripped(found[0], place), found.end()
            if "\0" in cell[0]:
                problem = problem or "A cell has a NUL character."
            cells.append(cell)
            if not text.startswith(delimiter, place):
                break
            place += len(delimiter)
        yield _Row(number, cells, problem)
        place += 2 if text.startswith("\r\n", place) else 1


def _stripped(text: str, start: int) -> tuple[str, int, int]:
    left = start + len(text) - len(text.lstrip())
    inner = text.strip()
    return inner, left, left + len(inner)


def _quoted(text: str, start: int) -> tuple[tuple[str, int, int], int, str]:
    """Parse a quoted cell: content, position and end; a doubled quote stands for one."""
    place = start + 1
    while True:
        end = text.find('"', place)
        if end < 0:
            line = text.find("\n", start)
            stop = line if line >= 0 else len(text)
            return _stripped(text[start + 1 : stop], start + 1), stop, "A quote is opened and never closed."
        if not text.startswith('""', end):
            inner, left, right = _stripped(text[start + 1 : end], start + 1)
            return (inner.replace('""', '"'), left, right), end + 1, ""
        place = end + 2


READER = TableReader("csv", "comma-separated values", (".csv",), read)
