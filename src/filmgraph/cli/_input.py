"""Reading from standard input."""

from __future__ import annotations

import sys

from filmgraph.errors import FileError

NAME = "standard input"


def standard_input() -> bytes:
    """All of standard input.

    Raises:
        FileError: The shell closed it, or it cannot be read.
    """
    if sys.stdin is None:  # `<&-`
        raise FileError("It is closed, so nothing can be read from it.", path=NAME, hint="Name a file, or pipe it in.")
    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        raise FileError(f"It cannot be read: {error.strerror or error}.", path=NAME) from error
