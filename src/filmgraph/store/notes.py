"""Notes: what the parts of a collection say that labels and names are made of, on disk until all parts are read."""

from __future__ import annotations

import marshal
from typing import IO, Self

from filmgraph.store.part import BUCKETS


class Notes:
    """Files of notes, one for each bucket, and one of names.

    Args:
        stem: What their names start with.
    """

    def __init__(self, stem: str) -> None:
        self._stem = stem
        self._files: dict[int, IO[bytes]] = {}
        self._names: IO[bytes] | None = None

    def add(self, notes: list[dict[str, int]]) -> None:
        """Add the notes of a part."""
        for bucket, found in enumerate(notes):
            if found:
                if bucket not in self._files:
                    self._files[bucket] = open(f"{self._stem}.{bucket}.notes", "ab")  # noqa: PTH123, SIM115 -- closed below
                marshal.dump(found, self._files[bucket])

    def name(self, names: set[str]) -> None:
        """Add folded names."""
        if names:
            if self._names is None:
                self._names = open(f"{self._stem}.names", "ab")  # noqa: PTH123, SIM115 -- closed below
            self._names.write("".join([f"{name}\n" for name in names]).encode())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for file in (*self._files.values(), *((self._names,) if self._names else ())):
            file.close()


def no_notes() -> list[dict[str, int]]:
    """Empty notes."""
    return [{} for _ in range(BUCKETS)]
