"""XLSX (Office Open XML, ISO/IEC 29500): each cell with its sheet, row and column.

A workbook is no plain text, so its rendition is what is cited: each sheet is a form feed, its name, and a line for each
row, cells parted by tabs. Of a formula the value is read that the program which saved the file kept.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from itertools import chain, groupby, islice
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.errors import NotOfFormatError
from filmgraph.importing.readers._header import LOOKED_AT, header_index
from filmgraph.importing.readers._reader import TableReader
from filmgraph.importing.readers._records import CellValue, Column, Defect, Table, TableRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SHEET = "\f"
_BREAKS = re.compile(r"[\t\r\n\f\v\x1c-\x1e\x85\u2028\u2029]+")
_FORMULA = re.compile(rb"<f[ >/]")
_MOST = 2 * 1024**3
_SUSPICIOUS, _RATIO = 100 * 1024**2, 200
_MOST_ROWS = 1_048_576
_KEPT_NOTHING = "#FORMULA"


class _SheetRow(NamedTuple):
    """A worksheet row: its sheet, number, and cells with positions."""

    sheet: str
    number: int
    cells: list[tuple[str, int]]


def rendition(data: bytes) -> str:
    """Convert the sheets of a workbook to text.

    Raises:
        NotOfFormatError: It is no workbook, or unpacks to more than can be one.
    """
    has_formulas = look_into(data)
    import openpyxl  # noqa: PLC0415 -- few imports are of workbooks

    pieces: list[str] = []
    try:
        values = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        formulas = openpyxl.load_workbook(io.BytesIO(data), read_only=True) if has_formulas else None
        for sheet in values.worksheets:
            sheet.reset_dimensions()
            pieces.append(f"{_SHEET}{_BREAKS.sub(' ', sheet.title)}\n")
            kept = _within(sheet.iter_rows(values_only=True), sheet.title)
            if formulas is None:
                pieces.extend(_line(row) for row in kept)
                continue
            other = formulas[sheet.title]
            other.reset_dimensions()
            pieces.extend(
                _line(tuple(map(_kept, row, made)))
                for row, made in zip(kept, other.iter_rows(values_only=True), strict=True)
            )
    except NotOfFormatError:
        raise
    except (
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        SyntaxError,
        zipfile.BadZipFile,
        EOFError,
    ) as error:
        raise NotOfFormatError(f"The workbook is damaged: {error}.") from error
    return "".join(pieces)


def look_into(data: bytes) -> bool:
    """Whether a workbook has formulas; refuse archives that would expand too far."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            size = sum(part.file_size for part in parts)
            if size > _MOST or (size > _SUSPICIOUS and size > _RATIO * len(data)):
                raise NotOfFormatError(
                    f"The workbook would unpack from {len(data):,} bytes to {size:,}.",
                    hint="Save the sheet that you need as CSV, and import that.",
                )
            return any(
                _FORMULA.search(packed.read(part)) for part in parts if part.filename.startswith("xl/worksheets/")
            )
    except zipfile.BadZipFile as error:
        raise NotOfFormatError(
            "This is no .xlsx workbook: it is cut off, protected by a password, or an old .xls.",
            hint="Open it, and save it as .xlsx or CSV.",
        ) from error


def _within(rows: Iterable[tuple[object, ...]], title: str) -> Iterator[tuple[object, ...]]:
    """The rows of a sheet, of which no program writes more than that; a damaged number of one row makes billions."""
    for number, row in enumerate(rows):
        if number >= _MOST_ROWS:
            raise NotOfFormatError(f"The sheet {title!r} has a row beyond {_MOST_ROWS:,}, and no workbook can.")
        yield row


def _kept(value: object, made: object) -> object:
    """Return the cached value of a formula, or a marker where the file has none."""
    return _KEPT_NOTHING if value is None and isinstance(made, str) and made.startswith("=") else value


def _line(row: tuple[object, ...]) -> str:
    return "\t".join(map(text_of, row)).rstrip("\t") + "\n"


def text_of(value: object) -> str:
    """Return the content of a cell on one line: dates as ISO 8601, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return _BREAKS.sub(" ", str(value)).strip()


def read(text: str) -> Table:
    """Read the records of a rendition; what stands above the header of a sheet, such as a title, is skipped.

    Args:
        text: The text, sheet by sheet.
    """
    columns: dict[str, Column] = {}
    records: list[TableRecord] = []
    problems: list[Defect] = []
    for sheet, rows in groupby(_rows(text), key=lambda row: row.sheet):
        filled = (row for row in rows if any(cell for cell, _ in row.cells))
        first = list(islice(filled, LOOKED_AT))
        if first:
            index = header_index([[cell for cell, _ in row.cells] for row in first])
            names = _header(first[index], f"sheet {sheet}, row {first[index].number}", columns)
            _read_rows(chain(first[index + 1 :], filled), names, records, problems)
    return Table(tuple(columns.values()), records, problems)


def _read_rows(
    rows: Iterable[_SheetRow], names: Sequence[str], records: list[TableRecord], problems: list[Defect]
) -> None:
    """Add the records of rows below a header, and the problems of cells that are none."""
    for row in rows:
        before = f"sheet {row.sheet}, row {row.number}"
        surplus = [cell for cell, _ in row.cells[len(names) :] if cell]
        if surplus:
            problems.append(Defect(before, f"The row has {len(row.cells)} cells, and the header {len(names)}."))
            continue
        cells: dict[str, tuple[CellValue, ...]] = {}
        for name, (cell, start) in zip(names, row.cells, strict=False):
            where = f"{before}, column {name}"
            if cell == _KEPT_NOTHING:
                problems.append(Defect(where, "The file keeps no value for this formula; open it, and save it again."))
            elif cell:
                cells[name] = (CellValue(cell, start, start + len(cell), where),)
        records.append(TableRecord(len(records) + 1, cells))


def _header(row: _SheetRow, before: str, columns: dict[str, Column]) -> list[str]:
    names: list[str] = []
    for number, (cell, start) in enumerate(row.cells, 1):
        name = cell or f"column {number}"
        copies = sum(one == name or one.startswith(f"{name} (") for one in names)
        name = f"{name} ({copies + 1})" if copies else name
        names.append(name)
        header = CellValue(cell, start, start + len(cell), f"{before}, column {name}") if cell else None
        columns.setdefault(name, Column(name, header))
    return names


def _rows(text: str) -> Iterator[_SheetRow]:
    sheet, number, place = "", 0, 0
    for line in text.split("\n"):
        if line.startswith(_SHEET):
            sheet, number = line.removeprefix(_SHEET), 0
        else:
            number += 1
            cells: list[tuple[str, int]] = []
            start = place
            for cell in line.split("\t"):
                cells.append((cell, start))
                start += len(cell) + 1
            yield _SheetRow(sheet, number, cells)
        place += len(line) + 1


READER = TableReader("xlsx", "an Excel workbook", (".xlsx", ".xlsm"), read, rendition, "openpyxl")
