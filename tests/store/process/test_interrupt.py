"""Ctrl-C and time limits, during a query that the engine would run for hours."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import filmgraph
from filmgraph.errors import QuerySyntaxError, QueryTimeoutError, StoreUnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.graph import Graph

SRC = Path(__file__).resolve().parents[3] / "src"
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


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_the_store_answers_after_ctrl_c(graph: Graph) -> None:
    for _ in range(3):
        threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
        with pytest.raises(KeyboardInterrupt):
            graph.query_raw(ENDLESS_ROWS)
        assert len(rows_of(graph, "SELECT * { ?a ?b ?c }")) == 2000


@pytest.mark.skipif(sys.platform != "linux", reason="counts threads in /proc")
def test_many_queries_take_one_thread_and_a_given_up_one_ends(tmp_path: Path) -> None:
    path = tmp_path / "few.nt"
    path.write_text("".join(f"<urn:s{n}> <urn:p{n % 7}> <urn:o> .\n" for n in range(2000)))
    code = (
        "import filmgraph, os, signal, sys, threading, time\n"
        "threads = lambda: len(os.listdir('/proc/self/task'))\n"
        "before = threads()\n"
        "for _ in range(20):\n"
        f"    graph = filmgraph.open({str(path)!r})\n"
        "    for _ in range(20):\n"
        "        graph.query_raw('ASK {}')\n"
        "print(threads() - before)\n"
        "threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()\n"
        "try:\n"
        f"    graph.query_raw({ENDLESS_ROWS!r})\n"
        "except KeyboardInterrupt:\n"
        "    print(graph.query_raw('ASK {}').value)\n"
        "deadline = time.monotonic() + 30\n"
        "while threads() - before > 1 and time.monotonic() < deadline:\n"
        "    time.sleep(0.05)\n"
        "print(threads() - before)\n"
    )
    assert in_a_process(code).split() == ["1", "True", "1"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_a_fork_of_the_process_asks_the_store_too(tmp_path: Path) -> None:
    path = tmp_path / "few.nt"
    path.write_text("<urn:s> <urn:p> <urn:o> .\n")
    code = (
        "import filmgraph, os\n"
        f"graph = filmgraph.open({str(path)!r})\n"
        "asked = lambda: len(graph.query_raw('SELECT * { ?s ?p ?o }').rows)\n"
        "print(asked(), flush=True)\n"
        "child = os.fork()\n"
        "if not child:\n"
        "    print(asked(), flush=True)\n"
        "    os._exit(0)\n"
        "os.waitpid(child, 0)\n"
        "print(asked())\n"
    )
    assert in_a_process(code).split() == ["1", "1", "1"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_other_threads_are_answered_while_a_query_runs(graph: Graph) -> None:
    counted: list[int] = []

    def ask() -> None:
        with ThreadPoolExecutor(4) as pool:
            queries = [f"SELECT * {{ ?s <urn:p{number}> ?o }}" for number in range(7)]
            counted.extend(pool.map(lambda query: len(rows_of(graph, query)), queries))
        os.kill(os.getpid(), signal.SIGINT)  # only now the query below ends

    threading.Timer(0.3, ask).start()
    with pytest.raises(KeyboardInterrupt):
        graph.query_raw(ENDLESS_ROWS)
    assert counted == [286] * 5 + [285] * 2


def test_an_error_may_leave_the_thread_that_asked(graph: Graph) -> None:
    # The engine aborts the process where another thread lets go of its rows; the error must not hold any.
    def ask(_: int) -> None:
        graph.query_raw("SELECT * { ?s ?p ?o } ORDER BY")

    with ThreadPoolExecutor(2) as pool:
        tasks = [pool.submit(ask, number) for number in range(20)]
    assert all(isinstance(task.exception(), QuerySyntaxError) for task in tasks)


def rows_of(graph: Graph, query: str) -> list[tuple[object, ...]]:
    return list(graph.query_raw(query).rows)  # type: ignore[union-attr]


def in_a_process(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(SRC)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout
