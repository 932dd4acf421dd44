"""Whole folders decide what cache keys and manifests say of filmgraph's own code."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.test_architecture import MODULES, OWN, room

from filmgraph.errors import FileError
from filmgraph.files import code

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
# What these do leaves no trace in an entry: they tell of errors, and ask a store that is there.
NO_TRACE = {"errors", "version", "store/process"}
QUESTION = "#+ summary: Which films are there?\n\nSELECT ?film { ?film a <https://w3id.org/filmgraph/ns#Film> }\n"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A checkout with the package and one question."""
    root = tmp_path / "checkout"
    shutil.copytree(ROOT / "src", root / "src", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "ontology").mkdir()
    (root / "queries").mkdir()
    (root / "queries" / "films.rq").write_text(QUESTION, "utf-8")
    return root


@pytest.fixture
def mine(collection: Path) -> Path:
    """A collection with that question."""
    (collection / "queries").mkdir()
    (collection / "queries" / "films.rq").write_text(QUESTION, "utf-8")
    return collection


def run(copy: Path, *arguments: str | Path) -> str:
    """Run the command line of a copy; give what it says on standard error."""
    where = {"PYTHONPATH": str(copy / "src"), "FILMGRAPH_CACHE": str(copy / "cache")}
    done = subprocess.run(
        [sys.executable, "-m", "filmgraph", *map(str, arguments)],
        env={**os.environ, **where},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stderr


def entries(copy: Path, kind: str) -> set[str]:
    return {path.name for path in (copy / "cache").glob(f"{kind}-*")}


def change(copy: Path, folder: str) -> None:
    """Append a comment to a source file of a folder."""
    path = max((copy / "src" / "filmgraph" / folder).glob("*.py"))
    path.write_text(path.read_text("utf-8") + "# changed\n", "utf-8")


@pytest.mark.parametrize("folder", code.STORES)
def test_a_changed_maker_of_stores_makes_the_cache_miss(copy: Path, mine: Path, tmp_path: Path, folder: str) -> None:
    built = tmp_path / "built"
    run(copy, "-C", mine, "ask", "films")
    assert run(copy, "-C", mine, "build", "-o", built).startswith("Built ")
    before = entries(copy, "store")
    assert len(before) == 1
    run(copy, "-C", mine, "ask", "films")
    assert entries(copy, "store") == before
    assert "is up to date" in run(copy, "-C", mine, "build", "-o", built)
    change(copy, folder)
    run(copy, "-C", mine, "ask", "films")
    assert len(entries(copy, "store") - before) == 1
    assert run(copy, "-C", mine, "build", "-o", built).startswith("Built ")


@pytest.mark.parametrize("folder", code.QUESTIONS)
def test_a_changed_reader_of_questions_makes_the_cache_miss(copy: Path, mine: Path, folder: str) -> None:
    run(copy, "-C", mine, "ask", "films")
    before = entries(copy, "questions")
    assert len(before) == 1
    run(copy, "-C", mine, "ask", "films")
    assert entries(copy, "questions") == before
    change(copy, folder)
    run(copy, "-C", mine, "ask", "films")
    assert len(entries(copy, "questions") - before) == 1


def needed(*modules: str) -> Iterator[str]:
    """The rooms of all modules that some modules need, directly or not."""
    seen: set[str] = set()
    waiting = list(modules)
    while waiting:
        module = waiting.pop()
        if module not in seen:
            seen.add(module)
            yield room(module)
            waiting += [one.imported for one in OWN if one.importer == module and not one.for_types]


@pytest.mark.parametrize(
    ("folders", "modules"),
    [
        (code.STORES, ("filmgraph.collection.build.first_run", "filmgraph.collection.build.build")),
        (code.QUESTIONS, ("filmgraph.catalogue.compiler",)),
    ],
)
def test_no_folder_is_forgotten(folders: tuple[str, ...], modules: tuple[str, ...]) -> None:
    assert set(modules) <= set(MODULES)
    assert set(needed(*modules)) - NO_TRACE - set(folders) == set()


@pytest.mark.parametrize("told", [code.state, code.digest])
@pytest.mark.parametrize("name", ["nowhere", "collection/starter/collection"])
def test_a_folder_without_source_files_is_an_error(told: object, name: str) -> None:
    assert callable(told)
    with pytest.raises(FileError, match="A part of filmgraph is missing"):
        told((name,))
