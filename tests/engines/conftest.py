"""Engines on loopback, each loaded with the bundled collection in the ways that docs/scale.md describes.

None is ever downloaded, and the tests of an engine that is not there skip: ``oxigraph`` on the PATH, beside Python or
named by FILMGRAPH_TEST_OXIGRAPH; ``virtuoso-t``, named by FILMGRAPH_TEST_VIRTUOSO; the jar of Fuseki, named by
FILMGRAPH_TEST_FUSEKI. The last two take a minute each, so they have to be named.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
from pyoxigraph import Store

import filmgraph as fg
from filmgraph.rdf.namespaces import MERGED_GRAPH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from filmgraph.graph import Graph

WAIT = 60.0


class Engines:
    """Starts each engine when it is first asked for, and ends all of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._running: list[subprocess.Popen[bytes]] = []
        self._places: dict[str, str] = {}
        self.quads, self.merged = folder / "all.nq", folder / "merged.nt"
        with fg.open() as home:
            home.export("nquads", self.quads)
            home.export("ntriples", self.merged, citations="none")

    def at(self, name: str) -> str:
        """Where an engine with this set-up listens."""
        if name not in self._places:
            engine, setup, *_ = f"{name} ".split(" ")
            start: Callable[[str, Path], str] = getattr(self, f"_{engine}")
            folder = self.folder / name.replace(" ", "-")
            folder.mkdir(exist_ok=True)
            self._places[name] = start(setup, folder)
        return self._places[name]

    def of(self, name: str, quads: Path) -> str:
        """The same with other quads; it listens until all do not."""
        own = f"{name} {quads.parent.name}"
        if own not in self._places:
            kept, self.quads = self.quads, quads
            try:
                self._places[own] = self.at(own)
            finally:
                self.quads = kept
        return self._places[own]

    def stop(self) -> None:
        for process in self._running:
            process.terminate()
        for process in self._running:
            process.wait(timeout=30)
            if process.stdout is not None:
                process.stdout.close()

    def _disk(self, _: str, folder: Path) -> str:
        store = Store(str(folder))
        store.bulk_load(path=str(self.quads))
        store.bulk_load(path=str(self.merged))
        store.flush()
        return str(folder)

    def _filmgraph(self, _: str, folder: Path) -> str:
        """The tool's own server: its endpoint is one like any other."""
        pytest.importorskip("uvicorn", reason="the extra serve is not installed")
        options = ["--rows", "1000000", "--timeout", "300"]
        command = [sys.executable, "-m", "filmgraph", "--store", str(self.quads), "serve", "--port", "0", *options]
        with (folder / "out.log").open("wb") as log:
            self._running.append(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log))
        stream = self._running[-1].stdout
        assert stream is not None
        address = stream.readline().decode().strip()
        assert address, (folder / "out.log").read_text("utf-8")
        return f"{address}sparql"

    def _oxigraph(self, setup: str, folder: Path) -> str:
        program, port = oxigraph_program(), _free_port()
        _oxigraph_load(program, folder, self.quads, *([self.merged] if setup == "default" else []))
        if setup == "merged":
            subprocess.run(
                [program, "load", "-l", folder, "-f", self.merged, "--graph", MERGED_GRAPH],
                check=True,
                capture_output=True,
            )
        options = {"union": ["--union-default-graph"], "limited": ["--union-default-graph", "--timeout-s", "1"]}
        self._start(
            [program, "serve-read-only", "-l", str(folder), "-b", f"127.0.0.1:{port}", *options.get(setup, [])], folder
        )
        return self._ready(f"http://127.0.0.1:{port}/query")

    def _fuseki(self, setup: str, folder: Path) -> str:
        jar, port = os.environ.get("FILMGRAPH_TEST_FUSEKI"), _free_port()
        if not jar or not shutil.which("java"):
            pytest.skip("no Java, or FILMGRAPH_TEST_FUSEKI does not name the jar of jena-fuseki-server")
        self._start(["java", "-Xmx1g", "-jar", jar, f"--port={port}", "--localhost", "--mem", "/ds"], folder)
        url = self._ready(f"http://127.0.0.1:{port}/ds/query")
        data = f"http://127.0.0.1:{port}/ds/data"
        _post(data, self.quads, "application/n-quads")
        if setup == "merged":
            _post(f"{data}?graph={quote(MERGED_GRAPH, safe='')}", self.merged, "application/n-triples")
        return url

    def _virtuoso(self, setup: str, folder: Path) -> str:
        program, client = os.environ.get("FILMGRAPH_TEST_VIRTUOSO"), shutil.which("isql-vt")
        if not program or not client:
            pytest.skip("FILMGRAPH_TEST_VIRTUOSO does not name virtuoso-t, or its client isql-vt is not on the PATH")
        sql, port = _free_port(), _free_port()
        names = "[Database]\nDatabaseFile=v.db\nErrorLogFile=v.log\nLockFile=v.lck\nTransactionFile=v.trx\n"
        temporary = "xa_persistent_file=v.pxa\n[TempDatabase]\nDatabaseFile=vt.db\nTransactionFile=vt.trx\n"
        rest = f"[Parameters]\nServerPort=127.0.0.1:{sql}\nNumberOfBuffers=10000\nDirsAllowed=.\n"
        rest += f"[HTTPServer]\nServerPort=127.0.0.1:{port}\n[SPARQL]\nResultSetMaxRows=1000000\n"
        (folder / "virtuoso.ini").write_text(names + temporary + rest)
        self._start([program, "-f", "-c", "virtuoso.ini"], folder)
        url = self._ready(f"http://127.0.0.1:{port}/sparql")
        shutil.copy(self.quads, folder)
        shutil.copy(self.merged, folder)
        load = "DB.DBA.TTLP_MT(file_to_string_output('all.nq'), '', 'urn:none', 512);\n"
        if setup == "merged":
            load += f"DB.DBA.TTLP_MT(file_to_string_output('merged.nt'), '', '{MERGED_GRAPH}', 0);\n"
        subprocess.run(
            [client, f"127.0.0.1:{sql}", "dba", "dba"], input=load.encode(), cwd=folder, check=True, capture_output=True
        )
        return url

    def _start(self, command: list[str], folder: Path) -> None:
        with (folder / "out.log").open("wb") as log:
            self._running.append(subprocess.Popen(command, cwd=folder, stdout=log, stderr=log))

    def _ready(self, url: str) -> str:
        deadline = time.monotonic() + WAIT
        while time.monotonic() < deadline:
            assert self._running[-1].poll() is None, "the engine ended at once"
            try:
                _ask(url)
            except (URLError, OSError):
                time.sleep(0.2)
            else:
                return url
        pytest.fail(f"the engine was not ready after {WAIT:.0f} seconds")


def oxigraph_program() -> str:
    """The engine's own command; the test is skipped where there is none."""
    beside = Path(sys.executable).with_name("oxigraph")
    found = os.environ.get("FILMGRAPH_TEST_OXIGRAPH") or shutil.which("oxigraph")
    if not found and not beside.exists():
        pytest.skip("there is no oxigraph on the PATH, and FILMGRAPH_TEST_OXIGRAPH names none")
    return found or str(beside)


def _oxigraph_load(program: str, folder: Path, *files: Path) -> None:
    for file in files:
        subprocess.run([program, "load", "-l", folder, "-f", file], check=True, capture_output=True)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _ask(url: str) -> None:
    with urlopen(f"{url}?query={quote('ASK {}')}", timeout=5) as answer:  # noqa: S310  -- loopback
        answer.read()


def _post(url: str, file: Path, media_type: str) -> None:
    request = Request(url, file.read_bytes(), {"Content-Type": media_type})  # noqa: S310  -- loopback
    with urlopen(request, timeout=60) as answer:  # noqa: S310  -- as above
        answer.read()


@pytest.fixture(scope="session")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engines]:
    running = Engines(tmp_path_factory.mktemp("engines"))
    yield running
    running.stop()


@pytest.fixture(scope="session")
def home() -> Iterator[Graph]:
    """The bundled collection, as it is at home."""
    with fg.open() as graph:
        yield graph
