"""Writing RDF in order, with the prefixes that are used and no others, without holding it in memory."""

from __future__ import annotations

from itertools import chain
from typing import IO, TYPE_CHECKING

import pyoxigraph as ox

from filmgraph.errors import BadParameterError
from filmgraph.exporters.film import extract
from filmgraph.exporters.linked import claims
from filmgraph.exporters.linked.terms import Namespaces, facts
from filmgraph.files.sorted_lines import kept
from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from filmgraph.exporters.film.exporter import Loss, Request
    from filmgraph.exporters.linked.terms import Fact

CITATIONS = ("claims", "rdf12", "none")
_CITED: dict[str, Callable[[Iterable[Fact]], Iterator[str]]] = {
    "claims": claims.claim_lines,
    "rdf12": claims.reifier_lines,
    "none": lambda _: iter(()),
}
_NAMESPACES = {"claims": claims.NAMESPACES, "rdf12": (PREFIXES["rdf"],), "none": ()}


def write_dataset(request: Request, out: IO[bytes], rdf_format: ox.RdfFormat) -> list[Loss]:
    """Write the quads of a request in a format that has graphs."""
    names = Namespaces()
    # Which prefixes are used is known only at the end, so the lines are kept in a file and read again.
    with kept(names.noted(extract.lines(request))) as lines:
        ox.serialize(extract.parsed(lines), out, format=rdf_format, prefixes=names.of_dataset())
    return []


def write_graph(request: Request, out: IO[bytes], rdf_format: ox.RdfFormat, *, rdf12: bool = False) -> list[Loss]:
    """Write the facts of a request, each once, in a format without graphs, and who states them."""
    how = _how(request, rdf12=rdf12)
    names = Namespaces()
    with kept(names.noted(extract.lines(request))) as quads, kept(_triples(facts(quads))) as triples:
        quads.seek(0)
        if rdf_format == ox.RdfFormat.N_TRIPLES:
            out.writelines(line.encode() for line in chain(triples, _CITED[how](facts(quads))))
            return []
        prefixes = names.of_graph(*_NAMESPACES[how])
        by_text = how == "claims" and rdf_format == ox.RdfFormat.TURTLE
        lines = triples if by_text else chain(triples, _CITED[how](facts(quads)))
        ox.serialize(extract.parsed_triples(lines), out, format=rdf_format, prefixes=prefixes)
        if by_text:
            out.writelines(text.encode() for text in claims.in_turtle_text(facts(quads), prefixes))
    return []


def _triples(each: Iterable[Fact]) -> Iterator[str]:
    for fact in each:
        yield f"{fact.triple} .\n"


def _how(request: Request, *, rdf12: bool) -> str:
    """How citations are written."""
    how = request.options.citations or "claims"
    if how not in CITATIONS or (how == "rdf12" and not rdf12):
        possible = CITATIONS if rdf12 else ("claims", "none")
        raise BadParameterError(
            f"This format cannot write citations as {how!r}.",
            query="export",
            name="citations",
            hint=f"Choose one of {', '.join(possible)}.",
        )
    return how
