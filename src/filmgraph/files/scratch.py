"""Folders for temporary files, of which none stays: what a killed process left, the next that makes one removes."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from filmgraph.files import lock

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX = "filmgraph-scratch-"


@contextmanager
def scratch_folder() -> Iterator[str]:
    """Make a folder in the place for temporary files, which ``TMPDIR`` names; it is gone at the end.

    Raises:
        OSError: It cannot be made.

    >>> with scratch_folder() as folder:
    ...     os.path.isdir(folder)
    True
    >>> os.path.exists(folder)
    False
    """
    _sweep(tempfile.gettempdir())
    with tempfile.TemporaryDirectory(prefix=_PREFIX) as folder, lock.held(folder):
        yield folder


def _sweep(place: str) -> None:
    """Remove the folders of processes that are no more; only this user's own."""
    try:
        with os.scandir(place) as found:
            left = [entry.path for entry in found if entry.name.startswith(_PREFIX) and _is_left(entry)]
    except OSError:
        return
    for path in left:
        shutil.rmtree(path, ignore_errors=True)


def _is_left(entry: os.DirEntry[str]) -> bool:
    try:
        state = entry.stat(follow_symlinks=False)
    except OSError:
        return False
    mine = not hasattr(os, "getuid") or state.st_uid == os.getuid()
    settled = time.time() - state.st_mtime > lock.SETTLING
    return mine and settled and stat.S_ISDIR(state.st_mode) and lock.abandoned(entry.path)
