"""How long ``filmgraph build`` takes, beside ``oxigraph load`` of as many quads as it writes, and rdflib.

    python benchmarks/build.py [FACTS] [RUNS]

FACTS is the size of a generated collection (100000), or the folder of one. What filmgraph writes is dumped, in as many
files as there are processors, and loaded by the engine's own command, its fastest way; without that command by
pyoxigraph. The two are run in turn. rdflib, which derives nothing, parses the fact files up to 200000 facts.
Processor time is given beside the clock: on a machine that does other things too it says more. Memory is the most that
all processes of a command held together (on Linux; elsewhere, the most that its largest process held).
"""

from __future__ import annotations

import contextlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO, NamedTuple

import pyoxigraph as ox
from generate import generate

LIMIT = 0.8
SAMPLE = 0.3  # seconds between two looks at the memory
RDFLIB_UP_TO = 200_000
SRC = Path(__file__).resolve().parents[1] / "src"


class Run(NamedTuple):
    """Seconds on the clock, seconds of processors, and the peak memory of all processes together in megabytes."""

    clock: float
    processors: float
    peak: float


def run(command: list[str]) -> Run:
    """Run a command to its end. Times and memory are of all its processes."""
    code = (
        "import resource, subprocess, sys\n"
        "code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)\n"
        "sys.exit(code)\n"
    )
    start = time.perf_counter()
    environment = os.environ | {"PYTHONPATH": str(SRC), "PYTHONPYCACHEPREFIX": f"{tempfile.gettempdir()}/compiled"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.Popen([sys.executable, "-c", code, *command], env=environment, stdout=subprocess.PIPE, text=True)
    together = 0.0
    while True:
        try:
            output, _ = done.communicate(timeout=SAMPLE)
            break
        except subprocess.TimeoutExpired:
            together = max(together, sum(map(held, family(done.pid))))
    clock = time.perf_counter() - start
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}")
    processors, largest = map(float, output.split())
    return Run(clock, processors, max(together, largest))


def family(process: int) -> list[int]:
    """A process and those that descend from it, where the system tells them (Linux)."""
    found = [process]
    for parent in found:
        with contextlib.suppress(OSError):
            for path in Path(f"/proc/{parent}/task").glob("*/children"):
                found.extend(map(int, path.read_text().split()))
    return found


def held(process: int) -> float:
    """The megabytes that a process holds; of pages that several share it is given its part."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def dump(store: Path, folder: Path) -> tuple[list[str], int]:
    """The quads of a store as files of N-Quads and N-Triples, and how many they are."""
    count = os.cpu_count() or 1
    folder.mkdir()
    paths = [folder / f"named-{number}.nq" for number in range(count)] + [folder / "default.nt"]
    files: list[IO[str]] = [path.open("w", encoding="utf-8") for path in paths]
    default, total = ox.DefaultGraph(), 0
    for total, quad in enumerate(ox.Store.read_only(str(store)), 1):
        if quad.graph_name == default:
            files[-1].write(f"{quad.triple} .\n")
        else:
            files[total % count].write(f"{quad} .\n")
    for file in files:
        file.close()
    return [str(path) for path in paths], total


def loading(paths: list[str], store: Path) -> tuple[str, list[str]]:
    """The command that loads files into an empty store, and its name."""
    beside = Path(sys.executable).with_name("oxigraph")
    found = str(beside) if beside.exists() else shutil.which("oxigraph")
    if found:
        return "oxigraph load", [found, "load", "--location", str(store), "--file", *paths]
    code = (
        "import sys, pyoxigraph as ox\n"
        "from concurrent.futures import ThreadPoolExecutor\n"
        "store = ox.Store(sys.argv[1])\n"
        "with ThreadPoolExecutor() as pool:\n"
        "    list(pool.map(lambda path: store.bulk_load(path=path), sys.argv[2:]))\n"
        "store.flush()\n"
    )
    return "pyoxigraph bulk_load", [sys.executable, "-c", code, str(store), *paths]


def rdflib(collection: Path) -> Run:
    """Parse the fact files of a collection."""
    code = (
        "import sys, rdflib\ndata = rdflib.Dataset()\nfor path in sys.argv[1:]:\n    data.parse(path, format='trig')\n"
    )
    return run([sys.executable, "-c", code, *map(str, sorted((collection / "data").glob("*.trig")))])


def shown(name: str, runs: list[Run], quads: int) -> float:
    """Print the medians; give that of the clock."""
    clock = statistics.median(one.clock for one in runs)
    processors = statistics.median(one.processors for one in runs)
    peak = max(one.peak for one in runs)
    speed = f"{quads / clock / 1000:6.0f} k/s"
    print(f"  {name:<22} {clock:8.1f} s  {processors:8.1f} s of processors  {speed}  {peak:6.0f} MB")
    return clock


def counted(path: str) -> int:
    """How many lines of a file are in the graph of a citation."""
    with open(path, encoding="utf-8") as file:
        return sum("#char=" in line[-40:] for line in file)


def main() -> None:
    """Measure and print."""
    arguments = sys.argv[1:]
    runs = int(arguments[1]) if len(arguments) > 1 else 3
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        given = Path(arguments[0]) if arguments and Path(arguments[0]).is_dir() else None
        collection = given or folder / "collection"
        if given is None:
            generate(collection, int((arguments or ["100000"])[0].replace("_", "")), 10)
        ours: list[Run] = []
        theirs: list[Run] = []
        build = [sys.executable, "-m", "filmgraph", "-C", str(collection), "build", "--force", "-o", f"{scratch}/store"]
        compacted, build = [*build, "--compact"], [*build, "--no-compact"]  # `oxigraph load` does not compact either
        run(build)
        paths, quads = dump(folder / "store", folder / "dump")
        facts = sum(counted(path) for path in paths[:-1])
        name = ""
        for _ in range(runs):
            ours.append(run(build))
            shutil.rmtree(folder / "loaded", ignore_errors=True)
            name, load = loading(paths, folder / "loaded")
            theirs.append(run(load))
        print(f"{facts:,} facts, {quads:,} quads written, {os.cpu_count()} processors, {runs} runs in turn, medians")
        ratio = shown(name, theirs, quads) / shown("filmgraph build", ours, quads)
        spent = statistics.median(a.processors / b.processors for a, b in zip(theirs, ours, strict=True))
        if name == "oxigraph load":
            command = loading(paths, folder / "loaded")[1][0]
            after = run([command, "optimize", "--location", f"{scratch}/loaded"])
            both = zip(theirs[-1], after, strict=True)
            shown("  and optimize", [Run(*[a + b for a, b in both][:2], max(theirs[-1].peak, after.peak))], quads)
        shown("  compacted for reading", [run(compacted)], quads)
        if facts <= RDFLIB_UP_TO:
            shown("rdflib, facts only", [rdflib(collection)], facts)
        print(f"  speed against {name}: {ratio:.2f} by the clock, {spent:.2f} by processors (wanted: {LIMIT})")


if __name__ == "__main__":
    main()
