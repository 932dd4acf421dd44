from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from filmgraph.namespaces import PREFIXES
from filmgraph.store.locate import open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from filmgraph.store.base import Store

PROLOGUE = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())


@pytest.fixture
def store_of(tmp_path: Path) -> Callable[[str], Store]:
    """A store in memory of some TriG text; filmgraph's prefixes are declared."""

    def make(trig: str) -> Store:
        path = tmp_path / "films.trig"
        path.write_text(PROLOGUE + trig, encoding="utf-8")
        return open_store(str(path))

    return make
