"""The questions of a collection: those of the tool, and those in its own folder of ``.rq`` files."""

from __future__ import annotations

import os
import stat
from importlib import import_module
from typing import TYPE_CHECKING

from filmgraph.catalogue.compiled import CompiledQuestions, Files, read
from filmgraph.errors import FileError, UnknownQueryError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.catalogue.compiled import State
    from filmgraph.catalogue.question import Question

    _Version = tuple[State | None, ...]

_EXPECTING = b"\n#+ expect:"


class Catalogue:
    """The questions that people can ask by name.

    A collection's own question takes the place of the tool's of that name. What a collection expects of a question,
    its examples and its defaults stand in ``examples/<name>.yaml`` in its folder of questions.

    Args:
        folder: The folder of the collection's own ``.rq`` files. Where there is none, it has no questions of its own.
        general: The folder of the tool's questions, of which those about films in general can be asked too: a question
            whose own file says which rows it gives is about the collection beside it.
    """

    def __init__(self, folder: str, *, general: str = "") -> None:
        self.folder = folder
        self.general = "" if general == folder else general
        self._known: dict[str, tuple[Question, _Version]] = {}

    @property
    def collection(self) -> str:
        """The folder of the collection whose questions these are; the tool's, where a store has none of its own."""
        return os.path.dirname(self.folder or self.general)

    def names(self) -> list[str]:
        """The names of all questions, sorted.

        Raises:
            FileError: A file's name cannot be the name of a question.
        """
        return sorted(self._paths())

    def question(self, name: str) -> Question:
        """The question of that name.

        Raises:
            UnknownQueryError: There is none.
            FrontMatterError: The header of its file, or the file of its examples, is wrong.
            FileError: Its file cannot be read, or is no SPARQL.
        """
        known = self._known.get(name)
        if known is not None and known[1] == self._version(name):
            return known[0]
        paths = self._paths()
        if name not in paths:
            near = import_module("filmgraph.text.nearest").nearest(name, sorted(paths))
            raise UnknownQueryError(
                f"There is no question '{name}'.",
                name=name,
                choices=near,
                hint=None if near else "List all questions with: filmgraph ask",
            )
        # Before the files are read: who writes one meanwhile makes it another.
        version = self._version(name)
        question = CompiledQuestions(self._files(paths)).question(name)
        self._known[name] = question, version
        return question

    def own(self) -> list[str]:
        """The questions of which the collection says something, its own and those with examples; without one, all."""
        paths = self._paths()
        if not self.general or not self.folder:
            return sorted(paths)
        own = _questions(self.folder)
        return sorted(name for name in paths if name in own or os.path.isfile(self._examples(name)))

    def __iter__(self) -> Iterator[Question]:
        paths = self._paths()
        questions = CompiledQuestions(self._files(paths))
        for name in sorted(paths):
            yield questions.question(name)

    def __len__(self) -> int:
        return len(self._paths())

    def _paths(self) -> dict[str, str]:
        """The file of each question, by its name."""
        general = {
            name: path for name, path in _questions(self.general).items() if _EXPECTING not in b"\n" + read(path)
        }
        return general | _questions(self.folder)

    def _version(self, name: str) -> _Version:
        """Return a value that changes whenever a file that a question is made of is written."""
        own, general = f"{self.folder}/{name}.rq", f"{self.general}/{name}.rq"
        return tuple(map(_state, (own, general, self._examples(name))))

    def _examples(self, name: str) -> str:
        return f"{self.folder}/examples/{name}.yaml"

    def _files(self, paths: dict[str, str]) -> dict[str, Files]:
        try:
            examples = set(os.listdir(f"{self.folder}/examples"))
        except OSError:
            examples = set()
        found = {}
        for name in sorted(paths):
            beside = self._examples(name) if f"{name}.yaml" in examples else ""
            found[name] = Files(paths[name], _file(paths[name]), beside, _file(beside) if beside else None)
        return found


def _questions(folder: str) -> dict[str, str]:
    """The ``.rq`` files of a folder, by the names of their questions."""
    if not folder:
        return {}
    try:
        files = os.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    names = sorted(name[:-3] for name in files if name.endswith(".rq") and not name.startswith("."))
    for name in names:
        # Words of lower-case letters and digits; a pattern would take longer to compile than to use.
        if not all(part.isascii() and part.isalnum() and part == part.lower() for part in name.split("-")):
            raise FileError(
                "A question's name has only lower-case letters, digits and hyphens.",
                path=f"{folder}/{name}.rq",
                hint="Rename the file.",
            )
    return {name: f"{folder}/{name}.rq" for name in names}


def _state(path: str) -> State | None:
    """Return the modification time, size and inode of a file; None if there is no such file."""
    try:
        return _file(path)
    except FileError:
        return None


def _file(path: str) -> State:
    try:
        found = os.stat(path)
    except OSError as error:
        raise FileError(f"The file cannot be read: {error.strerror or error}.", path=path) from error
    if not stat.S_ISREG(found.st_mode):
        raise FileError("This is no file.", path=path, hint="Take it out of the folder of questions.")
    return found.st_mtime_ns, found.st_size, found.st_ino
