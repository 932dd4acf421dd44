"""Tables imported into a collection, through the command that people type."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import filmgraph
from filmgraph.cli import main
from filmgraph.collection.starter import start

if TYPE_CHECKING:
    from pathlib import Path

FILMS = """id,Title,Year,Running time (min),Director,Company,Shelf
1,"harbour clock, the",1999,92,"Maran, Ilse; Bo Lake",Quay Films,A 1
2,Fog,2001,long,Ada Holm,Quay Films,A 2
3,The Salt Clock,2022,78,Mirela Tavish,,B 7
"""


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    start(str(folder))
    return folder


@pytest.fixture
def films(tmp_path: Path) -> Path:
    path = tmp_path / "films.csv"
    path.write_text(FILMS, encoding="utf-8")
    return path


def run(*arguments: object) -> int:
    """The exit code of a command."""
    return main([str(argument) for argument in arguments])


def test_a_table_is_imported_with_a_citation_for_each_cell(
    collection: Path, films: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("-C", collection, "import", films) == 1
    said = capsys.readouterr().err
    assert "films: 3 records" in said
    assert "Shelf: 3 cells, no mapping takes this column" in said
    assert "Running time (min): 1 cell, not understood" in said
    assert run("-C", collection, "show", "the harbour clock") == 0
    shown = capsys.readouterr().out
    assert "row 2, column Running time (min)" in shown
    assert "1 hour 32 minutes" in shown
    assert "Ilse Maran, film director" in shown


def test_what_is_imported_is_supported_by_its_cells(
    collection: Path, films: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("-C", collection, "import", films)
    capsys.readouterr()
    run("-C", collection, "check", "--sources", collection / "sources")
    said = capsys.readouterr().out
    assert "not read            0" in said
    assert "unsupported       0" in said


def test_a_film_that_is_there_already_is_found_and_its_sources_disagree(
    collection: Path, films: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("-C", collection, "import", films)
    assert "Films: 1 certain, 0 open, 0 decided, 2 new." in capsys.readouterr().err
    graph = filmgraph.open(collection)
    film = "https://w3id.org/filmgraph/id/film/the-salt-clock"
    rows = graph.query(f"SELECT ?m {{ <{film}> <https://w3id.org/filmgraph/ns#runtimeMinutes> ?m }}").to_rows()
    assert sorted(int(row["m"].value) for row in rows) == [74, 76, 78]  # type: ignore[union-attr]  # numbers


def test_importing_the_same_bytes_again_changes_no_file(collection: Path, films: Path) -> None:
    run("-C", collection, "import", films)
    before = {path: path.read_bytes() for path in collection.rglob("*") if path.is_file()}
    run("-C", collection, "import", films)
    assert {path: path.read_bytes() for path in collection.rglob("*") if path.is_file()} == before


def test_the_proposed_mapping_can_be_written_edited_and_used(
    collection: Path, films: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mapping = tmp_path / "films.rq"
    assert run("import", "--propose", films, "-o", mapping) == 0
    text = mapping.read_text(encoding="utf-8")
    assert "Not taken: ?shelf" in text
    mapping.write_text(text.replace("fg:Film .", "fg:Film ; fg:colour fgv:colour ."), encoding="utf-8")
    run("-C", collection, "import", films, "--with", mapping)
    capsys.readouterr()
    assert run("-C", collection, "show", "Fog") == 0
    assert "colour" in capsys.readouterr().out


def test_a_sample_shows_each_fact_with_its_cell_and_writes_nothing(
    collection: Path, films: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(collection.rglob("*"))
    assert run("-C", collection, "import", "--sample", 1, films) == 0
    shown = capsys.readouterr().out
    assert "Record 2" in shown
    assert "Record 3" not in shown
    assert "fg:runtimeMinutes 92" in shown
    assert "row 2, column Running time (min): 92" in shown
    assert sorted(collection.rglob("*")) == before


def test_an_import_into_no_collection_says_how_to_start_one(films: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("import", films) == 2
    assert "filmgraph new" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["import"], ["sources", "add"]])
def test_who_stands_in_a_collection_is_told_how_to_name_it(
    command: list[str],
    collection: Path,
    films: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(collection)
    assert run(*command, films) == 2
    assert f"filmgraph -C . {' '.join(command)} FILE" in capsys.readouterr().err


DOUBTFUL = "Title,Year\nThe Salt Clock,2024\nThe Salt Clock,\n"


def test_what_is_not_certain_waits_for_a_person_whose_decision_is_kept(
    collection: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "doubtful.csv"
    path.write_text(DOUBTFUL, encoding="utf-8")
    assert run("-C", collection, "import", path) == 1
    assert "open" in capsys.readouterr().err
    matches = collection / "matches" / "doubtful.csv"
    rows = matches.read_text(encoding="utf-8").splitlines()
    assert rows[0] == "key,decision,candidate,score,reasons"
    open_rows = [row for row in rows[1:] if row.split(",")[1] == ""]
    assert open_rows
    matches.write_text(
        "\n".join([rows[0], *(row.replace(",,", ",new,", 1) for row in rows[1:])]) + "\n", encoding="utf-8"
    )
    decided = matches.read_text(encoding="utf-8")
    run("-C", collection, "import", path)
    assert "0 open" in capsys.readouterr().err
    assert "new" in decided
    assert [row.split(",")[1] for row in matches.read_text(encoding="utf-8").splitlines()[1:]] == ["new"] * len(
        rows[1:]
    )


BAD = {
    "too many cells": ("Title,Year\nFog,2001,extra\nOther,2002\n", "row 2"),
    "a quote that is never closed": ('Title,Year\nFog,2001\n"Other,2002\n', "row 3"),
    "text after a closing quote": ('Title,Year\n"Fog"x,2001\nOther,2002\n', "row 2"),
    "a NUL character": ("Title,Year\nFo\0g,2001\nOther,2002\n", "row 2"),
    "no key": ("Title,Note\nFog,a\n,b\n", "row 3"),
}


@pytest.mark.parametrize("fault", BAD)
def test_bad_rows_are_told_and_the_others_imported_or_nothing_where_strict(
    fault: str, collection: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, where = BAD[fault]
    path = tmp_path / "bad.csv"
    path.write_text(text, encoding="utf-8")
    if fault != "no key":
        before = sorted(collection.rglob("*"))
        assert run("-C", collection, "import", "--strict", path) == 2
        assert where in capsys.readouterr().err
        assert sorted(collection.rglob("*")) == before
    assert run("-C", collection, "import", path) == 1
    assert where in capsys.readouterr().err


def test_a_wrong_encoding_is_told_with_its_line(
    collection: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "latin.csv"
    path.write_bytes("Title,Year\nÉté,1999\n".encode("cp1252"))
    assert run("-C", collection, "import", path) == 2
    assert "latin.csv:2" in capsys.readouterr().err
    assert run("-C", collection, "import", "--encoding", "cp1252", path) == 0
    assert run("-C", collection, "show", "Été") == 0


HEADERS = {
    "English": "Title,released,Director,Running time (min),Company,id",
    "German": "Titel,Jahr,Regie,Laufzeit (Min),Produktionsfirma,Nr",
    "French": "Titre,Année,Réalisateur,Durée (min),Société de production,Identifiant",
    "Spanish": "Título,Año,Dirección,Duración (min),Productora,Código",
}


@pytest.mark.parametrize("language", HEADERS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_plain_headers_need_no_mapping(
    language: str, delimiter: str, collection: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "plain.csv"
    row = ['"harbour clock, the"', "1999", '"Maran, Ilse"', "92", "Quay Films", "7"]
    lines = [HEADERS[language].replace(",", delimiter), delimiter.join(row)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert run("-C", collection, "import", path) == 0, capsys.readouterr().err
    capsys.readouterr()
    run("-C", collection, "show", "the harbour clock")
    shown = capsys.readouterr().out
    for expected in ("1999", "1 hour 32 minutes", "Ilse Maran, film director", "Quay Films, production company"):
        assert expected in shown


def test_records_that_share_a_key_stay_two_and_are_told(
    collection: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "twins.csv"
    path.write_text("Title,Year\nFog,2001\nFog,2001\n", encoding="utf-8")
    assert run("-C", collection, "import", path, "--strict") == 2
    assert "row 3" in capsys.readouterr().err
    assert run("-C", collection, "import", path) == 0
    assert "row 3: It has the same Title, Year as row 2." in capsys.readouterr().err
    rows = filmgraph.open(collection).query(
        'SELECT ?f { ?f <https://w3id.org/filmgraph/ns#title>/<https://w3id.org/filmgraph/ns#titleText> "Fog"@und }'
    )
    assert len(rows.to_rows()) == 2


def test_a_file_that_does_not_fit_is_refused_before_it_is_read(
    collection: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "sheet.csv"
    with path.open("wb") as file:
        file.truncate(2_000_000_000)  # a hole in the file takes no room
    assert run("-C", collection, "import", path) == 2
    assert "larger than 200 MB" in capsys.readouterr().err
