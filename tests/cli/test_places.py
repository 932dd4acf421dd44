"""Where commands read and write: nothing is lost to another output, or to nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ran

ASK = "ASK {}"


@pytest.fixture
def spellings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Ways to write the path of one file, ``a.json``, which is not there yet."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path)
    (tmp_path / "to-it.json").symlink_to("a.json")
    return {
        "the same": "a.json",
        "a dot": "./a.json",
        "up and down": "folder/../a.json",
        "absolute": str(tmp_path / "a.json"),
        "a linked folder": "link/a.json",
        "a link to it": "to-it.json",
    }


@pytest.mark.parametrize("way", ["the same", "a dot", "up and down", "absolute", "a linked folder", "a link to it"])
@pytest.mark.parametrize("command", [["ask", "overview"], ["query", "-e", ASK]], ids=lambda one: one[0])
@pytest.mark.parametrize("there", [False, True], ids=["new", "there"])
def test_an_answer_and_its_receipt_go_to_two_files(
    run: Callable[..., Ran], spellings: dict[str, str], tmp_path: Path, way: str, command: list[str], *, there: bool
) -> None:
    if there:
        (tmp_path / "a.json").write_text("old", encoding="utf-8")
    code, out, err = run(*command, "-o", "a.json", "--receipt", spellings[way])
    assert (code, out) == (2, "")
    assert "-o and --receipt name one file" in err
    assert (tmp_path / "a.json").exists() == there
    assert not there or (tmp_path / "a.json").read_text(encoding="utf-8") == "old"


def test_a_receipt_does_not_go_where_standard_output_goes(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    typed = [sys.executable, "-m", "filmgraph", "query", "-e", ASK, "--receipt"]
    with path.open("wb") as file:
        done = subprocess.run([*typed, str(path)], stdout=file, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert "--receipt names what the answer is written to" in done.stderr
    done = subprocess.run([*typed, "/dev/stdout"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")


@pytest.mark.parametrize("option", ["-o", "--receipt"])
def test_no_output_goes_over_what_is_read(
    run: Callable[..., Ran], collection: Path, tmp_path: Path, option: str
) -> None:
    query = tmp_path / "a.rq"
    query.write_text(ASK, encoding="utf-8")
    facts = collection / "data" / "tide-weekly.trig"
    before = facts.read_bytes()
    for typed, path, words in (
        (["query", query], query, "the file of the query"),
        (["-C", collection, "query", "-e", ASK], facts, "a file of the collection"),
        (["--store", facts, "query", "-e", ASK], facts, "the file that is asked"),
    ):
        code, out, err = run(*typed, option, path, "-f", "trig")
        assert (code, out) == (2, "")
        assert words in err
    assert (query.read_text(encoding="utf-8"), facts.read_bytes()) == (ASK, before)


def test_no_file_is_replaced_by_nothing(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "a.nt"
    path.write_text("<urn:a> <urn:b> <urn:c> .\n", encoding="utf-8")
    code, out, err = run("query", "-e", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(false) }", "-o", path)
    assert (code, out) == (2, "")
    assert "would be replaced by nothing" in err
    assert path.read_text(encoding="utf-8") == "<urn:a> <urn:b> <urn:c> .\n"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("typed", [["ask", "overview", "-f", "csv"], ["ask", "overview"], ["export", "-f", "nquads"]])
@pytest.mark.skipif(not os.path.exists("/dev/stdout"), reason="this system has no /dev/stdout")
def test_the_name_of_standard_output_is_standard_output(typed: list[str]) -> None:
    command = [sys.executable, "-m", "filmgraph", *typed]
    plain = subprocess.run(command, capture_output=True, check=True).stdout
    named = subprocess.run([*command, "-o", "/dev/stdout"], capture_output=True, check=True).stdout
    assert named == plain != b""
