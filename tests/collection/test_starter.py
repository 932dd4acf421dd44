from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

import filmgraph
from filmgraph.cli import main
from filmgraph.collection.starter import start
from filmgraph.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_new_collection_passes_its_check_with_and_without_texts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "my films"
    assert main(["new", str(folder)]) == 0
    assert "check" in capsys.readouterr().err
    assert main(["-C", str(folder), "check"]) == 0
    assert main(["-C", str(folder), "check", "--sources", str(folder / "sources")]) == 0
    assert "0 errors, 0 warnings" in capsys.readouterr().out


def test_its_sources_are_the_texts_that_lie_beside_them(tmp_path: Path) -> None:
    start(tmp_path / "new")
    described = (tmp_path / "new" / "data" / "sources.ttl").read_text(encoding="utf-8")
    texts = sorted((tmp_path / "new" / "sources").iterdir())
    assert len(texts) == 2
    for path in texts:
        assert hashlib.sha256(path.read_bytes()).hexdigest() in described


def test_its_documents_differ_and_say_where(tmp_path: Path) -> None:
    start(tmp_path)
    with filmgraph.open(tmp_path) as graph:
        answer = graph.ask("runtimes", film="The Salt Clock", why=True)
        assert [str(row["minutes"])[:3] for row in answer] == ['"74', '"76']
        assert all(row.why for row in answer)


def test_its_drafts_make_its_fact_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "new"
    start(folder)
    for slug in ("quayside-leaflet", "tide-letter"):
        assert main(["-C", str(folder), "pin", str(folder / "drafts" / f"{slug}.trig")]) == 0
        assert capsys.readouterr().out == (folder / "data" / f"{slug}.trig").read_text(encoding="utf-8")


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(OutputError, match="there already"):
        start(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        start(tmp_path / "missing" / "new")


def test_the_example_can_be_taken_away_as_its_readme_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "films"
    start(folder)
    command = next(
        line.split() for line in (folder / "README.md").read_text(encoding="utf-8").split("\n") if "rm data" in line
    )
    for pattern in command[1:]:
        for path in folder.glob(pattern):
            path.unlink()
    sources = folder / "data" / "sources.ttl"
    sources.write_text(sources.read_text(encoding="utf-8").partition("\nsource:")[0] + "\n", encoding="utf-8")
    assert main(["-C", str(folder), "check"]) == 0, capsys.readouterr().out
    assert main(["-C", str(folder), "ask", "films"]) == 0
    text = tmp_path / "programme.txt"
    text.write_text("The Paper Lighthouse, 90 minutes\n", encoding="utf-8")
    assert main(["-C", str(folder), "sources", "add", str(text), "--title", "Programme"]) == 0
    assert main(["-C", str(folder), "ask", "films"]) == 0
