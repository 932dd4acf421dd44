"""The engine's tables: their digests and states, by which a store is known to be whole before it is opened.

The engine does not notice a damaged table: what it reads there may end the process. So the digest of each is noted when
a store is built, with size and times. As long as these are what they were, a file is taken to be what it was; else it
is read and compared.
"""

from __future__ import annotations

import os
from importlib import import_module

from filmgraph.store import TABLES

_FIELDS = 5


def text(folder: str) -> str:
    """Return what is noted of the engine's files: digest, size, times of change and name of each, one a line.

    Raises:
        OSError: One cannot be read.
    """
    return "".join(f"{_digest(f'{folder}/{name}')} {_state(f'{folder}/{name}')} {name}\n" for name in _names(folder))


def altered(folder: str, *, read: bool = False) -> str:
    """Return the name of a file of the engine that is not as it was noted; empty where all are, or nothing was noted.

    Args:
        folder: The folder of the store.
        read: Read every file, not only those whose size or times have changed.

    Raises:
        OSError: One cannot be read.
    """
    noted = _noted(folder)
    if not noted:
        return ""  # a store of another maker
    names = _names(folder)
    if _is_written_since(folder, noted):
        # Its own tables are never changed, only left out; what others added was not noted.
        names = [name for name in names if name.endswith(".sst") and name in noted]
    elif missing := noted.keys() ^ set(names):
        return min(missing)
    touched = [name for name in names if read or noted[name][1] != _state(f"{folder}/{name}")]
    if not touched or (not read and _known(folder, touched)):
        return ""
    found = next((name for name in touched if _digest(f"{folder}/{name}") != noted[name][0]), "")
    if not found and not read:
        _keep(folder, touched)
    return found


def current(folder: str) -> str:
    """Return the name of the engine's list of tables, which is another one whenever somebody has opened it to write.

    Raises:
        OSError: It cannot be read.
    """
    with open(f"{folder}/CURRENT", encoding="utf-8", errors="replace") as file:
        return file.read().strip()


def _names(folder: str) -> list[str]:
    return sorted(
        name
        for name in os.listdir(folder)
        if name.endswith(".sst") or name == "CURRENT" or name.startswith("MANIFEST-")
    )


def _is_written_since(folder: str, noted: dict[str, tuple[str, str]]) -> bool:
    """Whether another program has opened the store to write: the engine then begins another list of its tables."""
    try:
        name = current(folder)
    except FileNotFoundError:
        return False
    return name.startswith("MANIFEST-") and name not in noted and os.path.exists(f"{folder}/{name}")


def _noted(folder: str) -> dict[str, tuple[str, str]]:
    """By name the digest and the state of each file that was noted."""
    try:
        with open(f"{folder}/{TABLES}", encoding="utf-8", errors="replace") as file:
            lines = [line.split(" ") for line in file.read().splitlines()]
    except FileNotFoundError:
        return {}
    # Who wrote another form, or damaged it, noted no state: then every file is read.
    return {line[-1]: (line[0], " ".join(line[1:-1]) if len(line) == _FIELDS else "") for line in lines}


def _state(path: str) -> str:
    found = os.stat(path)
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}"


def _digest(path: str) -> str:
    # Whoever opens a store that nobody touched needs no digest.
    made: str = import_module("filmgraph.store.manifest").digest(path)
    return made


def _known(folder: str, names: list[str]) -> bool:
    """Whether files of a copied store were compared before, in the states that they have."""
    cache = import_module("filmgraph.files.cache")
    return cache.find(_key(folder, names)) is not None


def _keep(folder: str, names: list[str]) -> None:
    import_module("filmgraph.files.cache").make(_key(folder, names), lambda _: None)


def _key(folder: str, names: list[str]) -> str:
    total = import_module("filmgraph.files.digest").blake2b(digest_size=16)
    total.update(os.path.abspath(folder).encode(errors="surrogateescape"))
    total.update("".join(f"\0{_state(f'{folder}/{name}')} {name}" for name in names).encode())
    return f"whole-{total.hexdigest()}"
