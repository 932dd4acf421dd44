"""A build that is killed at any moment leaves the old store whole, and nothing that the next build does not clear away.

CI kills a few; ``FILMGRAPH_KILLS=50 pytest tests/store/test_build_killed.py`` kills many.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

import filmgraph

if TYPE_CHECKING:
    from collections.abc import Callable

SRC = Path(__file__).resolve().parents[3] / "src"
KILLS = int(os.environ.get("FILMGRAPH_KILLS", "4"))
ADA = ox.NamedNode("https://w3id.org/filmgraph/id/person/ada-holm")


def quads(folder: Path) -> set[str]:
    return {str(quad) for quad in ox.Store.read_only(str(folder))}


def started(root: Path, target: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "filmgraph", "-C", str(root), "build", "--readers", "1", "-o", str(target)]
    return subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(SRC)}, stderr=subprocess.DEVNULL)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_build_killed_at_any_moment_loses_nothing(
    collection_of: Callable[[dict[str, str]], Path], tmp_path: Path
) -> None:
    place = tmp_path / "place"
    place.mkdir()
    store = place / "store"
    root = collection_of({})
    filmgraph.build(root, store)
    old = quads(store)
    text = (root / "data" / "tide-weekly.trig").read_text(encoding="utf-8")
    (root / "data" / "tide-weekly.trig").write_text(text.replace("Ada Holm", "Ada Berg"), encoding="utf-8")
    start = time.monotonic()
    assert started(root, place / "timed").wait() == 0
    whole = time.monotonic() - start
    new = quads(place / "timed")
    shutil.rmtree(place / "timed")
    assert new != old
    chance = random.Random(1)  # noqa: S311
    ended = 0
    for _ in range(KILLS):
        process = started(root, store)
        try:
            process.wait(chance.uniform(0.3, 1.1) * whole)
        except subprocess.TimeoutExpired:
            process.kill()
        if process.wait() == 0:
            ended += 1
        found = quads(store)
        assert found in (old, new)
        if found == new:  # it was killed too late, so begin again
            assert filmgraph.build(root, store).new is False
            (root / "data" / "tide-weekly.trig").write_text(text, encoding="utf-8")
            filmgraph.build(root, store)
            assert quads(store) == old
            (root / "data" / "tide-weekly.trig").write_text(text.replace("Ada Holm", "Ada Berg"), encoding="utf-8")
    filmgraph.build(root, store)
    assert quads(store) == new
    assert [path.name for path in place.iterdir()] == ["store"]
    assert ended <= KILLS
