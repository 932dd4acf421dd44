from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conftest import SOURCE_A

import filmgraph

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_a_form_that_the_store_does_not_keep_is_noted_with_its_passage(
    collection_of: Callable[[dict[str, str]], Path],
) -> None:
    facts = f"""<{SOURCE_A}#char=10,60> {{
      film:night-ferry a fg:Film ; fg:runtime "PT5220M"^^xsd:duration ; fg:runtimeMinutes 5220.0 .
    }}"""
    root = collection_of({"data/harbour-guide.trig": facts})
    with filmgraph.open(root) as graph:
        report = graph.check()
    noted = [found for found in report.findings if found.shape == "form-kept"]
    assert {(found.value, found.property) for found in noted} == {
        ("PT5220M", "fg:runtime"),
        ("5220.0", "fg:runtimeMinutes"),
    }
    assert "The store keeps P3DT15H" in noted[0].message + noted[1].message
    assert all(found.citations == (f"{SOURCE_A}#char=10,60",) for found in noted)
    assert all(str(found.severity) == "info" for found in noted)
    assert not [found for found in report.findings if "duration" in found.message and found.severity == "violation"]


def test_files_of_which_nothing_is_read_are_named(collection: Path) -> None:
    for name in ("more.csv", "more.trig.bz2", "deeper/more.trig.bak", "notes.md", ".hidden"):
        path = collection / "data" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"anything")
    with filmgraph.open(collection) as graph:
        report = graph.check()
    named = {found.file for found in report.findings if found.shape == "file-unread"}
    assert named == {"data/more.csv", "data/more.trig.bz2", "data/deeper/more.trig.bak"}
