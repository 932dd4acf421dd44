"""The passages of an import on disk: they are matched before they are written, and need not all be in memory."""

from __future__ import annotations

import marshal
import struct
import tempfile
from typing import TYPE_CHECKING, Self, TypeAlias

from filmgraph.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

_LENGTH = struct.Struct("<Q")

Span: TypeAlias = tuple[int, int]
"""Where a passage starts and ends."""
Terms: TypeAlias = tuple[str, str, str]
"""A triple, its terms as N-Triples writes them."""
StatedPassage: TypeAlias = tuple[Span, str, list[Span], list[Terms], bool]
"""A passage, its locator, the passages it needs, the triples it states, and whether its values are computed."""
PassageBatch: TypeAlias = tuple[list[StatedPassage], list[tuple[Span, str]]]
"""The passages of some hundred records in order, and the locators of those that they need."""


class PassageSpool:
    """A temporary file of passages and what they state, in the order in which they are added; closing it removes it.

    Raises:
        OutputError: The temporary file cannot be made.
    """

    def __init__(self) -> None:
        try:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 -- closed by who closes the spool
        except OSError as error:
            raise _unwritable(error) from error

    def add(self, batch: PassageBatch) -> None:
        """Add passages.

        Raises:
            OutputError: The temporary file cannot be written.
        """
        data = marshal.dumps(batch)
        try:
            self._file.write(_LENGTH.pack(len(data)) + data)
            self._file.flush()
        except OSError as error:
            raise _unwritable(error) from error

    def __iter__(self) -> Iterator[PassageBatch]:
        """Yield all batches that were added."""
        self._file.seek(0)
        while head := self._file.read(_LENGTH.size):
            data = self._file.read(*_LENGTH.unpack(head))
            yield marshal.loads(data)  # noqa: S302 -- this import has just written it

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def _unwritable(error: OSError) -> OutputError:
    return OutputError(
        f"Temporary files, which an import needs, cannot be written: {error.strerror or error}.",
        path=tempfile.gettempdir(),
        hint="Make room there, or name another folder in TMPDIR.",
    )
