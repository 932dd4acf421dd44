"""Telling who asks a question that reads a whole store how long that takes, before and while it does."""

from __future__ import annotations

import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from filmgraph.store.manifest import statements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.catalogue import Question
    from filmgraph.graph import Graph

_LONG = 2.0
"""Seconds that nobody is told of beforehand."""


@contextmanager
def waiting(graph: Graph, question: Question) -> Iterator[None]:
    """Say on standard error what a question reads, and about how long that takes; on a terminal, how long it has taken.

    Nothing is said of a question that takes a moment, nor of stores whose size is not known.
    """
    origin = graph.store.origin
    size = statements(origin.path) if origin.kind in {"store", "collection"} else 0
    expected = question.seconds_per_million * size / 1e6
    if expected < _LONG:
        yield
        return
    click.echo(
        f"'{question.name}' reads all that it is about, in {size:,} statements: about {_rounded(expected)}.", err=True
    )
    if not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    teller = threading.Thread(target=_tell, args=(done, expected), name="filmgraph-waiting", daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()


def _tell(done: threading.Event, expected: float) -> None:
    begin = time.monotonic()
    while not done.wait(1.0):
        click.echo(f"\r  {time.monotonic() - begin:.0f} s of about {_rounded(expected)} ", nl=False, err=True)
    click.echo("\r\x1b[K", nl=False, err=True)


def _rounded(seconds: float) -> str:
    """A time with one digit that counts, as nobody knows more beforehand."""
    if seconds < 60:  # noqa: PLR2004 -- seconds of a minute
        return f"{seconds:.0f} s" if seconds < 10 else f"{round(seconds, -1):.0f} s"  # noqa: PLR2004
    minutes = round(seconds / 60)
    return f"{minutes} minute{'' if minutes == 1 else 's'}"
