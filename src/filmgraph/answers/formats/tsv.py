"""TSV (`SPARQL 1.1 CSV and TSV, 4 <https://www.w3.org/TR/sparql11-results-csv-tsv/#tsv>`_): exact terms.

With evidence there is a last column ``why``, as in CSV; it is no variable and so has no question mark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.answers.formats._format import Format, Page
from filmgraph.answers.formats.csv import why_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filmgraph.answers.answer import RowsAnswer, TruthAnswer
    from filmgraph.rdf.results import Term


def _rows(answer: RowsAnswer, _page: Page) -> Iterator[str]:
    yield _line([*(f"?{name}" for name in answer.variables), *(["why"] if answer.explained else [])])
    for row in answer:
        yield _line([*map(_term, row), *([why_text(row)] if answer.explained else [])])


def _line(values: list[str]) -> str:
    return "\t".join(values) + "\n"


def _term(term: Term | None) -> str:
    # pyoxigraph writes terms as N-Triples, in which tabs and line ends are escaped.
    return "" if term is None else str(term)


def _truth(answer: TruthAnswer) -> Iterable[str]:
    if answer.explanation is None:
        return [f"{str(answer.value).lower()}\n"]
    return _rows(answer.to_rows(), Page())


FORMAT = Format(
    "tsv",
    "exact terms with tabs between them",
    ("text/tab-separated-values",),
    ("tsv", "tab"),
    rows=_rows,
    truth=_truth,
    evidence=True,
)
