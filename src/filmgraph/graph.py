"""`Graph`: what the command line and Python share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from filmgraph.store.locate import open_store

if TYPE_CHECKING:
    import os
    from types import TracebackType

    from filmgraph.answers import Solutions, Triples, Truth
    from filmgraph.store.base import Store


class Graph:
    """A knowledge graph that answers questions.

    Args:
        store: What is queried.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    @classmethod
    def open(cls, location: str | os.PathLike[str] | None = None) -> Self:
        """Open the bundled collection, or what lies at a location.

        Args:
            location: The folder of a collection or of an on-disk store, an RDF file, or the URL of a SPARQL endpoint.

        Raises:
            StoreUnavailableError: There is none.
            FileError: A data file is wrong.
        """
        return cls(open_store(location))

    def query_raw(self, text: str, *, timeout: float | None = None) -> Solutions | Triples | Truth:
        """What the store answers to a query, without evidence and formats.

        Raises:
            QueryError: The query is wrong.
            StoreError: The store could not answer it.
        """
        return self.store.query(text, timeout=timeout)

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
