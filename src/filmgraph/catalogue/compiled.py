"""Questions read from their files, and kept in the cache so that nobody pays for YAML twice.

A question's file is read, checked and cut at its parameters once.
The result is kept as ``marshal`` data under a key made of the states of all files of the catalogue.
"""

from __future__ import annotations

import marshal
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from filmgraph.catalogue.question import Question
from filmgraph.errors import FileError, FilmgraphError
from filmgraph.files import cache, code
from filmgraph.files.digest import blake2b
from filmgraph.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping


State = tuple[int, int, int]
"""When a file was changed, in nanoseconds, its size in bytes, and its number on the disk."""


class Files(NamedTuple):
    """The file of a question and that of its examples, which may be missing: their paths and states."""

    path: str
    state: State
    examples_path: str = ""
    examples_state: State | None = None


class CompiledQuestions:
    """The questions of a catalogue as the cache has them; those that it has not are read from their files.

    Args:
        files: The files of every question of the catalogue, by its name.
    """

    def __init__(self, files: Mapping[str, Files]) -> None:
        self._files = files
        key = _key(files)
        self._entry = cache.find(key)
        if self._entry is None:
            cache.make(key, lambda beside: _keep(files, beside))

    def question(self, name: str) -> Question:
        """One question.

        Raises:
            FrontMatterError: The header of its file, or the file of its examples, is wrong.
            FileError: Its file is no UTF-8, is no SPARQL, or its parameters and its header do not agree.
        """
        kept = _kept(f"{self._entry}/{name}") if self._entry is not None else None
        return compiled(name, self._files[name]) if kept is None else _thawed(name, self._files[name].path, kept)


def compiled(name: str, files: Files) -> Question:
    """Read, check and cut the file of a question."""
    examples = read(files.examples_path) if files.examples_path else b""
    question: Question = import_module("filmgraph.catalogue.compiler").compiled(
        name, files.path, read(files.path), files.examples_path, examples
    )
    return question


def read(path: str) -> bytes:
    """The bytes of a file of questions.

    Raises:
        FileError: It cannot be read.
    """
    try:
        with open(path, "rb", buffering=0) as file:
            return file.read()
    except OSError as error:
        raise FileError(f"The file cannot be read: {error.strerror or error}.", path=path) from error


def _keep(files: Mapping[str, Files], beside: str) -> None:
    for name, found in files.items():
        try:
            question = compiled(name, found)
        except FilmgraphError:
            continue  # who asks this question is told
        with open(f"{beside}/{name}", "wb") as file:
            file.write(marshal.dumps(_frozen(question)))


def _kept(path: str) -> object:
    try:
        with open(path, "rb") as file:
            return marshal.loads(file.read())  # noqa: S302 -- the user's own cache, which a store in it needs as well
    except (OSError, ValueError, EOFError, TypeError):
        return None


def _key(files: Mapping[str, Files]) -> str:
    total = blake2b(digest_size=16)
    for name, found in files.items():
        total.update(f"{name}\0{found.state}\0{found.examples_state}\n".encode())
    made_by = f"{__version__}-{sys.implementation.cache_tag}-{code.state(code.QUESTIONS)}"
    return f"questions-{total.hexdigest()}-{made_by}"


def _frozen(question: Question) -> tuple[Any, ...]:
    """A question as tuples that ``marshal`` takes: it takes no named ones."""
    return tuple(question._replace(parameters=tuple(map(tuple, question.parameters))))  # type: ignore[arg-type]


def _thawed(name: str, path: str, kept: object) -> Question:
    assert isinstance(kept, tuple)  # noqa: S101 -- what _frozen made, under a key that says so
    question = Question(*kept)._replace(name=name, path=path)
    if not question.parameters:
        return question
    parameter = import_module("filmgraph.catalogue.parameter").Parameter
    return question._replace(parameters=tuple(parameter(*one) for one in question.parameters))
