"""What comes back of each format in which a collection is exported, once it is imported again."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.importing.kept.comparison import stated

from filmgraph.cli import main
from filmgraph.collection.starter import start
from filmgraph.exporters import find, names

if TYPE_CHECKING:
    from tests.importing.kept.comparison import Facts

TABLE = (
    "Title,Original title,Year,Minutes,Director,Cast,Company,Country,Language,Genre\n"
    '"Harbour Clock, The",Die Hafenuhr,1999,92,Ilse Maran,Ada Holm; Cy Reed,Quay Films,Germany,German,Drama\n'
    "Fog,,2001,78,Bo Lake,,,,,\n"
)
ALL = {"title", "orig", "date", "min", "country", "lang", "genre", "fmd", "act", "prn"}
BACK = {
    "marc": ALL - {"orig"},
    "marcxml": ALL - {"orig"},
    "mods": ALL,
    "schemaorg": ALL - {"orig"},
}
"""The formats that are read as records of films, and what of a film comes back."""
FACTS = {"jsonld", "nquads", "ntriples", "rdfxml", "trig", "turtle"}
"""Formats of filmgraph's own terms, which are asked as they are, without an import."""
ONE_WAY = {"bibframe", "csv", "dc", "ebucoreplus", "fiafcore", "graphml", "quickstatements"}
"""Formats that nothing reads back as films."""
DOCS = Path(__file__).parents[2] / "docs" / "importing.md"


def values(facts: Facts) -> set[tuple[str, str]]:
    """What is stated of all films."""
    return {one for film in facts.values() for one in film}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("back") / "empty"
    start(str(folder))
    for path in (folder / "data").glob("*.trig"):
        path.unlink()
    return folder


@pytest.fixture(scope="module")
def first(empty: Path) -> Path:
    folder = empty.parent / "first"
    shutil.copytree(empty, folder)
    (empty.parent / "films.csv").write_text(TABLE, encoding="utf-8")
    assert main(["-C", str(folder), "import", str(empty.parent / "films.csv")]) == 0
    return folder


def test_of_each_export_format_it_is_said_what_comes_back() -> None:
    assert {*BACK, *FACTS, *ONE_WAY} == set(names())
    told = DOCS.read_text(encoding="utf-8")
    assert [name for name in names() if f"`{name}`" not in told] == []


@pytest.mark.parametrize("name", BACK)
def test_what_is_said_to_come_back_does_and_nothing_else_is_stated(
    name: str, first: Path, empty: Path, tmp_path: Path
) -> None:
    path = tmp_path / f"again.{find(name).endings[0]}"
    assert main(["-C", str(first), "export", "-f", name, "-o", str(path)]) == 0
    second = tmp_path / "second"
    shutil.copytree(empty, second)
    main(["-C", str(second), "import", str(path)])
    wanted, found = values(stated(first)), values(stated(second))
    assert {one for one in wanted if one[0] in BACK[name]} <= found
    assert found <= wanted


@pytest.mark.parametrize("name", sorted(FACTS & {"nquads", "trig"}))
def test_facts_in_filmgraphs_own_terms_are_asked_without_an_import(name: str, first: Path, tmp_path: Path) -> None:
    path = tmp_path / f"again.{find(name).endings[0]}"
    assert main(["-C", str(first), "export", "-f", name, "-o", str(path)]) == 0
    assert stated(path) == stated(first)
