"""The films that a request is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from filmgraph.errors import UnknownThingError
from filmgraph.rdf.namespaces import FG
from filmgraph.rdf.results import Truth, rows

if TYPE_CHECKING:
    from filmgraph.exporters.film.exporter import Request


def films(request: Request) -> list[str]:
    """The IRIs of the films to export: the one that is asked for, else every film of the store, in order.

    Raises:
        UnknownThingError: The thing that is asked for is no film.
    """
    store = request.store
    if request.thing:
        if store.query(f"ASK {{ {NamedNode(request.thing)} a <{FG}Film> }}") != Truth(value=True):
            raise UnknownThingError(
                f"<{request.thing}> is no film, and this format describes films.",
                name=request.thing,
                hint="Export it in an RDF format such as turtle, or name a film.",
            )
        return [request.thing]
    found = rows(store.query(f"SELECT DISTINCT ?film {{ ?film a <{FG}Film> }}"))
    return sorted(row[0].value for row in found if isinstance(row[0], NamedNode))
