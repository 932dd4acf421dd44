"""Writing RDF in order, with the prefixes that are used and no others, without holding it in memory."""

from __future__ import annotations

import tempfile
from typing import IO, TYPE_CHECKING

import pyoxigraph as ox

from filmgraph.errors import BadParameterError
from filmgraph.exporters import claims, extract
from filmgraph.exporters.lines import sorted_lines
from filmgraph.rdf import used_prefixes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from filmgraph.exporters._exporter import Loss, Request

CITATIONS = ("claims", "rdf12", "none")


def write_dataset(request: Request, out: IO[bytes], rdf_format: ox.RdfFormat) -> list[Loss]:
    """Write the quads of a request in a format that has graphs."""
    prefixes = used_prefixes(extract.quads(request))
    ox.serialize(extract.quads(request), out, format=rdf_format, prefixes=prefixes)
    return []


def write_graph(request: Request, out: IO[bytes], rdf_format: ox.RdfFormat, *, rdf12: bool = False) -> list[Loss]:
    """Write the facts of a request, each once, in a format without graphs, and who states them."""
    lines = _lines(request, rdf12=rdf12)
    if rdf_format == ox.RdfFormat.N_TRIPLES:
        out.writelines(line.encode() for line in lines)
        return []
    # Which prefixes are used is known only at the end, so the lines are kept in a file and read twice.
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n") as kept:
        kept.writelines(lines)
        kept.seek(0)
        prefixes = used_prefixes(extract.parsed_triples(kept))
        kept.seek(0)
        ox.serialize(extract.parsed_triples(kept), out, format=rdf_format, prefixes=prefixes)
    return []


def _lines(request: Request, *, rdf12: bool) -> Iterator[str]:
    """The facts in order, and after them who states them."""
    how = request.options.citations or "claims"
    if how not in CITATIONS or (how == "rdf12" and not rdf12):
        possible = CITATIONS if rdf12 else ("claims", "none")
        raise BadParameterError(
            f"This format cannot write citations as {how!r}.",
            query="export",
            name="citations",
            hint=f"Choose one of {', '.join(possible)}.",
        )
    yield from sorted_lines(f"{quad.triple} .\n" for quad in extract.quads(request))
    write: Callable[..., Iterator[ox.Triple]] | None = {"claims": claims.claims, "rdf12": claims.reifiers}.get(how)
    if write:
        cited = (quad for quad in extract.quads(request) if extract.is_citation_graph(quad.graph_name))
        yield from sorted_lines(f"{triple} .\n" for triple in write(cited))
