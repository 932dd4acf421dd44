"""N-Quads: the citation graphs as they are, one quad a line, in order."""

from __future__ import annotations

from typing import IO

from filmgraph.exporters.film import extract
from filmgraph.exporters.film.exporter import Exporter, Loss, Request


def write(request: Request, out: IO[bytes]) -> list[Loss]:
    """Write the export. Memory does not grow with its size."""
    out.writelines(line.encode() for line in extract.lines(request))
    return []


EXPORTER = Exporter(
    name="nquads",
    summary="N-Quads: the citation graphs as they are, one quad a line, in order.",
    media_type="application/n-quads",
    endings=("nq",),
    keeps="every graph",
    loses="nothing",
    write=write,
)
