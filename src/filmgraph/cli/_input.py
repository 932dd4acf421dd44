"""Reading of standard input, and of the files that a command line names."""

from __future__ import annotations

import sys

from filmgraph.errors import FileError
from filmgraph.files.identity import is_stream

NAME = "standard input"
_OPENED = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")


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


def file_bytes(path: str, what: str) -> bytes:
    """All of a file, or of standard input (``-``).

    A named pipe may be waited for without end, and a device may have no end. What the shell opened already, as for
    ``<(command)``, is read.

    Args:
        path: The file.
        what: What it is, for the message: *The receipt*.

    Raises:
        FileError: It cannot be read.
    """
    if path == "-":
        return standard_input()
    if is_stream(path) and not path.startswith(_OPENED):
        raise FileError(
            "This is no file but a pipe, a socket or a device.", path=path, hint="Save what it gives in a file first."
        )
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise FileError(f"{what} cannot be read: {error.strerror or error}.", path=path) from error
