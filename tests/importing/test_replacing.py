"""A changed file, beside what was imported before or in its place; whoever is killed leaves it right."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from filmgraph.cli import main
from filmgraph.collection.starter import start

if TYPE_CHECKING:
    from pathlib import Path

BEFORE = "id,Title,Year,Minutes\n1,Fog,2001,78\n2,Sand,1990,80\n"
AFTER = "id,Title,Year,Minutes\n1,Fog,2001,79\n3,Tide,1995,60\n"


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    start(str(folder))
    return folder


def imported(collection: Path, text: str, *options: str) -> int:
    path = collection.parent / "films.csv"
    path.write_text(text, encoding="utf-8")
    return main(["-C", str(collection), "import", str(path), *options])


def names(collection: Path) -> list[str]:
    """The files of the import."""
    return sorted(path.name for path in collection.rglob("films.*") if path.is_file() and "store" not in path.parts)


def test_a_changed_file_stands_beside_the_one_before(collection: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(collection, BEFORE)
    imported(collection, AFTER)
    assert "--replace takes the place" in capsys.readouterr().err
    assert len(names(collection)) == 4


def test_replace_takes_the_place_and_says_what_changed(collection: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(collection, BEFORE)
    capsys.readouterr()
    assert imported(collection, AFTER, "--replace") == 0
    said = capsys.readouterr().err
    assert "In place of films." in said
    assert "film:films.1 fg:runtimeMinutes: 78, now 79" in said
    assert "new: title:films.3 fg:titleText Tide" in said
    assert "gone: film:films.2 rdf:type fg:Film" in said
    assert len(names(collection)) == 2
    assert main(["-C", str(collection), "check"]) == 0
    capsys.readouterr()
    assert imported(collection, AFTER, "--replace") == 0
    assert "nothing has changed" in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix", reason="needs a signal that nothing can catch")
@pytest.mark.parametrize("after", [0.25, 0.4, 0.6])
def test_killed_at_any_moment_nothing_is_half_written(
    after: float, collection: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(collection, BEFORE)
    path = collection.parent / "films.csv"
    path.write_text(AFTER, encoding="utf-8")
    arguments = [sys.executable, "-m", "filmgraph", "-C", str(collection), "import", str(path), "--replace"]
    process = subprocess.Popen(arguments, stderr=subprocess.DEVNULL)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()
    capsys.readouterr()
    assert main(["-C", str(collection), "sources"]) == 0, capsys.readouterr().err
    assert imported(collection, AFTER, "--replace") == 0
    assert len(names(collection)) == 2
