"""A view of a store in which the graphs of trusted sources alone count, by rewriting each query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from filmgraph.errors import QueryFailedError
from filmgraph.sparql.engines.dataset import EndlessPathError, rewritten
from filmgraph.sparql.query import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyoxigraph import Quad

    from filmgraph.rdf.results import Solutions, Triples, Truth
    from filmgraph.sparql.engines.dataset import View
    from filmgraph.store.base import Store

_HINT = "Build a store of these documents alone and ask that one: filmgraph build."


class Trusting:
    """A part of a store. Each query is written so that every fact it uses is stated by a graph that counts.

    Args:
        store: The whole.
        view: What counts, as a condition for queries.
        counts: The same for the name of a graph.
    """

    def __init__(self, store: Store, view: View, counts: Callable[[str], bool]) -> None:
        self.origin = store.origin
        self._store = store
        self._view = view
        self._counts = counts

    def query(self, text: str, *, timeout: float | None = None) -> Solutions | Triples | Truth:
        """Answer a query.

        Raises:
            QuerySyntaxError: The text is not SPARQL 1.1.
            QueryTimeoutError: It took longer than ``timeout``.
            QueryFailedError: The engine refused it, or it cannot be written so.
        """
        query = parse(text)
        what = "DESCRIBE" if query.form == "describe" else "FROM" if query.body.find("DatasetClause") else ""
        try:
            written = "" if what else rewritten(query, self._view)
        except EndlessPathError as error:
            what = f"the path {error}"
        if what:
            message = (
                f"{self.origin.shown} is too big to be copied, and {what} cannot be asked of some documents alone."
            )
            raise QueryFailedError(message, store=self.origin.shown, hint=_HINT)
        return self._store.query(written, timeout=timeout)

    def quads(self) -> Iterator[Quad]:
        """The quads of the graphs that count."""
        for quad in self._store.quads():
            if isinstance(quad.graph_name, NamedNode) and self._counts(quad.graph_name.value):
                yield quad

    def close(self) -> None:
        """Close the whole."""
        self._store.close()
