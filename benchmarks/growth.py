"""Whether the bundled questions take longer in a larger collection, and how much of it the engine reads for each.

    python benchmarks/growth.py [COPIES] [MORE]

Writes two stores with COPIES (40) and MORE (320) copies of the bundled collection, a million quads and ten: in each
copy all things and documents have names of their own. A question about one thing of the first copy has the same rows
in both, so it should take the same time. ``steps`` are the results of all operators of the engine's plan, as
``oxigraph query --explain-file --stats`` counts them: how much the engine has read and joined, on any machine.
"""

from __future__ import annotations

import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

import filmgraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.graph import Graph

FILM, PERSON = "Last Train Home", "Lixin Fan"
ABOUT_ONE: dict[str, tuple[dict[str, str], ...]] = {
    "awards": ({"outcome": "won"},),
    "conflicts": ({"about": FILM},),
    "connected": ({"other": "Zhang Qin"},),
    "credits": ({"role": "rel:fmd"},),
    "figures": ({"about": FILM},),
    "hopes-and-plans": ({"who": "Zhang Qin"},),
    "maybe-same": ({"thing": "Zhang Qin"},),
    "ratings": ({"film": FILM},),
    "remarks": ({"speaker": PERSON}, {"about": FILM}),
    "second-hand": ({"voice": PERSON},),
    "who-says": ({"festival": "Sundance Film Festival"},),
}
"""Values for parameters that have no default. Other questions are asked with the values of their parameters."""

READS_ALL = {
    "conflicts": "every figure, date and single value may contradict another",
    "dates-that-differ": "every date may differ from another",
    "dense-passages": "it counts the facts of every passage",
    "figure-ranges": "every figure may differ from another",
    "figures": "it lists all figures",
    "figures-that-differ": "every figure may differ from another",
    "disagreements": "every figure, date and single value may contradict another",
    "films": "it lists all films",
    "hopes-and-plans": "it lists all that is not asserted",
    "interviews": "it lists all interviews",
    "journeys": "it lists all journeys",
    "majorities": "every single value may be one of several",
    "maybe-same": "it lists all that may be the same",
    "organisations": "it lists all organisations",
    "people-by-kind-of-source": "it lists what documents of a kind say of people",
    "places": "it lists all places",
    "prizes-of-a-company": "it compares all prizes",
    "ratings": "it lists all ratings",
    "remarks": "it lists all remarks",
    "runtimes-by-decade": "it compares all runtimes",
    "second-hand": "it counts the facts of all voices",
    "shared-facts": "it compares what documents say of all things",
}
"""The questions that, asked without a value, are about everything, and why."""

_NAMED = re.compile(
    r"<(https://w3id\.org/filmgraph/(?:id/(?!language/)[a-z]+/[^>#]*|source/[^>#.]*))"
)  # things and documents; vocabularies and languages are shared


class Asked(NamedTuple):
    """A question of the first copy as SPARQL; ``of_one`` says whether it is about one thing."""

    name: str
    given: dict[str, str]
    text: str
    of_one: bool


def copies(graph: Graph, number: int, folder: Path) -> int:
    """Write a store that holds so many copies of a collection; how many quads it has."""
    store = ox.Store(str(folder))
    quads = list(graph.store.quads())
    texts = (
        ("".join(f"{quad} .\n" for quad in quads), ox.RdfFormat.N_QUADS),
        ("".join(sorted({f"{quad.triple} .\n" for quad in quads})), ox.RdfFormat.N_TRIPLES),
    )
    for start in range(1, number + 1, 20):
        for text, form in texts:
            several = "".join(of_copy(text, copy) for copy in range(start, min(start + 20, number + 1)))
            store.bulk_load(input=several.encode(), format=form)
    store.flush()
    return len(store)


def of_copy(text: str, copy: int) -> str:
    """RDF or SPARQL with the names that a copy gives to things."""
    return _NAMED.sub(rf"<\1-{copy}", text)


def questions(graph: Graph) -> Iterator[Asked]:
    """All bundled questions, about things of the first copy."""
    for question in graph.catalogue:
        whole = question.name in READS_ALL
        for given in (dict(question.example), *ABOUT_ONE.get(question.name, ())):
            text = of_copy(graph.text_of(question.name, given), 1)
            yield Asked(question.name, given, text, of_one=not whole or bool(given))


def steps(program: str, folder: Path, text: str) -> int:
    """How many results all operators of the engine's plan gave together."""
    with tempfile.TemporaryDirectory() as scratch:
        plan = Path(scratch, "plan.json")
        command = [program, "query", "--location", folder, "--query", text, "--results-format", "tsv"]
        subprocess.run([*command, "--stats", "--explain-file", plan], check=True, capture_output=True)
        return _results(json.loads(plan.read_text(encoding="utf-8"))["plan"])


def _results(node: dict[str, Any]) -> int:
    return int(node["number of results"]) + sum(map(_results, node["children"]))


def milliseconds(stores: list[ox.Store], text: str, runs: int) -> list[float]:
    """The medians of a query on each store, asked in turn."""
    spent: list[list[float]] = [[] for _ in stores]
    for _ in range(runs + 1):
        for store, times in zip(stores, spent, strict=True):
            start = time.perf_counter()
            list(store.query(text))  # type: ignore[arg-type]  # each is a SELECT
            times.append((time.perf_counter() - start) * 1000)
    return [statistics.median(times[1:] or times) for times in spent]


def main() -> None:
    """Measure and print."""
    numbers = [int(one) for one in sys.argv[1:3]] or [40, 320]
    beside = Path(sys.executable).with_name("oxigraph")
    program = str(beside) if beside.exists() else shutil.which("oxigraph")
    with filmgraph.open() as graph, tempfile.TemporaryDirectory() as scratch:
        folders = [Path(scratch, str(number)) for number in numbers]
        for number, folder in zip(numbers, folders, strict=True):
            print(f"{number} copies: {copies(graph, number, folder)} quads", flush=True)
        stores = [ox.Store.read_only(str(folder)) for folder in folders]
        print(f"{'question':<26} {'rows':>6} {'ms':>9} {'ms':>9} {'ratio':>6} {'steps':>9} {'steps':>9}")
        for asked in questions(graph):
            if not asked.of_one:
                continue
            small, large = milliseconds(stores, asked.text, 15)
            counted = [steps(program, folder, asked.text) for folder in folders] if program else ["", ""]
            label = " ".join([asked.name, *asked.given])
            rows = len(list(stores[0].query(asked.text)))  # type: ignore[arg-type]
            print(
                f"{label:<26} {rows:6} {small:9.2f} {large:9.2f} {large / small:6.2f} {counted[0]:>9} {counted[1]:>9}",
                flush=True,
            )


if __name__ == "__main__":
    main()
