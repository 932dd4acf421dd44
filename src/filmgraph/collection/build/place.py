"""The folder in which a store is built, and its atomic exchange with the previous store.

What is being made lies in ``.NAME.building`` beside ``NAME``, under a lock. Whoever holds the lock next clears it away.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from filmgraph.errors import StoreUnavailableError
from filmgraph.files.folder import exchanged
from filmgraph.files.lock import take
from filmgraph.store import CITED, MANIFEST, NAMES, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_OURS = {CITED, MANIFEST, NAMES, TABLES}
_ENGINES = {"CURRENT", "LOCK", "IDENTITY", "LOG"}
_ENGINES_STARTS = ("LOG.old.", "MANIFEST-", "OPTIONS-")
_ENGINES_ENDS = (".sst", ".log", ".dbtmp", ".blob")
_ATTEMPTS, _PAUSE = 40, 0.05


class Place:
    """The destination of a store, and the folder beside it in which it is built.

    Args:
        target: The folder of the store.

    Raises:
        StoreUnavailableError: It has no name, as the root of a file system has none.
    """

    def __init__(self, target: Path) -> None:
        if not target.name:
            raise StoreUnavailableError(
                f"{target} is no place for a store.", store=str(target), hint="Name a folder that is to be made."
            )
        self.target = target
        self.workshop = target.with_name(f".{target.name}.building")
        self.made = self.workshop / "store"
        self.parts = self.workshop / "parts"

    def publish(self) -> None:
        """Move the built store into place, and remove the previous one.

        Raises:
            OSError: It cannot be renamed.
        """
        if not self.target.exists():
            self.made.rename(self.target)
            return
        if not exchanged(self.made, self.target):
            # Between these two steps the old store lies in the workshop, where `opened` finds it.
            before = self.workshop / "before"
            self.target.rename(before)
            self.made.rename(self.target)

    def check(self) -> None:
        """Refuse to replace anything but a store that filmgraph built.

        Raises:
            StoreUnavailableError: Something else is there, or a writer has the store open.
        """
        target = str(self.target)
        if not self.target.exists() and not self.target.is_symlink():
            return
        if not self.target.is_dir() or self.target.is_symlink():
            raise StoreUnavailableError(
                f"{target} is no folder, so no store can be built there.", store=target, hint="Name another folder."
            )
        names = os.listdir(self.target)
        if not names:
            return
        foreign = sorted(name for name in names if not _is_ours(name))
        if MANIFEST not in names or foreign:
            what = f"it holds {foreign[0]}" if foreign else "it is an Oxigraph store that filmgraph did not build"
            raise StoreUnavailableError(
                f"{target} is not empty and not a store that filmgraph built: {what}. Nothing was changed.",
                store=target,
                hint="Name another folder, or remove this one yourself.",
            )
        if _is_written(self.target / "LOCK"):
            raise StoreUnavailableError(
                f"Another program has the store {target} open for writing.", store=target, hint="Close it first."
            )


def _is_ours(name: str) -> bool:
    return name in _OURS or name in _ENGINES or name.startswith(_ENGINES_STARTS) or name.endswith(_ENGINES_ENDS)


@contextmanager
def opened(target: Path) -> Iterator[Place]:
    """Lock the destination for one builder, and clear what earlier builders left, before and after.

    Raises:
        StoreUnavailableError: Another process builds there, or something else is in the place.
        OSError: The folder beside the place cannot be made.
    """
    place = Place(target)
    place.check()
    with _locked(place):
        before = place.workshop / "before"
        if before.exists() and not target.exists():
            before.rename(target)
        _clear(place.workshop)
        place.check()
        place.made.mkdir()
        place.parts.mkdir()
        try:
            yield place
        finally:
            _remove(place.workshop)


def _remove(workshop: Path) -> None:
    """Remove the work folder; retry while the engine still writes to it after a failure."""
    for _ in range(_ATTEMPTS):
        shutil.rmtree(workshop, ignore_errors=True)
        if not workshop.exists():
            return
        time.sleep(_PAUSE)


def _clear(workshop: Path) -> None:
    for entry in workshop.iterdir():
        if entry.name != "lock":
            shutil.rmtree(entry)


@contextmanager
def _locked(place: Place) -> Iterator[None]:
    """Hold the lock of the work folder, which the system releases when its holder dies."""
    path = place.workshop / "lock"
    while True:
        place.workshop.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except FileNotFoundError:
            continue  # its last holder has just removed the workshop
        if not take(descriptor):
            os.close(descriptor)
            raise StoreUnavailableError(
                f"Another process is building the store {place.target}.",
                store=str(place.target),
                hint="Wait until it has ended.",
            )
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(descriptor), path.stat()):
                break
        os.close(descriptor)
    try:
        yield
    finally:
        os.close(descriptor)


def _is_written(lock: Path) -> bool:
    """Whether another process holds the engine's lock."""
    if sys.platform == "win32":
        return False  # renaming an open folder fails there anyway
    import fcntl  # noqa: PLC0415 -- of other platforms

    try:
        with lock.open("r+b") as file:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError as error:
        return error.errno in {errno.EWOULDBLOCK, errno.EACCES}
    return False
