"""A view of a store in which the graphs of trusted sources alone count, by rewriting each query."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from filmgraph.errors import QueryFailedError
from filmgraph.rdf.results import Solutions
from filmgraph.sparql.engines.dataset import rewritten
from filmgraph.sparql.engines.endless_paths import EndlessPathError, StepByStep
from filmgraph.sparql.query import parse
from filmgraph.store.base import FactLookup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyoxigraph import Quad

    from filmgraph.rdf.results import Triples, Truth
    from filmgraph.sparql.engines.dataset import View
    from filmgraph.sparql.engines.endless_paths import KnownSteps
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
        self._known: KnownSteps | None = {} if isinstance(store, FactLookup) else None  # what may change is asked anew

    def query(self, text: str, *, timeout: float | None = None) -> Solutions | Triples | Truth:
        """Answer a query.

        Raises:
            QuerySyntaxError: The text is not SPARQL 1.1.
            QueryTimeoutError: It took longer than ``timeout``.
            QueryFailedError: The engine refused it, or it cannot be written so.
        """
        query = parse(text)
        end = None if timeout is None else monotonic() + timeout
        follow = StepByStep(lambda part: self._rows(part, end), self._known)
        what = "DESCRIBE" if query.form == "describe" else "FROM" if query.body.find("DatasetClause") else ""
        try:
            written = "" if what else rewritten(query, self._view, follow=follow)
        except EndlessPathError as error:
            what = f"the path {error}"
        if what:
            message = (
                f"{self.origin.shown} is too big to be copied, and {what} cannot be asked of some documents alone."
            )
            raise QueryFailedError(message, store=self.origin.shown, hint=_HINT)
        return self._store.query(written, timeout=None if end is None else max(0.0, end - monotonic()))

    def _rows(self, text: str, end: float | None) -> Solutions:
        found = self.query(text, timeout=None if end is None else max(0.0, end - monotonic()))
        assert isinstance(found, Solutions)  # noqa: S101 -- it was a SELECT
        return found

    def quads(self) -> Iterator[Quad]:
        """The quads of the graphs that count."""
        for quad in self._store.quads():
            if isinstance(quad.graph_name, NamedNode) and self._counts(quad.graph_name.value):
                yield quad

    def close(self) -> None:
        """Close the whole."""
        self._store.close()
