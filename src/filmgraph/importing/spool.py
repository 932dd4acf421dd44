"""The statements of an import on disk: they are matched before they are written, and need not all be in memory."""

from __future__ import annotations

import marshal
import struct
import tempfile
from typing import TYPE_CHECKING, NamedTuple, Self, TypeAlias

from filmgraph.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.importing.mapping import CitedTriple

_LENGTH = struct.Struct("<Q")
_AT_ONCE = 2_000

Terms: TypeAlias = tuple[str, str, str]
"""A triple, its terms as N-Triples writes them."""
Passage: TypeAlias = tuple[int, int, str]
"""Where the passage of a cell starts and ends, and its locator."""


class StatedTriple(NamedTuple):
    """A triple, the passages of the cells that state it, and those of the cells needed to understand these."""

    terms: Terms
    cells: tuple[Passage, ...]
    needs: tuple[Passage, ...]
    record: int


class StatementSpool:
    """A temporary file of cited triples, in the order in which they are added; it is gone when it is closed."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Terms, tuple[Passage, ...], tuple[Passage, ...], int]] = []
        try:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 -- closed by who closes the spool
        except OSError as error:
            raise _unwritable(error) from error

    def add(self, statement: CitedTriple) -> Terms:
        """Add a triple, and return its terms.

        Raises:
            OutputError: The temporary file cannot be written.
        """
        triple = statement.triple
        terms = (str(triple.subject), str(triple.predicate), str(triple.object))
        cells, needs = tuple([cell[1:4] for cell in statement.cells]), tuple([cell[1:4] for cell in statement.needs])
        self._waiting.append((terms, cells, needs, statement.record))
        if len(self._waiting) >= _AT_ONCE:
            self._write()
        return terms

    def __iter__(self) -> Iterator[StatedTriple]:
        """Yield all triples that were added.

        Raises:
            OutputError: The temporary file cannot be written.
        """
        self._write()
        self._file.seek(0)
        while head := self._file.read(_LENGTH.size):
            data = self._file.read(*_LENGTH.unpack(head))
            yield from map(StatedTriple._make, marshal.loads(data))  # noqa: S302 -- this import has just written it

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def _write(self) -> None:
        data = marshal.dumps(self._waiting)
        self._waiting = []
        try:
            self._file.write(_LENGTH.pack(len(data)) + data)
            self._file.flush()
        except OSError as error:
            raise _unwritable(error) from error


def _unwritable(error: OSError) -> OutputError:
    return OutputError(
        f"Temporary files, which an import needs, cannot be written: {error.strerror or error}.",
        path=tempfile.gettempdir(),
        hint="Make room there, or name another folder in TMPDIR.",
    )
