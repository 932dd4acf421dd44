"""Results of tools: an answer as readable text, and as structured data in which each claim names its citations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import Literal, NamedNode

from filmgraph.answers import formats
from filmgraph.answers.answer import RowsAnswer
from filmgraph.answers.footnotes import footnotes
from filmgraph.rdf.citation import Citation, is_citation
from filmgraph.rdf.results import Solutions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from filmgraph.answers.answer import Answer
    from filmgraph.rdf.results import Term

MOST_ROWS = 100
"""So many rows an answer has at most; the rest is counted."""


class ToolContent(NamedTuple):
    """The content of a tool's result: Markdown, and the same as data."""

    text: str
    data: dict[str, Any]


def content_of(answer: Answer, *, most: int = MOST_ROWS, understood: str = "") -> ToolContent:
    """Return an answer as the content of a tool's result.

    Args:
        answer: The answer.
        most: How many rows it may have.
        understood: The command that it answers, where it was asked in plain English.
    """
    rows = answer.to_rows()
    shown = _first(rows, most)
    data: dict[str, Any] = {
        "columns": list(rows.variables),
        "rows": _rows(shown),
        "citations": _citations(shown),
        "more_rows": len(rows) - len(shown),
    }
    text = "".join(formats.render(shown, formats.find("markdown"), formats.Page()))
    notes = []
    if understood:
        data["understood_as"] = understood
        notes.append(f"Understood as: `{understood}`")
    if not len(rows):
        notes.append("No rows: the documents do not say this. Do not answer from elsewhere.")
    elif len(rows) > len(shown):
        notes.append(f"{len(rows) - len(shown)} more rows are left out.")
    if not rows.explained:
        notes.append("These rows come without evidence.")
    return ToolContent("\n\n".join([*notes, text.strip()]).strip() + "\n", data)


def _first(answer: RowsAnswer, count: int) -> RowsAnswer:
    if len(answer) <= count:
        return answer
    found = Solutions(answer.variables, [tuple(row) for row in answer[:count]])
    explanations = answer.explanations[:count] if answer.explanations is not None else None
    return RowsAnswer(found, explanations=explanations, glossary=answer.glossary, query=answer.query)


def _rows(answer: RowsAnswer) -> list[dict[str, Any]]:
    labels = answer.glossary.labels(
        sorted({term.value for row in answer for term in row if isinstance(term, NamedNode)})
    )
    return [
        {
            "values": {name: _value(row[name], labels) for name in answer.variables if row[name] is not None},
            "supported_by": [list(witness) for witness in row.why] if answer.explained else [],
            **({"unexplained": row.unexplained} if answer.explained and row.unexplained else {}),
        }
        for row in answer
    ]


def _value(term: Term | None, labels: Mapping[str, str]) -> dict[str, str]:
    if isinstance(term, NamedNode):
        return {"text": labels.get(term.value, term.value), "iri": term.value}
    return {"text": term.value if isinstance(term, Literal) else str(term)}


def _citations(answer: RowsAnswer) -> dict[str, dict[str, Any]]:
    """The record of each citation that some row names, by its IRI."""
    if not answer.explained:
        return {}
    iris = sorted({iri for row in answer for witness in row.why for iri in witness})
    return {
        iri: {"says": said, **_place(iri)} for iri, said in zip(iris, footnotes(iris, answer.glossary), strict=True)
    }


def _place(iri: str) -> dict[str, Any]:
    if not is_citation(iri):
        return {}
    citation = Citation.parse(iri)
    return {"source": citation.slug, "start": citation.start, "end": citation.end}
