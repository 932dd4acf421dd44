"""The state of filmgraph's own source files, for cache keys and manifests.

Whole folders count, so that no module can be forgotten; a test holds them against what the modules import.
"""

from __future__ import annotations

import os

from filmgraph.errors import FileError
from filmgraph.files.digest import blake2b

STORES = ("collection", "collection/build", "files", "rdf", "store", "text")
"""The folders of the package that decide which quads a collection becomes, and how they are written."""

QUESTIONS = ("answers", "catalogue", "charts", "rdf", "sparql", "text")
"""The folders that decide what a question is after its file was read."""

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_ENDINGS = (".py", ".pyc")


def state(folders: tuple[str, ...]) -> str:
    """Names, sizes and times of change of the source files in some folders, as eight hexadecimal digits.

    It differs between machines, and is had in a fraction of a millisecond.

    Raises:
        FileError: A folder is missing, or has no source files.
    """
    total = blake2b(digest_size=4)
    for folder in folders:
        for name, path in _sources(folder):
            found = os.stat(path)
            total.update(f"{folder}/{name}\0{found.st_mtime_ns}\0{found.st_size}\n".encode())
    return total.hexdigest()


def digest(folders: tuple[str, ...]) -> str:
    """The digest of the source files in some folders, as sixteen hexadecimal digits: on every machine the same.

    Raises:
        FileError: A folder is missing, has no source files, or one of them cannot be read.
    """
    total = blake2b(digest_size=8)
    for folder in folders:
        for name, path in _sources(folder):
            try:
                with open(path, "rb", buffering=0) as file:
                    content = file.read()
            except OSError as error:
                raise FileError(f"The file cannot be read: {error.strerror or error}.", path=path) from error
            total.update(f"{folder}/{name}\0{len(content)}\n".encode())
            total.update(content)
    return total.hexdigest()


def _sources(folder: str) -> list[tuple[str, str]]:
    """Names and paths of the source files directly in a folder, by name."""
    path = f"{_PACKAGE}/{folder}"
    try:
        names = sorted(name for name in os.listdir(path) if name.endswith(_ENDINGS))
    except OSError:
        names = []
    if not names:
        raise FileError("A part of filmgraph is missing.", path=path, hint="Install filmgraph again.")
    return [(name, f"{path}/{name}") for name in names]
