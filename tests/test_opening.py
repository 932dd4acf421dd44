from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from filmgraph import opening as locate
from filmgraph.errors import FileError, StoreUnavailableError
from filmgraph.opening import forget, open_ahead, open_store
from filmgraph.rdf.results import Truth

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def test_nothing_named_is_the_bundled_collection() -> None:
    store = open_store()
    assert store.origin.shown == "the bundled collection"
    assert store.query("ASK { GRAPH ?c { ?s ?p ?o } }") == Truth(value=True)


def test_a_folder_may_be_a_collection(collection: Path) -> None:
    assert open_store(collection).origin.path == str(collection)


def test_a_folder_may_be_a_store_and_is_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "store"
    written = ox.Store(path)
    written.add(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.NamedNode("urn:o")))
    written.flush()
    del written
    before = {entry.name: entry.stat().st_mtime_ns for entry in path.iterdir()}
    store = open_store(path)
    assert store.query("ASK { <urn:s> ?p ?o }") == Truth(value=True)
    store.close()
    assert {entry.name: entry.stat().st_mtime_ns for entry in path.iterdir()} == before


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere", "There is nothing at {}."),
        ("empty", "{} is no collection: it has no folder data."),
        ("broken", "The store {} cannot be opened: "),
        ("https://", "https:// is no URL of an endpoint."),
    ],
)
def test_what_is_no_store_says_why(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken/CURRENT").write_text("MANIFEST-000009\n")
    location = name if "://" in name else str(tmp_path / name)
    with pytest.raises(StoreUnavailableError) as caught:
        open_store(location)
    assert str(caught.value).startswith(message.format(location))
    assert caught.value.store == location


def test_a_file_of_another_kind_says_what_is_known(tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_text("no RDF")
    with pytest.raises(FileError, match=r"a\.doc: The file's ending names no RDF format"):
        open_store(tmp_path / "a.doc")


@pytest.fixture
def nothing_ahead() -> Iterator[None]:
    forget()
    yield
    forget()


@pytest.mark.usefixtures("nothing_ahead")
def test_what_was_opened_ahead_is_taken_once(monkeypatch: pytest.MonkeyPatch, collection: Path) -> None:
    monkeypatch.setattr(locate, "root", lambda: str(collection))
    open_store().close()
    open_ahead()
    first, second = open_store(), open_store()
    assert first.query("ASK { GRAPH ?c { ?s ?p ?o } }") == Truth(value=True)
    first.close()
    assert second.query("ASK { GRAPH ?c { ?s ?p ?o } }") == Truth(value=True)


@pytest.mark.usefixtures("nothing_ahead")
def test_nothing_is_made_ahead(monkeypatch: pytest.MonkeyPatch, collection: Path, tmp_path: Path) -> None:
    monkeypatch.setattr(locate, "root", lambda: str(collection))
    monkeypatch.setenv("FILMGRAPH_CACHE", str(tmp_path / "cache"))
    open_ahead()
    assert not (tmp_path / "cache").exists()
    open_store()
    assert (tmp_path / "cache").exists()


@pytest.mark.usefixtures("nothing_ahead")
def test_a_wrong_collection_is_an_error_only_when_it_is_opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(locate, "root", lambda: str(tmp_path))
    open_ahead()
    with pytest.raises(StoreUnavailableError, match="is no collection"):
        open_store()
