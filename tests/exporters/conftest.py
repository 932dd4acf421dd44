from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from filmgraph.collection.resources import root
from filmgraph.exporters import Options, Request, find
from filmgraph.opening import open_store
from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable

    from filmgraph.exporters import Loss
    from filmgraph.store.base import Store

PROLOGUE = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())


@pytest.fixture
def night_ferry(store_of: Callable[[str], Store]) -> Store:
    """An invented film with a node of each kind that exports know."""
    return store_of((Path(__file__).parent / "night-ferry.trig").read_text("utf-8"))


@pytest.fixture
def store_of(tmp_path: Path) -> Callable[[str], Store]:
    """A store in memory of some TriG text; filmgraph's prefixes are declared."""

    def make(trig: str) -> Store:
        path = tmp_path / "films.trig"
        path.write_text(PROLOGUE + trig, encoding="utf-8")
        return open_store(str(path))

    return make


@pytest.fixture(scope="session")
def bundled() -> Store:
    """The bundled collection."""
    return open_store(str(root()))


@pytest.fixture(scope="session")
def written() -> Callable[..., tuple[bytes, list[Loss]]]:
    """What a format makes of a thing, and what it has no place for."""

    def write(store: Store, name: str, thing: str = "", citations: str = "") -> tuple[bytes, list[Loss]]:
        out = io.BytesIO()
        losses = find(name).write(Request(store, thing, Options(citations)), out)
        return out.getvalue(), losses

    return write
