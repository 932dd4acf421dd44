"""A text table: labels, aligned columns, wrapped to the page width; nothing is cut off.

Where the page is too narrow for all columns side by side, each row becomes a list of names and values.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.answers.arrangement import laid_out
from filmgraph.answers.formats._format import Format, Page
from filmgraph.answers.formats._width import width, wrap
from filmgraph.answers.grid import Why, why_text
from filmgraph.text.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filmgraph.answers.answer import RowsAnswer, TruthAnswer
    from filmgraph.answers.grid import Grid

_GAP = 2
_LEAST = 8
"""Columns that a value gets at least before the table becomes a list."""
_INDENT = 2
_BETWEEN = " · "
_WORDS = (30, 22, 14)
"""So long words are kept whole where the page is wide enough; longer ones may be broken then."""


def _rows(answer: RowsAnswer, page: Page) -> Iterator[str]:
    laid = laid_out(answer)
    headers = [printable(name) for name in laid.headers]
    rows = [[_printable(text) for text in row] for row in laid.rows]
    numeric = list(laid.numeric)
    if laid.why is not None:
        headers.append("why")
        numeric.append(False)
        for row, witnesses in zip(rows, laid.why, strict=True):
            row.append(why_text(witnesses))
    if not rows:
        yield "No rows.\n"
        return
    if headers:
        yield from _table(_Table(headers, rows, numeric, laid.group), page)
    else:
        yield f"{len(rows)} row{'s' if len(rows) > 1 else ''} without columns.\n"
    yield from _notes(laid, page)


class _Table(NamedTuple):
    """A table whose first ``group`` columns are headings of blocks of rows."""

    headers: list[str]
    rows: list[list[str]]
    numeric: list[bool]
    group: int = 0


def _table(table: _Table, page: Page) -> Iterator[str]:
    """Yield the table in the first form that fits the page.

    The forms are: as it is, without columns that are empty, in blocks headed by what stands first, and as a list of
    names and values.
    """
    for form in _forms(table, page.width):
        room = page.width - (_INDENT if form.group else 0)
        widths = _widths(form.headers[form.group :], [row[form.group :] for row in form.rows], room)
        if widths:
            yield from _blocks(form, widths, page) if form.group else _side_by_side(form, widths, page)
            return
    yield from _listed(table.headers, table.rows, page)


def _forms(table: _Table, page: int) -> Iterator[_Table]:
    if _natural_width(table) <= page:
        yield table
    filled = [place for place in range(len(table.headers)) if any(row[place] for row in table.rows)]
    if len(filled) > table.group:
        table = _Table(
            [table.headers[place] for place in filled],
            [[row[place] for place in filled] for row in table.rows],
            [table.numeric[place] for place in filled],
            sum(place < table.group for place in filled),
        )
    yield table
    for group in range(table.group + 1, len(table.headers) - 1):
        yield table._replace(group=group)


def _natural_width(table: _Table) -> int:
    """Return the width of the table where nothing is wrapped."""
    longest = [
        max(width(line) for text in [header, *(row[column] for row in table.rows)] for line in text.split("\n"))
        for column, header in list(enumerate(table.headers))[table.group :]
    ]
    return sum(longest) + _GAP * (len(longest) - 1) + (_INDENT if table.group else 0)


def _blocks(table: _Table, widths: list[int], page: Page) -> Iterator[str]:
    """Yield blocks of rows, each under a heading."""
    indent = " " * _INDENT
    numeric = table.numeric[table.group :]
    for line in _lines(table.headers[table.group :], numeric, widths):
        yield indent + _styled(line, "1", page) + "\n"
    yield indent + (" " * _GAP).join("─" * one for one in widths) + "\n"
    for number, (heads, rows) in enumerate(groupby(table.rows, key=lambda row: row[: table.group])):
        yield "\n" if number else ""
        for line in wrap(_BETWEEN.join(filter(None, dict.fromkeys(heads))), max(page.width, 2)):
            yield _styled(line, "1", page) + "\n"
        said = (row[table.group :] for row in rows if any(row[table.group :]))
        lines = (list(_lines(row, numeric, widths)) for row in said)
        for line in _spaced(lines):
            yield (indent + line).rstrip(" ") + "\n"


def _spaced(rows: Iterable[list[str]]) -> Iterator[str]:
    """Yield the lines of rows, with blank lines around rows of several lines."""
    above = 0
    for lines in rows:
        if above and max(above, len(lines)) > 1:
            yield ""
        yield from lines
        above = len(lines)


def _printable(text: str) -> str:
    return printable(text.replace("\r\n", "\n"), keep="\n")


def _widths(headers: list[str], rows: list[list[str]], page: int) -> list[int] | None:
    """Return the width of each column; None where the columns do not fit side by side."""
    natural = [
        max(width(line) for text in [header, *(row[column] for row in rows)] for line in text.split("\n"))
        for column, header in enumerate(headers)
    ]
    room = page - _GAP * (len(headers) - 1)
    if sum(natural) <= room:
        return natural
    # Words stay whole while there is room for it, and so does a column of short values, such as years.
    words = [
        {width(word) for text in [header, *(row[column] for row in rows)] for word in text.split()}
        for column, header in enumerate(headers)
    ]
    for longest in _WORDS:
        kept = [max({_LEAST, *(word for word in lengths if word <= longest)}) for lengths in words]
        least = [min(one, word) for one, word in zip(natural, kept, strict=True)]
        if sum(least) <= room:
            break
    else:
        return None
    low, high = 0, max(natural)
    while low < high:
        middle = (low + high + 1) // 2
        if sum(_capped(natural, least, middle)) <= room:
            low = middle
        else:
            high = middle - 1
    widths = _capped(natural, least, low)
    spare = room - sum(widths)
    for column, one in enumerate(natural):
        if spare and widths[column] < one:
            widths[column] += 1
            spare -= 1
    return widths


def _capped(natural: list[int], least: list[int], cap: int) -> list[int]:
    return [max(floor, min(one, cap)) for one, floor in zip(natural, least, strict=True)]


def _side_by_side(table: _Table, widths: list[int], page: Page) -> Iterator[str]:
    for line in _lines(table.headers, table.numeric, widths):
        yield _styled(line, "1", page) + "\n"
    yield (" " * _GAP).join("─" * one for one in widths) + "\n"
    for line in _spaced(list(_lines(row, table.numeric, widths)) for row in table.rows):
        yield line + "\n"


def _lines(cells: list[str], numeric: list[bool], widths: list[int]) -> Iterator[str]:
    wrapped = [wrap(cell, limit) for cell, limit in zip(cells, widths, strict=True)]
    for number in range(max(map(len, wrapped))):
        parts = []
        for lines, right, limit in zip(wrapped, numeric, widths, strict=True):
            text = lines[number] if number < len(lines) else ""
            padding = " " * (limit - width(text))
            parts.append(padding + text if right else text + padding)
        yield (" " * _GAP).join(parts).rstrip(" ")


def _listed(headers: list[str], rows: list[list[str]], page: Page) -> Iterator[str]:
    names = min(max(map(width, headers)), page.width // 3)
    indent = " " * (names + _GAP)
    room = max(page.width - len(indent), 2)
    for index, row in enumerate(rows):
        yield "\n" if index else ""
        # A line without a value says nothing; a row without any keeps its names.
        said = [(header, value) for header, value in zip(headers, row, strict=True) if value]
        for header, value in said or zip(headers, row, strict=True):
            name, values = wrap(header, max(names, 2)), wrap(value, room)
            for number in range(max(len(name), len(values))):
                left = name[number] if number < len(name) else ""
                right = values[number] if number < len(values) else ""
                padding = " " * (len(indent) - width(left))
                yield f"{_styled(left, '1', page)}{padding}{right}".rstrip(" ") + "\n"


def _notes(laid: Grid, page: Page) -> Iterator[str]:
    if laid.legend:
        more = " --max-witnesses lists more." if any(why.more for why in laid.why or ()) else ""
        yield "\n" + "".join(f"{line}\n" for line in wrap(laid.legend + more, max(page.width, 2)))
    if laid.footnotes:
        yield "\n"
    room = len(f"[{len(laid.footnotes)}]") + 1
    for number, footnote in enumerate(laid.footnotes, 1):
        lines = wrap(printable(footnote), max(page.width - room, 2))
        text = f"{f'[{number}]':<{room}}" + f"\n{' ' * room}".join(lines)
        yield "".join(f"{_styled(line, '2', page)}\n" for line in text.split("\n"))
    for remark in laid.remarks:
        yield "\n" + "".join(f"{line}\n" for line in wrap(printable(remark), max(page.width, 2)))


def _styled(text: str, style: str, page: Page) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if page.colour and text else text


def _truth(answer: TruthAnswer) -> Iterable[str]:
    yield "yes\n" if answer.value else "no\n"
    if answer.explanation is not None:
        laid = laid_out(answer.to_rows())
        if answer.value:
            yield f"why: {why_text((laid.why or [Why([[]])])[0])}\n"
        yield from _notes(laid, Page())


FORMAT = Format(
    "table", "a table for people, with labels", ("text/plain",), ("txt",), rows=_rows, truth=_truth, evidence=True
)
