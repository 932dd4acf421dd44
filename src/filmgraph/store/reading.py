"""Reading the fact files of a collection into parts on disk, in this process or in one of its own.

As a process of its own, ``python -m filmgraph.store.reading`` gets one job a line on standard input and answers with
one line for each part, both as JSON. It is started as a program, not with multiprocessing, which would run the user's
own script again in each process. It ends when its input does, so it does not outlive who started it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from filmgraph.errors import FilmgraphError
from filmgraph.rdf import format_of, parse_stream
from filmgraph.store.labelling import label
from filmgraph.store.notes import Notes
from filmgraph.store.part import Reader, UnfitError, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

_AT_ONCE = 50_000
_PARTS_A_FILE = 6


class Written(NamedTuple):
    """A part on disk: its N-Quads and its N-Triples, how many statements were read for it."""

    quads: str
    triples: str
    statements: int


class Scribe:
    """Writes parts into a folder.

    Args:
        folder: The folder.
        name: What the names of its files start with; no two scribes share one.
    """

    def __init__(self, folder: str, name: str) -> None:
        self._stem = f"{folder}/{name}"
        self._count = 0

    def read(self, path: str, sources: set[str]) -> Iterator[Written]:
        """Read a fact file.

        Raises:
            UnfitError: Something in it breaks the evidence model.
            FileError: It cannot be read.
            RdfSyntaxError: It does not parse.
            OSError: A part cannot be written.
        """
        reader = Reader(sources)
        pieces = texts(parse_stream(path, format_of(path) or ox.RdfFormat.TRIG), _AT_ONCE)
        text = next(pieces, None)
        with Notes(self._stem) as notes:
            while text is not None:
                self._count += 1
                done = Written(f"{self._stem}-{self._count}.nq", f"{self._stem}-{self._count}.nt", 0)
                statements = 0
                with open(done.quads, "wb") as quads, open(done.triples, "wb") as triples:  # noqa: PTH123 -- plain paths
                    for _ in range(_PARTS_A_FILE):
                        if text is None:
                            break
                        part = reader.part(text)
                        quads.write(part.quads)
                        triples.write(part.triples)
                        notes.add(part.notes)
                        notes.name(part.names)
                        statements += text.count("\n")
                        text = next(pieces, None)
                yield done._replace(statements=statements)

    def label(self, folder: str) -> Iterator[Written]:
        """Make the labels and the names of titles from all notes in a folder.

        Raises:
            OSError: A part cannot be written.
        """
        for quads, triples in label(folder):
            self._count += 1
            done = Written(f"{self._stem}-{self._count}.nq", f"{self._stem}-{self._count}.nt", 0)
            Path(done.quads).write_bytes(quads)
            Path(done.triples).write_bytes(triples)
            yield done


def main() -> None:
    """Work on the jobs that come on standard input."""
    out = sys.stdout
    scribe: Scribe | None = None
    for line in sys.stdin:
        job: dict[str, Any] = json.loads(line)
        scribe = scribe or Scribe(job["folder"], job["name"])
        try:
            jobs = scribe.read(job["path"], set(job["sources"])) if "path" in job else scribe.label(job["folder"])
            for written in jobs:
                print(json.dumps(written), file=out, flush=True)
            answer: dict[str, str] = {}
        except (UnfitError, FilmgraphError):
            answer = {"unfit": job.get("path", "")}
        except OSError as error:
            answer = {"failed": error.strerror or str(error)}
        print(json.dumps(answer), file=out, flush=True)


if __name__ == "__main__":
    main()
