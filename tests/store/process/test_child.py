"""Queries in processes of their own: killed when their time is up, and held to their memory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import filmgraph
from filmgraph.errors import QueryFailedError, QuerySyntaxError, QueryTimeoutError
from filmgraph.rdf.results import Truth

SRC = Path(__file__).resolve().parents[3] / "src"
FOREVER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }"
GREEDY = "SELECT DISTINCT ?a ?d ?g ?j { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?j ?a ?g ?d"
QUERIES = [
    "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o",
    "SELECT ?s ?none { ?s a ?class OPTIONAL { ?s <urn:none> ?none } } ORDER BY ?s LIMIT 5",
    "SELECT ?x { VALUES ?x { <<( <urn:a> <urn:b> 'c'@en )>> 1.50 'a\\n\\u0301'@en-GB } }",
    "SELECT ?x { FILTER(false) }",
    "ASK { ?s ?p ?o }",
]
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


@pytest.fixture
def store(collection: Path, tmp_path: Path) -> Path:
    return Path(filmgraph.build(collection, tmp_path / "store").path)


def in_a_process(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(SRC)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "filmgraph", *arguments],
        env=os.environ | {"PYTHONPATH": str(SRC)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("query", QUERIES)
def test_an_answer_is_the_same_from_another_process(store: Path, query: str) -> None:
    with filmgraph.open(store) as graph:
        assert graph.query_raw(query, timeout=60) == graph.query_raw(query)


def test_triples_are_the_same_from_another_process(store: Path) -> None:
    with filmgraph.open(store) as graph:
        plain, limited = graph.query_raw(CONSTRUCT), graph.query_raw(CONSTRUCT, timeout=60)
        assert set(plain.triples) == set(limited.triples)  # type: ignore[union-attr]
        assert len(plain.triples) > 20  # type: ignore[union-attr]


def test_errors_are_the_same_from_another_process(store: Path) -> None:
    said = []
    with filmgraph.open(store) as graph:
        for timeout in (None, 60):
            with pytest.raises(QuerySyntaxError) as caught:
                graph.query_raw("SELECT ?a {\n ?a ?b }", timeout=timeout)
            said.append((str(caught.value), caught.value.line, caught.value.column))
    assert said[0] == said[1]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="children are counted in /proc")
def test_a_query_whose_time_is_up_leaves_no_process_and_no_busy_thread(store: Path) -> None:
    out = in_a_process(
        "import filmgraph, os, time, threading\n"
        f"graph = filmgraph.open({str(store)!r})\n"
        "for _ in range(3):\n"
        "    try:\n"
        f"        graph.query_raw({FOREVER!r}, timeout=0.2)\n"
        "    except filmgraph.errors.QueryTimeoutError as error:\n"
        "        print(error.seconds)\n"
        "print(graph.query_raw('ASK {}', timeout=60).value)\n"
        "before = time.process_time()\n"
        "time.sleep(0.5)\n"
        "print(time.process_time() - before < 0.2, threading.active_count())\n"
        "graph.close()\n"
        "print(open(f'/proc/self/task/{os.getpid()}/children').read().split())\n"
    )
    assert out.split("\n") == ["0.2", "0.2", "0.2", "True", "True 1", "[]", ""]


@pytest.mark.skipif(sys.platform != "linux", reason="forks that are safe")
def test_a_store_in_memory_is_asked_in_a_fork(tmp_path: Path) -> None:
    path = tmp_path / "many.nt"
    path.write_text("".join(f"<urn:s{n}> <urn:p{n % 7}> <urn:o> .\n" for n in range(2000)))
    out = in_a_process(
        "import filmgraph, time\n"
        f"graph = filmgraph.open({str(path)!r})\n"
        "try:\n"
        f"    graph.query_raw({FOREVER!r}, timeout=0.3)\n"
        "except filmgraph.errors.QueryTimeoutError as error:\n"
        "    print(error)\n"
        "print(len(graph.query_raw('SELECT * { ?s ?p ?o }', timeout=60).rows))\n"
        "before = time.process_time()\n"
        "time.sleep(0.5)\n"
        "print(time.process_time() - before < 0.2)\n"
    )
    assert out == "The query took longer than 0.3 seconds.\n2000\nTrue\n"


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="limits need /proc")
def test_a_query_that_needs_too_much_memory_is_told(store: Path) -> None:
    with filmgraph.open(store) as graph:
        graph.limit_memory(60_000_000)
        with pytest.raises(QueryFailedError, match="needs more than the 60 MB"):
            graph.query_raw(GREEDY, timeout=100)
        assert graph.query_raw("ASK {}") == Truth(value=True)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="limits need /proc")
def test_the_command_line_says_so_too(store: Path) -> None:
    ran = command("--store", str(store), "query", "-e", GREEDY, "--memory", "60", "--timeout", "100")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "needs more than the 60 MB" in ran.stderr


def test_the_command_line_keeps_its_time(store: Path) -> None:
    start = time.monotonic()
    ran = command("--store", str(store), "query", "-e", FOREVER, "--timeout", "0.3")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "longer than 0.3 seconds" in ran.stderr
    assert time.monotonic() - start < 60


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_ends_a_query_in_another_process(store: Path) -> None:
    code = (
        "import filmgraph\n"
        f"graph = filmgraph.open({str(store)!r})\n"
        "graph.query_raw('ASK {}', timeout=60)\n"
        "print('ready', flush=True)\n"
        f"graph.query_raw({FOREVER!r}, timeout=600)\n"
    )
    asking = subprocess.Popen(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(SRC)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert asking.stdout is not None
    assert asking.stdout.readline() == "ready\n"
    time.sleep(0.3)
    asking.send_signal(signal.SIGINT)
    assert "KeyboardInterrupt" in asking.communicate(timeout=60)[1]


def test_a_timeout_is_the_same_error_as_without_a_process(store: Path) -> None:
    with filmgraph.open(store) as graph, pytest.raises(QueryTimeoutError):
        graph.query_raw(FOREVER, timeout=0.2)
