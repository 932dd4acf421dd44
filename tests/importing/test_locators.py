"""Locators: where people look for a passage, in footnotes, records, reports, exports and receipts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from tests.cli.conftest import run
from tests.importing.renditions.examples import EXAMPLES

from filmgraph.collection.starter import start
from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ran

    Run = Callable[..., Ran]

__all__ = ["run"]  # the fixture

OA, DCTERMS = PREFIXES["oa"], PREFIXES["dcterms"]
SELECTORS = f"""SELECT ?citation ?value ?form {{
  GRAPH ?g {{ ?citation <{OA}hasSelector> ?s . ?s a <{OA}FragmentSelector> ;
    <{PREFIXES["rdf"]}value> ?value ; <{DCTERMS}conformsTo> ?form }} }}"""
TABLE = "id,Title,Year,Director\n1,Fog,2001,Bo Lake\n"


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from filmgraph.cli import main  # noqa: PLC0415 -- once for all tests of this file

    folder = tmp_path_factory.mktemp("locators")
    start(folder / "own")
    (folder / "films.csv").write_text(TABLE, encoding="utf-8")
    (folder / "days.pdf").write_bytes(EXAMPLES["pdf"])
    sheet = 'document,words,about,what,value\ndays,"Fog, 78 minutes",Fog,runtime,78\n'
    (folder / "sheet.csv").write_text(sheet, encoding="utf-8")
    own = str(folder / "own")
    assert main(["-C", own, "import", str(folder / "films.csv"), "--publisher", "Archive"]) == 0
    assert main(["-C", own, "sources", "add", str(folder / "days.pdf"), "--publisher", "Quayside"]) == 0
    assert main(["-C", own, "import", str(folder / "sheet.csv")]) == 0
    return folder / "own"


@pytest.mark.parametrize("form", ["trig", "nquads"])
@pytest.mark.parametrize("what", ["Fog", ""])
def test_exports_say_where_people_look_as_fragment_selectors(
    run: Run, collection: Path, tmp_path: Path, form: str, what: str
) -> None:
    path = tmp_path / f"out.{form}"
    exported = run("-C", collection, "export", *filter(None, [what]), "-f", form, "-o", path)
    assert exported.code == 0, exported.err
    store = ox.Store()
    store.load(path=str(path), format=ox.RdfFormat.TRIG if form == "trig" else ox.RdfFormat.N_QUADS)
    found = store.query(SELECTORS)
    assert isinstance(found, ox.QuerySolutions)
    values = {(row["value"].value, row["form"].value.rpartition("/")[2]) for row in found}
    assert {("cell=2,2", "rfc7111"), ("cell=2,4", "rfc7111"), ("page=2", "rfc8118")} <= values


def test_json_ld_nests_the_selectors_in_the_record_of_a_citation(run: Run, collection: Path) -> None:
    document = json.loads(run("-C", collection, "export", "Fog", "-f", "jsonld").out)
    selectors = [one for record in document["evidence"] for one in record.get("selector", []) if isinstance(one, dict)]
    assert {"cell=2,2", "page=2"} <= {one.get("fragment") for one in selectors}


def test_footnotes_records_and_receipts_show_them(run: Run, collection: Path, tmp_path: Path) -> None:
    receipt = tmp_path / "receipt.json"
    asked = ["ask", "runtimes", "--film", "Fog", "--why", "--receipt", receipt]
    assert "Quayside, undated, page 2" in run("-C", collection, *asked).out
    kept = json.loads(receipt.read_text(encoding="utf-8"))
    assert [one["note"] for one in kept["csl"]] == ["page 2"]
    assert "page 2" in kept["bibtex"]
    assert run("-C", collection, "verify", receipt).code == 0
    cell = TABLE.index("Fog")
    shown = run("-C", collection, "cite", f"films#char={cell},{cell + 3}").out
    assert "row 2, column Title" in shown
    assert "(row 1, column Title)" in shown


def test_reports_and_other_formats_show_them(run: Run, collection: Path) -> None:
    assert "page 1" in run("-C", collection, "coverage", "days").out
    assert 'S958\t"row 2, column Title"' in run("-C", collection, "export", "Fog", "-f", "quickstatements").out


def test_a_store_that_is_built_holds_no_selector_of_a_locator(run: Run, collection: Path, tmp_path: Path) -> None:
    built = tmp_path / "built.store"
    assert run("-C", collection, "build", "-o", built).code == 0
    counted = f"SELECT ?s {{ GRAPH ?g {{ ?s a <{OA}FragmentSelector> }} }}"
    assert run("--store", built, "query", "-e", counted, "-f", "csv").out.strip() == "s"
