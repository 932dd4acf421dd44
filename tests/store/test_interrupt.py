"""Ctrl-C and time limits, during a query that the engine would run for hours."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import filmgraph
from filmgraph.errors import QueryTimeoutError, StoreUnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.graph import Graph

SRC = Path(__file__).resolve().parents[2] / "src"
FOREVER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o . ?p ?q ?r }"
ENDLESS_ROWS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o . ?p ?q ?r }"


@pytest.fixture
def graph(tmp_path: Path) -> Iterator[Graph]:
    path = tmp_path / "many.nt"
    path.write_text("".join(f"<urn:s{n}> <urn:p{n % 7}> <urn:o> .\n" for n in range(2000)))
    with filmgraph.open(path) as opened:
        yield opened


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("query", [FOREVER, ENDLESS_ROWS])
def test_ctrl_c_ends_a_long_query_at_once(tmp_path: Path, query: str) -> None:
    path = tmp_path / "many.nt"
    path.write_text("".join(f"<urn:s{n}> <urn:p{n % 7}> <urn:o> .\n" for n in range(2000)))
    code = (
        "import os, sys, filmgraph\n"
        f"graph = filmgraph.open({str(path)!r})\n"
        "print('ready', flush=True)\n"
        "try:\n"
        f"    graph.query_raw({query!r})\n"
        "except KeyboardInterrupt:\n"
        "    sys.exit(130)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(SRC)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    try:
        _, err = process.communicate(timeout=20)
    finally:
        process.kill()
    assert process.returncode == 130
    assert err == ""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc to see that the query runs")
def test_ctrl_c_ends_the_command_quietly(tmp_path: Path) -> None:
    path = tmp_path / "many.nt"
    path.write_text("".join(f"<urn:s{n}> <urn:p{n % 7}> <urn:o> .\n" for n in range(2000)))
    process = subprocess.Popen(
        [sys.executable, "-m", "filmgraph", "--store", str(path), "query", "-e", FOREVER],
        env=os.environ | {"PYTHONPATH": str(SRC)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        tasks = Path(f"/proc/{process.pid}/task")
        deadline = time.monotonic() + 60
        while len(list(tasks.iterdir())) < 2 and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    finally:
        process.kill()
    # click ends the line of the ^C that the terminal shows
    assert (process.returncode, out, err.strip()) == (130, "", "")


@pytest.mark.parametrize("query", [ENDLESS_ROWS])
def test_a_query_that_takes_too_long_is_given_up(graph: Graph, query: str) -> None:
    with pytest.raises(QueryTimeoutError) as caught:
        graph.query_raw(query, timeout=0.2)
    assert str(caught.value) == "The query took longer than 0.2 seconds."
    assert caught.value.seconds == 0.2


def test_the_store_answers_after_a_query_was_given_up(graph: Graph) -> None:
    with pytest.raises(QueryTimeoutError):
        graph.query_raw(ENDLESS_ROWS, timeout=0.05)
    assert graph.query_raw("SELECT (COUNT(*) AS ?n) { ?a ?b ?c }", timeout=30)


def test_a_closed_store_says_so(graph: Graph) -> None:
    graph.close()
    with pytest.raises(StoreUnavailableError, match="The store is closed"):
        graph.query_raw("ASK {}")
