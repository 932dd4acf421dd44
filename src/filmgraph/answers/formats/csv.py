"""CSV (`SPARQL 1.1 CSV and TSV, 3 <https://www.w3.org/TR/sparql11-results-csv-tsv/#csv>`_).

With evidence there is a last column ``why``: the citations of a witness joined by a space, witnesses by `` | ``.
Values stand as they are: a spreadsheet may take one that starts with ``=`` for a formula.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Triple

from filmgraph.answers.formats._format import Format, Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filmgraph.answers.answer import RowsAnswer, TruthAnswer
    from filmgraph.answers.rows import Row
    from filmgraph.rdf.results import Term


def why_text(row: Row) -> str:
    """Return the witnesses of a row: citations joined by a space, witnesses by `` | ``."""
    return " | ".join(" ".join(witness) for witness in row.why)


def _rows(answer: RowsAnswer, _page: Page) -> Iterator[str]:
    yield _line([*answer.variables, *(["why"] if answer.explained else [])])
    for row in answer:
        yield _line([*map(_value, row), *([why_text(row)] if answer.explained else [])])


def _line(values: list[str]) -> str:
    # A lone empty value would be an empty line, which readers skip.
    if values == [""]:
        return '""\r\n'
    return ",".join(map(_quoted, values)) + "\r\n"


def _value(term: Term | None) -> str:
    if term is None:
        return ""
    return str(term) if isinstance(term, (BlankNode, Triple)) else term.value


def _quoted(value: str) -> str:
    if any(character in value for character in ',"\r\n'):
        return '"' + value.replace('"', '""') + '"'
    return value


def _truth(answer: TruthAnswer) -> Iterable[str]:
    if answer.explanation is None:
        return [f"{str(answer.value).lower()}\r\n"]
    return _rows(answer.to_rows(), Page())


FORMAT = Format(
    "csv",
    "values with commas between them",
    ("text/csv",),
    ("csv",),
    rows=_rows,
    truth=_truth,
    evidence=True,
)
