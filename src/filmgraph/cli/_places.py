"""Where a command reads and writes: no two outputs to one place, and none over what is read."""

from __future__ import annotations

import os
import sys
from itertools import combinations
from typing import TYPE_CHECKING

import click

from filmgraph.cli._session import settings_of
from filmgraph.collection.folder import Collection
from filmgraph.collection.resources import root
from filmgraph.errors import FilmgraphError
from filmgraph.files.identity import is_opened_as, is_stream, same

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TEXTS = "sources"


def refuse_one_place(
    ctx: click.Context,
    path: str | os.PathLike[str] | None,
    *,
    receipt: str | None = None,
    reads: Mapping[str, str] | None = None,
) -> None:
    """Refuse outputs that would overwrite each other, or what the command reads.

    Args:
        ctx: The command's.
        path: What ``-o`` names; None for standard output.
        receipt: What ``--receipt`` names.
        reads: The other files that the command reads, by what a message calls them.

    Raises:
        click.UsageError: Two of them lead to one file.
    """
    path = None if path is None else os.fspath(path)
    files = [(name, one) for name, one in (("-o", path), ("--receipt", receipt)) if one is not None]
    for (name, one), (other_name, other) in combinations(files, 2):
        if same(one, other) and not _is_nowhere(one):
            raise click.UsageError(f"{name} and {other_name} name one file, '{other}': one of them would be lost.", ctx)
    if path is None and receipt is not None and _is_standard_output(receipt):
        raise click.UsageError(
            f"--receipt names what the answer is written to, '{receipt}': one of them would be lost.", ctx
        )
    if not files:
        return
    for what, read in _read(ctx, reads or {}):
        for name, one in files:
            if same(one, read) and not is_stream(one):
                raise click.UsageError(f"{name} names {what}, '{one}', which would be overwritten.", ctx)


def _is_nowhere(path: str) -> bool:
    return same(path, os.devnull)


def _is_standard_output(path: str) -> bool:
    try:
        return is_opened_as(path, sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        return False  # it is closed, or no file


def _read(ctx: click.Context, reads: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the inputs of a command, each in words and with its path."""
    yield from ((what, path) for what, path in reads.items() if path not in {"", "-"})
    settings = settings_of(ctx)
    if settings.store is not None and os.path.isfile(settings.store):
        yield "the file that is asked", settings.store
    if settings.store is not None and settings.collection is None:
        return
    try:
        files = Collection(settings.collection or root()).files()
    except FilmgraphError:
        return  # who opens it in earnest gets the error
    for file in files:
        yield "a file of the collection", file.path
    for folder, _, names in os.walk(f"{settings.collection or root()}/{_TEXTS}"):
        for name in names:
            yield "the text of a source", f"{folder}/{name}"


def naming_a_collection(command: str) -> str:
    """Return the hint for a command that writes into a collection of one's own, where none was named."""
    if os.path.isdir("data") and os.path.isdir(_TEXTS):
        return f"This folder looks like one: filmgraph -C . {command} FILE"
    return f"Name its folder: filmgraph -C my-films {command} FILE. To start one: filmgraph new my-films"
