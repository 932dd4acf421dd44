"""Turtle for people: grouped, in order, with a claim for each fact that names its citations."""

from __future__ import annotations

from typing import IO

from pyoxigraph import RdfFormat

from filmgraph.exporters.film.exporter import Exporter, Loss, Request
from filmgraph.exporters.linked.ordered_rdf import write_graph


def write(request: Request, out: IO[bytes]) -> list[Loss]:
    """Write the export."""
    return write_graph(request, out, RdfFormat.TURTLE, rdf12=True)


EXPORTER = Exporter(
    name="turtle",
    summary="Turtle for people: grouped, in order, with a claim for each fact that names its citations.",
    media_type="text/turtle",
    endings=("ttl",),
    keeps="every fact once, and its citations",
    loses="nothing",
    write=write,
)
