"""N-Triples: every fact once, and its citations as claims."""

from __future__ import annotations

from typing import IO

from pyoxigraph import RdfFormat

from filmgraph.exporters.film.exporter import Exporter, Loss, Request
from filmgraph.exporters.linked.ordered_rdf import write_graph


def write(request: Request, out: IO[bytes]) -> list[Loss]:
    """Write the export."""
    return write_graph(request, out, RdfFormat.N_TRIPLES, rdf12=True)


EXPORTER = Exporter(
    name="ntriples",
    summary="N-Triples: every fact once, and its citations as claims.",
    media_type="application/n-triples",
    endings=("nt",),
    keeps="every fact once, and its citations",
    loses="nothing",
    write=write,
)
