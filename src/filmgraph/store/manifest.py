"""The manifest of an on-disk store: its input files and code version, by which it is found stale.

It is text, one thing a line, so that opening a store imports no parser.
"""

from __future__ import annotations

import os
from typing import NamedTuple

import pyoxigraph as ox

from filmgraph.collection.folder import Collection
from filmgraph.errors import FilmgraphError, StoreUnavailableError
from filmgraph.files import code as code_
from filmgraph.files.digest import blake2b
from filmgraph.store import MANIFEST
from filmgraph.version import __version__

_HEAD = "filmgraph-store"
_FORM = "1"
_AT_ONCE = 1 << 20


class File(NamedTuple):
    """An input file of a store: path below the collection, size, time of change, digest."""

    path: str
    size: int
    changed: int
    digest: str


class Manifest(NamedTuple):
    """The inputs of a store: collection, files, and versions of code."""

    collection: str
    filmgraph: str
    pyoxigraph: str
    code: str
    statements: int
    files: tuple[File, ...]

    def text(self) -> str:
        """Return the content of the manifest file."""
        lines = [f"{_HEAD} {_FORM}", *(f"{name} {getattr(self, name)}" for name in _FIELDS)]
        lines.extend(f"file {one.digest} {one.size} {one.changed} {one.path}" for one in self.files)
        return "\n".join(lines) + "\n"

    def stale(self) -> str | None:
        """Return why the store is stale; None where it is up to date, or the collection is not here."""
        if not os.path.isdir(self.collection):
            return None
        try:
            paths = {file.name: file.path for file in Collection(self.collection).files()}
        except FilmgraphError:
            return None
        known = {file.path: file for file in self.files}
        for name, path in paths.items():
            if name not in known:
                return f"{name} is new"
            if _differs(known[name], path):
                return f"{name} has changed"
        gone = sorted(known.keys() - set(paths))
        return f"{gone[0]} is gone" if gone else None

    @property
    def made_by_this(self) -> bool:
        """Whether the store was built by this version of filmgraph and of the engine."""
        return (self.filmgraph, self.pyoxigraph, self.code) == (__version__, ox.__version__, code())


_FIELDS = ("collection", "filmgraph", "pyoxigraph", "code", "statements")


def of(collection: Collection, statements: int) -> Manifest:
    """Return the manifest for a store that is built from a collection now.

    Raises:
        OSError: A file cannot be read.
    """
    root = os.path.abspath(collection.root)
    files = []
    for file in collection.files():
        state = os.stat(file.path)
        files.append(File(file.name, state.st_size, state.st_mtime_ns, digest(file.path)))
    return Manifest(root, __version__, ox.__version__, code(), statements, tuple(files))


def read(folder: str) -> Manifest | None:
    """Read the manifest of a store; None where filmgraph did not build it.

    Raises:
        StoreUnavailableError: A later filmgraph built the store, or the manifest is damaged.
    """
    try:
        with open(f"{folder}/{MANIFEST}", encoding="utf-8", errors="surrogateescape") as file:
            lines = file.read().split("\n")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StoreUnavailableError(f"The store {folder} cannot be read: {error.strerror}.", store=folder) from error
    try:
        return _read(lines, folder)
    except (ValueError, KeyError) as error:
        raise StoreUnavailableError(
            f"The file {MANIFEST} of the store {folder} is damaged.",
            store=folder,
            hint="Build the store again with filmgraph build, in another folder.",
        ) from error


def statements(folder: str) -> int:
    """How many statements a store holds, be it the folder or one of that of its collection; 0 where that is not known.

    >>> statements("no-such-folder")
    0

    Raises:
        StoreUnavailableError: A later filmgraph built the store, or the manifest is damaged.
    """
    found = read(folder) or read(f"{folder}/store")
    return found.statements if found is not None else 0


def note(folder: str) -> str | None:
    """Return a warning that a store is stale or of another version; None where it is neither.

    Raises:
        StoreUnavailableError: A later filmgraph built the store, or the manifest is damaged.
    """
    found = read(folder)
    if found is None:
        return None
    again = "Build it again with filmgraph build."
    if found.filmgraph != __version__:
        return f"the store {folder} was built by filmgraph {found.filmgraph}, and this is {__version__}. {again}"
    reason = found.stale()
    return f"the store {folder} is out of date: {reason} in {found.collection}. {again}" if reason else None


def is_fresh(folder: str, collection: str) -> bool:
    """Whether a folder holds an up-to-date store of a collection, built by this version."""
    try:
        found = read(folder)
    except StoreUnavailableError:
        return False
    return (
        found is not None
        and found.collection == os.path.abspath(collection)
        and found.made_by_this
        and found.stale() is None
    )


def _read(lines: list[str], folder: str) -> Manifest:
    head, _, form = lines[0].partition(" ")
    if head == _HEAD and form != _FORM:
        raise StoreUnavailableError(
            f"The store {folder} was built by another version of filmgraph.",
            store=folder,
            hint="Build it again with filmgraph build, or use the filmgraph that built it.",
        )
    values: dict[str, str] = {}
    files: list[File] = []
    for line in lines[1:-1]:
        name, _, value = line.partition(" ")
        if name == "file":
            content, size, changed, path = value.split(" ", 3)
            files.append(File(path, int(size), int(changed), content))
        else:
            values[name] = value
    made = (values["collection"], values["filmgraph"], values["pyoxigraph"], values["code"])
    return Manifest(*made, int(values["statements"]), tuple(files))


def digest(path: str) -> str:
    """Return the BLAKE2b digest (256 bits, hexadecimal) of a file.

    Raises:
        OSError: It cannot be read.
    """
    total = blake2b(digest_size=32)
    with open(path, "rb", buffering=0) as file:
        while data := file.read(_AT_ONCE):
            total.update(data)
    return total.hexdigest()


def code() -> str:
    """Return the digest of the code that decides what a store holds.

    Raises:
        FileError: A part of filmgraph is missing.
    """
    return code_.digest(code_.STORES)


def _differs(file: File, path: str) -> bool:
    """Whether a file's content has changed; it is read only where size or time differ."""
    try:
        state = os.stat(path)
        if state.st_size != file.size:
            return True
        return state.st_mtime_ns != file.changed and digest(path) != file.digest
    except OSError:
        return True
