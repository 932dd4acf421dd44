"""Questions in a folder of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from filmgraph.catalogue import Catalogue

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILMGRAPH_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def catalogue(tmp_path: Path) -> Callable[..., Catalogue]:
    """Make a catalogue of files."""

    def make(**files: str) -> Catalogue:
        folder = tmp_path / "queries"
        folder.mkdir(exist_ok=True)
        for name, text in files.items():
            (folder / f"{name.replace('_', '-')}.rq").write_text(text, encoding="utf-8")
        return Catalogue(str(folder))

    return make
