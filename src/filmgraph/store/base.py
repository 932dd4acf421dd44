"""What every store can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Quad

    from filmgraph.answers import Solutions, Triples, Truth


class Store(Protocol):
    """Something that answers SPARQL 1.1 queries, with each fact once in its default graph."""

    location: str
    """Where it is, as the user named it, without credentials."""

    def query(self, text: str, *, timeout: float | None = None) -> Solutions | Triples | Truth:
        """Answer a query.

        Args:
            text: SPARQL 1.1.
            timeout: The time that it may take, in seconds.

        Raises:
            QuerySyntaxError: The text is not SPARQL.
            QueryTimeoutError: It took longer than ``timeout``.
            QueryFailedError: The engine or the endpoint refused it.
        """
        ...

    def quads(self) -> Iterator[Quad]:
        """All quads of the named graphs, in the store's own order; the default graph repeats them and is left out."""
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...
