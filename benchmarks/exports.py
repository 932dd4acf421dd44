"""How long exports of synthetic facts take, beside pyoxigraph's plain dump and rdflib's serialisers.

Run: ``python benchmarks/exports.py [FACTS [FACTS_FOR_RDFLIB]]`` (default 1,000,000 and 100,000). All run in one process
on the same quads. rdflib gets fewer, since it is slow; its times are multiplied.
"""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

import pyoxigraph as ox
import rdflib

from filmgraph.exporters import Options, Request, find
from filmgraph.namespaces import FG
from filmgraph.store.memory import from_quads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FORMATS = (("nquads", "", "nquads"), ("jsonld", "", "json-ld"), ("turtle", "none", "turtle"), ("turtle", "claims", ""))


def quads(number: int) -> Iterator[ox.Quad]:
    """Facts of some films, five to a film and three to a citation; half of them texts."""
    for n in range(number):
        value = ox.Literal(f"value {n}", language="en") if n % 2 else ox.NamedNode(f"urn:film:{n * 7 % number // 5}")
        yield ox.Quad(
            ox.NamedNode(f"urn:film:{n // 5}"),
            ox.NamedNode(f"{FG}p{n % 5}"),
            value,
            ox.NamedNode(f"urn:source#char={n // 3},{n // 3 + 9}"),
        )


def seconds(work: Callable[[], object]) -> float:
    """How long some work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    fewer = int(sys.argv[2]) if len(sys.argv) > 2 else min(number, 100_000)  # noqa: PLR2004 -- the second argument
    store, plain = from_quads(quads(number), location="synthetic"), ox.Store()
    plain.extend(quads(number))
    slow = rdflib.Dataset()
    slow.parse(data="".join(f"{quad} .\n" for quad in quads(fewer)), format="nquads")
    union = rdflib.Graph()
    for subject, predicate, value, _ in slow.quads():
        union.add((subject, predicate, value))
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 -- any file will do
        dump = seconds(lambda: plain.dump(nowhere, format=ox.RdfFormat.N_QUADS))
        print(f"pyoxigraph's dump of {number:,} facts: {dump:.2f} s")
        for name, citations, theirs in FORMATS:
            request = Request(store, "", Options(citations=citations))
            ours = seconds(lambda name=name, request=request: find(name).write(request, nowhere))  # type: ignore[misc]
            line = f"{name:8} {citations:7} {ours:7.2f} s  {ours / dump:6.1f} times the dump"
            if theirs:
                graph = slow if theirs == "nquads" else union
                other = seconds(lambda theirs=theirs, graph=graph: graph.serialize(format=theirs)) * number / fewer  # type: ignore[misc]
                line += f"  {ours / other:6.2f} times rdflib"
            print(line)


if __name__ == "__main__":
    main()
