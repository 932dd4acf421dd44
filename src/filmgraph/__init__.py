"""A film knowledge graph in which every fact names the passage that states it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from filmgraph.version import __version__

if TYPE_CHECKING:
    import os

    from filmgraph.collection.build.build import Built
    from filmgraph.graph import Graph

__all__ = ["Graph", "__version__", "build", "open"]


def open(location: str | os.PathLike[str] | None = None) -> Graph:  # noqa: A001 -- read as filmgraph.open
    """Open the bundled collection, or the folder, store, RDF file or endpoint at a location.

    Raises:
        StoreUnavailableError: There is none.
        FileError: A data file is wrong.
    """
    opened: Graph = import_module("filmgraph.graph").Graph.open(location)
    return opened


def build(
    collection: str | os.PathLike[str],
    target: str | os.PathLike[str],
    *,
    force: bool = False,
    compact: bool | None = None,
) -> Built:
    """Build the on-disk store of a collection, unless it is there and no file has changed.

    Args:
        collection: The folder of the collection.
        target: The folder of the store. An older store stays in it until the new one is whole.
        force: Build it even if nothing has changed.
        compact: Arrange it for reading, which takes half as long again and makes checks and exports several times as
            fast; by default unless it has more than 4 million statements.

    Raises:
        StoreUnavailableError: There is no collection, something else is in the target, or another process builds there.
        FileError: A data file is wrong.
        OutputError: The store cannot be written.
    """
    built: Built = import_module("filmgraph.collection.build.build").build(
        collection, target, force=force, compact=compact
    )
    return built


def __getattr__(name: str) -> object:
    # Imported at its first use, so that the command line can be interrupted while it is (PEP 562).
    if name == "Graph":
        return import_module("filmgraph.graph").Graph
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
