"""Sorted lines of any number: in memory while they are few, in temporary files when they are many.

A store gives its quads in an order of its own, and an export has to give the same bytes on any machine, without holding
millions of lines at a time.
"""

from __future__ import annotations

import heapq
import tempfile
from contextlib import ExitStack, contextmanager
from itertools import groupby, islice
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

IN_MEMORY = 200_000
"""How many lines are sorted at a time: some 40 MB of N-Quads."""


def sorted_lines(lines: Iterable[str], *, in_memory: int = IN_MEMORY) -> Iterator[str]:
    r"""The lines in order, each once. Each ends in a line feed and has none inside.

    The order is that of Unicode code points.

    >>> list(sorted_lines(["b\n", "a\n", "b\n"], in_memory=1))
    ['a\n', 'b\n']
    """
    source = iter(lines)
    chunk = sorted(set(islice(source, in_memory)))
    with ExitStack() as stack:
        runs: list[Iterable[str]] = []
        while chunk and (ahead := list(islice(source, in_memory))):
            runs.append(stack.enter_context(kept(chunk)))
            chunk = sorted(set(ahead))
        for line, _ in groupby(heapq.merge(*runs, chunk)):
            yield line


@contextmanager
def kept(lines: Iterable[str]) -> Iterator[IO[str]]:
    """Lines in a temporary file, to be read from its beginning, and again after ``seek(0)``."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n") as file:
        file.writelines(lines)
        file.seek(0)
        yield file
