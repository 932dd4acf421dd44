"""The questions of a folder of ``.rq`` files."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

from filmgraph.catalogue import compiled
from filmgraph.errors import FileError, UnknownQueryError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.catalogue.question import Question

    _Version = tuple[int, int, int]


class Catalogue:
    """The questions that people can ask by name.

    Args:
        folder: The folder of the ``.rq`` files. Where there is none, there are no questions.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._known: dict[str, tuple[Question, _Version]] = {}

    def names(self) -> list[str]:
        """The names of all questions, sorted.

        Raises:
            FileError: A file's name cannot be the name of a question.
        """
        try:
            files = os.listdir(self.folder)  # noqa: PTH208 -- on the start-up path; pathlib is slower
        except (FileNotFoundError, NotADirectoryError):
            return []
        names = sorted(name[:-3] for name in files if name.endswith(".rq") and not name.startswith("."))
        for name in names:
            # Words of lower-case letters and digits; a pattern would take longer to compile than to use.
            if not all(part.isascii() and part.isalnum() and part == part.lower() for part in name.split("-")):
                raise FileError(
                    "A question's name has only lower-case letters, digits and hyphens.",
                    path=f"{self.folder}/{name}.rq",
                    hint="Rename the file.",
                )
        return names

    def question(self, name: str) -> Question:
        """The question of that name.

        Raises:
            UnknownQueryError: There is none.
            FrontMatterError: The header of its file is wrong.
            FileError: Its file cannot be read, or is no SPARQL.
        """
        path = f"{self.folder}/{name}.rq"
        known = self._known.get(name)
        if known is not None and known[1] == _version(path):
            return known[0]
        names = self.names()
        if name not in names:
            near = import_module("filmgraph.text.nearest").nearest(name, names)
            raise UnknownQueryError(
                f"There is no question '{name}'.",
                name=name,
                choices=near,
                hint=None if near else "List all questions with: filmgraph ask",
            )
        version = _version(path)  # before the file is read: who writes it meanwhile makes it another
        question = compiled.load(name, self._files(names), self.folder)
        if version is not None:
            self._known[name] = question, version
        return question

    def __iter__(self) -> Iterator[Question]:
        names = self.names()
        files = self._files(names)
        for name in names:
            yield compiled.load(name, files, self.folder)

    def __len__(self) -> int:
        return len(self.names())

    def _files(self, names: list[str]) -> dict[str, bytes]:
        return {name: _read(f"{self.folder}/{name}.rq") for name in names}


def _version(path: str) -> _Version | None:
    """What changes when somebody writes a file."""
    try:
        found = os.stat(path)  # noqa: PTH116 -- as above
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _read(path: str) -> bytes:
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 -- as above
            return file.read()
    except OSError as error:
        raise FileError(f"The file cannot be read: {error.strerror or error}.", path=path) from error
