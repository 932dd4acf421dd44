"""How long questions take on a built store, beside bare pyoxigraph and ``oxigraph query``; how fast names are found.

    python benchmarks/questions.py STORE [RUNS]

STORE was built from a collection of benchmarks/generate.py. Each question is bound to a film of it, and asked by
filmgraph and by pyoxigraph alone (the same SPARQL). Whole processes are compared with the engine's own command.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

SRC = Path(__file__).resolve().parents[1] / "src"
sys.path.insert(0, str(SRC))

import filmgraph  # noqa: E402 -- from the checkout
from filmgraph.errors import FilmgraphError  # noqa: E402
from filmgraph.names import find  # noqa: E402
from filmgraph.namespaces import FG  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

OF_A_FILM = ("credits", "titles", "runtimes", "releases", "awards", "screenings")


def timed(work: Callable[[], object], runs: int) -> float:
    """The median in milliseconds, after one run that warms up."""
    work()
    spent = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent) * 1000


def rows(store: ox.Store, text: str) -> list[object]:
    """All rows of a query."""
    return list(store.query(text))  # type: ignore[arg-type]


def missing(graph: filmgraph.Graph, name: str) -> tuple[str, ...]:
    """What is suggested for a name that nobody has."""
    try:
        return (find(graph.store, name, kind=FG + "Film").value,)
    except FilmgraphError as error:
        return tuple(getattr(error, "choices", ()))


def processes(store: str, text: str, title: str, runs: int) -> None:
    """Whole processes: filmgraph ask beside the engine's own command with the same SPARQL."""
    beside = Path(sys.executable).with_name("oxigraph")
    engine = str(beside) if beside.exists() else shutil.which("oxigraph")
    if engine is None:
        print("  the command oxigraph is not at hand")
        return
    scratch = tempfile.mkdtemp()
    environment = os.environ | {"PYTHONPATH": str(SRC), "PYTHONPYCACHEPREFIX": scratch}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    ours = [sys.executable, "-m", "filmgraph", "--store", store, "ask", OF_A_FILM[-1], "--film", title, "-f", "csv"]
    theirs = [engine, "query", "--location", store, "--query", text, "--results-format", "csv"]
    bare = [sys.executable, "-c", "import click, pyoxigraph"]
    spent = [
        timed(lambda one=one: subprocess.run(one, env=environment, capture_output=True, check=True), runs)  # type: ignore[misc]
        for one in (ours, theirs, bare)
    ]
    shutil.rmtree(scratch)
    names = ("filmgraph ask", "oxigraph query", "import click, pyoxigraph")
    print("   ".join(f"  {name} {one:.0f} ms" for name, one in zip(names, spent, strict=True)))


def main() -> None:
    """Measure and print."""
    if len(sys.argv) < 2:  # noqa: PLR2004 -- a store is named
        sys.exit(__doc__)
    path, runs = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 15  # noqa: PLR2004 -- the second argument
    graph, bare = filmgraph.open(path), ox.Store.read_only(path)
    query = f"SELECT ?name {{ ?film <{FG}title> ?t . ?t <{FG}titleText> ?name }} ORDER BY ?film LIMIT 1"
    title = str(next(iter(rows(bare, query.replace(" ORDER BY ?film", ""))))[0].value)  # type: ignore[index]
    print(f"the film {title!r}; {runs} runs each, medians in ms")
    print(f"  {'question':<14} {'filmgraph':>10} {'pyoxigraph':>11} {'ratio':>6} {'rows':>6}")
    text = ""
    for name in OF_A_FILM:
        text = graph.text_of(name, {"film": title})
        ours = timed(lambda text=text: graph.query_raw(text), runs)  # type: ignore[misc]
        theirs = timed(lambda text=text: rows(bare, text), runs)  # type: ignore[misc]
        print(f"  {name:<14} {ours:10.2f} {theirs:11.2f} {ours / theirs:6.2f} {len(rows(bare, text)):6}")
    processes(path, text, title, max(3, runs // 3))
    wrong = f"{title[:6]}{title[7:]}x"
    print(f"  a name found          {timed(lambda: find(graph.store, title.upper(), kind=FG + 'Film'), runs):8.2f} ms")
    print(f"  {wrong!r}: {missing(graph, wrong)}")
    print(f"  the nearest suggested {timed(lambda: missing(graph, wrong), runs):8.2f} ms")


if __name__ == "__main__":
    main()
