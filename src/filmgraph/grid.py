"""An answer as people read it: labels for IRIs, footnotes for citations."""

from __future__ import annotations

import re
from collections import Counter
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from filmgraph.namespaces import PREFIXES

if TYPE_CHECKING:
    from filmgraph.answers import RowsAnswer, Term

_LOCAL = r"[^\W]([\w.-]*[\w-])?"  # compiled by who needs it: start-up is measured
_BY_LENGTH = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))
_XSD = PREFIXES["xsd"]
_NUMERIC = {
    _XSD + name
    for name in (
        "integer",
        "decimal",
        "double",
        "float",
        "int",
        "long",
        "nonNegativeInteger",
        "positiveInteger",
        "gYear",
    )
}


class Why(NamedTuple):
    """The witnesses of a row as footnote numbers, and how many are not listed."""

    witnesses: list[list[int]]
    more: int = 0


class Grid(NamedTuple):
    """Headers and rows of text, not escaped for any format.

    ``numeric`` says which columns hold numbers only.
    ``why`` has, where evidence was asked for, the witnesses of each row as footnote numbers;
    ``footnotes`` the text of footnote 1, 2 …; ``remarks`` what could not be explained.
    """

    headers: tuple[str, ...]
    rows: list[list[str]]
    numeric: tuple[bool, ...]
    why: list[Why] | None
    footnotes: list[str]
    remarks: list[str]


def grid(answer: RowsAnswer) -> Grid:
    """Lay an answer out as text."""
    iris = {term.value for row in answer for term in row if isinstance(term, NamedNode)}
    labels = answer.glossary.labels(sorted(iris)) if iris else {}
    rows = [[text_of(term, labels) for term in row] for row in answer]
    numeric = tuple(_is_numeric([row[column] for row in answer]) for column in range(len(answer.variables)))
    if not answer.explained:
        return Grid(answer.variables, rows, numeric, None, [], [])
    numbers: dict[str, int] = {}
    why = [Why([[_number(numbers, iri) for iri in witness] for witness in row.why], row.more) for row in answer]
    notes = import_module("filmgraph.footnotes").footnotes(list(numbers), answer.glossary, answer.passages)
    remarks = _remarks([row.unexplained for row in answer])
    return Grid(answer.variables, rows, numeric, why, notes, remarks)


def text_of(term: Term | None, labels: dict[str, str]) -> str:
    """What people read for a term: a label, a value, a compact name.

    >>> text_of(NamedNode("https://w3id.org/filmgraph/ns#Film"), {})
    'fg:Film'
    """
    if term is None:
        return ""
    if isinstance(term, Literal):
        return term.value
    if isinstance(term, NamedNode):
        return labels.get(term.value) or compact(term.value)
    if isinstance(term, BlankNode):
        return str(term)
    return " ".join(text_of(part, labels) for part in (term.subject, term.predicate, term.object))


def compact(iri: str) -> str:
    """An IRI as a prefixed name where one of filmgraph's prefixes fits, else as it stands."""
    for prefix, namespace in _BY_LENGTH:
        if iri.startswith(namespace) and re.fullmatch(_LOCAL, iri[len(namespace) :]):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def why_text(why: Why, mark: str = "[{}]") -> str:
    """The witnesses of a row in words: what is together with what, and what also supports it.

    Witnesses that differ in one citation are told together, the citation that most of them share first.

    >>> why_text(Why([[1, 2], [3]]))
    '[1] with [2]; also [3]'
    >>> why_text(Why([[1], [2], [3]], 8))
    '[1]; also [2] [3] and 8 more'
    >>> why_text(Why([[1, 4], [2, 4], [3, 4]]))
    '[4] with [1] or [2] or [3]'
    """
    if [] in why.witnesses:
        return "needs no citation"
    if not why.witnesses:
        return "not explained"
    shared = Counter(number for witness in why.witnesses for number in witness)
    groups: dict[tuple[int, ...], list[str]] = {}
    for witness in why.witnesses:
        *rest, last = sorted(witness, key=lambda number: (-shared[number], number))
        groups.setdefault(tuple(rest), []).append(mark.format(last))
    texts = [_group_text(together, last, mark) for together, last in groups.items()]
    return "; also ".join(texts) + (f" and {why.more} more" if why.more else "")


def _group_text(together: tuple[int, ...], last: list[str], mark: str) -> str:
    if together:
        return f"{' with '.join(mark.format(number) for number in together)} with {' or '.join(last)}"
    return last[0] if len(last) == 1 else f"{last[0]}; also {' '.join(last[1:])}"


def _number(numbers: dict[str, int], iri: str) -> int:
    return numbers.setdefault(iri, len(numbers) + 1)


def _is_numeric(column: list[Term | None]) -> bool:
    values = [term for term in column if term is not None]
    return bool(values) and all(isinstance(term, Literal) and term.datatype.value in _NUMERIC for term in values)


def _remarks(reasons: list[str]) -> list[str]:
    """One line for each reason, with the rows that it concerns."""
    rows: dict[str, list[str]] = {}
    for index, reason in enumerate(reasons, 1):
        if reason:
            rows.setdefault(reason, []).append(str(index))
    return [f"Row{'s' if len(numbers) > 1 else ''} {', '.join(numbers)}: {reason}" for reason, numbers in rows.items()]
