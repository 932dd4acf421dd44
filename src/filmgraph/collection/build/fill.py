"""Filling an empty store with a collection: reading, deriving, labelling, loading."""

from __future__ import annotations

import os
import threading
from contextlib import closing
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, Protocol

import pyoxigraph as ox

from filmgraph.collection import facts
from filmgraph.collection.build.derived_text import UnfitError
from filmgraph.collection.build.label_notes import Notes
from filmgraph.collection.build.loader import Loader
from filmgraph.collection.build.processes import Readers, UnreadableError
from filmgraph.collection.build.worker import PartWriter
from filmgraph.collection.derive import FoldedNames, days, merged
from filmgraph.collection.labels import Labels
from filmgraph.collection.vocabulary import terms
from filmgraph.errors import FileError
from filmgraph.rdf.files import format_of, parse_stream
from filmgraph.rdf.namespaces import FG, REFERENCE_GRAPH, SOURCES_GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filmgraph.collection.build.worker import Written
    from filmgraph.collection.folder import Collection

_SMALL = 1_500_000
"""A collection of fewer bytes is read in this process: another one takes longer to start."""
_MOST_READERS = 3
_LOADERS = 3
"""Each holds the quads of a part in memory, up to a gigabyte; more than there are processors gain nothing."""
_DATE = ox.NamedNode(FG + "date")
_REFERENCE = ox.NamedNode(REFERENCE_GRAPH)
_SOURCES = ox.NamedNode(SOURCES_GRAPH)


class Progress(Protocol):
    """A callback for progress messages."""

    def __call__(self, done: int, total: int, what: str, /) -> None:
        """Report the bytes done, of how many, and the current step."""


def fill(
    collection: Collection,
    store: ox.Store,
    parts: str,
    *,
    workers: int | None = None,
    progress: Progress | None = None,
) -> int:
    """Load a collection and all that is derived from it.

    Args:
        collection: The collection.
        store: An empty store.
        parts: An empty folder for what is between the files and the store.
        workers: How many processes read; by default as many as suit the machine and the size.
        progress: Told now and then how many bytes of how many are done, and what is being done.

    Returns:
        How many statements its files hold.

    Raises:
        FileError: A file is wrong.
        OSError: A part or the store cannot be written.
    """
    files = [file.path for file in collection.files() if file.graph is None]
    sizes = {path: os.path.getsize(path) for path in files}
    sources, statements, own = _background(collection, store, parts)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if workers is None:
        workers = 0 if sum(sizes.values()) < _SMALL else max(1, min(_MOST_READERS, cores - 1, len(files)))
    count = _Count(sum(sizes.values()), progress or _quiet)
    loader = Loader(store, min(_LOADERS, max(cores, 2)) if workers else 1, count.loaded)

    def take(part: Written) -> None:
        count.statements += part.statements
        loader.put(part.path)

    try:
        if workers:
            # The largest first, so that no reader is left with it when the others have ended.
            files.sort(key=lambda path: -sizes[path])
            with closing(Readers(workers, parts, sorted(sources), take)) as readers:
                for path in readers.read(files):
                    count.read(sizes[path])
                count.say("making labels")
                readers.label()
        else:
            with closing(PartWriter(parts, "here", sources)) as scribe:
                for path in files:
                    for part in _read(scribe, path):
                        take(part)
                    count.read(sizes[path])
                for part in chain(scribe.end(), scribe.label(parts)):
                    take(part)
        count.say("loading")
        loader.finish()
        statements += _vocabulary(store, own)
    except UnreadableError as error:
        loader.stop()
        _explain(error.path, sources)
        raise
    except BaseException:
        loader.stop()
        raise
    return statements + count.statements


def _read(scribe: PartWriter, path: str) -> Iterator[Written]:
    try:
        yield from scribe.read(path)
    except (UnfitError, FileError) as error:
        raise UnreadableError(path) from error


def _explain(path: str, sources: set[str]) -> None:
    """Read a file with the slower reader, which raises the exact error.

    Raises:
        FileError: It says so.
    """
    for _ in facts.facts(path, sources):
        pass
    for _ in parse_stream(path, format_of(path) or ox.RdfFormat.TRIG):  # read so, a file has one limit more
        pass


def _quiet(_done: int, _total: int, _what: str, /) -> None:
    """Report no progress."""


class _Count:
    """A progress counter, in bytes of the fact files."""

    def __init__(self, total: int, progress: Progress) -> None:
        self.statements = 0
        self._total = total
        self._progress = progress
        self._done = 0
        self._what = "reading"
        self._lock = threading.Lock()

    def read(self, size: int) -> None:
        """Count a file as read."""
        with self._lock:
            self._done += size
        self._progress(self._done, self._total, self._what)

    def loaded(self, _: str) -> None:
        """Report progress after a part was loaded."""
        self._progress(self._done, self._total, self._what)

    def say(self, what: str) -> None:
        """Report the start of another step."""
        self._what = what
        self._progress(self._done, self._total, what)


class _Background(NamedTuple):
    """The content of the files other than fact files.

    The sources that are declared, the number of statements, and what is stated of which terms by which properties.
    """

    sources: set[str]
    statements: int
    own: set[tuple[object, object]]


def _background(collection: Collection, store: ox.Store, folder: str) -> _Background:
    """Load sources, reference data and ontology as quads: they are few and may hold blank nodes."""
    quads: list[ox.Quad] = []
    more: list[ox.Quad] = []
    sources: set[str] = set()
    own: set[tuple[object, object]] = set()
    labels, names = Labels(), set()
    folded = FoldedNames()
    for quad in facts.background(collection):
        quads.append(quad)
        if quad.graph_name == _REFERENCE:
            own.add((quad.subject, quad.predicate))
        if quad.graph_name == _SOURCES and isinstance(quad.subject, ox.NamedNode):
            sources.add(quad.subject.value)
        if quad.predicate == _DATE:
            more.extend(days(quad))
        labels.add(quad)
        for name in folded.of(quad):
            more.append(name)
            if isinstance(name.object, ox.Literal):
                names.add(name.object.value)
    # Labels are made before it is known which terms the facts mention, so they are told of all.
    for quad in facts.vocabulary(set(terms()), own):
        labels.add(quad)
        names.update(name.object.value for name in folded.of(quad) if isinstance(name.object, ox.Literal))
    with Notes(f"{folder}/background") as written:
        written.add(labels.values)
        written.name(names)
    _load(store, [*quads, *more])
    return _Background(sources, len(quads), own)


def _vocabulary(store: ox.Store, own: set[tuple[object, object]]) -> int:
    """Load the vocabulary entries of the terms that a store mentions; return their number of statements."""
    mentioned = {
        term
        for term in terms()
        if any(True for _ in store.quads_for_pattern(None, None, term))
        or any(True for _ in store.quads_for_pattern(term, None, None, _REFERENCE))
    }
    quads = list(facts.vocabulary(mentioned, own))
    folded = FoldedNames()
    _load(store, [*quads, *(name for quad in quads for name in folded.of(quad))])
    return len(quads)


def _load(store: ox.Store, quads: Iterable[ox.Quad]) -> None:
    held = list(quads)
    store.bulk_extend(held)
    store.bulk_extend(merged(held))
