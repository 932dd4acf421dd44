"""The interface of a store, and what some stores can do besides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Quad

    from filmgraph.rdf.results import Solutions, Term, Triples, Truth
    from filmgraph.store.origin import Origin


class Store(Protocol):
    """Something that answers SPARQL 1.1 queries, with each fact once in its default graph."""

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
        """All quads of the named graphs, in the store's own order; the default graph repeats them and is left out."""
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...


@runtime_checkable
class NamesAtHand(Protocol):
    """A store that may have an index of its names, which not every store has."""

    def similar_names(self, folded: str) -> list[str] | None:
        """Folded names that look somewhat like a folded text; None where there is no index."""
        ...


@runtime_checkable
class FactsAtHand(Protocol):
    """A store in this process, which looks a single fact up in less time than it takes to read a query."""

    @property
    def complete(self) -> bool:
        """Whether every fact of the default graph is known to stand in a named graph too."""
        ...

    def graphs(self, subject: Term, predicate: Term, value: Term) -> list[str]:
        """The IRIs of the named graphs that state a fact."""
        ...


@runtime_checkable
class ResultsAtHand(Protocol):
    """A store whose engine writes results itself, in a fraction of the time that its terms take to become Python's."""

    def results_json(self, text: str) -> bytes:
        """The results of a SELECT or ASK (`SPARQL JSON <https://www.w3.org/TR/sparql11-results-json/>`_)."""
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
    """A store whose queries can be limited."""

    def limit_memory(self, size: int) -> None:
        """Let each query take no more than so many bytes."""
        ...


@runtime_checkable
class Timed(Protocol):
    """A store that answers until a moment; others may share it."""

    def beside(self, store: Store) -> Store:
        """Another store, whose queries count with the queries of this one."""
        ...
