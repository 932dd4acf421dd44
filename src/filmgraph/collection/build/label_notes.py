"""Label notes: the properties that labels are made from, kept on disk until all facts are read."""

from __future__ import annotations

import marshal
import struct
from typing import IO, TYPE_CHECKING, Self

from filmgraph.collection.build.derived_text import BUCKETS, bucket_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from filmgraph.collection.labels import Properties


_LENGTH = struct.Struct("<Q")


class Notes:
    """Writer of note files: one for each bucket, and one of names.

    Args:
        stem: What their names start with.
    """

    def __init__(self, stem: str) -> None:
        self._stem = stem
        self._files: dict[int, IO[bytes]] = {}
        self._names: IO[bytes] | None = None

    def add(self, notes: dict[str, Properties]) -> None:
        """Add the notes on some nodes."""
        buckets: list[dict[str, Properties]] = [{} for _ in range(BUCKETS)]
        for subject, properties in notes.items():
            buckets[bucket_of(subject)][subject] = properties
        for bucket, found in enumerate(buckets):
            if found:
                if bucket not in self._files:
                    self._files[bucket] = open(f"{self._stem}.{bucket}.notes", "ab")  # noqa: SIM115 -- closed below
                data = marshal.dumps(found)
                self._files[bucket].write(_LENGTH.pack(len(data)) + data)

    def name(self, names: set[str]) -> None:
        """Add folded names."""
        if names:
            if self._names is None:
                self._names = open(f"{self._stem}.names", "ab")  # noqa: SIM115 -- closed below
            self._names.write("".join([f"{name}\n" for name in names]).encode())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for file in (*self._files.values(), *((self._names,) if self._names else ())):
            file.close()


def noted(path: Path) -> Iterator[dict[str, Properties]]:
    """Yield the notes of a file in order.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        while head := file.read(_LENGTH.size):
            # In one piece: marshal takes a file apart by many small reads.
            yield marshal.loads(file.read(*_LENGTH.unpack(head)))  # noqa: S302 -- this build has just written it
