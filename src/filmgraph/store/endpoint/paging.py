"""Reading of all quads of an endpoint, page by page in a stable order."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from pyoxigraph import NamedNode, Quad

from filmgraph.rdf.results import Solutions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyoxigraph import Literal

    from filmgraph.rdf.results import Term, Triples, Truth

    Run = Callable[[str], Solutions | Triples | Truth]

PAGE = 10_000
"""Rows in one answer: what Virtuoso gives at most, unless it is told otherwise."""

_GRAPHS = 200  # in one query


def quads(run: Run, *, page: int = PAGE) -> Iterator[Quad]:
    """Yield the quads of all named graphs, graph by graph in order of name.

    A page ends where a graph does, so that nothing is lost or read twice while others write elsewhere. Only a graph
    with more quads than a page is cut, in the order of its triples.

    Args:
        run: Answers a query.
        page: The most rows that one answer may have.

    Raises:
        StoreError: The endpoint could not answer.
    """
    waiting: list[str] = []
    for name in _names(run, page):
        waiting.append(name)
        if len(waiting) == _GRAPHS:
            yield from _of(run, waiting, page)
            waiting = []
    yield from _of(run, waiting, page)


def _names(run: Run, page: int) -> Iterator[str]:
    """Yield the names of all graphs; each page begins after the last name of the previous one."""
    after = ""
    while True:
        found = _rows(run, f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} {after} }} ORDER BY STR(?g) LIMIT {page}")
        names = [row[0].value for row in found if isinstance(row[0], NamedNode)]
        yield from names
        if len(found) < page or not names:
            return
        after = f"FILTER(STR(?g) > {_text(names[-1])})"


def _of(run: Run, graphs: list[str], page: int) -> Iterator[Quad]:
    if not graphs:
        return
    names = " ".join(f"<{name}>" for name in graphs)
    rows = _rows(run, f"SELECT ?s ?p ?o ?g {{ VALUES ?g {{ {names} }} GRAPH ?g {{ ?s ?p ?o }} }} LIMIT {page}")
    if len(rows) < page:
        yield from sorted((_quad(row) for row in rows), key=_place)
    elif len(graphs) > 1:
        middle = len(graphs) // 2
        yield from _of(run, graphs[:middle], page)
        yield from _of(run, graphs[middle:], page)
    else:
        yield from _long(run, graphs[0], page)


def _long(run: Run, graph: str, page: int) -> Iterator[Quad]:
    """Yield the quads of one graph that exceeds a page."""
    offset = 0
    while True:
        # The order stands inside: some engines sort no more rows than a page has.
        inner = f"SELECT ?s ?p ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} ORDER BY ?s ?p ?o"
        rows = _rows(run, f"SELECT ?s ?p ?o {{ {{ {inner} }} }} OFFSET {offset} LIMIT {page}")
        for row in rows:
            yield _quad((*row, NamedNode(graph)))
        if len(rows) < page:
            return
        offset += page


def _rows(run: Run, text: str) -> list[tuple[Term | None, ...]]:
    found = run(text)
    assert isinstance(found, Solutions)  # noqa: S101 -- it was a SELECT
    return found.rows


def _quad(row: tuple[Term | None, ...]) -> Quad:
    subject, predicate, value, graph = row
    return Quad(
        cast("NamedNode", subject), cast("NamedNode", predicate), cast("Literal", value), cast("NamedNode", graph)
    )


def _place(quad: Quad) -> tuple[str, str]:
    return cast("NamedNode", quad.graph_name).value, str(quad)


def _text(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
