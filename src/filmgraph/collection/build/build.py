"""Entry point for building the on-disk store of a collection.

Fact files are read by processes of their own into parts, text that the engine loads at its fastest, while threads load
the parts that are there. Labels need all parts, so they are made last, while the engine still loads.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from filmgraph.collection.build.fill import fill
from filmgraph.collection.build.place import opened
from filmgraph.collection.folder import Collection
from filmgraph.errors import OutputError, StoreUnavailableError
from filmgraph.store import MANIFEST, NAMES, TABLES, cited, disk, manifest, tables
from filmgraph.store.reading import damage

if TYPE_CHECKING:
    from filmgraph.collection.build.fill import Progress

COMPACTED_UP_TO = 4_000_000
"""Statements of a collection whose store is compacted without asking, which takes a third as long as filling it.
A store that is not has its indexes in many files, and look-ups search them all: four to six times as slow."""


class Built(NamedTuple):
    """A store that is up to date: its path, the number of statements, and whether it was built now."""

    path: str
    statements: int
    new: bool


def build(
    root: str | os.PathLike[str],
    target: str | os.PathLike[str],
    *,
    workers: int | None = None,
    force: bool = False,
    compact: bool | None = None,
    verify: bool = False,
    progress: Progress | None = None,
) -> Built:
    """Build the on-disk store of a collection, unless it is there and its files have not changed.

    The store is made beside its place and put there whole. Until then, and whatever happens, the old one stays.

    Args:
        root: The folder of the collection.
        target: The folder of the store.
        workers: How many processes read; by default as many as suit the machine and the size.
        force: Build it even if nothing has changed.
        compact: Arrange it for reading, which makes checks and exports several times as fast; by default unless it is
            so large that this takes long.
        verify: Read the store that is there through, and build it again if a part of it cannot be read.
        progress: Told now and then how many bytes of how many are done, and what is being done.

    Raises:
        StoreUnavailableError: There is no collection, something else is in the place, or another process is at it.
        FileError: A data file is wrong; it says where.
        OutputError: The store cannot be written, for instance because the disk is full.
    """
    collection = Collection(root)
    place = Path(os.path.abspath(target))
    try:
        with opened(place) as workshop:
            before = _manifest(place)
            if before is not None and not force and _same(before, collection) and _whole(place, verify=verify):
                return Built(str(place), before.statements, new=False)
            # Digests come first: a file that changes while it is read makes the store stale, not silently wrong.
            now = manifest.of(collection, 0)
            store = ox.Store(workshop.made)
            statements = fill(collection, store, str(workshop.parts), workers=workers, progress=progress)
            if compact or (compact is None and statements <= COMPACTED_UP_TO):
                store.optimize()
            cited.keep(store, workshop.made)
            store.flush()
            del store
            (workshop.parts / NAMES).rename(workshop.made / NAMES)
            (workshop.made / TABLES).write_text(tables.text(str(workshop.made)), encoding="utf-8")
            path = workshop.made / MANIFEST
            path.write_text(now._replace(statements=statements).text(), encoding="utf-8", errors="surrogateescape")
            _to_disk(workshop.made)
            workshop.publish()
            _to_disk(place.parent)
    except (OSError, RuntimeError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise OutputError(
            f"The store cannot be written: {reason}. What was there before is untouched.",
            path=place,
            hint="Is there enough room on the disk, and may you write there?",
        ) from error
    return Built(str(place), statements, new=True)


def _manifest(place: Path) -> manifest.Manifest | None:
    try:
        return manifest.read(str(place))
    except StoreUnavailableError:
        return None  # a store of another version: it is built again


def _whole(place: Path, *, verify: bool) -> bool:
    """Whether a store can be opened and, if wanted, read completely."""
    try:
        disk.from_folder(str(place)).close()
    except StoreUnavailableError:
        return False
    return not (verify and damage(str(place)))


def _same(before: manifest.Manifest, collection: Collection) -> bool:
    """Whether a store was built from the same files by the same code."""
    root = os.path.abspath(collection.root)
    return before.made_by_this and before.collection == root and before.stale() is None


def _to_disk(folder: Path) -> None:
    """Flush a folder's entries to disk, where the system lets folders be opened."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
