"""A built store of which a part is gone or altered: who asks it is told, and the next build makes it again."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from filmgraph.collection.build.build import build
from filmgraph.collection.starter import start
from filmgraph.errors import StoreUnavailableError
from filmgraph.graph import Graph
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
