"""Statements as TriG: one graph for each cell, in the order of the text, and what is said of each citation."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from filmgraph.exporters.linked.terms import Translated, in_turtle
from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filmgraph.importing.mapping import CitedTriple
    from filmgraph.importing.readers._records import CellValue

_PREFIXES = {
    name: PREFIXES[name]
    for name in (
        "country",
        "credit",
        "edtf",
        "fg",
        "fgv",
        "figure",
        "film",
        "graph",
        "language",
        "org",
        "person",
        "place",
        "rating",
        "rel",
        "title",
        "xsd",
    )
}
_TYPE = f"<{PREFIXES['rdf']}type>"


_DURATION = f"^^<{PREFIXES['xsd']}duration>"


class _Span(NamedTuple):
    """A passage by its place."""

    start: int
    end: int

    @property
    def reference(self) -> str:
        """Its citation relative to the source."""
        return f"<#char={self.start},{self.end}>"


class _Said(NamedTuple):
    """What is known of a passage: its locator, the passages that it needs, and the triples that it states."""

    locator: str
    needs: dict[_Span, None]
    triples: dict[tuple[str, str, str], None]


class _Passages:
    """What statements say, by passage."""

    def __init__(self, statements: Iterable[CitedTriple]) -> None:
        every = list(statements)
        self._classes = _classes(every)
        self.said: dict[_Span, _Said] = {}
        self.named: dict[_Span, str] = {}
        self.by_heading: set[_Span] = set()
        """Passages whose unit stands in the heading of their column."""
        for statement in every:
            for cell in statement.cells:
                self._note(statement, cell)

    def _note(self, statement: CitedTriple, cell: CellValue) -> None:
        subject, predicate, value = _terms(statement)
        said = self.said.setdefault(_span(cell), _Said(cell.locator, {}, {}))
        if subject in self._classes:
            said.triples[subject, _TYPE, self._classes[subject]] = None
        said.triples[subject, predicate, value] = None
        if value.endswith(_DURATION):
            self.by_heading.add(_span(cell))
        for other in (*statement.needs, *(one for one in statement.cells if one != cell)):
            said.needs[_span(other)] = None
            self.named[_span(other)] = other.locator


def _terms(statement: CitedTriple) -> tuple[str, str, str]:
    triple = statement.triple
    return str(triple.subject), str(triple.predicate), str(triple.object)


def _classes(statements: Iterable[CitedTriple]) -> dict[str, str]:
    """The class of each node: it is said again in every passage, so that a question can be asked of one passage."""
    found: dict[str, str] = {}
    for statement in statements:
        subject, predicate, value = _terms(statement)
        if predicate == _TYPE:
            found.setdefault(subject, value)
    return found


def trig(source: str, statements: Iterable[CitedTriple]) -> Iterator[str]:
    """A fact file: the same bytes for the same statements.

    Args:
        source: The IRI of the source.
        statements: What its cells state.
    """
    passages = _Passages(statements)
    yield f"@base <{source}> .\n"
    yield from (f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in _PREFIXES.items())
    short = Translated(lambda terms: in_turtle(terms, dict(_PREFIXES)))
    for span, said in sorted(passages.said.items()):
        text = short.of(term for terms in said.triples for term in terms)
        yield f"\n{span.reference} {{\n"
        yield from (
            f"  {text[subject]} {'a' if predicate == _TYPE else text[predicate]} {text[value]} .\n"
            for subject, predicate, value in said.triples
        )
        yield "}\n"
    yield "\ngraph:citations {\n"
    yield from _records(passages)
    yield "}\n"


def _records(passages: _Passages) -> Iterator[str]:
    """What is said of each citation: where people look for it, what it needs, and how its values came about."""
    for span, said in sorted(passages.said.items()):
        needs = f" ; fg:needs {', '.join(one.reference for one in sorted(said.needs))}" if said.needs else ""
        derived = " ; fg:derivation fgv:computed" if span in passages.by_heading else ""
        yield f"  {span.reference} fg:locator {_quoted(said.locator)}{needs}{derived} .\n"
    for span, locator in sorted(passages.named.items()):
        if span not in passages.said:
            yield f"  {span.reference} fg:locator {_quoted(locator)} .\n"


def _span(cell: CellValue) -> _Span:
    return _Span(cell.start, cell.end)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ").replace("\r", " ").replace("\t", " ")
    return f'"{escaped}"'
