"""``/sparql`` asked by Comunica, a client in JavaScript that finds out by itself what an address is.

FILMGRAPH_TEST_COMUNICA names a folder in which ``npm install @comunica/query-sparql`` was run.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.serving.conftest import Server

PREFIX = "PREFIX fg: <https://w3id.org/filmgraph/ns#> PREFIX film: <https://w3id.org/filmgraph/id/film/>"
RESULTS = "application/sparql-results+json"


@pytest.fixture
def comunica() -> Callable[..., str]:
    folder = os.environ.get("FILMGRAPH_TEST_COMUNICA")
    if folder is None:
        pytest.skip("FILMGRAPH_TEST_COMUNICA does not name a folder with @comunica/query-sparql")
    if shutil.which("node") is None:
        pytest.skip("there is no Node on the PATH")
    program = Path(folder) / "node_modules" / ".bin" / "comunica-sparql"

    def ask(source: str, query: str, media_type: str) -> str:
        command = [str(program), source, f"{PREFIX} {query}", "-t", media_type]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return ask


@pytest.mark.parametrize("kind", ["", "sparql@"], ids=["found out", "told"])
def test_comunica_asks_for_rows(comunica: Callable[..., str], server: Server, kind: str) -> None:
    query = "SELECT DISTINCT ?agent ?role { ?credit fg:film film:last-train-home ; fg:agent ?agent ; fg:role ?role }"
    found = json.loads(comunica(f"{kind}{server.address}sparql", query, RESULTS))
    here = server.ask(f"{PREFIX} {query}").json

    def rows(results: dict[str, dict[str, list[dict[str, dict[str, str]]]]]) -> set[tuple[str, str]]:
        return {(row["agent"]["value"], row["role"]["value"]) for row in results["results"]["bindings"]}

    assert len(rows(found)) > 10
    assert rows(found) == rows(here)


def test_comunica_asks_for_a_truth_and_for_triples(comunica: Callable[..., str], server: Server) -> None:
    source = f"sparql@{server.address}sparql"
    assert "true" in comunica(source, "ASK { film:last-train-home a fg:Film }", RESULTS)
    triples = comunica(source, "CONSTRUCT { ?film a fg:Film } WHERE { ?film a fg:Film }", "application/n-triples")
    films = server.ask(f"{PREFIX} SELECT DISTINCT ?film {{ ?film a fg:Film }}").json["results"]["bindings"]
    assert {line.split()[0][1:-1] for line in triples.splitlines() if line} == {row["film"]["value"] for row in films}
