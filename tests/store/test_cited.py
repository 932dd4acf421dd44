"""How much of each source is cited, kept beside a store, by way of the front door."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.conftest import SOURCE_A, written

import filmgraph
from filmgraph.collection.build.build import build
from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.store import CITED


def said(place: Path) -> list[list[str]]:
    with filmgraph.open(place) as graph:
        return [[str(value) for value in row] for row in graph.sources()]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return Path(build(written(tmp_path / "collection", {}), tmp_path / "store").path)


def counted_anew(store: Path) -> list[list[str]]:
    (store / CITED).unlink()
    return said(store)


def test_counts_that_are_kept_are_those_of_the_store(store: Path) -> None:
    kept = said(store)
    assert len(kept) == 2
    assert kept == counted_anew(store)


def test_the_cache_of_a_collection_keeps_them_too(tmp_path: Path) -> None:
    root = written(tmp_path / "collection", {})
    first = said(root)
    assert said(root) == first == counted_anew(Path(build(root, tmp_path / "store").path))


def test_counts_of_a_store_that_was_written_afterwards_are_not_taken(store: Path) -> None:
    before = said(store)
    writer = ox.Store(str(store))
    citation = ox.NamedNode(f"{SOURCE_A}#char=4000,4800")
    kind = ox.NamedNode(PREFIXES["fg"] + "Citation")
    writer.add(ox.Quad(citation, ox.NamedNode(PREFIXES["rdf"] + "type"), kind))
    writer.flush()
    del writer
    after = said(store)
    assert after != before
    assert after == counted_anew(store)


@pytest.mark.parametrize("damage", ["", "nonsense\n", "two words\n"])
def test_counts_that_cannot_be_read_are_made_again(store: Path, damage: str) -> None:
    before = said(store)
    path = store / CITED
    path.write_text(path.read_text("utf-8").splitlines()[0] + "\n" + damage if damage else "", "utf-8")
    assert said(store) == before
