"""A folder is there whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from filmgraph.errors import OutputError
from filmgraph.files.folder import made_whole

if TYPE_CHECKING:
    from pathlib import Path

MARK = "made-here"


def make(target: Path, text: str) -> None:
    with made_whole(target, MARK) as folder:
        (folder / MARK).write_text("", "utf-8")
        (folder / "page").write_text(text, "utf-8")


def test_a_folder_that_was_made_so_is_replaced_as_a_whole(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "site"
    make(target, "one")
    (target / "old").write_text("", "utf-8")
    make(target, "two")
    assert sorted(os.listdir(target)) == [MARK, "page"]
    assert (target / "page").read_text("utf-8") == "two"
    assert os.listdir(target.parent) == ["site"]


def test_what_breaks_off_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "site"
    make(target, "one")

    def broken() -> None:
        with made_whole(target, MARK) as folder:
            (folder / "page").write_text("half", "utf-8")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken()
    assert (target / "page").read_text("utf-8") == "one"
    assert os.listdir(tmp_path) == ["site"]


def test_anything_else_in_the_place_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "to-mother").write_text("dear", "utf-8")
    (tmp_path / "file").write_text("dear", "utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "letters")
    for name in ("letters", "file", "link"):
        with pytest.raises(OutputError) as told:
            make(tmp_path / name, "one")
        assert told.value.hint
    assert (tmp_path / "letters" / "to-mother").read_text("utf-8") == "dear"
    assert sorted(os.listdir(tmp_path)) == ["file", "letters", "link"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    make(tmp_path / "site", "one")
    assert (tmp_path / "site" / "page").exists()


def test_what_a_killed_process_left_is_taken_away(tmp_path: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from filmgraph.files.folder import made_whole\n"
        "with made_whole(Path(sys.argv[1]), 'made-here') as folder: os._exit(9)"
    )
    target = tmp_path / "site"
    done = subprocess.run([sys.executable, "-c", program, str(target)], check=False)
    assert done.returncode == 9
    assert [name for name in os.listdir(tmp_path) if name.endswith(".part")]
    make(target, "one")
    assert os.listdir(tmp_path) == ["site"]
