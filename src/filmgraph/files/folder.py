"""Writing a folder so that it is there whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from filmgraph.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


@contextmanager
def made_whole(target: Path, mark: str) -> Iterator[Path]:
    """A new folder beside a place, which takes the place when all went well.

    What processes that were killed have left beside it is taken away first. What is in the place is replaced where it
    is an empty folder or was made so: where it holds a file of the name ``mark``.

    Args:
        target: The place.
        mark: The name of a file that the folder will hold.

    Raises:
        OutputError: Something else is in the place, or the folder cannot be written; nothing was changed.
    """
    _refuse_foreign(target, mark)
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        for name in os.listdir(target.parent):
            if name.startswith(f".{target.name}.") and name.endswith(".part") and _is_abandoned(name):
                shutil.rmtree(target.parent / name, ignore_errors=True)
        beside.mkdir()
        try:
            yield beside
            if target.exists() and not exchanged(beside, target):
                target.rename(beside.with_suffix(".before.part"))
            if beside.exists() and not target.exists():
                beside.rename(target)
        finally:
            for one in (beside, beside.with_suffix(".before.part")):
                shutil.rmtree(one, ignore_errors=True)
    except OSError as error:
        raise OutputError(f"The folder cannot be written: {error.strerror or error}.", path=str(target)) from error


def exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, where the system can: https://man7.org/linux/man-pages/man2/rename.2.html."""
    import ctypes  # noqa: PLC0415 -- only who writes folders needs it

    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return bool(library.renamex_np(os.fsencode(one), os.fsencode(other), _RENAME_EXCHANGE) == 0)
        call = library.renameat2
    except (OSError, AttributeError, TypeError):
        return False
    return bool(call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)


def _refuse_foreign(target: Path, mark: str) -> None:
    if not target.name:
        raise OutputError("This is no place for a folder.", path=str(target), hint="Name a folder that is to be made.")
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise OutputError("This is no folder.", path=str(target), hint="Name another place.")
    if target.is_dir() and (names := os.listdir(target)) and mark not in names:
        raise OutputError(
            f"The folder holds {min(names)}, and was not made by this command. Nothing was changed.",
            path=str(target),
            hint="Name another folder, or empty this one yourself.",
        )


def _is_abandoned(name: str) -> bool:
    """Whether the process that made a folder has ended; its number stands in the name."""
    number = name.split(".")[-2]
    if not number.isdigit():
        return False
    with suppress(PermissionError):
        try:
            os.kill(int(number), 0)
        except (ProcessLookupError, OverflowError):
            return True
    return False
