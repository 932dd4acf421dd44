"""How long exports of a whole store take and what memory they need, beside pyoxigraph's plain dump and rdflib.

    python benchmarks/export.py [FACTS] [FORMAT …]

Makes a collection of FACTS facts (100,000) with `generate` and builds a store. Each export runs in a process of its
own, from the store on disk and, for the formats of RDF, from the same quads in memory, so that the time of reading
can be told from that of writing. pyoxigraph dumps the same stores as they come; filmgraph sorts, so that two runs give
the same bytes, and names the citations. Formats without graphs are compared with a dump of the default graph.
rdflib would take minutes, so it serialises 50,000 quads, and its time is scaled to all.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

import pyoxigraph as ox
from generate import generate

from filmgraph.collection.build.build import build
from filmgraph.exporters import Options, Request, find, names
from filmgraph.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Callable

RDFLIB_QUADS = 50_000
"""How many quads rdflib serialises."""


class Compared(NamedTuple):
    """What a format of RDF is compared with in pyoxigraph and rdflib, and whether it has graphs."""

    engine: ox.RdfFormat
    rdflib: str
    graphs: bool


RDF = {
    "nquads": Compared(ox.RdfFormat.N_QUADS, "nquads", graphs=True),
    "trig": Compared(ox.RdfFormat.TRIG, "trig", graphs=True),
    "jsonld": Compared(ox.RdfFormat.JSON_LD, "json-ld", graphs=True),
    "ntriples": Compared(ox.RdfFormat.N_TRIPLES, "nt", graphs=False),
    "turtle": Compared(ox.RdfFormat.TURTLE, "turtle", graphs=False),
    "rdfxml": Compared(ox.RdfFormat.RDF_XML, "xml", graphs=False),
}


class Ran(NamedTuple):
    """Seconds of the work itself, the peak memory of its process, what of it was there before, and bytes written."""

    seconds: float
    peak: float
    before: float
    size: int


def opened(place: str) -> ox.Store:
    """A store on disk, or in memory with the quads of a file."""
    if os.path.isdir(place):
        return ox.Store.read_only(place)
    store = ox.Store()
    store.bulk_load(path=place, format=ox.RdfFormat.N_QUADS)
    return store


def exported(store: ox.Store, name: str, citations: str, out: str) -> None:
    """Export as filmgraph does."""
    request = Request(EmbeddedStore(store, complete=True), "", Options(citations=citations))
    with open(out, "wb") as file:
        find(name).write(request, file)


def dumped(store: ox.Store, name: str, _: str, out: str) -> None:
    """Dump as pyoxigraph does."""
    of = RDF[name]
    store.dump(out, of.engine, from_graph=None if of.graphs else ox.DefaultGraph())


WORKS: dict[str, Callable[[ox.Store, str, str, str], None]] = {"export": exported, "dump": dumped}


def child(work: str, place: str, name: str, citations: str, out: str) -> None:
    """Do one thing in this process and say how long it took."""
    store = opened(place)
    before = _peak()
    start = time.perf_counter()
    WORKS[work](store, name, citations, out)
    seconds = time.perf_counter() - start
    print(json.dumps([seconds, _peak(), before, os.path.getsize(out)]))


def _peak() -> float:
    """The most memory that this process had: not what its parent had, which `getrusage` counts in."""
    with open("/proc/self/status", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmHWM")) / 1024


def ran(work: str, place: str, name: str, citations: str, out: str) -> Ran:
    """The same in a process of its own."""
    command = [sys.executable, __file__, "--child", work, place, name, citations, out]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment)
    return Ran(*json.loads(done.stdout))


def rdflib_seconds(path: str, name: str, quads: int) -> float:
    """The time of rdflib for its share, scaled to all quads."""
    import rdflib  # noqa: PLC0415 -- only this needs it

    warnings.simplefilter("ignore", DeprecationWarning)
    with open(path, encoding="utf-8") as file:
        lines = [line for line, _ in zip(file, range(RDFLIB_QUADS), strict=False)]
    data = rdflib.Dataset()
    data.parse(data="".join(lines), format="nquads")
    graph: rdflib.Graph = data
    if not RDF[name].graphs:
        graph = rdflib.Graph()
        for quad in data.quads((None, None, None, None)):
            graph.add(quad[:3])
    start = time.perf_counter()
    graph.serialize(format=RDF[name].rdflib)
    return (time.perf_counter() - start) * quads / len(lines)


def row(title: str, ours: Ran, *ratios: float) -> None:
    """Print a row of the table."""
    cells = [f"{ours.seconds:.1f} s", f"{ours.peak - ours.before:,.0f} MB", f"{ours.size / 1e6:,.0f} MB"]
    cells += [f"{ratio:.2f}" for ratio in ratios]
    print(f"| {title} | {' | '.join(cells)} |{' |' * (2 - len(ratios))}", flush=True)


def main() -> None:
    """Measure and print."""
    arguments = sys.argv[1:]
    facts = int(arguments.pop(0)) if arguments and arguments[0].isdecimal() else 100_000
    chosen = arguments or names()
    with tempfile.TemporaryDirectory() as scratch:
        made = generate(Path(scratch) / "collection", facts, 10)
        place, memory, out = f"{scratch}/store", f"{scratch}/all.nq", f"{scratch}/out"
        build(f"{scratch}/collection", place)
        ox.Store.read_only(place).dump(memory, ox.RdfFormat.N_QUADS)
        everything = ran("export", place, "nquads", "", f"{scratch}/named.nq")
        with open(f"{scratch}/named.nq", "rb") as file:
            quads = sum(1 for _ in file)
        print(f"{made:,} facts, {quads:,} quads in named graphs\n")
        print("| format, from | time | memory on top of the store | written | / dump | / rdflib |")
        print("|---|---|---|---|---|---|")
        for name in chosen:
            if name not in RDF:
                row(f"{name}, on disk", ran("export", place, name, "", out))
                continue
            rdflib = rdflib_seconds(f"{scratch}/named.nq", name, quads)
            for citations in ("",) if RDF[name].graphs else ("none", "claims"):
                title = f"{name} {citations}".strip()
                for store, where in ((place, "on disk"), (memory, "in memory")):
                    is_known = name == "nquads" and store == place
                    ours = everything if is_known else ran("export", store, name, citations, out)
                    dump = ran("dump", store, name, "", out)
                    row(f"{title}, {where}", ours, ours.seconds / dump.seconds, ours.seconds / rdflib)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(*sys.argv[2:7])
    else:
        main()
