"""TriG: the citation graphs as they are, for archives."""

from __future__ import annotations

from typing import IO

from pyoxigraph import RdfFormat

from filmgraph.exporters.film.exporter import Exporter, Loss, Request
from filmgraph.exporters.linked.ordered_rdf import write_dataset


def write(request: Request, out: IO[bytes]) -> list[Loss]:
    """Write the export."""
    return write_dataset(request, out, RdfFormat.TRIG)


EXPORTER = Exporter(
    name="trig",
    summary="TriG: the citation graphs as they are, for archives.",
    media_type="application/trig",
    endings=("trig",),
    keeps="every graph",
    loses="nothing",
    write=write,
)
