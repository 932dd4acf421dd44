"""Files that nobody prepared, imported with the mapping that is proposed for them, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.importing.kept.comparison import compare, said, stated
from tests.importing.kept.files import KEPT

from filmgraph.cli import main
from filmgraph.collection.starter import start

if TYPE_CHECKING:
    from tests.importing.kept.files import Kept

FEWEST = 360


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept") / "own"
    start(str(folder))
    for path in (folder / "data").glob("*.trig"):
        path.unlink()
    return folder


def imported(kept: Kept, folder: Path) -> None:
    """Import a file with the mapping that is proposed for it."""
    path, mapping = folder.parent / kept.name, folder.parent / "films.rq"
    path.write_bytes(kept.data())
    assert main(["import", "--propose", str(path), "-o", str(mapping)]) == 0
    assert main(["-C", str(folder), "import", "--with", str(mapping), str(path)]) in {0, 1}


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: Path(kept.name).stem)
def test_a_kept_file_states_no_wrong_fact(kept: Kept, empty: Path, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    shutil.copytree(empty, folder)
    imported(kept, folder)
    found = compare(said(kept.states), stated(folder))
    assert found.wrong == []
    assert sorted(found.missing) == sorted(kept.untaken)


def test_most_of_what_they_state_is_taken_and_each_fact_stands_in_its_cells(
    empty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sum(len(facts) for kept in KEPT for facts in said(kept.states).values()) >= FEWEST
    assert sum(len(kept.untaken) for kept in KEPT) < FEWEST / 100
    folder = tmp_path / "own"
    shutil.copytree(empty, folder)
    for kept in KEPT:
        imported(kept, folder)
    capsys.readouterr()
    main(["-C", str(folder), "check", "--sources", str(folder / "sources")])
    told = capsys.readouterr().out
    assert "unsupported       0" in told, told
