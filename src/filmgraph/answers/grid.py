"""Grids: answers as text, with labels for IRIs and footnote numbers for citations."""

from __future__ import annotations

import re
from collections import Counter
from importlib import import_module
from math import prod
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from filmgraph.rdf.citation import DIGITS
from filmgraph.rdf.namespaces import EDTF, PREFIXES, compact

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from filmgraph.answers.rows import AnsweredRows
    from filmgraph.rdf.results import Term

_XSD = PREFIXES["xsd"]
_STRING = _XSD + "string"
_DURATION = _XSD + "duration"
_TIME = _XSD + "time"
_DATES = {_XSD + "date", _XSD + "gYearMonth"}
_LONGEST_YEAR = 4
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
    """The witnesses of a row as footnote numbers, how many are not listed, and whether there may be more.

    ``passages`` counts the passages of a row that rests on too many to list, and ``documents`` what they stand in.
    """

    witnesses: list[list[int]]
    more: int = 0
    partial: bool = False
    passages: int = 0
    documents: int = 0


class Grid(NamedTuple):
    """Headers and rows of text, not escaped for any format.

    ``headers`` are the variables as words: ``otherSource`` is *other source*.
    ``numeric`` says which columns hold numbers only.
    ``why`` has, where evidence was asked for, the witnesses of each row as footnote numbers;
    ``footnotes`` the text of footnote 1, 2 …; ``remarks`` what could not be explained;
    ``legend`` how the witnesses are read, where that needs saying.
    ``group`` says how many of the first columns head a block of rows; ``lines`` has the terms behind each row, None
    where several were joined. ``cited`` has the citation of each footnote.
    """

    headers: tuple[str, ...]
    rows: list[list[str]]
    numeric: tuple[bool, ...]
    why: list[Why] | None
    footnotes: list[str]
    remarks: list[str]
    legend: str = ""
    group: int = 0
    lines: Sequence[Sequence[Term | None]] = ()
    cited: Sequence[str] = ()


def grid(answer: AnsweredRows) -> Grid:
    """Lay out an answer as text with its rows and columns unchanged; `arrangement.laid_out` applies layouts."""
    iris = {term.value for row in answer for term in row if isinstance(term, NamedNode)}
    labels = answer.glossary.labels(sorted(iris)) if iris else {}
    if len(set(labels.values())) < len(labels):
        labels = import_module("filmgraph.answers.namesakes").told_apart(answer, labels, text_of)
    rows = [[text_of(term, labels) for term in row] for row in answer]
    numeric = tuple(_is_numeric([row[column] for row in answer]) for column in range(len(answer.variables)))
    headers = tuple(map(words, answer.variables))
    terms = [tuple(row) for row in answer]
    if not answer.explained:
        return Grid(headers, rows, numeric, None, [], [], lines=terms)
    numbers: dict[str, int] = {}
    why = [
        Why(
            [[_number(numbers, iri) for iri in sorted(witness, key=_position)] for witness in row.why],
            row.more,
            row.partial,
            sum(number for _, number in row.tally),
            len(row.tally),
        )
        for row in answer
    ]
    notes = import_module("filmgraph.answers.footnotes").footnotes(list(numbers), answer.glossary, answer.passages)
    remarks = [*_remarks([row.unexplained for row in answer]), *_tallies(answer)]
    return Grid(
        headers=headers,
        rows=rows,
        numeric=numeric,
        why=why,
        footnotes=notes,
        remarks=remarks,
        legend=legend(why),
        lines=terms,
        cited=list(numbers),
    )


def text_of(term: Term | None, labels: dict[str, str]) -> str:
    """Return the display text of a term: a label, a date in words, a compact name.

    >>> text_of(NamedNode("https://w3id.org/filmgraph/ns#Film"), {})
    'fg:Film'
    >>> text_of(Literal("2009-21", datatype=NamedNode(EDTF)), {})
    'spring 2009'
    """
    return _value_text(term) if isinstance(term, Literal) else exact_text(term, labels)


def exact_text(term: Term | None, labels: dict[str, str]) -> str:
    """Return the label or compact name of a term, or the lexical form of a literal.

    >>> exact_text(Literal("2009-21", datatype=NamedNode(EDTF)), {})
    '2009-21'
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


def _value_text(term: Literal) -> str:
    """Return the display text of a literal: dates and durations in words, numbers with thousands separators."""
    kind = term.datatype.value
    if kind == _STRING or term.language:  # nearly all of them: what the others need is not imported for these
        return term.value
    if kind == EDTF or kind in _DATES:
        return str(import_module("filmgraph.rdf.date_words").date_words(term.value))
    if kind in _NUMERIC:
        is_long = len(term.value) > _LONGEST_YEAR
        return str(import_module("filmgraph.text.quantities").number_words(term.value)) if is_long else term.value
    if kind == _DURATION:
        return str(import_module("filmgraph.text.quantities").duration_words(term.value))
    if kind == _TIME:
        return term.value.removesuffix(":00")  # 23:00, not 23:00:00
    return term.value


def why_text(why: Why, mark: str = "[{}]", *, runs: bool = True) -> str:
    """Describe the witnesses of a row: citations needed together, and alternatives.

    Witnesses that are one choice from each of several lists are told as such; others that differ in one citation are
    told together, the citations that most of them share first. `Grid.legend` says how it is read.

    Args:
        why: The witnesses.
        mark: How a footnote is referred to.
        runs: Write three and more numbers in a row as ``[1]–[3]``.

    >>> why_text(Why([[1, 2], [3]]))
    '[1] with [2]; also [3]'
    >>> why_text(Why([[1], [2], [3]], 8))
    '[1]; also [2] [3] and 8 more'
    >>> why_text(Why([[1]], partial=True))
    '[1] and perhaps more'
    >>> why_text(Why([[1, 4], [2, 4], [3, 4]]))
    '[4] with one of [1]–[3]'
    >>> why_text(Why([[1, 2, 3, 4]]))
    '[1] with [2]–[4]'
    >>> why_text(Why([], passages=20_993, documents=10))
    '20,993 passages of 10 documents'
    """  # noqa: RUF002  a range takes an en dash
    if [] in why.witnesses:
        return "needs no citation"
    if not why.witnesses and why.passages:
        return ("at least " if why.partial else "") + _counted(why.passages, why.documents)
    if not why.witnesses:
        return "not explained"
    slots = None if why.more or len(why.witnesses) == 1 else _choices(why.witnesses)
    groups = [slots] if slots else _groups(why.witnesses)
    texts = [_group_text(group, mark, runs=runs) for group in groups]
    return "; also ".join(texts) + _rest(why)


def _rest(why: Why) -> str:
    if why.partial:
        return f" and at least {why.more} more" if why.more else " and perhaps more"
    return f" and {why.more} more" if why.more else ""


def _groups(witnesses: list[list[int]]) -> list[list[list[int]]]:
    """Group witnesses that differ in one citation: their common citations, and the list of alternatives."""
    shared = Counter(number for witness in witnesses for number in witness)
    groups: dict[tuple[int, ...], list[int]] = {}
    for witness in witnesses:
        *rest, last = sorted(witness, key=lambda number: (-shared[number], number))
        groups.setdefault(tuple(rest), []).append(last)
    return [[*([number] for number in together), last] for together, last in groups.items()]


def _choices(witnesses: list[list[int]]) -> list[list[int]] | None:
    """Return lists such that the witnesses are all choices of one citation from each; None if there are none.

    >>> _choices([[1, 2], [1, 3], [4, 2], [4, 3]])
    [[1, 4], [2, 3]]
    >>> _choices([[1, 2], [3]]) is None
    True
    """
    beside: dict[int, set[int]] = {}
    for witness in witnesses:
        for number in witness:
            beside.setdefault(number, set()).update(witness)
    lists = {number: sorted({number, *(beside.keys() - others)}) for number, others in beside.items()}
    slots = sorted({tuple(slot) for slot in lists.values()}, key=lambda slot: (len(slot) > 1, slot))
    if prod(map(len, slots)) != len(witnesses) or any(len(witness) != len(slots) for witness in witnesses):
        return None
    return [list(slot) for slot in slots] if sum(map(len, slots)) == len(beside) else None


def _group_text(slots: list[list[int]], mark: str, *, runs: bool) -> str:
    if len(slots) == 1:
        first, *rest = slots[0]
        return mark.format(first) + (f"; also {_listed(rest, mark, runs=runs)}" if rest else "")
    fixed = [slot[0] for slot in slots if len(slot) == 1]
    pieces = [_listed(fixed[:1], mark, runs=runs), _listed(fixed[1:], mark, runs=runs)]
    pieces += [f"one of {_listed(slot, mark, runs=runs)}" for slot in slots if len(slot) > 1]
    head, *others = filter(None, pieces)
    return f"{head} with {' and '.join(others)}"


def _listed(numbers: list[int], mark: str, *, runs: bool) -> str:
    """Return footnote marks side by side; three or more consecutive numbers as a range."""
    texts: list[str] = []
    place = 0
    ordered = sorted(numbers)
    while place < len(ordered):
        end = place
        while end + 1 < len(ordered) and ordered[end + 1] == ordered[end] + 1:
            end += 1
        if runs and end - place > 1:
            texts.append(f"{mark.format(ordered[place])}–{mark.format(ordered[end])}")  # noqa: RUF001  a range takes an en dash
            place = end + 1
        else:
            texts.append(mark.format(ordered[place]))
            place += 1
    return " ".join(texts)


def legend(why: Iterable[Why]) -> str:
    """Explain the words used for witnesses, as far as they occur."""
    texts = " ".join(map(why_text, why))
    meanings = (
        ("with ", "“with” means only together"),
        ("one of ", "“one of” means that any of them will do"),
        ("also ", "“also” means that each by itself is enough"),
    )
    said = [meaning for word, meaning in meanings if word in texts]
    return f"In why, {', '.join(said)}." if said else ""


def words(name: str) -> str:
    """Split a camel-case name into words.

    >>> words("relatedFilm")
    'related film'
    """
    if name.islower():  # as most are: the pattern takes longer to compile than to use
        return name
    return re.sub(r"(?<=[a-z])[A-Z](?![A-Z])", lambda match: f" {match[0].lower()}", name)


def _number(numbers: dict[str, int], iri: str) -> int:
    return numbers.setdefault(iri, len(numbers) + 1)


def _position(iri: str) -> tuple[str, int]:
    """Return a sort key for a citation: its document, then its position."""
    source, _, start = iri.partition("#char=")
    digits = start.partition(",")[0]
    return source, int(digits) if digits.isdecimal() and len(digits) <= DIGITS else 0


def _is_numeric(column: list[Term | None]) -> bool:
    values = [term for term in column if term is not None]
    return bool(values) and all(isinstance(term, Literal) and term.datatype.value in _NUMERIC for term in values)


def _remarks(reasons: list[str]) -> list[str]:
    """Return a line for each reason, with the rows that it concerns."""
    rows: dict[str, list[int]] = {}
    for index, reason in enumerate(reasons, 1):
        if reason:
            rows.setdefault(reason, []).append(index)
    return [
        f"Row{'s' if len(numbers) > 1 else ''} {_listed(numbers, '{}', runs=True).replace(' ', ', ')} "
        f"{'are' if len(numbers) > 1 else 'is'} not explained: {reason}."
        for reason, numbers in rows.items()
    ]


def _counted(passages: int, documents: int) -> str:
    """Return the text "N passages of M documents"."""
    return f"{passages:,} passage{_s(passages)} of {documents:,} document{_s(documents)}"


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def _tallies(answer: AnsweredRows) -> list[str]:
    """Describe, by document, the evidence of the first rows with too many passages to list."""
    tallied = [(number, row) for number, row in enumerate(answer, 1) if row.tally]
    if not tallied:
        return []
    iris = sorted({iri for _, row in tallied[:_TALLIES] for iri, _ in row.tally})
    labels = answer.glossary.labels(iris)
    said = []
    for number, row in tallied[:_TALLIES]:
        counts = [f"{count:,} of {exact_text(NamedNode(iri), labels)}" for iri, count in row.tally]
        least = "at least " if row.partial else ""
        said.append(f"Row {number} rests on {least}these passages: {', '.join(counts)}. --why-of {number} lists them.")
    if len(tallied) > _TALLIES:
        said.append(
            f"{len(tallied) - _TALLIES:,} more rows rest on too many passages to list: --why-of ROW lists them."
        )
    return said


_TALLIES = 3  # rows of which it is said how many passages of which documents they rest on
