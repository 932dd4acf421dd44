"""How much faster `check` is than pySHACL and pyrudof, on the same data in one run, and whether they find the same.

    python benchmarks/check.py [FACTS] [--pyshacl SECONDS] [--rudof PYTHON]

Makes a collection of FACTS facts (100,000) in ten sources with `generate`, damages one quad in 500 (drops it, or gives
it another value, a second value or another property), and builds a store. Each engine then checks it in a process of
its own: the compiled queries on the store on disk, and on the same quads in memory; pySHACL, which is given up after
SECONDS (600; 0: not at all); pyrudof, where PYTHON is a Python that has it (it is no dependency of filmgraph); and the
whole of `filmgraph check`. Findings are compared one by one: shape, focus node, path, value, component, severity and
source. Of pyrudof, which writes paths and literals in its own way, focus node and component are compared.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

import pyoxigraph as ox
from generate import generate

from filmgraph.collection.resources import root
from filmgraph.opening import open_store
from filmgraph.rdf.namespaces import FG, PREFIXES
from filmgraph.store.embedded import EmbeddedStore
from filmgraph.validation import engine, per_source, reference
from filmgraph.validation.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from filmgraph.store.base import Store
    from filmgraph.validation.results import Result
    from filmgraph.validation.shapes import ShapesGraph

WANTED = 8
DAMAGED = 500
XSD = PREFIXES["xsd"]
VALUES = (
    ox.NamedNode("urn:ex:nobody"),
    ox.NamedNode(PREFIXES["country"] + "CA"),
    ox.Literal("text"),
    ox.Literal(""),
    ox.Literal("text", language="en"),
    ox.Literal(0),
    ox.Literal(-1),
    ox.Literal("1.5", datatype=ox.NamedNode(XSD + "decimal")),
    ox.Literal("many", datatype=ox.NamedNode(XSD + "integer")),
    ox.Literal("PT85M", datatype=ox.NamedNode(XSD + "duration")),
    ox.Literal("2009-02-03", datatype=ox.NamedNode(XSD + "date")),
    ox.Literal("2009", datatype=ox.NamedNode(PREFIXES["edtf"] + "EDTF")),
)
PROPERTIES = ("film", "agent", "role", "titleText", "date", "territory", "value", "outcome", "runtimeMinutes", "name")
ODD = ("MinInclusive", "MinExclusive", "MaxInclusive", "MaxExclusive", "LessThan", "LessThanOrEquals")
"""Where pySHACL compares what the standard calls incomparable, it finds less; see docs/shacl.md."""

_LITERAL = re.compile(r'^"(.*)"(?:@\S+|\^\^\S+)?$', re.DOTALL)
RUDOF = """
import json, pyrudof, sys, time
start = time.perf_counter()
rudof = pyrudof.Rudof(pyrudof.RudofConfig())
rudof.read_data(sys.argv[1], format=pyrudof.RDFFormat.NTriples)
rudof.read_shacl(sys.argv[2])
loaded = time.perf_counter()
report = rudof.validate_shacl()
done = time.perf_counter()
found = [[e.focus_node, e.constraint_component.rpartition("#")[2]] for e in report]
with open(sys.argv[3], "w") as file:
    json.dump({"load": loaded - start, "validate": done - loaded, "found": found}, file)
"""


class Ran(NamedTuple):
    """Seconds to load and to validate, of processors in all, the peak memory in megabytes, and what was found."""

    load: float
    validate: float
    processors: float
    peak: float
    found: Counter[tuple[str, ...]]


def damage(collection: Path, seed: int = 11) -> int:
    """Damage one quad in so many of the fact files, which become N-Quads; gives how many."""
    chance, damaged = random.Random(seed), 0  # noqa: S311 -- the same data each time
    for path in sorted((collection / "data").glob("*.trig")):
        with path.with_suffix(".nq").open("w", encoding="utf-8") as file:
            for quad in ox.parse(path=str(path)):
                spoilt = chance.randrange(DAMAGED) == 0
                damaged += spoilt
                file.writelines(f"{one} .\n" for one in (spoiled(quad, chance) if spoilt else [quad]))
        path.unlink()
    return damaged


def spoiled(quad: ox.Quad, chance: random.Random) -> list[ox.Quad]:
    """What becomes of a quad."""
    change = chance.choice(("drop", "value", "double", "property"))
    other = ox.Quad(quad.subject, quad.predicate, chance.choice(VALUES), quad.graph_name)
    if change == "property":
        name = ox.NamedNode(FG + chance.choice(PROPERTIES))
        return [ox.Quad(quad.subject, name, quad.object, quad.graph_name)]
    return {"drop": [], "value": [other], "double": [quad, other]}[change]


def described(results: Iterable[Result], shapes: ShapesGraph) -> Iterator[tuple[str, ...]]:
    """Results as text that does not depend on the names of blank nodes."""
    for one in dict.fromkeys(results):
        parts = (one.focus, one.path, one.value, one.component, one.severity, one.source)
        yield (shapes.name(one.shape), *("" if part is None else str(part) for part in parts))


def by_queries(store: Store, library: Library) -> Iterator[tuple[str, ...]]:
    """What the compiled queries find."""
    subclasses = engine.subclasses_in(store)
    plan = engine.plan(library.structure, subclasses=subclasses)
    assert not plan.unclaimed  # noqa: S101 -- else pySHACL would do a part of it
    yield from described(engine.run(store, plan).results, library.structure)
    results, unclaimed = per_source.by_queries(store, library.sources, subclasses=subclasses)
    assert not unclaimed  # noqa: S101 -- likewise
    yield from described(results, library.sources)


def by_pyshacl(store: Store, library: Library) -> Iterator[tuple[str, ...]]:
    """What pySHACL finds."""
    triples = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }").triples  # type: ignore[union-attr]
    yield from described(reference.validate(triples, library.structure), library.structure)
    yield from described(per_source.by_pyshacl(store, library.sources), library.sources)


def in_memory(path: str) -> Store:
    """A store in memory with the quads of a file."""
    store = ox.Store()
    store.bulk_load(path=path, format=ox.RdfFormat.N_QUADS)
    return EmbeddedStore(store)


CHILDREN: dict[str, tuple[Callable[[str], Store], Callable[[Store, Library], Iterator[tuple[str, ...]]]]] = {
    "disk": (open_store, by_queries),
    "memory": (in_memory, by_queries),
    "pyshacl": (open_store, by_pyshacl),
}


def child(name: str, place: str, out: str) -> None:
    """Check in this process, and leave what was found in a file."""
    opened, find = CHILDREN[name]
    start = time.perf_counter()
    store = opened(place)
    loaded = time.perf_counter()
    found = list(find(store, Library.from_folder(f"{root()}/shapes", store=store)))
    done = time.perf_counter()
    with open(out, "w", encoding="utf-8") as file:
        json.dump({"load": loaded - start, "validate": done - loaded, "found": found}, file)


def run(command: list[str], out: str = "", limit: float | None = None) -> Ran | None:
    """Run a command and read what it left; None where it was given up."""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[1] / "src")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    ended, status, used, peak = 0, 0, None, 0.0
    while not ended:
        peak = _peak(process.pid) or peak
        ended, status, used = os.wait4(process.pid, os.WNOHANG)
        if not ended and limit is not None and time.perf_counter() - start > limit:
            process.kill()
            os.wait4(process.pid, 0)
            return None
        time.sleep(0.02)
    assert used is not None  # noqa: S101 -- it ended
    code = os.waitstatus_to_exitcode(status)
    if code not in {0, 1}:  # 1: `check` found something
        sys.exit(f"{' '.join(command[:4])} ended with {code}")
    left = {"load": 0.0, "validate": time.perf_counter() - start, "found": []}
    if out:
        left = json.loads(Path(out).read_text(encoding="utf-8"))
    found = Counter(tuple(map(str, one)) for one in left["found"])
    return Ran(left["load"], left["validate"], used.ru_utime + used.ru_stime, peak, found)


def _peak(process: int) -> float:
    """The most memory that a process had so far: not what its parent had, which `wait4` counts in."""
    try:
        text = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith("VmHWM")), 0) / 1024


def shown(name: str, ran: Ran | None, limit: float = 0) -> None:
    """Print a row of the table."""
    if ran is None:
        print(f"| {name} | given up after {limit:.0f} s | | | | |", flush=True)
        return
    row = f"{ran.load:.1f} s | {ran.validate:.1f} s | {ran.processors:.1f} s | {ran.peak:,.0f} MB"
    print(f"| {name} | {row} | {ran.found.total() or '':,} |" if ran.found else f"| {name} | {row} | |", flush=True)


def compared(name: str, ours: Counter[tuple[str, ...]], theirs: Counter[tuple[str, ...]]) -> bool:
    """Say how two lists of findings differ."""
    here, there = list((ours - theirs).elements()), list((theirs - ours).elements())
    odd = [one for one in here if any(part.startswith(f"{component}C") for component in ODD for part in one)]
    rest = [one for one in here if one not in odd]
    said = f"{(ours & theirs).total():,} the same, {len(rest)} of ours alone, {len(there)} of {name} alone"
    print(f"{name}: {said}, {len(odd)} of ours alone where it compares what cannot be compared")
    for one in [*rest[:3], *there[:3], *odd[:1]]:
        print(f"    {'ours' if one in here else name}: {one}")
    return not rest and not there


def plain(found: Iterable[tuple[str, ...]]) -> Counter[tuple[str, ...]]:
    """Findings on the merged graph by focus node, of a literal its text, and component."""
    return Counter((_LITERAL.sub(r"\1", focus.strip("<>")), component) for focus, component in found)


def prepared(folder: Path, facts: int) -> tuple[str, str, str, str]:
    """A store on disk, all its quads, the merged graph, and the shapes as files."""
    made = generate(folder / "collection", facts, 10)
    damaged = damage(folder / "collection")
    place = str(folder / "store")
    if run([sys.executable, "-m", "filmgraph", "-C", str(folder / "collection"), "build", "-o", place]) is None:
        sys.exit("The store could not be built.")
    store = ox.Store.read_only(place)
    quads, merged, shapes = (str(folder / name) for name in ("all.nq", "merged.nt", "shapes.ttl"))
    store.dump(quads, ox.RdfFormat.N_QUADS)
    store.dump(merged, ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    with open(merged, "rb") as file:
        triples = sum(1 for _ in file)
    library = Library.from_folder(f"{root()}/shapes", store=EmbeddedStore(store))
    ox.serialize(library.structure.triples(), shapes, ox.RdfFormat.TURTLE)
    count = f"{len(library.structure)} shapes, {len(library.sources)} for each source"
    print(f"{made:,} facts, {damaged:,} damaged; {triples:,} triples in the merged graph; {count}\n")
    return place, quads, merged, shapes


def main() -> int:
    """Measure and print; 1 where findings differ or the ratio is less than wanted."""
    parser = argparse.ArgumentParser()
    parser.add_argument("facts", nargs="?", type=int, default=100_000)
    parser.add_argument("--pyshacl", type=float, default=600)
    parser.add_argument("--rudof")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["FILMGRAPH_CACHE"] = f"{scratch}/cache"
        place, quads, merged, shapes = prepared(Path(scratch), chosen.facts)
        out, own = f"{scratch}/found.json", [sys.executable, __file__, "--child"]
        print("| engine | load | validate | processors | peak memory | findings |\n|---|---|---|---|---|---|")
        ours = run([*own, "disk", place, out], out)
        shown("compiled, store on disk", ours)
        memory = run([*own, "memory", quads, out], out)
        shown("compiled, in memory", memory)
        shown("all of `filmgraph check`", run([sys.executable, "-m", "filmgraph", "--store", place, "check"]))
        theirs = run([*own, "pyshacl", place, out], out, chosen.pyshacl) if chosen.pyshacl else None
        shown("pySHACL", theirs, chosen.pyshacl)
        rudof = run([chosen.rudof, "-c", RUDOF, merged, shapes, out], out) if chosen.rudof else None
        if chosen.rudof:
            shown("pyrudof, merged graph only", rudof)
        else:
            print("\npyrudof was not asked: --rudof names a Python that has it.")
        assert ours is not None  # noqa: S101 -- they have no limit
        assert memory is not None  # noqa: S101 -- likewise
        print()
        same = compared("the store in memory", ours.found, memory.found)
        if rudof:
            merged_graph = [(one[1], one[4]) for one in ours.found.elements() if not one[6]]
            compared("pyrudof", plain(merged_graph), plain(rudof.found.elements()))
        if theirs is None:
            return int(not same)
        same &= compared("pySHACL", ours.found, theirs.found)
        ratios = [theirs.validate / one.validate for one in (ours, memory)]
        print(f"pySHACL / compiled: {ratios[0]:.1f} on disk, {ratios[1]:.1f} in memory (wanted: {WANTED})")
        return int(not same or min(ratios) < WANTED)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(*sys.argv[2:5])
    else:
        sys.exit(main())
