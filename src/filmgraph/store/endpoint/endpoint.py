"""Any SPARQL 1.1 endpoint as a store, over the standard protocol alone."""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pyoxigraph as ox

from filmgraph.errors import QueryFailedError
from filmgraph.rdf.results import Solutions, Triples
from filmgraph.sparql.engines.aggregates import Strictness
from filmgraph.sparql.engines.dataset import View, rewritten
from filmgraph.sparql.engines.endless_paths import EndlessPathError, StepByStep
from filmgraph.sparql.engines.same_term import comparisons
from filmgraph.sparql.query import parse
from filmgraph.sparql.scope import projected
from filmgraph.store.endpoint import paging, replies
from filmgraph.store.endpoint.address import Address, authorization
from filmgraph.store.endpoint.blanks import own
from filmgraph.store.endpoint.connection import Connections, Deadline
from filmgraph.store.endpoint.probing import view_of
from filmgraph.store.endpoint.virtuoso import restored
from filmgraph.store.origin import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.rdf.results import Truth
    from filmgraph.sparql.query import Query

TIMEOUT = 300.0
"""Seconds that a query may take where nobody says how long."""

_DESCRIBED = 200  # things described in one query


class EndpointStore:
    """An endpoint (`SPARQL 1.1 Protocol <https://www.w3.org/TR/sparql11-protocol/#query-operation>`_).

    Nothing is sent before the first query. That one is preceded by a few small ones, which find out what the
    engine's default graph is; what they find holds for this store. Another store probes anew, since another engine may
    listen where this one did.

    Args:
        url: Where it is. Credentials stand in the environment, never here.

    Raises:
        StoreUnavailableError: The URL is none or has a password in it, or the credentials cannot be sent.
    """

    def __init__(self, url: str) -> None:
        address = Address.parse(url)
        self.origin = Origin.of("endpoint", address.location)
        self._connections = Connections(address, authorization(address))
        self._found: View | None = None
        self._probing = threading.Lock()

    @property
    def view(self) -> View:
        """The view of the engine's default graph, found by probing on first use.

        Raises:
            StoreError: It could not answer.
        """
        return self._view(Deadline(TIMEOUT))

    def _view(self, deadline: Deadline) -> View:
        if not self._probing.acquire(timeout=max(0.0, deadline.left())):
            raise self._connections.late(deadline.seconds)
        try:
            if self._found is None:
                self._found = view_of(lambda text, seconds: self._send(text, deadline.within(seconds), graph=False))
            return self._found
        finally:
            self._probing.release()

    def limit_memory(self, size: int) -> None:
        """Limit the size of each reply, in bytes; the endpoint's own memory is not limited."""
        self._connections.most = size

    def query(self, text: str, *, timeout: float | None = None) -> Solutions | Triples | Truth:
        """Answer a query; each fact counts once, whatever the engine's default graph is.

        Raises:
            QuerySyntaxError: The text is not SPARQL 1.1.
            QueryTimeoutError: It took longer than ``timeout``, or than five minutes.
            QueryFailedError: The endpoint refused it, or failed in the middle.
            StoreUnavailableError: The endpoint does not answer.
        """
        return self._answered(_parsed(text), Deadline(TIMEOUT if timeout is None else timeout))

    def _answered(self, query: Query, deadline: Deadline) -> Solutions | Triples | Truth:
        """Answer a query, including all probing, before the deadline."""
        if query.form == "describe":
            return self._described(query, deadline)
        view = self._view(deadline)
        strictness = Strictness(query) if view.virtuoso else None
        follow = StepByStep(lambda part: self._solutions(part, deadline))
        try:
            text = rewritten(query, view, [*comparisons(query), *strictness.edits] if strictness else (), follow=follow)
        except EndlessPathError as error:
            raise QueryFailedError(
                f"{self.origin.shown} has facts in named graphs only, and the path {error} leads too far across them.",
                store=self.origin.shown,
                hint="Load the merged graph into it too: docs/scale.md says how.",
            ) from error
        found = self._send(text, deadline, graph=query.form == "construct")
        if strictness:
            found = restored(strictness.strict(found))
        if isinstance(found, Solutions) and query.form == "select" and "*" not in query.body.nodes[0].words:
            found = self._as_asked(found, tuple(projected(query.body)))
        if isinstance(found, Solutions) and query.form == "select" and "DISTINCT" in query.body.nodes[0].words:
            found = found._replace(rows=list(dict.fromkeys(found.rows)))  # Virtuoso repeats some beside OPTIONAL
        return found

    def _as_asked(self, found: Solutions, asked: tuple[str, ...]) -> Solutions:
        """The rows with the columns that were asked for, in their order.

        Raises:
            QueryFailedError: They have other columns.
        """
        if found.variables == asked:
            return found
        if found.rows and not set(asked) <= set(found.variables):
            raise QueryFailedError(
                f"{self.origin.shown} answered with the columns {', '.join(found.variables) or 'of nothing'}, and was "
                f"asked for {', '.join(asked)}.",
                store=self.origin.shown,
                hint="Is the URL that of a SPARQL endpoint?",
            )
        places = [found.variables.index(name) for name in asked] if found.rows else []
        return Solutions(asked, [tuple(row[place] for place in places) for row in found.rows])

    def _solutions(self, text: str, deadline: Deadline) -> Solutions:
        found = self._answered(_parsed(text), deadline)
        assert isinstance(found, Solutions)  # noqa: S101 -- it was a SELECT
        return found

    def quads(self) -> Iterator[ox.Quad]:
        """All quads of the named graphs, graph by graph in the order of their names.

        Raises:
            StoreError: The endpoint could not answer.
        """
        return paging.quads(self.query)

    def close(self) -> None:
        """Close the connections."""
        self._connections.close()

    def _send(self, text: str, deadline: Deadline, *, graph: bool) -> Solutions | Triples | Truth:
        reply = self._connections.post(
            urlencode({"query": text}).encode(),
            accept=replies.GRAPH if graph else replies.ROWS,
            deadline=deadline,
        )
        return own(replies.results(reply, graph=graph, location=self.origin.shown))

    def _described(self, query: Query, deadline: Deadline) -> Triples:
        """Describe each thing by explicit queries, since engines differ in DESCRIBE."""
        things: dict[str, None] = {}
        for row in self._things(query, deadline):
            things.update((str(term), None) for term in row if isinstance(term, ox.NamedNode))
        found: dict[ox.Triple, None] = {}
        waiting = list(things)
        for start in range(0, len(waiting), _DESCRIBED):
            values = " ".join(waiting[start : start + _DESCRIBED])
            text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ {values} }} ?s ?p ?o }}"
            part = self._answered(_parsed(text), deadline)
            found.update(dict.fromkeys(part.triples if isinstance(part, Triples) else ()))
        return Triples(list(found))

    def _things(self, query: Query, deadline: Deadline) -> list[tuple[object, ...]]:
        text, body = query.text, query.body
        prologue = text[: body.start]
        where = body.find("WhereClause")
        head = body.all("Iri")
        constants: list[tuple[object, ...]] = []
        if head:
            shown = " ".join(f"({text[one.start : one.end]} AS ?c{place})" for place, one in enumerate(head))
            read = ox.Store().query(f"{prologue}SELECT {shown} {{}}")
            constants = [tuple(row) for row in read] if isinstance(read, ox.QuerySolutions) else []
        if where is None:
            return constants
        variables = [child.text for child in body.children if isinstance(child, tuple) and child.kind == "VAR"]
        columns = "*" if "*" in body.words else " ".join(variables)
        if not columns:
            return constants
        dataset = " ".join(text[one.start : one.end] for one in body.all("DatasetClause"))
        asked = f"{prologue}SELECT DISTINCT {columns} {dataset} {text[where.start :]}"
        found = self._answered(_parsed(asked), deadline)
        return [*constants, *(found.rows if isinstance(found, Solutions) else ())]


@lru_cache(maxsize=64)
def _parsed(text: str) -> Query:
    return parse(text)
