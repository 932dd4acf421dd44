from __future__ import annotations

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from filmgraph.files import cache


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "cache"
    monkeypatch.setenv("FILMGRAPH_CACHE", str(path))
    return path


def fill(path: str) -> None:
    (Path(path) / "file").write_text("whole")


def test_the_user_names_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILMGRAPH_CACHE", "/some/where")
    assert cache.folder() == "/some/where"


def test_an_empty_name_means_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILMGRAPH_CACHE", "")
    assert cache.folder() is None
    assert cache.find("store-a") is None
    assert cache.make("store-a", fill) is None


@pytest.mark.skipif(sys.platform != "linux", reason="XDG folders")
def test_else_it_lies_in_the_cache_of_the_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FILMGRAPH_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", "/caches")
    assert cache.folder() == "/caches/filmgraph"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", "/of/ada")
    assert cache.folder() == "/of/ada/.cache/filmgraph"


def test_an_entry_is_made_once_and_found(folder: Path) -> None:
    assert cache.find("store-a") is None
    assert cache.make("store-a", fill) == f"{folder}/store-a"
    assert cache.find("store-a") == f"{folder}/store-a"
    assert [path.name for path in folder.iterdir()] == ["store-a"]


def test_a_discarded_entry_is_gone(folder: Path) -> None:
    cache.make("store-a", fill)
    cache.discard("store-a")
    assert list(folder.iterdir()) == []


def test_no_entry_is_half_made(folder: Path) -> None:
    def broken(path: str) -> None:
        fill(path)
        raise OSError("no room")

    assert cache.make("store-a", broken) is None
    assert list(folder.iterdir()) == []


def test_an_error_of_the_maker_leaves_nothing_behind(folder: Path) -> None:
    def broken(path: str) -> None:
        raise KeyError(path)

    with pytest.raises(KeyError):
        cache.make("store-a", broken)
    assert list(folder.iterdir()) == []


def test_several_makers_share_the_entry_of_the_fastest(folder: Path) -> None:
    def slowly(path: str) -> None:
        time.sleep(0.02)
        fill(path)

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: cache.make("store-a", slowly), range(8)))
    assert set(made) == {f"{folder}/store-a"}
    assert [path.name for path in folder.iterdir()] == ["store-a"]
    assert (folder / "store-a" / "file").read_text() == "whole"


def test_where_nothing_can_be_written_there_is_no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("FILMGRAPH_CACHE", str(tmp_path / "file" / "cache"))
    assert cache.find("store-a") is None
    assert cache.make("store-a", fill) is None


def test_entries_long_unused_are_removed(folder: Path) -> None:
    for age, name in enumerate("abcdef"):
        cache.make(f"store-{name}", fill)
        os.utime(folder / f"store-{name}", (1e9 - age, 1e9 - age))
    cache.find("store-c")
    cache.make("store-new", fill)
    assert sorted(path.name for path in folder.iterdir()) == ["store-a", "store-b", "store-c", "store-new"]


def test_what_a_dead_maker_left_is_removed(folder: Path) -> None:
    (folder / "making-old").mkdir(parents=True)
    (folder / "making-new").mkdir()
    os.utime(folder / "making-old", (1e9, 1e9))
    cache.make("store-a", fill)
    assert sorted(path.name for path in folder.iterdir()) == ["making-new", "store-a"]
