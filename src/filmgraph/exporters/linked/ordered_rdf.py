"""Writing RDF in order, with the prefixes that are used and no others, without holding it in memory."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import chain
from typing import IO, TYPE_CHECKING, cast

import pyoxigraph as ox

from filmgraph.errors import BadParameterError
from filmgraph.exporters.film import extract
from filmgraph.exporters.linked import claims, turtle_text
from filmgraph.exporters.linked.terms import Namespaces, StatedFact, facts
from filmgraph.files.sorted_lines import kept
from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.rdf.xml_characters import possible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from filmgraph.exporters.film.exporter import Loss, Request

_TAB = "\t"
CITATIONS = ("claims", "rdf12", "none")
_CITED: dict[str, Callable[[Iterable[StatedFact]], Iterator[str]]] = {
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
        prefixes = names.of_dataset()
        serialized(extract.parsed(lines), out, rdf_format, prefixes)
    return []


def serialized(
    statements: Iterable[ox.Quad], out: IO[bytes], rdf_format: ox.RdfFormat, prefixes: dict[str, str]
) -> None:
    """Write what the engine writes, with the prefixes by name: it sorts them by the length of their namespaces."""
    has_header = rdf_format in {ox.RdfFormat.TRIG, ox.RdfFormat.TURTLE}
    ox.serialize(
        statements,
        cast("IO[bytes]", _SortedHeader(out, len(prefixes))) if has_header else out,
        format=rdf_format,
        prefixes=prefixes,
    )


class _SortedHeader:
    """A file whose first lines are put in order when the last of them is complete."""

    def __init__(self, out: IO[bytes], lines: int) -> None:
        self._out = out
        self._lines = lines
        self._waiting = b""

    def write(self, data: bytes) -> int:
        if self._lines:
            self._waiting += data
            if self._waiting.count(b"\n") < self._lines:
                return len(data)
            parts = self._waiting.split(b"\n", self._lines)
            self._out.write(b"".join(line + b"\n" for line in sorted(parts[:-1])) + parts[-1])
            self._lines, self._waiting = 0, b""
        else:
            self._out.write(data)
        return len(data)

    def flush(self) -> None:
        self._out.flush()


def write_graph(request: Request, out: IO[bytes], rdf_format: ox.RdfFormat, *, rdf12: bool = False) -> list[Loss]:
    """Write the facts of a request, each once, in a format without graphs, and who states them."""
    how = _how(request, rdf12=rdf12)
    names = Namespaces()
    with _read(request, names, how) as (triples, cited):
        if rdf_format == ox.RdfFormat.N_TRIPLES:
            out.writelines(line.encode() for line in chain(triples, _CITED[how](cited)))
            return []
        prefixes = names.of_graph(*_NAMESPACES[how])
        if rdf_format == ox.RdfFormat.TURTLE:
            parts = chain(turtle(triples, prefixes, request.thing), _cited_in_turtle(cited, prefixes, how))
            out.writelines(text.encode() for text in parts)
        else:
            parsed = extract.parsed_triples(chain(triples, _CITED[how](cited)))
            if rdf_format == ox.RdfFormat.RDF_XML:
                parsed = possible(parsed)
            ox.serialize(parsed, out, format=rdf_format, prefixes=prefixes)
    return []


@contextmanager
def _read(request: Request, names: Namespaces, how: str) -> Iterator[tuple[Iterable[str], Iterable[StatedFact]]]:
    """The triples of a request as N-Triples lines, each once, and, to be read after them, who states each."""
    merged = extract.triple_lines(request.store) if how == "none" and not request.thing else None
    if merged is not None:
        with kept(names.noted(merged, graphs=False)) as triples:
            yield triples, ()
        return
    # No term has a tab in it.
    stated = facts(names.noted(extract.lines(request)))
    with kept(f"{fact.triple}\t{' '.join(fact.citations)}\n" for fact in stated) as lines:
        yield (f"{line[: line.index(_TAB)]} .\n" for line in lines), _again(lines)


def _again(lines: IO[str]) -> Iterator[StatedFact]:
    lines.seek(0)
    for line in lines:
        triple, _, citations = line[:-1].partition(_TAB)
        yield StatedFact(triple, tuple(citations.split(" ")) if citations else ())


def turtle(
    triple_lines: Iterable[str], prefixes: dict[str, str], thing: str, *, headings: bool = True
) -> Iterator[str]:
    """A Turtle document of sorted N-Triples lines; where it is about one thing, it begins with that."""
    yield from turtle_text.header(prefixes)
    if thing:
        yield from turtle_text.record(triple_lines, prefixes, thing, headings=headings)
    else:
        yield from turtle_text.blocks(triple_lines, prefixes)


def _cited_in_turtle(stated: Iterable[StatedFact], prefixes: dict[str, str], how: str) -> Iterator[str]:
    cited = (
        claims.in_turtle_text(stated, prefixes)
        if how == "claims"
        else turtle_text.blocks(_CITED[how](stated), prefixes)
    )
    for number, text in enumerate(cited):
        if not number:
            yield turtle_text.heading(turtle_text.CLAIMS_HEADING)
        yield text


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
