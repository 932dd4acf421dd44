"""The interface of a store, and optional abilities of some stores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Quad

    from filmgraph.rdf.results import Solutions, Term, Triples, Truth
    from filmgraph.store.cited import CitedPart
    from filmgraph.store.origin import Origin


class Store(Protocol):
    """A store: answers SPARQL 1.1 queries over a default graph with each fact once."""

    origin: Origin
    """What it is, and where its data comes from."""

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
        """Yield all quads of the named graphs, in the store's order; the default graph repeats them."""
        ...

    def close(self) -> None:
        """Close files and connections."""
        ...


@runtime_checkable
class NameIndexed(Protocol):
    """A store that may have an index of names."""

    def similar_names(self, folded: str) -> list[str] | None:
        """Return folded names similar to a folded text; None where there is no index."""
        ...


@runtime_checkable
class CitedCounts(Protocol):
    """A store that may have counted beforehand how much of each source is cited."""

    def cited_parts(self) -> dict[str, CitedPart] | None:
        """Return the cited part of each source, by its IRI; None where it has not been counted."""
        ...


@runtime_checkable
class FactLookup(Protocol):
    """A store in this process that looks up single facts faster than it parses a query."""

    @property
    def complete(self) -> bool:
        """Whether every fact of the default graph is known to be in a named graph."""
        ...

    def graphs(self, subject: Term, predicate: Term, value: Term) -> list[str]:
        """Return the IRIs of the named graphs that state a fact."""
        ...


@runtime_checkable
class ResultSerializer(Protocol):
    """A store whose engine serializes results itself, much faster than through Python terms."""

    def results_json(self, text: str) -> bytes:
        """Return the results of a SELECT or ASK (`SPARQL JSON <https://www.w3.org/TR/sparql11-results-json/>`_)."""
        ...


@runtime_checkable
class TextAtHand(Protocol):
    """A store whose engine writes all its triples itself."""

    @property
    def complete(self) -> bool:
        """Whether every fact of the default graph is known to stand in a named graph too."""
        ...

    def write_default(self, path: str) -> None:
        """Write the default graph into a file, as N-Triples (`RDF 1.1 <https://www.w3.org/TR/n-triples/>`_)."""
        ...


@runtime_checkable
class Limited(Protocol):
    """A store whose queries can be limited in memory."""

    def limit_memory(self, size: int) -> None:
        """Limit the memory of each query, in bytes."""
        ...


@runtime_checkable
class Timed(Protocol):
    """A store with a deadline that other stores can share."""

    def left(self) -> float:
        """Return the seconds until the deadline."""
        ...

    def beside(self, store: Store) -> Store:
        """Return another store under this store's deadline."""
        ...
