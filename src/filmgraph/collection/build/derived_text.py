"""Derived facts as N-Quads text, which the engine loads fastest, computed line by line.

Text is N-Quads as pyoxigraph writes them: one statement a line, one space between terms. Taking lines apart costs a
fraction of what terms as Python objects cost.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING

import pyoxigraph as ox

from filmgraph.collection.derive import citation_record, days
from filmgraph.collection.labels import WATCHED, literal
from filmgraph.rdf.citation import DIGITS, Citation
from filmgraph.rdf.namespaces import CITATIONS_GRAPH, DERIVED_GRAPH, FG
from filmgraph.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from filmgraph.collection.labels import Properties

BUCKETS = 32
"""Into so many parts, by subject, go the notes from which labels are made."""

_DATE = f"<{FG}date>"
_NAME = f"<{FG}name>"
_FOLDED = f"<{FG}foldedName>"
_DERIVED = f"<{DERIVED_GRAPH}>"
_CITATIONS = f"<{CITATIONS_GRAPH}>"
_MOST_DATES = 100_000
# Lines are taken apart as bytes, one character each, because decoding them would take longer than that.
_AS_BYTES = "latin-1"
# One object for each property, so that notes hold none of them twice, in memory or on disk.
_WATCHED = {name: name for name in WATCHED}


class UnfitError(Exception):
    """A line breaks the evidence model; the slower reader finds out what and where."""


def bucket_of(subject: str) -> int:
    """Return the bucket of a node's notes, the same in every process.

    >>> 0 <= bucket_of("<urn:film>") < BUCKETS
    True
    """
    return zlib.crc32(subject.encode()) % BUCKETS


def texts(quads: Iterable[ox.Quad], size: int) -> Iterator[bytes]:
    """Yield quads as N-Quads, ``size`` at a time."""
    rest = iter(quads)
    while data := ox.serialize(islice(rest, size), format=ox.RdfFormat.N_QUADS):
        yield data


class Reader:
    """A reader that derives facts from statements.

    Args:
        sources: The IRIs of the sources that are declared.
    """

    def __init__(self, sources: set[str]) -> None:
        self.notes: dict[str, Properties] = {}
        """Of the nodes that were read what labels are made of."""
        self.names: set[str] = set()
        """The folded names that were read."""
        self._sources = sources
        self._days: dict[str, list[str]] = {}
        self._citation = re.compile(_CITATION).fullmatch
        self._record, self._filling = _template()
        self._allowed = {_CITATIONS}

    def part(self, data: bytes) -> bytes:
        """Return what follows from canonical N-Quads whose graphs are citations or the citation records.

        Returns:
            What follows, as N-Quads: what is derived in named graphs, and all triples in the default graph.

        Raises:
            UnfitError: A blank node, a triple outside a citation, or a citation of an unknown source.
        """
        lines = data.decode(_AS_BYTES).split(" .\n")
        lines.pop()
        pairs = [line.rpartition(" ") for line in lines]
        records = [self._admitted(graph) for graph in {pair[2] for pair in pairs} - self._allowed]
        triples = Counter([pair[0] for pair in pairs])
        more: list[str] = []
        try:
            dated = self._noted(triples, more)
        except ValueError as error:
            raise UnfitError from error  # a triple without a graph, whose object looks like one
        for triple, _, graph in pairs if dated else ():
            if triple in dated:
                its = _real(graph)
                more.extend([f"{day} {its}" for day in dated[triple]])
        merged = " .\n".join([*triples, *[self._record % record for record in records]]).encode(_AS_BYTES)
        follows = dict.fromkeys([*more, *[line.rpartition(" ")[0] for line in more]])
        return merged + " .\n".join(["", *follows, ""]).encode()

    def _noted(self, triples: dict[str, int], more: list[str]) -> dict[str, list[str]]:
        """Record the properties for labels, each triple with the number of its graphs.

        Adds the folded names; returns the triples that tell a date, each with those that tell its days.
        """
        notes = self.notes
        dated: dict[str, list[str]] = {}
        for triple, count in triples.items():
            subject, predicate, value = triple.split(" ", 2)
            if subject[0] == "_" or value[0] == "_":
                raise UnfitError
            watched = _WATCHED.get(predicate)
            if watched is None:
                continue
            if not triple.isascii():
                subject, value = _real(subject), _real(value)
            properties = notes.get(subject)
            if properties is None:
                notes[subject] = {watched: {value: count}}
            elif (counts := properties.get(watched)) is None:
                properties[watched] = {value: count}
            else:
                counts[value] = counts.get(value, 0) + count
            if watched == _DATE:
                dated[triple] = self._days_of(subject, value)
            elif watched == _NAME and value[0] == '"':
                more.append(f"{subject} {_FOLDED} {self._folded(value)} {_DERIVED}")
        return dated

    def _admitted(self, graph: str) -> tuple[str, ...]:
        """Return the values for the record of a citation seen for the first time."""
        match = self._citation(graph)
        if match is None or _real(match["source"]) not in self._sources:
            raise UnfitError
        if len(match["end"]) > DIGITS or len(match["start"]) > DIGITS or int(match["start"]) >= int(match["end"]):
            raise UnfitError
        self._allowed.add(graph)
        return self._filling(match.groups())

    def _days_of(self, subject: str, value: str) -> list[str]:
        if value[0] != '"':
            return []
        if value not in self._days:
            if len(self._days) > _MOST_DATES:
                self._days.clear()
            dated = ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode(FG + "date"), literal(value))
            self._days[value] = [f"{day.predicate} {day.object}" for day in days(dated)]
        return [f"{subject} {day}" for day in self._days[value]]

    def _folded(self, value: str) -> str:
        folded = fold(literal(value).value)
        self.names.add(folded)
        return str(ox.Literal(folded))


_CITATION = r"<(?P<source>[^#]*)#char=(?P<start>0|[1-9][0-9]*),(?P<end>0|[1-9][0-9]*)>"


def _template() -> tuple[str, Callable[[Sequence[str]], tuple[str, ...]]]:
    """Return the N-Quads template of a citation record, and the function that fills it."""
    example = Citation("urn:source", 123456, 234567)
    quads = list(citation_record(ox.NamedNode(str(example))))
    text = " .\n".join([str(quad) for quad in quads] + [str(quad.triple) for quad in quads]).replace("%", "%%")
    values = [str(value) for value in example]
    places = re.compile("|".join(values))
    return places.sub("%s", text), itemgetter(*[values.index(found) for found in places.findall(text)])


def _real(text: str) -> str:
    """Decode a piece of a line to text."""
    return text if text.isascii() else text.encode(_AS_BYTES).decode()


def folded_quad(bearer: str, folded: str) -> str:
    """Return the N-Quads line, without its end, that gives a thing a folded name."""
    return f"{bearer} {_FOLDED} {ox.Literal(folded)} {_DERIVED}"
