"""Stores with a deadline for all their queries together."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from filmgraph.errors import QueryTimeoutError
from filmgraph.store.base import CitedCounts, FactLookup, NameIndexed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Quad

    from filmgraph.rdf.results import Solutions, Term, Triples, Truth
    from filmgraph.store.base import Store
    from filmgraph.store.cited import CitedPart


class DeadlineStore:
    """A store whose queries must all end within some seconds from now.

    Args:
        store: What answers.
        seconds: How long.
    """

    def __init__(self, store: Store, seconds: float) -> None:
        self.origin = store.origin
        self._store = store
        self._seconds = seconds
        self._end = monotonic() + seconds

    def left(self) -> float:
        """Return the seconds until the deadline.

        Raises:
            QueryTimeoutError: There are none.
        """
        left = self._end - monotonic()
        if left <= 0:
            raise self._late()
        return left

    def query(self, text: str, *, timeout: float | None = None) -> Solutions | Triples | Truth:
        """Answer a query before the deadline.

        Raises:
            QueryError: The query is wrong.
            QueryTimeoutError: The time is up, or it took longer than ``timeout``.
            StoreError: The store could not answer it.
        """
        left = self.left()
        if timeout is not None and timeout < left:
            return self._store.query(text, timeout=timeout)
        try:
            return self._store.query(text, timeout=left)
        except QueryTimeoutError as error:
            raise self._late() from error

    def beside(self, store: Store) -> DeadlineStore:
        """Return another store under this store's deadline."""
        other = with_deadline(store, self._seconds)
        other._end = self._end  # noqa: SLF001 -- of the same class
        return other

    def quads(self) -> Iterator[Quad]:
        """Yield all quads of the named graphs."""
        return self._store.quads()

    def similar_names(self, folded: str) -> list[str] | None:
        """Return folded names similar to a folded text; None where there is no index."""
        return self._store.similar_names(folded) if isinstance(self._store, NameIndexed) else None

    def cited_parts(self) -> dict[str, CitedPart] | None:
        """Return the cited part of each source; None where it has not been counted."""
        return self._store.cited_parts() if isinstance(self._store, CitedCounts) else None

    def close(self) -> None:
        """Close files and connections."""
        self._store.close()

    def _late(self) -> QueryTimeoutError:
        return QueryTimeoutError(
            f"The answer took longer than {self._seconds:g} second{'' if self._seconds == 1 else 's'}.",
            store=self.origin.shown,
            seconds=self._seconds,
            hint="Allow it more time, or ask for less.",
        )


class IndexedDeadlineStore(DeadlineStore):
    """A store with a deadline that looks up single facts in its index; see `FactLookup`."""

    def __init__(self, store: Store, facts: FactLookup, seconds: float) -> None:
        super().__init__(store, seconds)
        self._facts = facts

    @property
    def complete(self) -> bool:
        """Whether every fact of the default graph is known to be in a named graph."""
        return self._facts.complete

    def graphs(self, subject: Term, predicate: Term, value: Term) -> list[str]:
        """Return the IRIs of the named graphs that state a fact.

        Raises:
            QueryTimeoutError: The time is up.
        """
        self.left()
        return self._facts.graphs(subject, predicate, value)


def with_deadline(store: Store, seconds: float) -> DeadlineStore:
    """Return a store with a deadline, in seconds from now."""
    return (
        IndexedDeadlineStore(store, store, seconds) if isinstance(store, FactLookup) else DeadlineStore(store, seconds)
    )
