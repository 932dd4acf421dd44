"""The worker of a build, in this process or its own: reads fact files, writes N-Quads and notes.

As a process of its own, ``python -m filmgraph.collection.build.worker`` gets one job a line on standard input, and
answers with one line for each part, both as JSON. It is started as a program, not with multiprocessing, which would
run the user's own script again in each process. It ends when its input does, so it does not outlive who started it.
"""

from __future__ import annotations

import gc
import json
import sys
from typing import IO, TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from filmgraph.collection.build.derived_text import Reader, UnfitError, texts
from filmgraph.collection.build.label_notes import Notes
from filmgraph.collection.build.label_pass import label
from filmgraph.errors import FilmgraphError
from filmgraph.rdf.files import format_of, parse_stream

if TYPE_CHECKING:
    from collections.abc import Iterator

_AT_ONCE = 20_000
_PIECES_A_PART = 10
"""Larger parts leave the engine fewer files to search; it holds a part or two for each loading thread in memory."""


class Written(NamedTuple):
    """A part on disk, as N-Quads, and the number of statements read for it."""

    path: str
    statements: int


class PartWriter:
    """A writer of parts into a folder.

    A part may hold several files, or a piece of one: the engine is at its best with parts of about the same size.

    Args:
        folder: The folder.
        name: What the names of its files start with; no two scribes share one.
        sources: The IRIs of the sources that are declared.
    """

    def __init__(self, folder: str, name: str, sources: set[str]) -> None:
        self._stem = f"{folder}/{name}"
        self._count = 0
        self._reader = Reader(sources)
        self._open: IO[bytes] | None = None
        self._statements = 0

    def read(self, path: str) -> Iterator[Written]:
        """Read a fact file; yield the parts that are full.

        Raises:
            UnfitError: Something in it breaks the evidence model.
            FileError: It cannot be read.
            RdfSyntaxError: It does not parse.
            OSError: A part cannot be written.
        """
        for text in texts(parse_stream(path, format_of(path) or ox.RdfFormat.TRIG), _AT_ONCE):
            follows = self._reader.part(text)
            if self._open is None:
                self._open = self._next()
            self._open.write(text)
            self._open.write(follows)
            self._statements += text.count(b"\n")
            if self._statements > (_PIECES_A_PART - 1) * _AT_ONCE:
                yield from self.end()

    def end(self) -> Iterator[Written]:
        """Close the open part, if any, and write its notes.

        Raises:
            OSError: It cannot be written.
        """
        if self._open is None:
            return
        self._open.close()
        done = Written(self._open.name, self._statements)
        self._open, self._statements = None, 0
        with Notes(self._stem) as notes:
            notes.add(self._reader.notes)
            notes.name(self._reader.names)
        self._reader.notes.clear()
        self._reader.names.clear()
        yield done

    def label(self, folder: str) -> Iterator[Written]:
        """Make labels and folded titles from all notes in a folder.

        Raises:
            OSError: A part cannot be written.
        """
        for text in label(folder):
            with self._next() as file:
                file.write(text)
            yield Written(file.name, 0)

    def close(self) -> None:
        """Close the open part unfinished."""
        if self._open is not None:
            self._open.close()

    def _next(self) -> IO[bytes]:
        self._count += 1
        return open(f"{self._stem}-{self._count}.nq", "wb")


def main() -> None:
    """Process the jobs that arrive on standard input."""
    gc.disable()  # what is made here has no cycles, and looking for them in millions of notes takes time
    out = sys.stdout
    scribe: PartWriter | None = None
    for line in sys.stdin:
        job: dict[str, Any] = json.loads(line)
        try:
            if "sources" in job:
                scribe = PartWriter(job["folder"], job["name"], set(job["sources"]))
            for written in _done(scribe, job) if scribe else ():
                print(json.dumps(written), file=out, flush=True)
            answer: dict[str, str] = {}
        except (UnfitError, FilmgraphError):
            answer = {"unfit": job.get("path", "")}
        except OSError as error:
            answer = {"failed": error.strerror or str(error)}
        print(json.dumps(answer), file=out, flush=True)


def _done(scribe: PartWriter, job: dict[str, Any]) -> Iterator[Written]:
    if "path" in job:
        return scribe.read(job["path"])
    return scribe.label(job["label"]) if "label" in job else scribe.end()


if __name__ == "__main__":
    main()
