"""Whether two paths lead to one file, through links and different spellings too."""

from __future__ import annotations

import os
import stat


def same(path: str, other: str) -> bool:
    """Whether two paths lead to one file or folder; to one that is not there yet, too.

    >>> same("a/../answer.json", "./answer.json")
    True
    """
    try:
        return path == other or os.path.samefile(path, other)
    except OSError:
        pass  # one of them is still to be made
    try:
        return os.path.realpath(path) == os.path.realpath(other)
    except ValueError:
        return False  # a NUL character names nothing


def is_opened_as(path: str, descriptor: int) -> bool:
    """Whether a path leads to the file or pipe that is open under a descriptor; a device is never taken for one."""
    try:
        opened, named = os.fstat(descriptor), os.stat(path)
    except (OSError, ValueError):
        return False
    return os.path.samestat(opened, named) and not stat.S_ISCHR(opened.st_mode)


def is_stream(path: str) -> bool:
    """Whether a path leads to what is no file on a disk: a pipe, a terminal, a device.

    >>> is_stream("/dev/null"), is_stream("answer.csv")
    (True, False)
    """
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError):
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)
