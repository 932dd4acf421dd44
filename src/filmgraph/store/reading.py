"""Verification of an on-disk store: it is read completely in a separate process, which may crash.

``python -m filmgraph.store.reading FOLDER`` is that process.
"""

from __future__ import annotations

import subprocess
import sys

import pyoxigraph as ox

from filmgraph.store.process.answering import limit_memory
from filmgraph.store.tables import altered

_MEMORY = 2_000_000_000  # bytes; what is damaged may ask for any number of them
_DAMAGED = 3


def damage(folder: str) -> str:
    """Return a description of a store's damage; empty where each statement can be read.

    Args:
        folder: The folder of the store.
    """
    try:
        changed = altered(folder, read=True)
    except (OSError, ValueError) as error:
        return str(error)
    if changed:
        return f"the file {changed} is not as it was built"
    command = [sys.executable, "-m", "filmgraph.store.reading", folder]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if done.returncode == 0:
        return ""
    if done.returncode == _DAMAGED:
        return done.stdout.decode(errors="replace").strip()
    return "the engine broke down while it read it"


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
