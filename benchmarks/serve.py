"""The server beside a neighbour: look-ups over HTTP, pages, evidence, and many visitors at once.

Usage: ``python benchmarks/serve.py [--seconds 3] [--visitors 0]``. It starts servers on loopback and ends them.
``oxigraph`` is taken from the PATH or from beside Python, and the jar of Fuseki is named by FILMGRAPH_TEST_FUSEKI;
without them, filmgraph is measured alone. ``--visitors 50``
lets 50 clients ask for a minute instead, one in ten of whom asks what never ends.
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import pyoxigraph as ox

import filmgraph as fg

if TYPE_CHECKING:
    from collections.abc import Iterator

FG = "https://w3id.org/filmgraph/ns#"
LOOKUP = "SELECT ?p ?o WHERE { <THING> ?p ?o } # TURN"
CREDITS = f"SELECT ?agent ?role WHERE {{ ?credit <{FG}film> <THING> ; <{FG}agent> ?agent ; <{FG}role> ?role }} # TURN"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?f && ?f != ?i) }"
FILM = "https://w3id.org/filmgraph/id/film/last-train-home"
PAGES = ("/", "/id/film/last-train-home", "/id/person/lixin-fan", "/questions/credits", "/questions/awards")


@contextmanager
def filmgraph(*arguments: str, before: tuple[str, ...] = ()) -> Iterator[tuple[str, int]]:
    """The address and the process of a server of the tool."""
    command = [sys.executable, "-m", "filmgraph", *before, "serve", "--port", "0", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield (process.stdout or sys.stdin).readline().strip().rstrip("/"), process.pid
    finally:
        process.terminate()
        process.wait()


@contextmanager
def listening(command: list[str]) -> Iterator[int]:
    """The free port on loopback on which a server listens; it stands for ``{port}`` in its command."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    process = subprocess.Popen(
        [part.replace("{port}", str(port)) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(600):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()


@contextmanager
def oxigraph(folder: Path) -> Iterator[str | None]:
    """The address of Oxigraph's own server on a store; None where there is none."""
    program = shutil.which("oxigraph") or str(Path(sys.executable).with_name("oxigraph"))
    if not Path(program).exists():
        yield None
        return
    with listening([program, "serve-read-only", "-l", str(folder), "-b", "127.0.0.1:{port}"]) as port:
        yield f"http://127.0.0.1:{port}"


@contextmanager
def fuseki(triples: Path) -> Iterator[str | None]:
    """The address of Fuseki with the same triples in memory; None where there is none."""
    jar = os.environ.get("FILMGRAPH_TEST_FUSEKI")
    if not jar or not shutil.which("java"):
        yield None
        return
    with listening(["java", "-Xmx1g", "-jar", jar, "--port={port}", "--localhost", "--mem", "/ds"]) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        connection.request(
            "POST", "/ds/data?default", triples.read_bytes(), headers={"Content-Type": "application/n-triples"}
        )
        connection.getresponse().read()
        yield f"http://127.0.0.1:{port}"


class Client:
    """One connection that is kept."""

    def __init__(self, address: str) -> None:
        place = urlsplit(address)
        self.connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=120)

    def get(self, path: str, accept: str = "application/sparql-results+json") -> tuple[int, float, int]:
        """Status, seconds to the first byte, and size."""
        start = time.perf_counter()
        self.connection.request("GET", path, headers={"Accept": accept})
        reply = self.connection.getresponse()
        first = time.perf_counter() - start
        return reply.status, first, len(reply.read())


def answered(status: int, what: str) -> None:
    """End the benchmark where something was not answered."""
    if status != HTTPStatus.OK:
        raise SystemExit(f"{what}: {status}")


def filled(template: str, thing: str, turn: str) -> str:
    """A query about a thing that was never asked before."""
    return template.replace("THING", thing).replace("TURN", turn)


def rate(
    address: str, path: str, template: str, things: list[str], seconds: float, *, turn: str, why: bool = False
) -> float:
    """Different look-ups a second over one connection; no text is asked twice, so that nothing can be kept."""
    client = Client(address)
    number, end, start = 0, time.perf_counter() + seconds, time.perf_counter()
    while time.perf_counter() < end:
        text = filled(template, things[number % len(things)], f"{turn}{number}")
        status, _, _ = client.get(f"{path}?query={quote(text)}{'&why=true' if why else ''}")
        answered(status, text)
        number += 1
    return number / (time.perf_counter() - start)


def lookups(seconds: float) -> None:
    """Look-ups beside Oxigraph on the same store, in turns."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "store"
        subprocess.run([sys.executable, "-m", "filmgraph", "build", "-o", str(folder)], check=True, capture_output=True)
        with fg.open(folder) as graph:
            things = [
                row[0].value
                for row in graph.query(f"SELECT DISTINCT ?s {{ ?s a ?c FILTER(STRSTARTS(STR(?c), '{FG}')) }} LIMIT 500")
            ]
            films = [row[0].value for row in graph.query(f"SELECT ?s {{ ?s a <{FG}Film> }}")]
        triples = Path(scratch) / "default.nt"
        ox.Store.read_only(str(folder)).dump(triples, ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
        with (
            filmgraph(before=("--store", str(folder))) as (own, _),
            oxigraph(folder) as other,
            fuseki(triples) as third,
        ):
            for name, template, subjects in (("a thing", LOOKUP, things), ("credits", CREDITS, films)):
                rates: dict[str, list[float]] = {"filmgraph": [], "oxigraph": [], "fuseki": [], "why": []}
                for turn in range(3):
                    rates["filmgraph"].append(rate(own, "/sparql", template, subjects, seconds, turn=f"f{turn}"))
                    rates["why"].append(rate(own, "/sparql", template, subjects, seconds, turn=f"w{turn}", why=True))
                    if other:
                        rates["oxigraph"].append(rate(other, "/query", template, subjects, seconds, turn=f"o{turn}"))
                    if third:
                        rates["fuseki"].append(rate(third, "/ds/query", template, subjects, seconds, turn=f"j{turn}"))
                best = {key: statistics.median(values) for key, values in rates.items() if values}
                said = ", ".join(f"{key} {value:.0f}/s" for key, value in best.items())
                beside = "".join(
                    f"; filmgraph / {one} {best['filmgraph'] / best[one]:.2f}"
                    for one in ("oxigraph", "fuseki")
                    if one in best
                )
                print(f"{name}: {said}{beside}; time with why / without {best['filmgraph'] / best['why']:.2f}")


def pages() -> None:
    """First byte and size of pages: the first time, and when they are asked for again."""
    with filmgraph() as (own, _):
        client = Client(own)
        for path in PAGES:
            status, cold, size = client.get(path, "text/html")
            answered(status, path)
            warm = statistics.median(client.get(path, "text/html")[1] for _ in range(30))
            plain = statistics.median(client.get(f"{path}?x={n}", "text/html")[1] for n in range(10))
            times = f"first {cold * 1000:.0f} ms, made anew {plain * 1000:.0f} ms, kept {warm * 1000:.1f} ms"
            print(f"{path}: {size / 1000:.0f} kB; {times}")


async def visitor(address: str, number: int, end: float, *, endless: bool) -> list[tuple[int, float]]:
    """One client: status and seconds of each request until the end."""
    place = urlsplit(address)
    seen: list[tuple[int, float]] = []
    turn = 0
    while time.monotonic() < end:
        turn += 1
        text = ENDLESS if endless else filled(LOOKUP, FILM, f"{number}-{turn}")
        start = time.monotonic()
        try:
            reader, writer = await asyncio.open_connection(place.hostname, place.port)
            query = f"/sparql?query={quote(text)}{f'%23{number}-{turn}' if endless else ''}"
            writer.write(f"GET {query} HTTP/1.1\r\nHost: {place.netloc}\r\nConnection: close\r\n\r\n".encode())
            data = await reader.read()
            writer.close()
            seen.append((int(data.split(b" ", 2)[1]), time.monotonic() - start))
        except (OSError, IndexError, ValueError):
            seen.append((0, time.monotonic() - start))
        await asyncio.sleep(0.2)
    return seen


def crowd(visitors: int, seconds: float) -> None:
    """Many visitors at once: quiet, and then with one in ten asking what never ends."""

    async def all_of(
        address: str, share: int, time_limit: float
    ) -> tuple[list[tuple[int, float]], list[tuple[int, float]]]:
        end = time.monotonic() + time_limit
        work = [visitor(address, n, end, endless=bool(share) and n % share == 0) for n in range(visitors)]
        results = await asyncio.gather(*work)
        good = [one for n, seen in enumerate(results) for one in seen if not (share and n % share == 0)]
        bad = [one for n, seen in enumerate(results) for one in seen if share and n % share == 0]
        return good, bad

    def percentile(seen: list[tuple[int, float]]) -> float:
        times = sorted(seconds for status, seconds in seen if status == HTTPStatus.OK)
        return times[int(len(times) * 0.95)] if times else float("nan")

    with filmgraph("--timeout", "5") as (own, process):
        quiet, _ = asyncio.run(all_of(own, 0, min(seconds, 20)))
        before = memory(process)
        good, bad = asyncio.run(all_of(own, 10, seconds))
        after = memory(process)
        for name, seen in (("quiet", quiet), ("others", good), ("endless", bad)):
            statuses = {
                status: sum(1 for one, _ in seen if one == status) for status in sorted({one for one, _ in seen})
            }
            print(
                f"{name}: {len(seen)} requests, statuses {statuses}, 95th percentile {percentile(seen) * 1000:.0f} ms"
            )
        print(f"95th percentile beside endless queries / quiet: {percentile(good) / percentile(quiet):.2f}")
        print(f"memory of all processes: {before:.0f} MB, then {after:.0f} MB")


def memory(process: int) -> float:
    """Megabytes of the listening process and its workers."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()
    total = 0
    for one in (str(process), *children):
        with suppress(OSError):
            lines = Path(f"/proc/{one}/status").read_text("utf-8").splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
    return total / 1000


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.0, help="How long each turn of look-ups takes.")
    parser.add_argument("--visitors", type=int, default=0, help="How many clients ask at once.")
    parser.add_argument("--crowd-seconds", type=float, default=60.0, help="How long they ask.")
    chosen = parser.parse_args()
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    if chosen.visitors:
        crowd(chosen.visitors, chosen.crowd_seconds)
        return
    lookups(chosen.seconds)
    pages()


if __name__ == "__main__":
    main()
