"""Worksheets for assertions, filled in by readers of documents: XLSX (ISO/IEC 29500) or CSV (RFC 4180).

Nothing that is written into a cell becomes a formula: in a workbook it is text, whatever it begins with; in CSV an
apostrophe goes before ``=``, ``+``, ``-`` and ``@``, and is taken away when it is read.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, NamedTuple

from filmgraph.errors import FileError, NotOfFormatError, UnknownFormatError
from filmgraph.files import atomic
from filmgraph.importing.assertions.assertion import FIELDS, Assertion, field_of
from filmgraph.importing.assertions.certainty import CERTAINTIES
from filmgraph.importing.assertions.predicate import predicates
from filmgraph.importing.readers.csv import delimiter_of
from filmgraph.importing.readers.xlsx import look_into, text_of
from filmgraph.importing.sources import beginning, read_text
from filmgraph.rdf.files import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from filmgraph.importing.assertions.assertion import JudgedAssertion

ENDINGS = (".xlsx", ".csv", ".tsv")
WRONG = "what was wrong"
"""The column in which a sheet is sent back."""
_NEEDED = frozenset({"document", "words", "what", "value"})
_HEADS = {
    "document": "document",
    "words": "words of the passage",
    "about": "about",
    "what": "what",
    "value": "value",
    "certainty": "certainty",
}
_WIDTHS = {"document": 22, "words": 60, "about": 26, "what": 24, "value": 32, "certainty": 12, WRONG: 60}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FACTS, _LISTS = "facts", "what can be said"
_LAST = 5000
"""The last row of the sheet in which cells offer a list."""


class WorksheetRow(NamedTuple):
    """A filled-in row of a worksheet: its number, counted from the header as 1, and its cells by field."""

    number: int
    cells: dict[str, str]


def harmless(text: str) -> str:
    """Escape a CSV cell that spreadsheet programs would take for a formula.

    >>> harmless("=1+1"), harmless("Fog")
    ("'=1+1", 'Fog')
    """
    return f"'{text}" if text.lstrip("'").startswith(_FORMULA) else text


def _plain(text: str) -> str:
    """Remove the apostrophe that protects a CSV cell from being a formula."""
    return text[1:] if text[:1] == "'" and text.lstrip("'").startswith(_FORMULA) else text


def write(path: str, documents: Sequence[str]) -> None:
    """Write an empty worksheet.

    Args:
        path: The file; its ending says whether it is XLSX or CSV.
        documents: The slugs of the documents that it offers.

    Raises:
        UnknownFormatError: The ending is neither.
        OutputError: It cannot be written.
    """
    if path.lower().endswith((".csv", ".tsv")):
        atomic.write(path, [_table([[*_HEADS.values()]], delimiter="\t" if path.lower().endswith(".tsv") else ",")])
    elif path.lower().endswith(".xlsx"):
        atomic.write(path, [_workbook(documents)])
    else:
        raise UnknownFormatError(
            f"The ending of {path!r} names no worksheet.", name=path, hint=f"Endings: {', '.join(ENDINGS)}."
        )


def write_results(path: str, results: Sequence[JudgedAssertion]) -> None:
    """Write assertions with their verdicts as a CSV worksheet that can be corrected and imported.

    Raises:
        OutputError: It cannot be written.
    """
    lines = [[*(getattr(one.assertion, field) for field in FIELDS), said_of(one)] for one in results]
    content = _table([[*_HEADS.values(), WRONG], *lines], delimiter=",")
    atomic.write(path, [content])


def _table(rows: Iterable[Sequence[str]], *, delimiter: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def _workbook(documents: Sequence[str]) -> bytes:
    import openpyxl  # noqa: PLC0415 -- few commands write workbooks
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = _FACTS
    _append(sheet, [*_HEADS.values(), WRONG])
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDEFG", _WIDTHS.values(), strict=True):
        sheet.column_dimensions[letter].width = width
    lists = book.create_sheet(_LISTS)
    _append(lists, ["what", "said of", "its value", "it says", "for instance", "documents", "certainties"])
    said = [one for one in predicates() if one.usual]
    columns: list[list[str]] = [
        [one.label for one in said],
        [_words(one.about) for one in said],
        [_words(one.value) for one in said],
        [one.meaning for one in said],
        [one.example for one in said],
        list(documents),
        list(CERTAINTIES),
    ]
    for row in range(max(map(len, columns))):
        _append(lists, [column[row] if row < len(column) else "" for column in columns])
    for letter, width in zip("ABCDEFG", (28, 16, 18, 70, 26, 30, 14), strict=True):
        lists.column_dimensions[letter].width = width
    for cells, letter, column in (("D", "A", columns[0]), ("A", "F", columns[5]), ("F", "G", columns[6])):
        if column:
            # What is not in the list may be written as well: the import says whether it is understood.
            offered = DataValidation(
                type="list", formula1=f"'{_LISTS}'!${letter}$2:${letter}${len(column) + 1}", allow_blank=True
            )
            offered.showErrorMessage = False
            offered.add(f"{cells}2:{cells}{_LAST}")
            sheet.add_data_validation(offered)
    return _saved(book)


def _words(name: str) -> str:
    """Return a class or kind of value in words.

    >>> _words("EventSeries"), _words("scheme:genre"), _words("")
    ('event series', 'a word of the list genre', 'anything')
    """
    if name.startswith("scheme:"):
        return f"a word of the list {name.removeprefix('scheme:').removesuffix('Type')}"
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip() or "anything"


def _append(sheet: Any, texts: Sequence[str]) -> None:
    """Append a row of texts, none of which becomes a formula."""
    number = sheet.max_row + 1 if sheet.max_row > 1 or sheet.cell(1, 1).value is not None else 1
    for column, text in enumerate(texts, 1):
        if text:
            _set(sheet.cell(number, column), text)


def _set(cell: Any, text: str) -> None:
    cell.value = text
    cell.data_type = "s"
    if text.startswith(_FORMULA):
        cell.quotePrefix = True


def _saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rows_of(path: str, *, encoding: str = "") -> list[WorksheetRow] | None:
    """Read the rows of a worksheet; None where the file is not one, which its beginning shows.

    Raises:
        FileError: It cannot be read, or is no workbook.
    """
    if not path.lower().endswith(ENDINGS):
        return None
    if not path.lower().endswith(".xlsx") and not _begins_as_one(path, encoding):
        return None
    table = _sheet_rows(path) if path.lower().endswith(".xlsx") else _csv_rows(path, encoding)
    header: dict[int, str] = {}
    found: list[WorksheetRow] = []
    for number, cells in table:
        if not header:
            if not any(cells):
                continue
            fields = {place: field for place, cell in enumerate(cells) if (field := field_of(cell))}
            if not set(fields.values()) >= _NEEDED:
                return None
            header = fields
            continue
        said = {field: cells[place].strip() for place, field in header.items() if place < len(cells)}
        if any(said.get(field) for field in ("words", "what", "value")):
            found.append(WorksheetRow(number, said))
    return found if header else None


def _begins_as_one(path: str, encoding: str) -> bool:
    """Whether the first non-empty line of a table has a worksheet's header."""
    try:
        text = beginning(path).decode(encoding or "utf-8-sig", "replace").lstrip("\ufeff")
    except LookupError:
        return False
    first = next((line for line in text.splitlines() if line.strip()), "")
    try:
        cells = next(csv.reader([first], delimiter=delimiter_of(first)), [])
    except csv.Error:
        return False  # no header is so long
    return {field_of(cell) for cell in cells} >= _NEEDED


def _csv_rows(path: str, encoding: str = "") -> Iterator[tuple[int, list[str]]]:
    text, _ = read_text(path, encoding=encoding)
    text = text.removeprefix("\ufeff")
    # A quote that is never closed would make one cell of all that follows.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    line = 1
    try:
        for number, row in enumerate(reader, 1):
            yield number, [_plain(cell) for cell in row]
            line = reader.line_num + 1
    except csv.Error as error:
        closed = "unexpected end" not in str(error)
        problem = f"The table cannot be read: {error}" if closed else "A quote is opened and never closed"
        raise FileError(f"{problem}.", path=path, line=line) from error


def _sheet_rows(path: str) -> Iterator[tuple[int, list[str]]]:
    sheet = _opened(path, values=True).worksheets[0]
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        yield number, [text_of(value) for value in row]


def _opened(path: str, *, values: bool) -> Any:
    import zipfile  # noqa: PLC0415

    import openpyxl  # noqa: PLC0415

    try:
        data = read(path)
        look_into(data)
        return openpyxl.load_workbook(io.BytesIO(data), data_only=values, read_only=values)
    except NotOfFormatError as error:
        raise FileError(str(error), path=path, hint=error.hint) from error
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, zipfile.BadZipFile) as error:
        raise FileError(f"The workbook is damaged: {error}.", path=path) from error


def assertions_of(rows: Iterable[WorksheetRow]) -> list[Assertion]:
    """Convert rows to assertions."""
    return [Assertion.of(f"row {row.number}", row.cells) for row in rows]


def send_back(path: str, results: Sequence[JudgedAssertion], to: str = "") -> str:
    """Write a worksheet with a column of remarks; skip writing where nothing changes.

    Args:
        path: The worksheet.
        results: What became of its rows.
        to: Where it goes; by default to where it lies.

    Returns:
        The file that says what was wrong.

    Raises:
        OutputError: It cannot be written.
    """
    said = {int(one.assertion.where.removeprefix("row ")): said_of(one) for one in results}
    target = to or path
    if path.lower().endswith(".xlsx"):
        book = _opened(path, values=False)
        if _note_in_sheet(book.worksheets[0], said) or to:
            atomic.write(target, [_saved(book)])
    else:
        text, _ = read_text(path)
        rows = [cells for _, cells in _csv_rows(path)]
        if _note_in_rows(rows, said) or to:
            atomic.write(target, [_table(rows, delimiter=delimiter_of(text.removeprefix("\ufeff")))])
    return target


def said_of(result: JudgedAssertion) -> str:
    """Return the remark for a row: the reason of its rejection, or a note."""
    if result.fate == "supported":
        return f"Note: {result.note}" if result.note else ""
    return f"{result.fate.capitalize()}: {result.reason}"


def _note_in_sheet(sheet: Any, said: dict[int, str]) -> bool:
    """Fill in the column of remarks; return whether anything changed."""
    first = next(row for row in sheet.iter_rows() if any(text_of(cell.value) for cell in row))
    place = next((cell.column for cell in first if text_of(cell.value) == WRONG), None)
    changed = False
    if place is None:
        place = max(cell.column for cell in first if text_of(cell.value)) + 1
        _set(sheet.cell(first[0].row, place), WRONG)
        changed = True
    for number in range(first[0].row + 1, sheet.max_row + 1):
        cell = sheet.cell(number, place)
        text = said.get(number, "")
        if text_of(cell.value) != text_of(text):
            changed = True
            cell.value = None
            if text:
                _set(cell, text)
    return changed


def _note_in_rows(rows: list[list[str]], said: dict[int, str]) -> bool:
    first = next(number for number, row in enumerate(rows) if any(row))
    before = [list(row) for row in rows]
    if WRONG not in rows[first]:
        rows[first].append(WRONG)
    place = rows[first].index(WRONG)
    for number, row in enumerate(rows[first + 1 :], first + 2):
        text = said.get(number, "")
        if text or len(row) > place:
            row.extend([""] * (place + 1 - len(row)))
            row[place] = text
    return rows != before
