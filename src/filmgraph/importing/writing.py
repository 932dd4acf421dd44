"""Serialization of statements as TriG: a graph for each cell in text order, with the citation records."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from filmgraph.exporters.linked.terms import Translated, in_turtle
from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filmgraph.importing.spool import Passage, StatedTriple, Terms

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


_RECORDS = 500
_DURATION = f"^^<{PREFIXES['xsd']}duration>"


_Span: TypeAlias = tuple[int, int]
"""Where a passage starts and ends."""


def _reference(span: _Span) -> str:
    """A citation relative to its source."""
    return f"<#char={span[0]},{span[1]}>"


class _Said(NamedTuple):
    """The content of a passage: its locator, the passages it needs, and the triples it states."""

    locator: str
    needs: dict[_Span, None]
    triples: dict[Terms, None]


class _Passages:
    """Statements grouped by passage; the class of a node is repeated in every passage about it."""

    def __init__(self, statements: Iterable[StatedTriple]) -> None:
        self.said: dict[_Span, _Said] = {}
        self.named: dict[_Span, str] = {}
        self.by_heading: set[_Span] = set()
        """Passages whose unit stands in the heading of their column."""
        classes: dict[str, Terms] = {}
        subjects: list[tuple[_Said, str]] = []
        for statement in statements:
            terms = statement.terms
            if terms[1] == _TYPE:
                classes.setdefault(terms[0], terms)
            for cell in statement.cells:
                said = self._note(statement, cell)
                said.triples[terms] = None
                subjects.append((said, terms[0]))
                if terms[2].endswith(_DURATION):
                    self.by_heading.add(cell[:2])
        for said, subject in subjects:
            if subject in classes:
                said.triples.setdefault(classes[subject])

    def _note(self, statement: StatedTriple, cell: Passage) -> _Said:
        """Return the entry for a cell's passage, with the passages it needs."""
        span, locator = cell[:2], cell[2]
        said = self.said.get(span)
        if said is None:
            said = self.said[span] = _Said(locator, {}, {})
        others = statement.cells if len(statement.cells) > 1 else ()
        for other in (*statement.needs, *(one for one in others if one != cell)):
            said.needs[other[:2]] = None
            self.named[other[:2]] = other[2]
        return said


def trig(source: str, statements: Iterable[StatedTriple]) -> Iterator[str]:
    """Serialize statements as a fact file, deterministically.

    Some hundred records are held at a time. What is said of their citations stands behind their graphs.

    Args:
        source: The IRI of the source.
        statements: What its cells state, record by record.
    """
    yield f"@base <{source}> .\n"
    yield from (f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in _PREFIXES.items())
    short = Translated(lambda terms: in_turtle(terms, dict(_PREFIXES)))
    located: dict[_Span, str] = {}
    for several in _by_records(statements):
        passages = _Passages(several)
        text = short.of(term for said in passages.said.values() for terms in said.triples for term in terms)
        for span, said in sorted(passages.said.items()):
            facts = (
                f"  {text[subject]} {'a' if predicate == _TYPE else text[predicate]} {text[value]} .\n"
                for subject, predicate, value in sorted(said.triples, key=_classes_first)
            )
            yield f"\n{_reference(span)} {{\n{''.join(facts)}}}\n"
        yield "\ngraph:citations {\n"
        yield from _records(passages)
        yield "}\n"
        located.update((span, locator) for span, locator in passages.named.items() if span not in passages.said)
    if located:
        yield "\ngraph:citations {\n"
        yield from (f"  {_reference(span)} fg:locator {_quoted(where)} .\n" for span, where in sorted(located.items()))
        yield "}\n"


def _by_records(statements: Iterable[StatedTriple]) -> Iterator[list[StatedTriple]]:
    """The statements of some hundred records at a time."""
    several: list[StatedTriple] = []
    first = 0
    for statement in statements:
        if several and statement.record - first >= _RECORDS:
            yield several
            several = []
        if not several:
            first = statement.record
        several.append(statement)
    if several:
        yield several


def _records(passages: _Passages) -> Iterator[str]:
    """Yield the citation records: locators, needed passages, and the derivation of computed values."""
    for span, said in sorted(passages.said.items()):
        needs = f" ; fg:needs {', '.join(map(_reference, sorted(said.needs)))}" if said.needs else ""
        derived = " ; fg:derivation fgv:computed" if span in passages.by_heading else ""
        yield f"  {_reference(span)} fg:locator {_quoted(said.locator)}{needs}{derived} .\n"


def _classes_first(terms: Terms) -> bool:
    return terms[1] != _TYPE


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ").replace("\r", " ").replace("\t", " ")
    return f'"{escaped}"'
