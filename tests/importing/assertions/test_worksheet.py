"""Worksheets: written empty, filled in by who reads documents, imported, and sent back."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.importing.assertions.conftest import FILM, TEXT

import filmgraph
from filmgraph.importing.assertions.assertion import FIELDS, Assertion, JudgedAssertion
from filmgraph.importing.assertions.predicate import find, predicates
from filmgraph.importing.assertions.worksheet import harmless, rows_of, write, write_results

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.cli.conftest import Ran

    Run = Callable[..., Ran]

GOOD = [
    ("THE HARBOUR CLOCK", FILM, "title", FILM),
    ("A film by Ilse Maran, 1999", FILM, "film director", "Maran, Ilse"),
    ("A film by Ilse Maran, 1999", FILM, "date", "1999"),
    ("Running time: 92 minutes", FILM, "Running time", "1 h 32 min"),
    ("In German", FILM, "language", "German"),
    ("A drama from Germany and France", FILM, "production country", "Germany"),
    ("A drama from Germany and France", FILM, "genre", "drama"),
    ("Camera: Bo Lake", FILM, "cinematographer", "Bo Lake"),
    ("Produced by Quay Films", FILM, "production company", "Quay Films"),
    ("It won the Golden Oar in 2000", FILM, "won", "Golden Oar; 2000"),
    ("Budget: 1.2 million euros", FILM, "budget", "1,200,000"),
    ("First shown at the Old Net Loft on 14 May 1999", FILM, "screening", "Old Net Loft; 14 May 1999"),
    ("Ilse Maran was born in Tidewick in 1961", "Ilse Maran", "birth place", "Tidewick"),
    ("Ilse Maran was born in Tidewick in 1961", "Ilse Maran", "birth date", "1961"),
]
BAD = {
    "a value that the words do not say": ("Running time: 92 minutes", FILM, "runtime", "95", "does not say 95"),
    "a word of a vocabulary that they do not say": ("In German", FILM, "language", "French", "does not say French"),
    "somebody whom they do not name": ("Camera: Bo Lake", FILM, "composer", "Ada Holm", "does not say"),
    "a film that the document never names": ("Running time: 92 minutes", "Fog", "runtime", "92", "does not say Fog"),
    "words that stand nowhere": ("Running time: 93 minutes", FILM, "runtime", "93", "do not stand in programme"),
    "no words": ("", FILM, "runtime", "92", "names no words"),
    "a property that there is not": ("In German", FILM, "runtme", "92", "Did you mean 'runtime'"),
    "a value of another kind": ("In German", FILM, "runtime", "long", "is not a running time"),
    "a value that is missing": ("In German", FILM, "language", "", "has no value"),
    "nobody": ("In German", "", "language", "German", "about"),
    "a prize of somebody who is no film": ("Music: Ada Holm", "person:ada-holm", "won", "Oar", "is said of films"),
}


def filled_in(path: Path, rows: Sequence[Sequence[str]], *, document: str = "programme") -> Path:
    """A worksheet with some rows: words, about, what, value."""
    write(str(path), ["programme"])
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        for row in rows:
            book.worksheets[0].append([document, *row])
        book.save(path)
    else:
        with path.open("a", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([document, *row] for row in rows)
    return path


def told(path: Path) -> list[Any]:
    """The last column of a worksheet, without its header."""
    if path.suffix == ".xlsx":
        rows = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))
        return [row[6] for row in rows[1:]]
    with path.open(encoding="utf-8", newline="") as file:
        return [row[6] if len(row) > 6 else "" for row in list(csv.reader(file))[1:]]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_facts_of_a_new_film_enter_without_a_line_of_turtle(
    run: Run, collection: Path, tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    sheet = filled_in(tmp_path / f"film.{ending}", GOOD)
    imported = run("-C", collection, "import", sheet)
    assert (imported.code, "14 supported, 0 unsupported, 0 invented" in imported.err) == (0, True), imported.err
    assert run("-C", collection, "check", "--sources", collection / "sources").code == 0
    shown = run("-C", collection, "show", FILM).out
    for part in ("Ilse Maran, film director", "1 hour 32 minutes", "Golden Oar", "Old Net Loft", "1,200,000 euros"):
        assert part in shown
    with filmgraph.open(str(collection)) as graph:
        witnesses = [row.why for row in graph.ask("runtimes", film=FILM, why=True).to_rows()]
    start = TEXT.index("Running time: 92 minutes")
    assert f"#char={start},{start + 24}" in str(witnesses)


def test_what_is_imported_twice_changes_no_byte(run: Run, collection: Path, tmp_path: Path) -> None:
    sheet = filled_in(tmp_path / "film.xlsx", [*GOOD, BAD["words that stand nowhere"][:4]])
    run("-C", collection, "import", sheet)
    facts = collection / "data" / "film.asserted.trig"
    before = facts.read_bytes(), sheet.read_bytes()
    again = run("-C", collection, "import", sheet)
    assert (again.code, "nothing has changed" in again.err) == (1, True)
    assert (facts.read_bytes(), sheet.read_bytes()) == before


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("name", BAD)
def test_a_sheet_comes_back_with_what_was_wrong(
    run: Run, collection: Path, tmp_path: Path, name: str, ending: str
) -> None:
    *row, said = BAD[name]
    sheet = filled_in(tmp_path / f"film.{ending}", [GOOD[0], row])
    imported = run("-C", collection, "import", sheet)
    assert imported.code == 1
    assert not told(sheet)[0]
    assert said in told(sheet)[1], told(sheet)
    assert run("-C", collection, "check", "--sources", collection / "sources").code == 0


def test_a_row_that_was_mended_is_no_longer_wrong(run: Run, collection: Path, tmp_path: Path) -> None:
    sheet = filled_in(tmp_path / "film.xlsx", [("Running time: 92 minutes", FILM, "runtime", "95")])
    assert run("-C", collection, "import", sheet).code == 1
    book = openpyxl.load_workbook(sheet)
    book.worksheets[0]["E2"] = "92"
    book.save(sheet)
    assert run("-C", collection, "import", sheet).code == 0
    assert told(sheet) == [None]


def test_what_is_wrong_may_go_elsewhere_and_into_review(run: Run, collection: Path, tmp_path: Path) -> None:
    sheet = filled_in(tmp_path / "film.xlsx", [BAD["words that stand nowhere"][:4]])
    before, back = sheet.read_bytes(), tmp_path / "back.xlsx"
    imported = run("-C", collection, "import", sheet, "-o", back, "--keep-unsupported")
    assert (imported.code, sheet.read_bytes() == before) == (1, True)
    assert "do not stand" in told(back)[0]
    review = collection / "review" / "film.csv"
    assert "Running time: 93 minutes" in review.read_text(encoding="utf-8")
    assert run("-C", collection, "import", review, "--as", "review").code == 1
    assert not (collection / "data" / "film.asserted.trig").exists()


def test_a_cell_of_a_table_may_give_minutes_without_the_word(run: Run, collection: Path, tmp_path: Path) -> None:
    table = tmp_path / "table.txt"
    table.write_text("Film\tMinutes\tDirector\nFog\t78\tBo Lake\n", encoding="utf-8")
    run("-C", collection, "sources", "add", table, "--publisher", "Quayside")
    rows = [("Fog 78", "Fog", "runtime", "78 minutes"), ("Fog 78", "Fog", "runtime", "79 minutes")]
    sheet = filled_in(tmp_path / "film.csv", rows, document="table")
    run("-C", collection, "import", sheet)
    assert [one.startswith("Unsupported: The passage does not say 79") for one in told(sheet)] == [False, True]
    assert run("-C", collection, "check", "--sources", collection / "sources").code == 0


def test_a_row_without_a_document_is_told_which_there_are(run: Run, collection: Path, tmp_path: Path) -> None:
    sheet = filled_in(tmp_path / "film.csv", [GOOD[0]], document="")
    run("-C", collection, "import", sheet)
    assert "It names no document. There are: programme, quayside-leaflet, tide-letter." in told(sheet)[0]


def test_strict_takes_nothing_where_a_row_is_wrong(run: Run, collection: Path, tmp_path: Path) -> None:
    sheet = filled_in(tmp_path / "film.csv", [GOOD[0], BAD["words that stand nowhere"][:4]])
    refused = run("-C", collection, "import", sheet, "--strict")
    assert (refused.code, "row 3: These words do not stand" in refused.err) == (2, True)
    assert not (collection / "data" / "film.asserted.trig").exists()


def test_a_certainty_says_how_a_passage_puts_it(run: Run, collection: Path, tmp_path: Path) -> None:
    rows = [
        ("A drama from Germany and France", FILM, "language", "German", "implied"),
        ("Camera: Bo Lake", FILM, "cinematographer", "Bo Lake", "perhapsy"),
    ]
    sheet = filled_in(tmp_path / "film.csv", rows)
    run("-C", collection, "import", sheet)
    assert "fg:support fgv:implies" in (collection / "data" / "film.asserted.trig").read_text(encoding="utf-8")
    assert "is no certainty" in told(sheet)[1]


def test_what_is_not_asserted_is_no_answer(run: Run, collection: Path, tmp_path: Path) -> None:
    rows = [
        (GOOD[11][0], FILM, "screening", "Old Net Loft; 14 May 1999", "planned"),
        ("Running time: 92 minutes", FILM, "runtime", "92", "denied"),
        ("Camera: Bo Lake", FILM, "cinematographer", "Bo Lake", ""),
        ("Camera: Bo Lake", FILM, "film director", "Bo Lake", "reported"),
        ("Budget: 1.2 million euros", FILM, "budget", "1,200,000", "hoped"),
    ]
    sheet = filled_in(tmp_path / "film.csv", rows)
    assert run("-C", collection, "import", sheet).code == 1
    assert ["is no fact" in one for one in told(sheet)] == [False, True, False, False, False]
    assert "words of its own" in told(sheet)[3]
    assert "Old Net Loft" not in run("-C", collection, "ask", "screenings", "--film", FILM).out
    assert "1,200,000" not in run("-C", collection, "ask", "figures", "--about", FILM).out
    assert run("-C", collection, "check", "--sources", collection / "sources").code == 0


def test_a_word_just_outside_the_passage_is_told(run: Run, collection: Path, tmp_path: Path) -> None:
    sheet = filled_in(tmp_path / "film.csv", [("it will win the Silver Oar", FILM, "won", "Silver Oar")])
    assert "may change what it says" in run("-C", collection, "import", sheet).err


def test_a_sheet_offers_the_ontologys_properties_in_plain_words(run: Run, collection: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "film.xlsx"
    assert run("-C", collection, "worksheet", "-o", sheet).code == 0
    book = openpyxl.load_workbook(sheet)
    lists = [one.formula1 for one in book.worksheets[0].data_validations.dataValidation]
    assert len(lists) == 3
    offered = [row[0] for row in book.worksheets[1].iter_rows(min_row=2, values_only=True)]
    assert {"title", "film director", "runtime", "production country", "won", "budget", "birth place"} <= set(offered)
    assert f"$A${len([one for one in offered if one]) + 1}" in lists[0]
    refused = run("-C", collection, "worksheet", "-o", sheet)
    assert (refused.code, "may be filled in" in refused.err) == (2, True)
    assert run("worksheet", "-o", tmp_path / "film.pdf").code == 2


def test_no_cell_that_is_written_becomes_a_formula(run: Run, collection: Path, tmp_path: Path) -> None:
    for ending in ("xlsx", "csv"):
        sheet = filled_in(tmp_path / f"film.{ending}", [("@SUM(1)", FILM, "title", "+1"), ("-2", FILM, "title", "+1")])
        run("-C", collection, "import", sheet, "--keep-unsupported")
        review = (collection / "review" / "film.csv").read_text(encoding="utf-8")
        cells = [cell for row in csv.reader(io.StringIO(review)) for cell in row]
        assert "'@SUM(1)" in cells
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert harmless("=1") == "'=1"
    book = openpyxl.load_workbook(tmp_path / "film.xlsx")
    assert {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row} <= {"s", "n"}


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zs", "Zl", "Zp"])), max_size=6))
@settings(derandomize=True, max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_sheet_gives_back_what_was_put_aside(tmp_path: Path, cells: list[str]) -> None:
    row = Assertion.of("row 2", dict(zip(FIELDS, cells, strict=False)))
    path = tmp_path / "review.csv"
    write_results(str(path), [JudgedAssertion(row, "invented", "=reason")])
    read = rows_of(str(path))
    assert read is not None
    kept = any((row.words, row.what, row.value))
    assert [Assertion.of("row 2", one.cells) for one in read] == ([row] if kept else [])
    with path.open(encoding="utf-8", newline="") as file:
        assert not [cell for line in csv.reader(file) for cell in line if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize(
    "broken", ['programme,"In German,Fog,language,German\n', 'programme,"In" German,Fog,language,x\n']
)
def test_a_quote_that_is_not_closed_is_told_with_its_line(
    run: Run, collection: Path, tmp_path: Path, broken: str
) -> None:
    sheet = tmp_path / "film.csv"
    rows = "document,words,about,what,value\nprogramme,In German,Fog,language,German\n"
    sheet.write_text(f"{rows}{broken}programme,In German,Fog,language,German\n", encoding="utf-8")
    ran = run("-C", collection, "import", sheet)
    assert ran.code == 2
    assert "film.csv:3: " in ran.err


def test_everything_that_can_be_said_is_found_by_its_label() -> None:
    usual = [one for one in predicates() if one.usual]
    assert len(usual) > 50
    assert [one.label for one in usual if find(one.label).label != one.label] == []
