"""Writing a file so that it is there whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import suppress
from importlib import import_module
from typing import IO, TYPE_CHECKING, cast

from filmgraph.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def write(path: str | os.PathLike[str], pieces: Iterable[bytes]) -> None:
    """Write a file of these pieces; see `fill`.

    Raises:
        OutputError: It cannot be written; what was there before is untouched.
    """
    fill(path, lambda file: file.writelines(pieces))


def fill(path: str | os.PathLike[str], writer: Callable[[IO[bytes]], object]) -> None:
    """Let a writer write a file: beside its place first, then renamed into it.

    What a process that was killed has left there is taken away first. What is no regular file, such as a pipe, is
    written in place. A file that holds something is never replaced by one that holds nothing: that is what is left
    where a pipe broke or a query was wrong.

    Raises:
        OutputError: It cannot be written; what was there before is untouched.
    """
    try:
        target = os.path.realpath(path)
        # What the name leads to counts: /dev/stdout leads to a pipe, whose own name names nothing.
        before = os.stat(path)
        mode, length = before.st_mode, before.st_size
    except FileNotFoundError:
        mode, length = stat.S_IFREG, 0
    except (OSError, ValueError) as error:
        raise _not_written(path, error) from error
    beside = f"{target}.{os.getpid()}.part"
    try:
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(21, "Is a directory")
        if not stat.S_ISREG(mode):
            with open(os.fspath(path), "wb") as file:
                writer(cast("IO[bytes]", file))
            return
        try:
            _place(target, beside, stat.S_IMODE(mode), writer, lambda size: _refuse_nothing(path, length, size))
        except BaseException:
            _remove(beside)
            raise
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        raise _not_written(path, error) from error


def _refuse_nothing(path: str | os.PathLike[str], before: int, now: int) -> None:
    if before and not now:
        raise OutputError(
            "The file holds something, and would be replaced by nothing. It is left as it was.",
            path=os.fspath(path),
            hint="Remove it first, if it is not needed.",
        )


def _not_written(path: str | os.PathLike[str], error: OSError | ValueError) -> OutputError:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    hint = _room() if isinstance(error, OSError) and error.errno == errno.ENOSPC else None
    return OutputError(f"The file cannot be written: {reason}.", path=os.fspath(path), hint=hint)


def _room() -> str:
    """Return the hint for a full disk; big exports are sorted in temporary files, which may be what does not fit."""
    import tempfile  # noqa: PLC0415 -- only after an error

    return f"Make room there, or in {tempfile.gettempdir()}, where temporary files go (TMPDIR names another folder)."


def _place(
    target: str, beside: str, mode: int, writer: Callable[[IO[bytes]], object], allow: Callable[[int], None]
) -> None:
    """Write a file beside its place, under a lock until it is there."""
    lock = import_module("filmgraph.files.lock")
    _clear(target, lock.abandoned)
    with open(beside, "xb") as file:
        with suppress(OSError):  # without locks nobody can tell later that it is abandoned
            lock.take(file.fileno())
        kept = -1 if sys.platform == "win32" else os.dup(file.fileno())  # the lock lasts as long as one of the two
        try:
            writer(cast("IO[bytes]", file))
            file.close()
            allow(os.path.getsize(beside))
            if mode:
                os.chmod(beside, mode)
            os.replace(beside, target)
        finally:
            if kept >= 0:
                os.close(kept)


def _clear(target: str, abandoned: Callable[[str], bool]) -> None:
    """Take away what processes that were killed have left beside a file: nobody holds its lock any more."""
    folder, name = os.path.split(target)
    try:
        beside = os.listdir(folder)
    except OSError:
        return  # it can be written, and not read
    for part in beside:
        number = part.removeprefix(f"{name}.").removesuffix(".part")
        if part == f"{name}.{number}.part" and number.isdecimal() and abandoned(f"{folder}/{part}"):
            _remove(f"{folder}/{part}")


def _remove(path: str) -> None:
    with suppress(OSError):  # it was never made
        os.unlink(path)
