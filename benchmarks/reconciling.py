"""500 titles and names with errors, reconciled in one batch: usage ``python benchmarks/reconciling.py [-v]``.

The films are the 3,201 of vega-datasets, from npm. They are imported, served, and asked for as OpenRefine does it: four
batches of 500 of their titles and makers with the errors of tests/reconciling/errors.py. Titles of the same batches are
then asked of csv-reconcile, from pip, whose titles come from the same file. A title is right where a film has it that
came out in the year that was typed, or one beside it; where none was typed, any film that has it. ``-v`` shows what
came out wrong.
"""

from __future__ import annotations

import csv
import json
import signal
import socket
import subprocess
import sys
import tarfile
import tempfile
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.reconciling.errors import Row, rows  # noqa: E402 -- from the checkout

import filmgraph  # noqa: E402 -- from the checkout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FILMGRAPH = [sys.executable, "-m", "filmgraph"]
COUNT, TIMES = 500, 4
QUERY = """PREFIX fg: <https://w3id.org/filmgraph/ns#> PREFIX rel: <http://id.loc.gov/vocabulary/relators/>
SELECT ?film ?title ?year ?maker {
  ?film fg:title/fg:titleText ?title ; fg:earliest|fg:date ?date BIND(SUBSTR(STR(?date), 1, 4) AS ?year)
  OPTIONAL { ?credit fg:film ?film ; fg:role rel:fmd ; fg:agent/fg:name ?maker }
} ORDER BY ?film ?title ?date ?maker"""
SERVER = "import csv_reconcile, sys; csv_reconcile.create_app().run(port=int(sys.argv[1]))"


def movies(folder: Path) -> Path:
    """The file of vega-datasets."""
    subprocess.run(["npm", "pack", "vega-datasets@3.2.1", "--silent"], cwd=folder, check=True, capture_output=True)
    with tarfile.open(next(folder.glob("vega-datasets-*.tgz"))) as packed:
        packed.extract("package/data/movies.json", folder, filter="data")
    return folder / "package/data/movies.json"


def collection(folder: Path) -> Path:
    """A collection of the films of the file."""
    made = folder / "films"
    subprocess.run([*FILMGRAPH, "new", str(made)], check=True, capture_output=True)
    given = [*FILMGRAPH, "-C", str(made), "import", str(movies(folder)), "--as", "films"]
    done = subprocess.run(given, capture_output=True, text=True, check=False)
    if done.returncode > 1:
        sys.exit(done.stderr)
    return made


def films(made: Path) -> dict[str, tuple[str, str, str]]:
    """Title, year and maker of each film, by its IRI."""
    with filmgraph.open(made) as graph:
        found = {}
        for film, title, year, maker in graph.query(QUERY).to_rows():
            texts = [getattr(one, "value", "") for one in (film, title, year, maker)]
            found.setdefault(texts[0], (texts[1], texts[2], texts[3]))
    return found


def batch(table: list[Row]) -> dict[str, Any]:
    """The table as OpenRefine asks for it."""
    return {
        f"q{place}": {"query": row.typed, "type": row.type, "type_strict": "should", "limit": 3}
        | ({"properties": [{"pid": "year", "v": row.year}]} if row.year else {})
        for place, row in enumerate(table)
    }


def asked(address: str, queries: dict[str, Any]) -> tuple[float, dict[str, Any]]:
    """What a service answers, and how many seconds it takes."""
    place = urlsplit(address)
    connection = HTTPConnection(place.hostname or "", place.port, timeout=300)
    start = time.perf_counter()
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/reconcile", urlencode({"queries": json.dumps(queries)}), form)
    found: dict[str, Any] = json.loads(connection.getresponse().read())
    return time.perf_counter() - start, found


def told(name: str, tables: list[list[Row]], address: str, right: Callable[[Row, dict[str, Any]], bool]) -> float:
    """Print what a service makes of tables; how long it takes for one once it has begun."""
    seconds, first, three, matched, wrong, count = [], 0, 0, 0, 0, sum(map(len, tables))
    for table in tables:
        took, found = asked(address, batch(table))
        seconds.append(took)
        for place, row in enumerate(table):
            candidates = found[f"q{place}"]["result"]
            fits = [right(row, one) for one in candidates]
            first += fits[:1] == [True]
            three += any(fits[:3])
            matched += any(one["match"] for one in candidates)
            wrong += any(one["match"] and not so for one, so in zip(candidates, fits, strict=True))
            if "-v" in sys.argv and fits[:1] != [True]:
                names = ", ".join(f"{one['name']} {one['score']:.0f}" for one in candidates)
                print(f"    {row.typed!r} {row.year} is {row.right!r}: {names or 'nothing'}")
    later = sorted(seconds[1:])[len(seconds) // 2 - 1]
    print(
        f"{name:14} {count} rows: right at first rank {first / count:.1%}, among three {three / count:.1%};"
        f" matched {matched / count:.1%}, wrongly {wrong / count:.1%};"
        f" the first batch of {len(tables[0])} {seconds[0]:.2f} s, the others {later:.2f} s"
    )
    return later


@contextmanager
def served(made: Path) -> Iterator[str]:
    """The address at which filmgraph serves a collection."""
    command = [*FILMGRAPH, "-C", str(made), "serve", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield process.stdout.readline().strip() if process.stdout else ""
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


@contextmanager
def neighbour(folder: Path, known: dict[str, tuple[str, str, str]]) -> Iterator[str]:
    """The address at which csv-reconcile serves the titles; none where it can't be had."""
    python = folder / "neighbour" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", str(python.parents[1])], check=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "csv-reconcile==0.3.2"]
    if subprocess.run(pip, capture_output=True, check=False).returncode:
        yield ""
        return
    with (folder / "titles.tsv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\t").writerows([("id", "name"), *((film, one[0]) for film, one in known.items())])
    init = [str(python.parent / "csv-reconcile"), "init", "titles.tsv", "id", "name"]
    subprocess.run(init, cwd=folder, check=True, capture_output=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [str(python), "-c", SERVER, str(port)], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(100):
            time.sleep(0.1)
            with socket.socket() as tried:
                if not tried.connect_ex(("127.0.0.1", port)):
                    break
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    """Fetch, import, ask, and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = collection(folder)
        known = films(made)
        tables = [rows(COUNT, list(known.values()), seed=seed) for seed in range(TIMES)]

        def right(row: Row, candidate: dict[str, Any]) -> bool:
            if row.type != "Film":
                return bool(candidate["name"] == row.right)
            title, year, _ = known.get(
                f"https://w3id.org/filmgraph/id/{candidate['id']}", known.get(candidate["id"], ("", "0", ""))
            )
            return title == row.right and (not row.year or abs(int(year) - int(row.year)) <= 1)

        titles = [[row for row in table if row.type == "Film"] for table in tables]
        with served(made) as address:
            told("filmgraph", tables, address, right)
        with served(made) as address:
            ours = told("its titles", titles, address, right)
        with neighbour(folder, known) as address:
            if not address:
                sys.exit("csv-reconcile could not be had")
            theirs = told("csv-reconcile", titles[:2], address, right)
        print(f"csv-reconcile takes {theirs / ours:.1f} times as long for the titles")


if __name__ == "__main__":
    main()
