from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import filmgraph
from filmgraph.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
SRC = Path(__file__).resolve().parents[3] / "src"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "cache"
    monkeypatch.setenv("FILMGRAPH_CACHE", str(path))
    return path


def answer(root: Path) -> object:
    with filmgraph.open(root) as graph:
        return graph.query_raw(COUNT)


def entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def test_the_second_time_answers_come_from_the_cache(collection: Path, folder: Path) -> None:
    first = answer(collection)
    (entry,) = entries(folder)
    before = {path.name: path.stat().st_mtime_ns for path in entry.iterdir()}
    assert answer(collection) == first
    assert entries(folder) == [entry]
    assert {path.name: path.stat().st_mtime_ns for path in entry.iterdir()} == before


def test_memory_and_cache_answer_alike(collection: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cached = answer(collection)
    monkeypatch.setenv("FILMGRAPH_CACHE", "")
    assert answer(collection) == cached
    assert len(entries(folder)) == 1


def test_a_changed_file_makes_another_entry(collection: Path, folder: Path) -> None:
    first = answer(collection)
    path = collection / "data/reference.ttl"
    path.write_text(path.read_text() + 'country:NO a fg:Place ; rdfs:label "Norway"@en .\n')
    assert answer(collection) != first
    assert len(entries(folder)) == 2


def test_a_file_of_another_name_makes_another_entry(collection: Path, folder: Path) -> None:
    first = answer(collection)
    (collection / "data/tide-weekly.trig").rename(collection / "data/tide.trig")
    assert answer(collection) == first
    assert len(entries(folder)) == 2


def test_the_cache_may_be_deleted_while_a_graph_is_open(collection: Path, folder: Path) -> None:
    first = answer(collection)
    with filmgraph.open(collection) as graph:
        for path in entries(folder)[0].iterdir():
            path.unlink()
        assert graph.query_raw(COUNT) == first
    assert answer(collection) == first


@pytest.mark.parametrize("damage", [b"", b"rubbish", None], ids=["emptied", "overwritten", "removed"])
@pytest.mark.parametrize("kind", ["CURRENT", "MANIFEST", ".sst"])
def test_a_damaged_entry_is_made_again(collection: Path, folder: Path, kind: str, damage: bytes | None) -> None:
    first = answer(collection)
    (entry,) = entries(folder)
    for path in entry.iterdir():
        if kind in path.name:
            if damage is None:
                path.unlink()
            else:
                path.write_bytes(damage)
    assert answer(collection) == first
    assert answer(collection) == first


def test_damage_inside_a_file_is_noticed_and_mended(collection: Path, folder: Path) -> None:
    first = answer(collection)
    (entry,) = entries(folder)
    for path in entry.glob("*.sst"):
        content = bytearray(path.read_bytes())
        for place in range(0, len(content) // 2, 50):
            content[place] ^= 0x55
        path.write_bytes(content)
    assert answer(collection) == first


@pytest.mark.skipif(sys.platform == "win32", reason="open files cannot be removed there")
def test_an_open_entry_that_is_removed_still_answers_within_a_time_limit(collection: Path, folder: Path) -> None:
    with filmgraph.open(collection) as graph:
        first = graph.query_raw(COUNT)
        (entry,) = entries(folder)
        shutil.rmtree(entry)
        assert graph.query_raw(COUNT, timeout=60) == first
        assert graph.query_raw("ASK { ?s ?p ?o }", timeout=60) == graph.query_raw("ASK { ?s ?p ?o }")


def test_a_place_that_cannot_be_written_is_no_error(
    collection: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("FILMGRAPH_CACHE", str(tmp_path / "file" / "cache"))
    first = answer(collection)
    monkeypatch.setenv("FILMGRAPH_CACHE", str(tmp_path / "other"))
    assert answer(collection) == first


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_an_entry_that_may_only_be_read_is_used(collection: Path, folder: Path) -> None:
    first = answer(collection)
    (entry,) = entries(folder)
    for path in (*entry.iterdir(), entry, folder):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        assert answer(collection) == first
    finally:
        for path in (folder, entry):
            path.chmod(0o755)


def test_processes_that_start_together_share_one_entry(collection: Path, folder: Path) -> None:
    code = f"import filmgraph; print(filmgraph.open({str(collection)!r}).query_raw({COUNT!r}).rows)"
    environment = os.environ | {"FILMGRAPH_CACHE": str(folder), "PYTHONPATH": str(SRC)}
    started = [
        subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    outputs = {process.communicate(timeout=60)[0] for process in started}
    assert [process.returncode for process in started] == [0, 0, 0, 0]
    assert len(outputs) == 1
    assert len(entries(folder)) == 1


def test_a_wrong_file_leaves_no_entry(collection_of: Callable[[dict[str, str]], Path], folder: Path) -> None:
    with pytest.raises(DataError):
        filmgraph.open(collection_of({"data/more.trig": "film:x a fg:Film ."}))
    assert entries(folder) == []
