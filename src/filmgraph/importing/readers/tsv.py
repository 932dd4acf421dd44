r"""TSV, as IMDb's files have it: tabs part cells, nothing is quoted, ``\N`` is no value.

`The media type text/tab-separated-values
<https://www.iana.org/assignments/media-types/text/tab-separated-values>`_.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.importing.readers._reader import TableReader
from filmgraph.importing.readers._records import CellValue, Column, Defect, Table, TableRecord

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOTHING = "\\N"


def read(text: str) -> Table:
    """Read a table whose first line is its header.

    Args:
        text: The text of the source, as it stands.
    """
    lines = _lines(text)
    first = next(lines, None)
    if first is None:
        return Table((), [], [Defect("row 1", "There is no header.")])
    columns = tuple(
        Column(
            name or f"column {number}",
            CellValue(name, start, start + len(name), f"row 1, column {name}") if name else None,
        )
        for number, (name, start) in enumerate(_cells(*first[1:]), 1)
    )
    records: list[TableRecord] = []
    problems: list[Defect] = []
    for number, line, start in lines:
        cells = list(_cells(line, start))
        if len(cells) > len(columns):
            problems.append(Defect(f"row {number}", f"The row has {len(cells)} cells, and the header {len(columns)}."))
        elif "\0" in line:
            problems.append(Defect(f"row {number}", "A cell has a NUL character."))
        elif line.strip():
            records.append(
                TableRecord(
                    number,
                    {
                        column.name: (CellValue(cell, at, at + len(cell), f"row {number}, column {column.name}"),)
                        for column, (cell, at) in zip(columns, cells, strict=False)
                        if cell and cell != _NOTHING
                    },
                )
            )
    return Table(columns, records, problems)


def _lines(text: str) -> Iterator[tuple[int, str, int]]:
    place = int(text.startswith("\ufeff"))
    number = 0
    while place < len(text):
        end = text.find("\n", place)
        end = len(text) if end < 0 else end
        number += 1
        yield number, text[place:end].removesuffix("\r"), place
        place = end + 1


def _cells(line: str, start: int) -> Iterator[tuple[str, int]]:
    for cell in line.split("\t"):
        yield cell.strip(), start + len(cell) - len(cell.lstrip())
        start += len(cell) + 1


READER = TableReader("tsv", "tab-separated values", (".tsv", ".tab"), read)
