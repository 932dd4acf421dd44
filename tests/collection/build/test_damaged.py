"""A built store of which a part is gone or altered: who asks it is told, and the next build makes it again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from filmgraph.collection.build.build import build
from filmgraph.collection.starter import start
from filmgraph.errors import StoreUnavailableError
from filmgraph.graph import Graph
from filmgraph.store import TABLES, disk
from filmgraph.store.reading import damage

if TYPE_CHECKING:
    from collections.abc import Callable


def without(pattern: str) -> Callable[[Path], None]:
    def harm(store: Path) -> None:
        for path in store.glob(pattern):
            path.unlink()

    return harm


def emptied(pattern: str) -> Callable[[Path], None]:
    def harm(store: Path) -> None:
        for path in store.glob(pattern):
            path.write_bytes(b"")

    return harm


def flipped(table: Path, place: float) -> None:
    """One bit of a file, at a part of its length."""
    data = bytearray(table.read_bytes())
    data[int((len(data) - 1) * place)] ^= 1
    table.write_bytes(data)


GONE = {
    "CURRENT": without("CURRENT"),
    "MANIFEST": without("MANIFEST-*"),
    "all tables": without("*.sst"),
    "CURRENT emptied": emptied("CURRENT"),
    "MANIFEST emptied": emptied("MANIFEST-*"),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("damaged")
    start(folder / "films")
    build(folder / "films", folder / "store")
    return folder


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made / "store", tmp_path / "store"))


@pytest.mark.parametrize("name", GONE)
def test_a_store_that_does_not_open_is_told_and_built_again(made: Path, store: Path, name: str) -> None:
    GONE[name](store)
    with pytest.raises(StoreUnavailableError) as caught, Graph.open(store) as graph:
        graph.ask("films")
    assert "Build it again" in str(caught.value.hint)
    assert build(made / "films", store).new
    with Graph.open(store) as graph:
        assert len(graph.ask("films")) == 1


def test_a_flipped_bit_is_found_by_reading_the_store_through(made: Path, store: Path) -> None:
    assert damage(str(store)) == ""
    assert not build(made / "films", store, verify=True).new
    for table in sorted(store.glob("*.sst")):
        for place in (0.0, 0.5, 1.0):
            flipped(table, place)
            assert table.name in damage(str(store))
            flipped(table, place)
    assert damage(str(store)) == ""
    flipped(next(store.glob("*.sst")), 0.3)
    assert build(made / "films", store, verify=True).new
    assert damage(str(store)) == ""


@pytest.mark.parametrize("kept", [False, True], ids=["", "with its time of change put back"])
def test_a_store_with_a_flipped_bit_is_not_opened(store: Path, *, kept: bool) -> None:
    for table in sorted([*store.glob("*.sst"), *store.glob("MANIFEST-*"), store / "CURRENT"]):
        before = table.stat()
        for step in range(7):
            flipped(table, step / 6)
            if kept:
                os.utime(table, ns=(before.st_atime_ns, before.st_mtime_ns))
            with pytest.raises(StoreUnavailableError, match=table.name) as caught:
                disk.from_folder(str(store))
            assert "Build it again" in str(caught.value.hint)
            flipped(table, step / 6)
    disk.from_folder(str(store)).close()


COMMANDS = {
    "ask": ["ask", "films"],
    "query": ["query", "-e", "SELECT * { GRAPH ?g { ?s ?p ?o } } ORDER BY ?o"],
    "query in time": ["query", "--timeout", "20", "-e", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"],
    "show": ["show", "film:example-film"],
    "check": ["check"],
    "export": ["export", "-f", "nquads"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_no_command_is_ended_by_a_damaged_store(store: Path, name: str) -> None:
    tables = sorted(store.glob("*.sst"), key=lambda path: path.stat().st_size)
    flipped(tables[-1], 0.3)
    command = [sys.executable, "-m", "filmgraph", "--store", str(store), *COMMANDS[name]]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert ran.returncode == 2
    assert "is damaged" in ran.stderr
    assert "Build it again" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_damaged_store_of_the_cache_is_made_again(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILMGRAPH_CACHE", str(tmp_path))
    with Graph.open(made / "films") as graph:
        assert len(graph.ask("films")) == 1
    tables = sorted(tmp_path.glob("store-*/*.sst"))
    assert tables
    for table in tables:
        flipped(table, 0.4)
    with Graph.open(made / "films") as graph:
        assert len(graph.ask("films")) == 1
    for table in tmp_path.glob("store-*/*.sst"):
        disk.from_folder(str(table.parent)).close()


def test_a_copy_is_read_once(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILMGRAPH_CACHE", str(tmp_path / "cache"))
    disk.from_folder(str(store)).close()
    (known,) = (tmp_path / "cache").glob("whole-*")
    disk.from_folder(str(store)).close()
    assert list((tmp_path / "cache").iterdir()) == [known]
    flipped(next(store.glob("*.sst")), 0.5)
    with pytest.raises(StoreUnavailableError, match="is damaged"):
        disk.from_folder(str(store))


@pytest.mark.parametrize("text", ["", "nonsense", "a b c d e f\n", "\x00\n"])
def test_notes_of_the_tables_that_are_damaged_are_told_or_not_missed(store: Path, text: str) -> None:
    (store / TABLES).write_text(text)
    try:
        disk.from_folder(str(store)).close()
    except StoreUnavailableError as error:
        assert "is damaged" in str(error)  # noqa: PT017 -- either will do
