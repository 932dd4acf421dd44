"""An answer as page content: rows of cells with links and note marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from filmgraph.answers.answer import TruthAnswer
from filmgraph.answers.grid import text_of, words
from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from filmgraph.answers.answer import Answer
    from filmgraph.rdf.results import Term
    from filmgraph.serving.pages.notes import Mark, PageNotes
    from filmgraph.serving.pages.site import ServedSite

PAGE = 200
"""How many rows a page shows."""
_NUMBERS = {PREFIXES["xsd"] + name for name in ("integer", "decimal", "double", "float", "gYear", "nonNegativeInteger")}


class Cell(NamedTuple):
    """A table cell: its text, its link, and whether it is a number."""

    text: str
    path: str = ""
    numeric: bool = False


class Line(NamedTuple):
    """A table row: its cells, and the mark of its note or None."""

    cells: list[Cell]
    note: Mark | None


class AnswerView(NamedTuple):
    """An answer to display: ``verdict`` is yes or no for an ASK; ``total`` also counts the rows not shown."""

    columns: list[str]
    lines: list[Line]
    total: int
    explained: bool
    verdict: str = ""


def view(site: ServedSite, answer: Answer, notes: PageNotes, *, first: int = 0, most: int = PAGE) -> AnswerView:
    """Return the rows of an answer to display, from ``first`` on.

    Raises:
        StoreError: The store could not answer.
    """
    verdict = ("Yes" if answer.value else "No") if isinstance(answer, TruthAnswer) else ""
    rows = answer.to_rows()
    shown = list(rows)[first : first + most]
    labels = rows.glossary.labels(sorted({term.value for row in shown for term in row if isinstance(term, NamedNode)}))
    lines = []
    for row in shown:
        note = None
        if rows.explained:
            note = notes.mark(row.why, more=row.more, unexplained=row.unexplained)
        lines.append(Line([_cell(site, term, labels) for term in row], note))
    return AnswerView([words(name) for name in rows.variables], lines, len(rows), rows.explained, verdict)


def _cell(site: ServedSite, term: Term | None, labels: dict[str, str]) -> Cell:
    text = text_of(term, labels)
    if isinstance(term, NamedNode):
        return Cell(text, site.path(term.value))
    return Cell(text, numeric=isinstance(term, Literal) and term.datatype.value in _NUMBERS)
