"""Writing RDF in order, with the prefixes that are used and no others, without holding it in memory."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

import pyoxigraph as ox

from filmgraph.errors import BadParameterError
from filmgraph.exporters import claims, extract
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
    ox.serialize(
        _triples(request, rdf12=rdf12),
        out,
        format=rdf_format,
        prefixes=used_prefixes(_triples(request, rdf12=rdf12)),
    )
    return []


def _triples(request: Request, *, rdf12: bool) -> Iterator[ox.Triple]:
    how = request.options.citations or "claims"
    if how not in CITATIONS or (how == "rdf12" and not rdf12):
        possible = CITATIONS if rdf12 else ("claims", "none")
        raise BadParameterError(
            f"This format cannot write citations as {how!r}.",
            query="export",
            name="citations",
            hint=f"Choose one of {', '.join(possible)}.",
        )
    yield from extract.triples(f"{quad.triple} .\n" for quad in extract.quads(request))
    write: Callable[..., Iterator[ox.Triple]] | None = {"claims": claims.claims, "rdf12": claims.reifiers}.get(how)
    if write:
        cited = (quad for quad in extract.quads(request) if extract.is_citation_graph(quad.graph_name))
        yield from extract.triples(f"{triple} .\n" for triple in write(cited))
