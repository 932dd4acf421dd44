"""The user's cache folder: what may be deleted at any time, and is never needed.

An entry is a folder, named by a key that says what it was made of. It is made beside its place and renamed into it, so
other processes see it whole or not at all. Where nothing can be written, there is no cache, and that is no error.
"""

from __future__ import annotations

import os
import sys
import time
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_KEPT = 4
_ABANDONED_AFTER = 3600.0  # seconds after which a half-made entry has no maker any more


def folder() -> str | None:
    """The cache folder, which need not exist: ``FILMGRAPH_CACHE``, else filmgraph's place in the platform's.

    None where the user wants none (``FILMGRAPH_CACHE`` is empty) or has no home.
    """
    named = os.environ.get("FILMGRAPH_CACHE")
    if named is not None:
        return named or None
    # https://specifications.freedesktop.org/basedir-spec/latest/#variables: relative paths are to be ignored.
    base = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(base):
        base = _platform_folder()
    return f"{base}/filmgraph" if os.path.isabs(base) else None


def _platform_folder() -> str:
    if sys.platform == "win32":
        return os.environ.get("LOCALAPPDATA", "")
    home = os.path.expanduser("~")
    return f"{home}/Library/Caches" if sys.platform == "darwin" else f"{home}/.cache"


def find(key: str) -> str | None:
    """The entry of a key, or None. It counts as used now."""
    base = folder()
    if base is None:
        return None
    path = f"{base}/{key}"
    try:
        os.utime(path)
    except FileNotFoundError:
        return None
    except OSError:  # the folder may be read, but not changed
        return path if os.path.isdir(path) else None
    return path


def make(key: str, fill: Callable[[str], None]) -> str | None:
    """Make the entry of a key, or take the one that another process has made meanwhile.

    Args:
        key: The name of the entry.
        fill: Writes the entry into the empty folder that it is given.

    Returns:
        The entry, or None where nothing can be written.
    """
    # Needed by who makes an entry, and not by who finds one.
    import shutil  # noqa: PLC0415
    import tempfile  # noqa: PLC0415

    base = folder()
    if base is None:
        return None
    path = f"{base}/{key}"
    try:
        os.makedirs(base, mode=0o700, exist_ok=True)
        beside = tempfile.mkdtemp(prefix="making-", dir=base)
    except OSError:
        return None
    try:
        with import_module("filmgraph.files.lock").held(beside):
            fill(beside)
        os.rename(beside, path)
    except OSError:
        # No room, or another process was faster: a folder that is not empty is not replaced.
        return path if os.path.isdir(path) else None
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    _prune(base, key)
    return path


def discard(key: str) -> None:
    """Remove the entry of a key, if there is one and it can be removed."""
    import shutil  # noqa: PLC0415 -- rarely needed

    base = folder()
    if base is not None:
        shutil.rmtree(f"{base}/{key}", ignore_errors=True)


def _prune(base: str, key: str) -> None:
    """Remove all but the entries last used, and what makers that died have left behind."""
    import shutil  # noqa: PLC0415 -- rarely needed

    lock = import_module("filmgraph.files.lock")
    kind = key.partition("-")[0]
    entries: list[tuple[float, str]] = []
    try:
        with os.scandir(base) as found:
            for entry in found:
                used = entry.stat().st_mtime
                if entry.name.startswith("making-"):
                    old = time.time() - used
                    if old > _ABANDONED_AFTER or (old > lock.SETTLING and lock.abandoned(entry.path)):
                        shutil.rmtree(entry.path, ignore_errors=True)
                elif entry.name.startswith(f"{kind}-"):
                    entries.append((used, entry.path))
    except OSError:
        return
    for _, path in sorted(entries, reverse=True)[_KEPT:]:
        shutil.rmtree(path, ignore_errors=True)
