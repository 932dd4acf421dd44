from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from filmgraph.opening import open_store
from filmgraph.store.endpoint.paging import quads

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import NamedNode


@pytest.mark.parametrize("page", [2, 7, 30, 10_000])
def test_pages_of_any_size_give_every_quad_once(collection: Path, page: int) -> None:
    store = open_store(collection)
    found = list(quads(store.query, page=page))
    assert len(found) == len(set(found))
    assert set(found) == set(store.quads())
    names = [cast("NamedNode", quad.graph_name).value for quad in found]
    assert names == sorted(names)
    store.close()
