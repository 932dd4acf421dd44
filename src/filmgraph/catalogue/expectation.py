"""Comparing an answer with what the file of its question expects."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from filmgraph.answers.grid import exact_text
from filmgraph.rdf.citation import Citation, is_citation

if TYPE_CHECKING:
    from filmgraph.answers.answer import RowsAnswer
    from filmgraph.answers.rows import Row
    from filmgraph.catalogue.expected import ExpectedRow
    from filmgraph.catalogue.question import Question


def unmet(question: Question, answer: RowsAnswer) -> list[str]:
    """Return the expectations that an answer does not meet, one sentence each.

    Args:
        question: The question.
        answer: Its answer to its example; with evidence, where citations are expected.
    """
    expect = question.expect
    found = []
    if len(answer) < expect.least or (expect.most is not None and len(answer) > expect.most):
        wanted = expect.least if expect.most is not None else f"at least {expect.least}"
        found.append(f"{wanted} rows are expected, and there are {len(answer)}.")
    labels = answer.glossary.labels(
        sorted({term.value for row in answer for term in row if isinstance(term, NamedNode)})
    )
    rows = [{name: exact_text(term, labels) for name, term in row.to_dict().items()} for row in answer]
    for expected in (*(expect.rows or ()), *expect.contains):
        found.extend(_missing(expected, rows, answer))
    if expect.rows is not None:
        columns = {name for expected in expect.rows for name, _ in expected.cells}
        surplus = Counter(_key(row, columns) for row in rows)
        surplus.subtract(_key(dict(expected.cells), columns) for expected in expect.rows)
        found.extend(f"A row that is not expected: {dict(key)}." for key, count in surplus.items() if count > 0)
    return found


def _key(row: dict[str, str], columns: set[str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, row.get(name, "")) for name in sorted(columns))


def _missing(expected: ExpectedRow, rows: list[dict[str, str]], answer: RowsAnswer) -> list[str]:
    """Return what is missing of one expected row: the row itself, or citations."""
    cells = dict(expected.cells)
    alike = [answer[index] for index, row in enumerate(rows) if all(row[name] == cells[name] for name in cells)]
    if not alike:
        return [f"No row has {cells}."]
    return [
        f"The row with {cells} is not supported by {citation}."
        for citation in expected.citations
        if not any(_supports(citation, row) for row in alike)
    ]


def _supports(citation: str, row: Row) -> bool:
    return any(citation in _names(iri) for witness in row.why for iri in witness)


def _names(iri: str) -> set[str]:
    """Return the names of a citation in an expectation: its IRI, its source's slug, the slug with the characters."""
    if not is_citation(iri):
        return {iri}
    citation = Citation.parse(iri)
    return {iri, citation.slug, f"{citation.slug}#{citation.start},{citation.end}"}
