"""The passages of an import on disk, and an import that finds no room for temporary files."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

import pyoxigraph as ox

from filmgraph.cli import main
from filmgraph.importing.mapping import CitedTriple
from filmgraph.importing.readers._records import CellValue
from filmgraph.importing.spool import PassageSpool
from filmgraph.importing.writing import batched

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

TITLE, YEAR = CellValue("Fog “1”", 20, 27, "row 2, column Title"), CellValue("2001", 28, 32, "row 2, column Year")


def statement(number: int) -> CitedTriple:
    film, date = ox.NamedNode(f"urn:film:{number}"), ox.NamedNode("urn:date")
    return CitedTriple(ox.Triple(film, date, ox.Literal("2001\n", language="en")), (YEAR,), (TITLE,), number)


def test_passages_come_back_as_they_went_in_and_in_order() -> None:
    with PassageSpool() as spool:
        batches = [batch for _, batch in batched([statement(number) for number in range(5_000)], set())]
        for batch in batches:
            spool.add(batch)
        found = list(spool)
    assert len(found) > 1
    assert found == batches
    passages, named = found[0]
    span, locator, needs, triples, computed = passages[0]
    assert (span, locator, needs, computed) == ((28, 32), "row 2, column Year", [(20, 27)], False)
    assert triples[:1] == [("<urn:film:0>", "<urn:date>", '"2001\\n"@en')]
    assert named == [((20, 27), "row 2, column Title")]


def test_an_import_without_room_for_temporary_files_says_so_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    collection, table = tmp_path / "own", tmp_path / "films.csv"
    assert main(["new", str(collection)]) == 0
    table.write_text("id,Title,Year\n1,Fog,2001\n", encoding="utf-8")
    before = sorted(path.name for path in collection.rglob("*"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    assert main(["-C", str(collection), "import", str(table)]) == 2
    assert "TMPDIR" in capsys.readouterr().err
    assert sorted(path.name for path in collection.rglob("*")) == before
