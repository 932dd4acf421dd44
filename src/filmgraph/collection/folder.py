"""The collection folder: ``ontology/``, ``shapes/``, ``queries/`` and ``data/``, its files and their digest.

This module is on the way to every answer, so it reads no RDF; `facts` does.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.collection.resources import root
from filmgraph.errors import DataError, FileError, StoreUnavailableError
from filmgraph.files.digest import blake2b
from filmgraph.rdf.namespaces import ONTOLOGY_GRAPH, REFERENCE_GRAPH, SOURCES_GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKED = ("", ".gz", ".zst")
_FACTS = tuple(ending + packed for ending in (".trig", ".nq") for packed in _PACKED)
_OTHER_RDF = tuple(ending + packed for ending in (".ttl", ".nt", ".rdf", ".owl", ".jsonld") for packed in _PACKED)
_GENERAL = "filmgraph:"
_TRIPLES = {"sources.ttl": SOURCES_GRAPH, "reference.ttl": REFERENCE_GRAPH}


class DataFile(NamedTuple):
    """A file that is loaded into the store of a collection.

    ``graph`` is that of its triples, or None for facts; ``name`` is its path below the collection, or of a vocabulary
    that comes with filmgraph, whose terms a collection may describe in another way, the path below ``filmgraph:``.
    """

    path: str
    graph: str | None
    name: str

    @property
    def is_general(self) -> bool:
        """Whether the file is bundled with filmgraph."""
        return self.name.startswith(_GENERAL)


class Collection:
    """A collection on disk.

    Args:
        root: The folder.

    Raises:
        StoreUnavailableError: The folder holds no ``data/``, or is none.
    """

    def __init__(self, root: str | os.PathLike[str]) -> None:
        self.root = os.fspath(root)
        if not os.path.isdir(f"{self.root}/data"):
            raise StoreUnavailableError(
                f"{self.root} is no collection: it has no folder data.",
                store=self.root,
                hint="A collection is a folder with ontology/, shapes/, queries/ and data/.",
            )

    def files(self) -> list[DataFile]:
        """Return the files to load, sources first and facts last.

        Raises:
            DataError: A file in ``data/`` is of a kind that has no place there.
        """
        ontology = [
            self._file(path, ONTOLOGY_GRAPH) for path in _listed(f"{self.root}/ontology") if path.endswith(".ttl")
        ]
        for file in ontology:
            _refuse_pipe(file.path)
        triples: list[DataFile] = []
        facts: list[DataFile] = []
        for path in _walk(f"{self.root}/data"):
            name = path.rpartition("/")[2]
            if name in _TRIPLES:
                triples.append(self._file(path, _TRIPLES[name]))
            elif name.endswith(_FACTS):
                facts.append(self._file(path, None))
            elif name.endswith(_OTHER_RDF):
                raise DataError(
                    "This file has no citations, so its triples have no place here.",
                    path=path,
                    hint="Facts go into .trig or .nq files, one named graph per citation; other triples into"
                    " sources.ttl and reference.ttl.",
                )
        return [*sorted(triples, reverse=True), *ontology, *vocabularies(), *facts]

    def _file(self, path: str, graph: str | None) -> DataFile:
        return DataFile(path, graph, path[len(self.root) + 1 :])

    def unread(self) -> list[str]:
        """Return the files in ``data/`` that are ignored because of their kind or compression."""
        taken = (*_FACTS, *_OTHER_RDF, ".md")  # notes may lie there
        return [
            path
            for path in _walk(f"{self.root}/data")
            if path.rpartition("/")[2] not in _TRIPLES and not path.endswith(taken)
        ]

    def digest(self) -> str:
        """Return the BLAKE2b digest (256 bits, hexadecimal) of the names and bytes of all loaded files.

        Raises:
            FileError: A file cannot be read.
        """
        total = blake2b(digest_size=32)
        for file in self.files():
            content = blake2b(_bytes(file.path), digest_size=32).hexdigest()
            total.update(f"/{file.name}\0{content}\n".encode(errors="surrogateescape"))
        return total.hexdigest()


def vocabularies() -> list[DataFile]:
    """Return the bundled vocabularies: countries, languages, roles, units and other concepts."""
    folder = f"{root()}/ontology/vocabularies"
    return [
        DataFile(path, REFERENCE_GRAPH, _GENERAL + path[len(folder) + 1 :])
        for path in _listed(folder)
        if path.endswith(".ttl")
    ]


def _bytes(path: str) -> bytes:
    """Return the bytes of a file as stored, compressed or not."""
    try:
        with open(path, "rb", buffering=0) as file:
            return file.read()
    except OSError as error:
        raise FileError(f"The file cannot be read: {error.strerror or error}.", path=path) from error


def _listed(folder: str) -> list[str]:
    """Return the files directly in a folder, sorted by name; none where the folder does not exist."""
    try:
        names = sorted(os.listdir(folder))
    except FileNotFoundError:
        return []
    return [f"{folder}/{name}" for name in names if not name.startswith(".")]


def _walk(folder: str) -> Iterator[str]:
    """Yield all files below a folder, without following links to folders, which may form circles."""
    for path in _listed(folder):
        if os.path.isdir(path) and not os.path.islink(path):
            if path.endswith((*_FACTS, *_TRIPLES)):
                raise DataError("This is a folder with the name of a data file.", path=path, hint="Rename the folder.")
            yield from _walk(path)
        else:
            _refuse_pipe(path)
            yield path


def _refuse_pipe(path: str) -> None:
    if os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path):
        raise DataError(
            "This is no file but a pipe, a socket or a device, and would be waited for without end.",
            path=path,
            hint="Take it out of the collection.",
        )
