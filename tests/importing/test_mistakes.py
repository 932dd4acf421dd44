"""Mistakes of who imports: each is told with what to do about it, and makes no fact."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from filmgraph.cli import main
from filmgraph.collection.starter import start

if TYPE_CHECKING:
    from pathlib import Path

FILMS = "Title,Year,Director\nFog,2001,Bo Lake\nClock,1999,Ada Holm\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    start(str(tmp_path / "my-films"))
    (tmp_path / "films.csv").write_text(FILMS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def mapping(folder: Path, before: str, after: str) -> str:
    """The proposed mapping with a mistake in it."""
    assert main(["import", "--propose", "films.csv", "-o", "films.rq"]) == 0
    path = folder / "films.rq"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    return path.name


def facts(folder: Path) -> set[str]:
    return {path.name for path in (folder / "my-films" / "data").glob("*.trig")}


def test_a_function_that_is_none_is_named_with_its_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = facts(folder)
    name = mapping(folder, "fn:date(", "fn:dates(")
    assert main(["-C", "my-films", "import", "--with", name, "films.csv"]) == 2
    told = capsys.readouterr().err
    assert "There is no function fn:dates." in told
    assert "Did you mean fn:date?" in told
    assert facts(folder) == before


def test_a_column_that_is_misspelt_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = mapping(folder, "fn:date(?year)", "fn:date(?yaer)")
    assert main(["-C", "my-films", "import", "--with", name, "films.csv"]) == 1
    assert "It names ?yaer, and no column of the table is called that. Did you mean ?year?" in capsys.readouterr().err


REFUSED = {
    "a pattern": ('REPLACE(?year, "(", "")', "the engine cannot compile the pattern '('"),
    "a pattern that is computed": ('REPLACE(?year, CONCAT("(", ""), "")', "the engine cannot compile the pattern '('"),
    "another machine": ("?year) SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } BIND(?year", "SERVICE"),
}


@pytest.mark.parametrize("mistake", REFUSED)
def test_what_no_query_may_do_a_mapping_may_not(folder: Path, mistake: str, capsys: pytest.CaptureFixture[str]) -> None:
    before, (written, said) = facts(folder), REFUSED[mistake]
    name = mapping(folder, "fn:date(?year)", written)
    assert main(["-C", "my-films", "import", "--with", name, "films.csv"]) == 2
    told = capsys.readouterr().err
    assert re.search(rf"{name}:\d+:\d+: ", told)
    assert said.casefold() in told.casefold()
    assert facts(folder) == before


@pytest.mark.parametrize("table", ["Shelf,Box\n1,2\n", "Name,Address\nAda Holm,Quay 1\n", "Name,Country\nBo,Italy\n"])
def test_a_table_that_is_not_of_films_makes_none(folder: Path, table: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = facts(folder)
    (folder / "other.csv").write_text(table, encoding="utf-8")
    assert main(["-C", "my-films", "import", "other.csv"]) == 2
    told = capsys.readouterr().err
    assert "No column says which film a record is about" in told
    assert "--propose other.csv" in told
    assert facts(folder) == before
    assert main(["import", "--propose", "other.csv", "-o", "other.rq"]) == 0
    assert main(["-C", "my-films", "import", "--with", "other.rq", "other.csv"]) == 1
    assert "0 facts" in capsys.readouterr().err


def test_a_collection_that_is_misspelt_is_suggested(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-C", "my-film", "import", "films.csv"]) == 2
    told = capsys.readouterr().err
    assert "There is no such folder." in told
    assert "Did you mean 'my-films'?" in told
    assert not (folder / "my-film").exists()


def test_other_programs_sheets_are_told_how_to_save_them(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "films.ods").write_bytes(b"PK")
    assert main(["-C", "my-films", "import", "films.ods"]) == 2
    assert "save it as .xlsx or .csv" in capsys.readouterr().err


@pytest.mark.parametrize("column", ["Film", "Record", "None", "Title text"])
def test_a_column_may_be_called_as_the_variables_of_mappings_are(
    folder: Path, column: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "odd.csv").write_text(f"Title,{column},Year\nFog,x,2001\nClock,y,1999\n", encoding="utf-8")
    assert main(["-C", "my-films", "import", "odd.csv"]) in {0, 1}
    assert "2 new" in capsys.readouterr().err
