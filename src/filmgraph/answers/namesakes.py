"""Disambiguation of things that share a label in a table, by kind, date, or words of their IRIs."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from filmgraph.answers.rows import AnsweredRows, Glossary, Particulars

    Text = Callable[[object, dict[str, str]], str]
    Places = dict[str, set[int]]


def told_apart(answer: AnsweredRows, labels: dict[str, str], text: Text) -> dict[str, str]:
    """Add a qualifier in brackets to labels that two things of a column share.

    Nothing is added where another column tells them apart already: two prizes of one name, each beside its festival.

    Args:
        answer: The rows of the table.
        labels: The labels of the IRIs in it.
        text: What a term reads as, given labels.
    """
    hidden = answer.asked.layout.hide if answer.asked and answer.asked.layout else ()
    shown = [place for place, name in enumerate(answer.variables) if name not in hidden]
    rows = [[row[place] for place in shown] for row in answer]
    alike = [
        group
        for column in range(len(shown))
        for group in _alike(rows, column, labels)
        if not _told_by_another_column(rows, column, group, lambda term: text(term, labels))
    ]
    if not alike:
        return labels
    glossary: Glossary = answer.glossary
    known = glossary.particulars(sorted({iri for group in alike for iri in group}))
    marks = [_marks(group, known, labels) for group in alike]
    return labels | {iri: f"{labels[iri]} ({mark})" for found in marks for iri, mark in found.items()}


def _alike(rows: Sequence[Sequence[object]], column: int, labels: dict[str, str]) -> Iterator[Places]:
    """Yield the things of a column that share a label, with the rows of each."""
    found: dict[str, Places] = defaultdict(lambda: defaultdict(set))
    for number, row in enumerate(rows):
        term = row[column]
        if isinstance(term, NamedNode) and term.value in labels:
            found[labels[term.value]][term.value].add(number)
    return (group for group in found.values() if len(group) > 1)


def _told_by_another_column(
    rows: Sequence[Sequence[object]], column: int, group: Places, text: Callable[[object], str]
) -> bool:
    for other in range(len(rows[0])):
        values = [{text(rows[number][other]) for number in numbers} for numbers in group.values()]
        apart = len(set[str]().union(*values)) == sum(map(len, values))
        if other != column and apart and all(all(each) for each in values):
            return True
    return False


def _marks(iris: Collection[str], known: dict[str, Particulars], labels: dict[str, str]) -> dict[str, str]:
    """Return a qualifier for each thing, distinct as far as possible."""
    kinds = {iri: known[iri].kind for iri in iris if iri in known}
    dates = {iri: known[iri].date for iri in iris if iri in known}
    for marks in (kinds, dates):
        if len(set(filter(None, marks.values()))) == len(iris):
            return marks
    return _key_words(iris, labels)


def _key_words(iris: Collection[str], labels: dict[str, str]) -> dict[str, str]:
    """Return the words of each IRI's last segment that are neither common to all nor in its label.

    >>> _key_words(["urn:part/ferry.still-quay", "urn:part/ferry.still-deck-at-night"], {})
    {'urn:part/ferry.still-quay': 'quay', 'urn:part/ferry.still-deck-at-night': 'deck at night'}
    """
    words = {iri: re.split(r"[-._]", re.split(r"[/#:]", iri)[-1]) for iri in iris}
    shared = set.intersection(*map(set, words.values()))
    said = {iri: shared | set(labels.get(iri, "").casefold().split()) for iri in iris}
    marks = {iri: " ".join(word for word in each if word not in said[iri]) for iri, each in words.items()}
    return {iri: mark for iri, mark in marks.items() if mark}
