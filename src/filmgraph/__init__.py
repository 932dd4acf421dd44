"""A film knowledge graph in which every fact names the passage that states it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.graph import Graph
from filmgraph.version import __version__

if TYPE_CHECKING:
    import os

__all__ = ["Graph", "__version__", "open"]


def open(location: str | os.PathLike[str] | None = None) -> Graph:  # noqa: A001 -- read as filmgraph.open
    """Open the bundled collection, or the folder, store, RDF file or endpoint at a location.

    Raises:
        StoreUnavailableError: There is none.
        FileError: A data file is wrong.
    """
    return Graph.open(location)
