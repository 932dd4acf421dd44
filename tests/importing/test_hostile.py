"""Inputs that nobody means, of every format: each is imported or refused in plain words."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest
from tests.importing.readers.examples import EXAMPLES

import filmgraph
from filmgraph.answers.answer import RowsAnswer
from filmgraph.cli import main
from filmgraph.collection.starter import start
from filmgraph.importing import readers

if TYPE_CHECKING:
    from pathlib import Path

ENDINGS = [ending for name in readers.names() for ending in readers.find(name).endings]
NAMES = "PREFIX fg: <https://w3id.org/filmgraph/ns#> SELECT (STR(?said) AS ?name) { ?agent fg:name ?said }"
SAID = ("", '"', "\\", "a\nb", "\x1b[31m", "!!!", "x> . <y", "中", os.fsdecode(b"\xff"), "9" * 5000)


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    start(str(tmp_path / "own"))
    return tmp_path / "own"


def run(*arguments: object) -> int:
    try:
        return main([str(argument) for argument in arguments])
    except SystemExit as ended:
        return int(ended.code or 0)


def is_plain(error: str) -> bool:
    return "at fault" not in error and "Traceback" not in error


def test_every_reader_has_an_example() -> None:
    assert set(readers.names()) == EXAMPLES.keys()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
@pytest.mark.parametrize("ending", [*ENDINGS, ".csv.gz", ".csv.zst"])
def test_a_pipe_is_refused_and_not_waited_for(
    ending: str, collection: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(tmp_path / f"films{ending}")
    assert run("-C", collection, "import", tmp_path / f"films{ending}") == 2
    assert "a pipe, a socket or a device" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["a\nb.csv", "\x1b[31m.csv", "a: b #c.csv", "'\".csv", os.fsdecode(b"\xff.csv")])
def test_a_file_may_have_any_name(
    name: str, collection: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        (tmp_path / name).write_bytes(EXAMPLES["csv"])
    except OSError:
        pytest.skip("this file system has no such names")
    assert run("-C", collection, "import", tmp_path / name) == 0, capsys.readouterr().err
    with filmgraph.open(collection) as graph:
        assert len(graph.sources()) == 3


@pytest.mark.parametrize("option", ["--title", "--publisher", "--date", "--as"])
@pytest.mark.parametrize("command", ["import", "sources add"])
def test_whatever_is_said_of_a_document_its_record_can_be_read(
    command: str, option: str, collection: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "films.csv" if command == "import" else "films.txt"
    for value in SAID:
        (tmp_path / name).write_bytes(EXAMPLES["csv"] + value.encode(errors="replace"))
        code = run("-C", collection, *command.split(), tmp_path / name, option, value, "--as", f"s{SAID.index(value)}")
        error = capsys.readouterr().err
        assert code in {0, 1, 2}
        assert is_plain(error), (value[:20], error)
        with filmgraph.open(collection) as graph:
            assert len(graph.sources()) >= 2


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.json", b'[{"id": 1, "title": "\\ud800"}, {"id": 2, "title": "Fog"}]', "/0/title: A cell has half"),
        ("a.jsonl", b'{"id": 1, "title": "\\udfff"}\n{"id": 2, "title": "Fog"}\n', "A cell has half"),
        ("a.csv", b"id,Title\n1,a\0b\n2,Fog\n", "A cell has a NUL character"),
        ("a.csv", b"id,Title\n1," + b"a" * 1_000_001 + b"\n2,Fog\n", "row 2, column Title: A cell has 1,000,001"),
        ("a.csv", b"id,Title,Minutes\n1,Fog," + b"9" * 5000 + b"\n", "Minutes: 1 cell"),
        ("a.csv", b"id,Title,Minutes\n1,Fog," + b"9" * 5000 + b":30\n", "Minutes: 1 cell"),
        ("a.json", b'[{"id": 1, "title": "Fog", "budget": ' + b"9" * 5000 + b"}]", ""),
        ("a.csv", b"id,Title,Budget\n1,Fog," + b"9" * 5000 + b"\n", ""),
    ],
)
def test_what_no_literal_can_hold_is_left_out_and_told(
    name: str, content: bytes, told: str, collection: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(content)
    assert run("-C", collection, "import", tmp_path / name) in {0, 1}
    error = capsys.readouterr().err
    assert told in error
    assert is_plain(error)
    with filmgraph.open(collection) as graph:
        assert graph.query(
            "PREFIX fg: <https://w3id.org/filmgraph/ns#>"
            ' ASK { ?film fg:title/fg:titleText ?text FILTER(STR(?text) = "Fog") }'
        )


def test_a_name_that_stands_twice_in_an_object_keeps_both_values(collection: Path, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{"id": 1, "title": "Fog", "director": "Ilse", "director": "Ada"}]')
    assert run("-C", collection, "import", tmp_path / "a.json") == 0
    with filmgraph.open(collection) as graph:
        named = graph.query(NAMES)
        assert isinstance(named, RowsAnswer)
        assert {"Ilse", "Ada"} <= {getattr(row["name"], "value", "") for row in named}


def test_a_proposed_mapping_does_not_replace_the_file_it_is_of(
    collection: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "films.csv").write_bytes(EXAMPLES["csv"])
    facts = collection / "data" / "tide-letter.trig"
    for target in (tmp_path / "films.csv", facts):
        before = target.read_bytes()
        assert run("-C", collection, "import", "--propose", tmp_path / "films.csv", "-o", target) == 2
        assert "would be overwritten" in capsys.readouterr().err
        assert target.read_bytes() == before


@pytest.mark.parametrize("decision", ["\xff", "https://x/> . <y", "not an iri"])
def test_a_decision_that_is_no_iri_is_told_with_its_line(
    decision: str, collection: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "films.csv").write_bytes(EXAMPLES["csv"])
    (collection / "matches").mkdir()
    lines = f"key,decision,candidate,score,reasons\n1,{decision},,,\n"
    (collection / "matches" / "films.csv").write_bytes(lines.encode("latin-1"))
    assert run("-C", collection, "import", tmp_path / "films.csv") == 2
    error = capsys.readouterr().err
    assert "matches" in error
    assert "films.csv:2" in error
    assert is_plain(error)
