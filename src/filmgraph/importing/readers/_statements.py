"""RDF statements as records: one for each film, else for each thing that nothing refers to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from filmgraph.importing.readers._json import columns, record
from filmgraph.importing.readers._records import CellValue, Defect, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_FIRST = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first"
_FILM = re.compile(r"film|movie|motionpicture|movingimage|cinematographicwork", re.IGNORECASE)
_TOLD = re.compile(_FILM.pattern + "|^(?:Person|Organi[sz]ation|Agent)$", re.IGNORECASE)
_NAMING = frozenset({"name", "label", "preflabel", "title", "first"})
_DEEPEST = 3


class FoundTerm(NamedTuple):
    """An RDF term with its position; an IRI is resolved, its position is that of its written form."""

    kind: Literal["iri", "blank", "literal"]
    value: str
    start: int
    end: int


class FoundTriple(NamedTuple):
    """A triple whose terms have positions."""

    subject: FoundTerm
    predicate: FoundTerm
    value: FoundTerm


def table_of(triples: Iterable[FoundTriple], text: str, problems: list[Defect], where: Callable[[int], str]) -> Table:
    """Convert triples to a table of records.

    A record's columns are the local names of properties. What a property points to is told by its own names where the
    text has such: *director* is then the name of the director; its other properties are columns such as
    *director/birthDate*.

    Args:
        triples: The triples.
        text: The text of the source.
        problems: What could not be read.
        where: How people are told a place of the text.
    """
    said: dict[str, list[FoundTriple]] = {}
    pointed: set[str] = set()
    for triple in triples:
        said.setdefault(triple.subject.value, []).append(triple)
        if triple.value.kind != "literal" and triple.value.value != triple.subject.value:
            pointed.add(triple.value.value)
    films = [node for node, stated in said.items() if _is_film(stated)]
    roots = films or [node for node in said if node not in pointed] or list(said)
    shown = _Cells(said, text, where)
    records = [record(number, shown.of_record(node)) for number, node in enumerate(roots, 1)]
    return Table(columns(records), records, problems)


def _is_film(stated: list[FoundTriple]) -> bool:
    return any(one.predicate.value == _TYPE and _FILM.search(local_name(one.value.value)) for one in stated)


def local_name(iri: str) -> str:
    """Return the last segment of an IRI.

    >>> local_name("http://schema.org/director"), local_name("urn:x")
    ('director', 'x')
    """
    return re.split(r"[/#:]", iri.rstrip("/#"))[-1]


class _Cells:
    """The cells of nodes."""

    def __init__(self, said: dict[str, list[FoundTriple]], text: str, where: Callable[[int], str]) -> None:
        self._said = said
        self._text = text
        self._where = where

    def of_record(self, node: str) -> Iterator[tuple[str, CellValue]]:
        """Yield the cells of a record with their column names."""
        first = self._said[node][0].subject
        if first.kind == "iri":
            yield "@id", self._cell(first)
        yield from self._of(node, "", {node})

    def _of(self, node: str, name: str, seen: set[str]) -> Iterator[tuple[str, CellValue]]:
        for triple in self._said[node]:
            local = "@type" if triple.predicate.value == _TYPE else local_name(triple.predicate.value)
            is_name = bool(name) and local.casefold() in _NAMING
            column = name if is_name else f"{name}/{local}" if name else local
            value = triple.value
            if triple.predicate.value == _TYPE and _TOLD.search(local_name(value.value)):
                continue  # it is what a record or a name is read as
            if value.kind == "literal":
                if value.value.strip():
                    yield column, self._cell(value)
            elif value.value in self._said and value.value not in seen and len(seen) <= _DEEPEST:
                yield from self._of(value.value, column, seen | {value.value})
            elif value.kind == "iri":
                yield column, self._cell(value)

    def _cell(self, term: FoundTerm) -> CellValue:
        text = term.value if term.kind == "literal" else self._text[term.start : term.end]
        left = len(text) - len(text.lstrip())
        right = len(text) - len(text.rstrip())
        is_bare = term.end - term.start == len(text)
        start, end = (term.start + left, term.end - right) if is_bare else (term.start, term.end)
        return CellValue(text.strip(), start, end, self._where(term.start))
