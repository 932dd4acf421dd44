"""Serialization of statements as TriG: a graph for each cell in text order, with the citation records."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from filmgraph.exporters.linked.terms import Translated, in_turtle
from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filmgraph.importing.mapping import CitedTriple
    from filmgraph.importing.readers._records import CellValue
    from filmgraph.importing.spool import PassageBatch, Span, StatedPassage, Terms

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


def _reference(span: Span) -> str:
    """A citation relative to its source."""
    return f"<#char={span[0]},{span[1]}>"


class _Said(NamedTuple):
    """The content of a passage: its locator, the passages it needs, and the triples it states."""

    locator: str
    needs: dict[Span, None]
    triples: dict[Terms, None]


class _Passages:
    """Statements grouped by passage; the class of a node is repeated in every passage about it.

    Args:
        statements: The statements.
        triples: Is told the hash of each triple.
    """

    def __init__(self, statements: Iterable[CitedTriple], triples: set[int]) -> None:
        self.said: dict[Span, _Said] = {}
        self.named: dict[Span, str] = {}
        self.by_heading: set[Span] = set()
        """Passages whose unit stands in the heading of their column."""
        classes: dict[str, Terms] = {}
        subjects: list[tuple[_Said, str]] = []
        for statement in statements:
            triple = statement.triple
            terms = (str(triple.subject), str(triple.predicate), str(triple.object))
            triples.add(hash(terms))
            if terms[1] == _TYPE:
                classes.setdefault(terms[0], terms)
            for cell in statement.cells:
                said = self._note(statement, cell)
                said.triples[terms] = None
                subjects.append((said, terms[0]))
                if terms[2].endswith(_DURATION):
                    self.by_heading.add(cell[1:3])
        for said, subject in subjects:
            if subject in classes:
                said.triples.setdefault(classes[subject])

    def _note(self, statement: CitedTriple, cell: CellValue) -> _Said:
        """Return the entry for a cell's passage, with the passages it needs."""
        span = cell[1:3]
        said = self.said.get(span)
        if said is None:
            said = self.said[span] = _Said(cell.locator, {}, {})
        for other in statement.needs:
            said.needs[other[1:3]] = None
            self.named[other[1:3]] = other.locator
        for other in statement.cells if len(statement.cells) > 1 else ():
            if other != cell:
                said.needs[other[1:3]] = None
                self.named[other[1:3]] = other.locator
        return said

    def batch(self) -> PassageBatch:
        """Return the passages in order, and the locators of those that are only needed."""
        passages = [
            (span, said.locator, sorted(said.needs), list(said.triples), span in self.by_heading)
            for span, said in sorted(self.said.items())
        ]
        return passages, [(span, locator) for span, locator in self.named.items() if span not in self.said]


def batched(statements: Iterable[CitedTriple], triples: set[int]) -> Iterator[tuple[list[CitedTriple], PassageBatch]]:
    """Yield the statements of some hundred records at a time, and their passages.

    Args:
        statements: What cells state, record by record.
        triples: Is told the hash of each triple.
    """
    for several in _by_records(statements):
        yield several, _Passages(several, triples).batch()


def trig(source: str, batches: Iterable[PassageBatch]) -> Iterator[str]:
    """Serialize passages as a fact file, deterministically; what is said of their citations stands behind their graphs.

    Args:
        source: The IRI of the source.
        batches: What its passages state.
    """
    yield f"@base <{source}> .\n"
    yield from (f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in _PREFIXES.items())
    short = Translated(lambda terms: in_turtle(terms, dict(_PREFIXES)))
    located: dict[Span, str] = {}
    for passages, named in batches:
        text = short.of(term for passage in passages for terms in passage[3] for term in terms)
        for span, _, _, triples, _ in passages:
            facts = (
                f"  {text[subject]} {'a' if predicate == _TYPE else text[predicate]} {text[value]} .\n"
                for subject, predicate, value in sorted(triples, key=_classes_first)
            )
            yield f"\n{_reference(span)} {{\n{''.join(facts)}}}\n"
        yield "\ngraph:citations {\n"
        yield from map(_record, passages)
        yield "}\n"
        located.update(named)
    if located:
        yield "\ngraph:citations {\n"
        yield from (f"  {_reference(span)} fg:locator {_quoted(where)} .\n" for span, where in sorted(located.items()))
        yield "}\n"


def _by_records(statements: Iterable[CitedTriple]) -> Iterator[list[CitedTriple]]:
    """The statements of some hundred records at a time."""
    several: list[CitedTriple] = []
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


def _record(passage: StatedPassage) -> str:
    """Return the record of a citation: its locator, the passages it needs, and the derivation of computed values."""
    span, locator, needs, _, computed = passage
    needed = f" ; fg:needs {', '.join(map(_reference, needs))}" if needs else ""
    derived = " ; fg:derivation fgv:computed" if computed else ""
    return f"  {_reference(span)} fg:locator {_quoted(locator)}{needed}{derived} .\n"


def _classes_first(terms: Terms) -> bool:
    return terms[1] != _TYPE


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ").replace("\r", " ").replace("\t", " ")
    return f'"{escaped}"'
