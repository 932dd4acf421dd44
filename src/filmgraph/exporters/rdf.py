"""The RDF formats of exports, one entry each: as they are in archives, and as people and other programs read them."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from pyoxigraph import RdfFormat

from filmgraph.exporters.film import extract
from filmgraph.exporters.film.exporter import Exporter, Loss, Request
from filmgraph.exporters.linked.ordered_rdf import write_dataset, write_graph

if TYPE_CHECKING:
    from collections.abc import Callable

    Writer = Callable[[Request, IO[bytes]], list[Loss]]


def _graph(syntax: RdfFormat, *, rdf12: bool = False) -> Writer:
    return lambda request, out: write_graph(request, out, syntax, rdf12=rdf12)


def _quads(request: Request, out: IO[bytes]) -> list[Loss]:
    """Write line by line, so that memory does not grow with the size of the export."""
    out.writelines(line.encode() for line in extract.lines(request))
    return []


def _trig(request: Request, out: IO[bytes]) -> list[Loss]:
    return write_dataset(request, out, RdfFormat.TRIG)


_ONCE = "every fact once, and its citations"

_TABLE: tuple[tuple[str, str, str, tuple[str, ...], str, Writer], ...] = (
    (
        "nquads",
        "N-Quads: the citation graphs as they are, one quad a line, in order.",
        "application/n-quads",
        ("nq",),
        "every graph",
        _quads,
    ),
    (
        "ntriples",
        "N-Triples: every fact once, and its citations as claims.",
        "application/n-triples",
        ("nt",),
        _ONCE,
        _graph(RdfFormat.N_TRIPLES, rdf12=True),
    ),
    (
        "rdfxml",
        "RDF/XML: every fact once, and its citations as claims.",
        "application/rdf+xml",
        ("rdf", "owl"),
        _ONCE,
        _graph(RdfFormat.RDF_XML),
    ),
    (
        "trig",
        "TriG: the citation graphs as they are, for archives.",
        "application/trig",
        ("trig",),
        "every graph",
        _trig,
    ),
    (
        "turtle",
        "Turtle for people: grouped, in order, with a claim for each fact that names its citations.",
        "text/turtle",
        ("ttl",),
        _ONCE,
        _graph(RdfFormat.TURTLE, rdf12=True),
    ),
)

EXPORTERS = {
    name: Exporter(
        name=name,
        summary=summary,
        media_type=media_type,
        endings=endings,
        keeps=keeps,
        loses="nothing",
        write=write,
    )
    for name, summary, media_type, endings, keeps, write in _TABLE
}
