"""``/reconcile`` used by OpenRefine itself: its own classes reconcile a table, without its window.

FILMGRAPH_TEST_OPENREFINE names the folder of its jars. ``mvn -f tests/serving/openrefine/pom.xml
dependency:copy-dependencies -DoutputDirectory=DIR`` fills one.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.serving.conftest import Server

PROGRAM = Path(__file__).parent / "openrefine" / "Reconcile.java"
TABLE = {
    "last train home": "2009",
    "UP THE YANGTSE": "",
    "Hoop Dream": "",
    "afghan star": "",
    "Last Train Home (2009)": "",
    "A film that is nowhere": "2001",
}


@pytest.fixture
def jars() -> Path:
    folder = os.environ.get("FILMGRAPH_TEST_OPENREFINE")
    if folder is None:
        pytest.skip("FILMGRAPH_TEST_OPENREFINE does not name a folder with the jars of OpenRefine")
    if shutil.which("javac") is None:
        pytest.skip("there is no Java development kit on the PATH")
    return Path(folder)


def reconciled(jars: Path, server: Server, folder: Path, *columns: str) -> dict[str, Any]:
    """What OpenRefine makes of the table."""
    command = ["java", "-cp", f"{jars}/*", str(PROGRAM), f"{server.address}reconcile", str(folder), *columns]
    typed = "".join(f"{title}\t{year}\n" for title, year in TABLE.items())
    done = subprocess.run(command, input=typed, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_openrefine_reconciles_a_table_and_adds_columns(
    jars: Path, serving: Callable[..., Server], tmp_path: Path
) -> None:
    server = serving("serve", "--port", "0")
    found = reconciled(jars, server, tmp_path, "director", "director.sources")
    assert found["type"]["id"] == "Film", "the type that it offers for the column"
    assert found["steps"] == 2, "both steps are in its history, to be undone"
    assert [row["error"] for row in found["rows"]] == [""] * len(TABLE)
    assert {row["typed"]: row["matched"] for row in found["rows"]} == {
        "last train home": "Last Train Home",
        "UP THE YANGTSE": "Up the Yangtze",
        "Hoop Dream": "Hoop Dreams",
        "afghan star": "Afghan Star",
        "Last Train Home (2009)": "Last Train Home",
        "A film that is nowhere": "",
    }
    director, sources = found["rows"][0]["values"]
    assert director == "Lixin Fan"
    assert sources.startswith("Lixin Fan: Last Train Home (2009), IMDb, undated, characters ")
    code, log = server.stop()
    assert code == 0
    assert [json.loads(line)["status"] for line in log.splitlines()] == [200] * 4, "nothing but the log of requests"
