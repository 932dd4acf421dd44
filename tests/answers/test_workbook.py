"""An answer as a workbook: numbers as numbers, all else as text, each citation with where it stands."""

from __future__ import annotations

import io

import openpyxl
import pytest
from pyoxigraph import Literal

from filmgraph.answers.answer import RowsAnswer
from filmgraph.answers.workbook import workbook
from filmgraph.errors import FilmgraphError
from filmgraph.rdf.results import Explanation, Solutions


def cells(answer: RowsAnswer) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(workbook(answer)))
    sheet = book.active
    assert sheet is not None
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


def test_numbers_are_numbers_unless_a_sheet_would_round_them() -> None:
    answer = RowsAnswer(Solutions(("votes",), [(Literal(1234),), (Literal(12345678901234567),)]))
    assert cells(answer) == [("votes",), (1234,), ("12345678901234567",)]


def test_no_text_becomes_a_formula() -> None:
    texts = ["=1+1", "+1 more", "-cut", "@home", "plain"]
    data = workbook(RowsAnswer(Solutions(("title",), [(Literal(text),) for text in texts])))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    rows = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in rows] == texts
    assert {cell.data_type for cell in rows} == {"s"}


def test_each_row_says_where_its_citations_stand() -> None:
    citation = "https://w3id.org/filmgraph/source/archive.01234567#char=2,9"
    explained = [Explanation([[citation]])]
    answer = RowsAnswer(Solutions(("title",), [(Literal("Fog"),)]), explanations=explained)
    assert cells(answer) == [("title", "where", "citations"), ("Fog", "archive, characters 2\N{EN DASH}9", citation)]


def test_characters_that_xml_cannot_hold_are_written_as_the_standard_says() -> None:
    assert cells(RowsAnswer(Solutions(("title",), [(Literal("a\x01b"),)])))[1] == ("a_x0001_b",)


def test_a_text_that_a_cell_cannot_hold_is_refused_and_not_cut_off() -> None:
    with pytest.raises(FilmgraphError, match="32,767 characters"):
        workbook(RowsAnswer(Solutions(("title",), [(Literal("a" * 32_768),)])))
