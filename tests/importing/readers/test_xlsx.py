"""Workbooks: sheets, dates, formulas, and what is none."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from filmgraph.errors import NotOfFormatError
from filmgraph.importing.readers import find


def rendition(data: bytes) -> str:
    reader = find("xlsx")
    assert reader.rendition is not None
    return reader.rendition(data)


def workbook(**sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_dates_and_numbers_are_written_as_people_read_them() -> None:
    text = rendition(workbook(Films=[["Title", "Seen"], ["Fog", dt.date(1999, 12, 24)], ["Clock\nTwo", 92.0]]))
    assert text == "\fFilms\nTitle\tSeen\nFog\t1999-12-24\nClock Two\t92\n"


def test_a_formula_without_a_kept_value_is_told_with_its_cell() -> None:
    table = find("xlsx").read(rendition(workbook(Films=[["Title", "Sum"], ["Fog", "=1+1"]])))
    assert [(one.where, "formula" in one.message) for one in table.problems] == [
        ("sheet Films, row 2, column Sum", True)
    ]


def test_rows_of_several_sheets_say_which() -> None:
    table = find("xlsx").read(
        rendition(workbook(A=[["Title"], ["Fog"]], B=[[], ["Title"], ["Clock", "surplus"], ["X"]]))
    )
    assert [record.cells["Title"][0].locator for record in table.records] == [
        "sheet A, row 2, column Title",
        "sheet B, row 4, column Title",
    ]
    assert [problem.where for problem in table.problems] == ["sheet B, row 3"]


def test_a_bomb_is_refused_before_it_unpacks() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 200_000_000)
    with pytest.raises(NotOfFormatError, match="would unpack"):
        rendition(out.getvalue())


@pytest.mark.parametrize("data", [b"PK", b"\xd0\xcf\x11\xe0" + b"\0" * 600, b"Title,Year\n"])
def test_what_is_no_workbook_is_told(data: bytes) -> None:
    with pytest.raises(NotOfFormatError, match=r"no \.xlsx workbook"):
        rendition(data)
