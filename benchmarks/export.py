"""How long exports of many facts take, beside pyoxigraph's plain dump and rdflib's serialisers.

    python benchmarks/export.py [FACTS]

The facts are credits of invented films, each stated by one or two passages: a million by default.
pyoxigraph dumps the same store as it comes, unsorted; filmgraph sorts, so that two runs give the same bytes.
rdflib takes minutes for a million, so it serialises a part, and its time is scaled to the whole.
"""

from __future__ import annotations

import io
import os
import platform
import resource
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

import pyoxigraph as ox
import rdflib

from filmgraph.exporters import Options, Request, find, names
from filmgraph.namespaces import FG, PREFIXES
from filmgraph.store.locate import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RDFLIB_FACTS = 50_000
"""How many facts rdflib serialises."""

CASES = (
    ("nquads", "", ox.RdfFormat.N_QUADS, "nquads"),
    ("turtle", "none", ox.RdfFormat.TURTLE, "turtle"),
    ("turtle", "claims", ox.RdfFormat.TURTLE, "turtle"),
    ("jsonld", "", ox.RdfFormat.JSON_LD, "json-ld"),
)
"""Format, its citations, and what it is compared with in pyoxigraph and rdflib."""


def quads(facts: int) -> Iterator[ox.Quad]:
    """Invented credits: five facts each, in the graph of a passage; every third is stated by another source too."""
    node = ox.NamedNode
    kind = node(PREFIXES["rdf"] + "type")
    for number in range(facts // 5):
        credit = node(f"{PREFIXES['credit']}film-{number // 20}.person-{number}.fmd")
        film, person = node(f"{PREFIXES['film']}film-{number // 20}"), node(f"{PREFIXES['person']}person-{number}")
        triples = (
            (credit, kind, node(FG + "Credit")),
            (credit, node(FG + "film"), film),
            (credit, node(FG + "agent"), person),
            (credit, node(FG + "role"), node(PREFIXES["rel"] + "fmd")),
            (person, node(FG + "name"), ox.Literal(f"Person Number {number}", language="en")),
        )
        sources = ("a.00000000", "b.00000000") if number % 3 == 0 else ("a.00000000",)
        for source in sources:
            graph = node(f"{PREFIXES['source']}{source}#char={number * 50},{number * 50 + 40}")
            for triple in triples:
                yield ox.Quad(*triple, graph)


def seconds(work: Callable[[], object]) -> float:
    """How long some work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def plain_dump(path: Path, rdf_format: ox.RdfFormat) -> Callable[[], object]:
    """The dump of pyoxigraph: every quad, or the triples of all graphs, each once."""
    store = ox.Store()
    triples_only = rdf_format == ox.RdfFormat.TURTLE
    with path.open("rb") as file:
        if triples_only:
            merged = {quad.triple for quad in ox.parse(file, ox.RdfFormat.N_QUADS)}
            store.bulk_extend(ox.Quad(*triple, ox.DefaultGraph()) for triple in merged)
        else:
            store.bulk_load(file, ox.RdfFormat.N_QUADS)
    graph = ox.DefaultGraph() if triples_only else None
    return lambda: store.dump(io.BytesIO(), rdf_format, from_graph=graph)


def rdflib_seconds(path: Path, name: str, facts: int) -> float:
    """The time of rdflib for its share, scaled to all facts."""
    share = min(facts, RDFLIB_FACTS)
    warnings.simplefilter("ignore", DeprecationWarning)
    graph = rdflib.Dataset() if name in {"nquads", "json-ld"} else rdflib.Graph()
    with path.open(encoding="utf-8") as file:
        lines = [line for line, _ in zip(file, range(share), strict=False)]
    if name in {"nquads", "json-ld"}:
        graph.parse(data="".join(lines), format="nquads")
    else:
        merged = rdflib.Dataset(default_union=True)
        merged.parse(data="".join(lines), format="nquads")
        for triple in merged.triples((None, None, None)):
            graph.add(triple)
    return seconds(lambda: graph.serialize(format=name)) * facts / share


def main() -> None:
    """Measure and print."""
    facts = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FILMGRAPH_CACHE"] = f"{folder}/cache"
        path = Path(folder) / "facts.nq"
        with path.open("wb") as file:
            ox.serialize(quads(facts), file, ox.RdfFormat.N_QUADS)
        store = open_store(str(path))
        stated = sum(1 for _ in quads(facts))
        print(f"Python {platform.python_version()}, {platform.system()}; {facts:,} facts, stated {stated:,} times")
        print(f"{'':22}{'seconds':>9}{'/ dump':>9}{'/ rdflib':>9}")
        for name, citations, rdf_format, of_rdflib in CASES:
            if name not in names():
                continue
            request = Request(store, "", Options(citations=citations))
            ours = seconds(lambda: find(name).write(request, io.BytesIO()))  # noqa: B023 -- called at once
            dump = seconds(plain_dump(path, rdf_format))
            other = rdflib_seconds(path, of_rdflib, stated)
            title = f"{name} {citations}".strip()
            print(f"{title:22}{ours:9.1f}{ours / dump:9.2f}{ours / other:9.2f}")
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10:,.0f} MB")


if __name__ == "__main__":
    main()
