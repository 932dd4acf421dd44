"""Records of a source: cells with their positions in the text and their locators."""

from __future__ import annotations

from typing import NamedTuple


class CellValue(NamedTuple):
    """A value of a record, with its position.

    ``start`` and ``end`` are its place in the text of the source: 0-based, end-exclusive, in Unicode code points.
    ``locator`` is where people look for it: *row 12, column Director*. ``label`` is the cell that says what the value
    is, where no header does.
    """

    text: str
    start: int
    end: int
    locator: str
    label: CellValue | None = None


class TableRecord(NamedTuple):
    """A record: its number, from 1, and its cells by the name of their column. A column may have several."""

    number: int
    cells: dict[str, tuple[CellValue, ...]]


class Column(NamedTuple):
    """A column, field or path of a source: its name as the source writes it, and the cell of its header, if any."""

    name: str
    header: CellValue | None = None


class Defect(NamedTuple):
    """A defect in a source: where, what, and which record was left out."""

    where: str
    message: str


class Table(NamedTuple):
    """A table read from a source: its columns, its records, and its defects."""

    columns: tuple[Column, ...]
    records: list[TableRecord]
    problems: list[Defect]
