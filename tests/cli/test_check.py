from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]


def copied(folder: Path) -> Path:
    """A copy of the bundled collection."""
    for name in ("ontology", "shapes", "queries", "data"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
    return folder


def test_the_bundled_collection_conforms(run: Callable[..., Any]) -> None:
    ran = run("check", "--engine", "sparql")
    assert (ran.code, ran.err) == (0, "")
    assert "Nothing is wrong: 0 errors" in ran.out


def test_findings_end_with_one_and_say_what_to_do(run: Callable[..., Any], tmp_path: Path) -> None:
    folder = copied(tmp_path)
    reference = folder / "data" / "reference.ttl"
    reference.write_text(
        reference.read_text(encoding="utf-8") + 'fgv:odd a skos:Concept ; skos:notation "odd" .\n', encoding="utf-8"
    )
    ran = run("-C", folder, "check")
    assert ran.code == 1
    assert "Error: A term of a vocabulary has no label in English." in ran.out
    assert "What to do: Add rdfs:label" in ran.out


def test_json_goes_to_standard_output(run: Callable[..., Any]) -> None:
    ran = run("check", "-f", "json", "--engine", "sparql")
    assert json.loads(ran.out)["conforms"] is True


def test_what_is_no_collection_ends_with_two(run: Callable[..., Any], tmp_path: Path) -> None:
    ran = run("-C", tmp_path, "check")
    assert ran.code == 2
    assert ran.out == ""
