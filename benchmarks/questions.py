"""How long the bundled questions take on a built store, beside pyoxigraph, `oxigraph query`, an endpoint and rdflib.

    python benchmarks/questions.py STORE [RUNS] [rdflib]

STORE was built from a collection of benchmarks/generate.py. Each question gets values of the store: a film of it, a
person of that film. filmgraph and pyoxigraph run the same SPARQL in turn, in this process; `oxigraph serve-read-only`
answers it over HTTP on loopback, through filmgraph; and with the word rdflib, which is for small stores, rdflib does.
A question that takes longer than LIMIT is given up. Then whole processes are compared, and the finding of names.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

SRC = Path(__file__).resolve().parents[1] / "src"
sys.path.insert(0, str(SRC))

import filmgraph  # noqa: E402 -- from the checkout
from filmgraph.errors import FilmgraphError, QueryTimeoutError  # noqa: E402
from filmgraph.lookup.names import find  # noqa: E402
from filmgraph.rdf.namespaces import FG, PREFIXES  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from filmgraph.graph import Graph

LIMIT = 10.0
"""Seconds after which a question is given up."""
SLOW = 0.5
"""A question that takes longer is asked three times only."""
SHOWN = ("credits", "titles", "overview", "filmography", "releases")
"""Questions that are compared as whole processes."""


class Asked(NamedTuple):
    """A question with values, and the SPARQL that it becomes."""

    name: str
    given: dict[str, str]
    text: str


def one(store: ox.Store, pattern: str) -> str:
    """A thing that matches a pattern, by its IRI."""
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    found = next(iter(store.query(f"{prefixes}SELECT ?x {{ {pattern} }} LIMIT 1")), None)  # type: ignore[call-overload]
    return found["x"].value if found is not None else ""


def questions(graph: Graph, store: ox.Store) -> Iterator[Asked]:
    """All bundled questions with values of this store; those with no default also without a value."""
    film = one(store, "?x a fg:Film ; fg:title ?title . ?award fg:film ?x ; fg:outcome ?outcome")
    known = {
        "Film": film,
        "Agent": one(store, f"?credit fg:film <{film}> ; fg:agent ?x"),
        "Person": one(store, f"?credit fg:film <{film}> ; fg:agent ?x"),
        "SourceDocument": one(store, f"GRAPH ?c {{ <{film}> a fg:Film }} ?c oa:hasSource ?x"),
        "EventSeries": one(store, "?edition fg:editionOf ?x"),
        "Place": one(store, f"<{film}> fg:productionCountry ?x") or one(store, "?y fg:place ?x"),
    }
    for question in graph.catalogue:
        optional: dict[str, str] = {}
        given: dict[str, str] = {}
        for parameter in question.parameters:
            value = known.get(parameter.class_iri.removeprefix(FG)) or (film if parameter.name == "about" else "")
            if value:
                (given if parameter.default is not None else optional)[parameter.name] = value
            elif parameter.type == "iri" and (parameter.default or "").startswith("event:"):
                given[parameter.name] = film  # the generator makes no events; the film stands for one
            elif parameter.class_iri and parameter.default is not None:
                given[parameter.name] = film  # as above
        required = {p.name: known.get(p.class_iri.removeprefix(FG)) or film for p in question.parameters if p.required}
        given.update(required)
        others = {name: value for name, value in optional.items() if name not in required}
        for values in (given, *({**given, name: value} for name, value in others.items())):
            yield Asked(question.name, values, graph.text_of(question.name, values))


def in_turn(works: list[Callable[[], object]], runs: int) -> list[float]:
    """The median milliseconds of each, run in turn, after one round that warms up."""
    spent: list[list[float]] = [[] for _ in works]
    for _ in range(runs + 1):
        for work, times in zip(works, spent, strict=True):
            start = time.perf_counter()
            work()
            times.append((time.perf_counter() - start) * 1000)
    return [statistics.median(times[1:]) for times in spent]


def program() -> str | None:
    """The engine's own command."""
    beside = Path(sys.executable).with_name("oxigraph")
    return str(beside) if beside.exists() else shutil.which("oxigraph")


@contextmanager
def endpoint(path: str) -> Iterator[Graph | None]:
    """The store behind HTTP on loopback, opened by filmgraph."""
    engine = program()
    if engine is None:
        yield None
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [engine, "serve-read-only", "--location", path, "--bind", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield filmgraph.open(f"http://127.0.0.1:{port}/query")
    finally:
        server.terminate()
        server.wait()


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise TimeoutError in Python code that takes longer."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def in_rdflib(path: str) -> Callable[[str], object]:
    """The same quads in rdflib, and how it is asked."""
    import rdflib  # noqa: PLC0415 -- only where it is asked for

    store = ox.Store.read_only(path)
    data = rdflib.Dataset()
    with tempfile.NamedTemporaryFile(suffix=".nq") as file:
        store.dump(file, format=ox.RdfFormat.N_QUADS)
        file.flush()
        data.parse(file.name, format="nquads")
    return lambda text: list(data.query(text))


def rdflib_time(ask: Callable[[str], object], text: str) -> str:
    """Milliseconds of one run in rdflib, or why there are none."""
    start = time.perf_counter()
    try:
        with at_most(LIMIT):
            ask(text)
    except TimeoutError:
        return f"> {LIMIT:.0f} s"
    except Exception as error:  # noqa: BLE001 -- whatever rdflib raises over a query, it gives no answer
        return type(error).__name__
    return f"{(time.perf_counter() - start) * 1000:.1f}"


def compare(path: str, graph: Graph, bare: ox.Store, runs: int, ask_rdflib: Callable[[str], object] | None) -> None:
    """Every question: filmgraph, pyoxigraph, the ratio, rows, the endpoint, rdflib."""
    print("| question | rows | filmgraph | pyoxigraph | ratio | endpoint |" + (" rdflib |" if ask_rdflib else ""))
    print("|---|---|---|---|---|---|" + ("---|" if ask_rdflib else ""))
    ratios = []
    with endpoint(path) as served:
        for asked in questions(graph, bare):
            label = " ".join([f"`{asked.name}`", *asked.given])
            start = time.perf_counter()
            try:
                rows = len(graph.query_raw(asked.text, timeout=LIMIT).rows)  # type: ignore[union-attr]
            except QueryTimeoutError:
                print(f"| {label} | | > {LIMIT:.0f} s | | | |", flush=True)
                continue
            few = time.perf_counter() - start > SLOW
            works: list[Callable[[], object]] = [
                lambda text=asked.text: graph.query_raw(text),  # type: ignore[misc]
                lambda text=asked.text: list(bare.query(text)),  # type: ignore[misc]
            ]
            if served is not None:
                works.append(lambda text=asked.text: served.query_raw(text))  # type: ignore[misc]
            ours, theirs, *away = in_turn(works, 3 if few else runs)
            ratios += [ours / theirs]
            far = f"{away[0]:.2f}" if away else ""
            last = f" {rdflib_time(ask_rdflib, asked.text)} |" if ask_rdflib else ""
            print(f"| {label} | {rows} | {ours:.2f} | {theirs:.2f} | {ours / theirs:.2f} | {far} |{last}", flush=True)
    print(f"\nfilmgraph / pyoxigraph: median {statistics.median(ratios):.2f}, highest {max(ratios):.2f}")


def processes(path: str, graph: Graph, bare: ox.Store, runs: int) -> None:
    """Whole processes: filmgraph ask, the engine's own command with the same SPARQL, and what Python takes itself."""
    engine = program()
    scratch = tempfile.mkdtemp()
    environment = os.environ | {
        "PYTHONPATH": str(SRC),
        "PYTHONPYCACHEPREFIX": f"{scratch}/compiled",
        "FILMGRAPH_CACHE": f"{scratch}/cache",
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def run(command: list[str]) -> Callable[[], object]:
        return lambda: subprocess.run(command, env=environment, capture_output=True, check=True)

    print("\n| whole process | filmgraph | import click, pyoxigraph | more | oxigraph query |\n|---|---|---|---|---|")
    for asked in questions(graph, bare):
        if asked.name not in SHOWN:
            continue
        values = [word for name, value in asked.given.items() for word in (f"--{name}", value)]
        works = [
            run([sys.executable, "-m", "filmgraph", "--store", path, "ask", asked.name, *values, "-f", "csv"]),
            run([sys.executable, "-c", "import click, pyoxigraph"]),
        ]
        if engine is not None:
            command = [engine, "query", "--location", path, "--query", asked.text, "--results-format", "csv"]
            works.append(run(command))
        ours, python, *native = in_turn(works, runs)
        far = f"{native[0]:.0f}" if native else ""
        print(f"| `{asked.name}` | {ours:.0f} | {python:.0f} | {ours - python:.0f} | {far} |", flush=True)
    shutil.rmtree(scratch)


def missing(graph: Graph, name: str) -> tuple[str, ...]:
    """What is suggested for a name that nobody has."""
    try:
        return (find(graph.store, name, kind=FG + "Film").value,)
    except FilmgraphError as error:
        return tuple(getattr(error, "choices", ()))


def main() -> None:
    """Measure and print."""
    if len(sys.argv) < 2:  # noqa: PLR2004 -- a store is named
        sys.exit(__doc__)
    path, words = sys.argv[1], sys.argv[2:]
    runs = next((int(word) for word in words if word.isdigit()), 15)
    graph, bare = filmgraph.open(path), ox.Store.read_only(path)
    print(f"{path}, medians of {runs} runs in ms\n")
    compare(path, graph, bare, runs, in_rdflib(path) if "rdflib" in words else None)
    film = one(bare, "?x a fg:Film ; fg:title ?title")
    processes(path, graph, bare, max(5, runs // 2))
    title = next(iter(bare.query(f"SELECT ?t {{ <{film}> <{FG}title>/<{FG}titleText> ?t }}")))["t"].value  # type: ignore[call-overload]
    wrong = f"{title[:6]}{title[7:]}x"
    found, suggested = in_turn(
        [lambda: find(graph.store, title.upper(), kind=FG + "Film"), lambda: missing(graph, wrong)], runs
    )
    print(f"\na name found {found:.2f} ms; the nearest to {wrong!r} {suggested:.2f} ms: {missing(graph, wrong)}")


if __name__ == "__main__":
    main()
