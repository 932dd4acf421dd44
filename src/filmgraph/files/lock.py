"""Locks of files and folders, of which the system lets go when their holder dies: so what a dead one left is known."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SETTLING = 2.0
"""Seconds in which who has just made something takes its lock."""


def take(descriptor: int) -> bool:
    """Take the lock of an open file or folder, or say that another has it. It is let go of when it is closed.

    Raises:
        OSError: The file system has no locks.
    """
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 -- of this platform

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl  # noqa: PLC0415 -- of other platforms

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in {errno.EWOULDBLOCK, errno.EACCES}:
            return False
        raise
    return True


@contextmanager
def held(path: str) -> Iterator[None]:
    """Hold the lock of a file or folder while something is made in it, where the system has such locks."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:  # a folder, where folders cannot be opened
        yield
        return
    try:
        with suppress(OSError):  # else nobody will know that it is abandoned, and age has to tell
            take(descriptor)
        yield
    finally:
        os.close(descriptor)


def abandoned(path: str) -> bool:
    """Whether who made something with `held` has died; False where that cannot be told."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        return take(descriptor)
    except OSError:
        return False
    finally:
        os.close(descriptor)
