"""Verification of an on-disk store: it is read completely in a separate process, which may crash.

``python -m filmgraph.store.reading FOLDER`` is that process.
"""

from __future__ import annotations

import os
import subprocess
import sys

import pyoxigraph as ox

from filmgraph.store import TABLES
from filmgraph.store.manifest import digest
from filmgraph.store.process.answering import limit_memory

_MEMORY = 2_000_000_000  # bytes; what is damaged may ask for any number of them
_DAMAGED = 3


def damage(folder: str) -> str:
    """Return a description of a store's damage; empty where each statement can be read.

    Args:
        folder: The folder of the store.
    """
    try:
        with open(f"{folder}/{TABLES}", encoding="utf-8") as file:
            kept, now = file.read(), tables(folder)
    except FileNotFoundError:
        kept = now = ""  # a store of another maker
    except (OSError, ValueError) as error:
        return str(error)
    if kept != now:
        altered = sorted(line.partition(" ")[2] for line in set(kept.splitlines()) ^ set(now.splitlines()))
        return f"the file {altered[0]} is not as it was built"
    command = [sys.executable, "-m", "filmgraph.store.reading", folder]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if done.returncode == 0:
        return ""
    if done.returncode == _DAMAGED:
        return done.stdout.decode(errors="replace").strip()
    return "the engine broke down while it read it"


def tables(folder: str) -> str:
    """Return the digest and name of each immutable data file of the engine, one a line.

    Raises:
        OSError: One cannot be read.
    """
    names = sorted(
        name
        for name in os.listdir(folder)
        if name.endswith(".sst") or name == "CURRENT" or name.startswith("MANIFEST-")
    )
    return "".join(f"{digest(f'{folder}/{name}')} {name}\n" for name in names)


def main() -> None:
    """Read all statements, from the named graphs and the default graph."""
    limit_memory(_MEMORY)
    try:
        store = ox.Store.read_only(sys.argv[1])
        for _ in store.quads_for_pattern(None, None, None, None):
            pass
        # By each of the engine's indexes that queries use.
        for order in ("?s ?p ?o", "?p ?o ?s", "?o ?s ?p"):
            for text in (
                f"SELECT (COUNT(*) AS ?n) {{ {order} }}",
                f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ {order} }} }}",
            ):
                found = store.query(text)
                assert isinstance(found, ox.QuerySolutions)  # noqa: S101 -- it was a SELECT
                for _ in found:
                    pass
    except (OSError, RuntimeError, ValueError, MemoryError) as error:
        sys.stdout.write(str(error))
        sys.exit(_DAMAGED)


if __name__ == "__main__":
    main()
