"""Answers as workbooks (XLSX): a line for each row, and the positions of its citations.

A cell that begins with ``=``, ``+``, ``-`` or ``@`` is text, and no program takes it for a formula.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from filmgraph.answers.grid import grid
from filmgraph.errors import FilmgraphError

if TYPE_CHECKING:
    from filmgraph.answers.grid import Grid
    from filmgraph.answers.rows import AnsweredRows

ENDING = "xlsx"
_MOST_ROWS = 1_048_575
"""What a sheet can hold beside its header."""
_MOST_CHARACTERS = 32_767
_SHOWN = 40
_IMPOSSIBLE = "_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]"
_EVIDENCE = ("where", "citations")


def workbook(answer: AnsweredRows) -> bytes:
    """Write an answer as a workbook of Office Open XML.

    Numbers are cells of numbers; all else is text. With evidence there are two more columns: *where*, with a line for
    each citation, such as *row 12, column Director*; and *citations*, their IRIs.

    Raises:
        FilmgraphError: It has more rows than a sheet can hold, or a text that is longer than a cell may be.

    >>> from pyoxigraph import Literal
    >>> from filmgraph.answers.answer import RowsAnswer
    >>> from filmgraph.rdf.results import Solutions
    >>> workbook(RowsAnswer(Solutions(("name",), [(Literal("=1+1"),)])))[:2]
    b'PK'
    """
    if len(answer) > _MOST_ROWS:
        raise FilmgraphError(f"A sheet holds {_MOST_ROWS:,} rows, and there are {len(answer):,}.", hint="Use -f csv.")
    laid = grid(answer)
    heads = [escaped(head) for head in (*laid.headers, *(_EVIDENCE if laid.why is not None else ()))]
    rows = [[escaped(value) if isinstance(value, str) else value for value in row] for row in _rows(laid)]
    # From here on nothing is refused: a sheet that is left half-written complains when it is collected.
    import openpyxl  # noqa: PLC0415 -- few answers are workbooks
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("answer")
    sheet.freeze_panes = "A2"
    for number, width in enumerate(_widths(laid)):
        sheet.column_dimensions[get_column_letter(number + 1)].width = width

    def text_cell(text: str, *, bold: bool = False) -> object:
        cell = WriteOnlyCell(sheet)
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = text[:1] in {"=", "+", "-", "@"}
        cell.font = Font(bold=bold)
        cell.alignment = Alignment(wrap_text="\n" in text, vertical="top")
        return cell

    sheet.append([text_cell(head, bold=True) for head in heads])
    for row in rows:
        sheet.append([text_cell(value) if isinstance(value, str) else value for value in row])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def escaped(text: str) -> str:
    r"""Text as a cell holds it: what XML 1.0 lacks is written as ECMA-376 has it (Part 1, 22.9.2.19).

    Raises:
        FilmgraphError: It is longer than a cell may be.

    >>> escaped("a\x1bb"), escaped("_x001B_")
    ('a_x001B_b', '_x005F_x001B_')
    """
    found = re.sub(_IMPOSSIBLE, lambda match: f"_x{ord(match[0]):04X}_", text)
    if len(found) > _MOST_CHARACTERS:
        raise FilmgraphError(
            f"A cell of a workbook holds {_MOST_CHARACTERS:,} characters, and {found[:_SHOWN]!r}… has {len(found):,}.",
            hint="Use -f csv.",
        )
    return found


def _rows(laid: Grid) -> list[list[str | int | float]]:
    found = []
    for index, row in enumerate(laid.rows):
        values: list[str | int | float] = [
            _number(text) if numeric else text for text, numeric in zip(row, laid.numeric, strict=True)
        ]
        if laid.why is not None:
            numbers = sorted({number for witness in laid.why[index].witnesses for number in witness})
            values.append("\n".join(laid.footnotes[number - 1] for number in numbers))
            values.append("\n".join(laid.cited[number - 1] for number in numbers))
        found.append(values)
    return found


def _number(text: str) -> str | int | float:
    """Return a number that a worksheet stores exactly, else the text."""
    exact = 15  # digits of a double
    plain = text.replace(",", "")
    if sum(character.isdecimal() for character in plain) > exact:
        return plain
    try:
        return int(plain) if plain.lstrip("-").isdecimal() else float(plain)
    except ValueError:
        return text


def _widths(laid: Grid) -> list[int]:
    narrow, wide, looked_at = 8, 60, 200
    columns = [
        max([len(head), *(len(row[number]) for row in laid.rows[:looked_at])]) + 2
        for number, head in enumerate(laid.headers)
    ]
    return [min(max(width, narrow), wide) for width in columns] + ([wide, narrow] if laid.why is not None else [])
