from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from filmgraph.errors import OutputError
from filmgraph.files import atomic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def test_a_file_that_fails_halfway_is_not_there_and_the_old_one_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def pieces() -> Iterator[bytes]:
        yield b"new"
        raise KeyError

    with pytest.raises(KeyError):
        atomic.write(path, pieces())
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="modes and links are POSIX")
def test_a_file_keeps_its_mode_and_a_link_stays_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "a.txt", tmp_path / "b.txt"
    path.write_bytes(b"old")
    path.chmod(0o640)
    link.symlink_to(path)
    atomic.write(link, [b"new"])
    assert (path.read_bytes(), path.stat().st_mode & 0o777, link.is_symlink()) == (b"new", 0o640, True)


@pytest.mark.skipif(not os.path.exists("/dev/null"), reason="a device of POSIX")
def test_a_device_is_written_in_place() -> None:
    atomic.write("/dev/null", [b"gone"])
    assert not os.path.isfile("/dev/null")


def test_a_folder_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="Is a directory"):
        atomic.write(tmp_path, [b""])
