"""Some rows of an answer, and an answer as a workbook."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import openpyxl
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ran

    Run = Callable[..., Ran]

NUMBERS = "SELECT ?n { VALUES ?n { 1 2 3 4 5 } } ORDER BY ?n"


@pytest.mark.parametrize(
    ("options", "rows", "told"),
    [
        (["--limit", "2"], ["1", "2"], "Rows 1 to 2 of 5. The next: --offset 2"),
        (["--limit", "2", "--offset", "4"], ["5"], "Rows 5 to 5 of 5."),
        (["--offset", "9"], [], "There are 5 rows, and 9 are left out."),
    ],
)
def test_a_page_has_some_rows_and_says_how_many_there_are(
    run: Run, options: list[str], rows: list[str], told: str
) -> None:
    ran = run("query", "-e", NUMBERS, "-f", "csv", *options)
    assert ran.out.split() == ["n", *rows]
    assert ran.err.strip() == told


def test_a_question_is_paged_too_and_explained(run: Run) -> None:
    ran = run("ask", "disagreements", "--limit", "1", "--why", "-f", "json")
    assert len(json.loads(ran.out)["results"]["bindings"]) == 1
    assert "Rows 1 to 1 of" in ran.err


def test_a_receipt_is_of_a_whole_answer(run: Run, tmp_path: Path) -> None:
    ran = run("ask", "disagreements", "--limit", "1", "--receipt", str(tmp_path / "answer.receipt"))
    assert ran.code == 2
    assert "A receipt is of a whole answer" in ran.err


def test_conflicts_are_had_as_a_workbook_with_both_cells(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "disputed.xlsx"
    assert run("ask", "conflicts", "--limit", "3", "-o", str(path)).code == 0
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    head, *rows = sheet.iter_rows(values_only=True)
    assert head[-2:] == ("where", "citations")
    assert len(rows) == 3
    assert all(len(str(row[-1]).split()) >= 2 for row in rows)


def test_a_workbook_needs_a_file(run: Run) -> None:
    ran = run("ask", "conflicts", "-f", "xlsx")
    assert ran.code == 2
    assert "-o answer.xlsx" in ran.err
