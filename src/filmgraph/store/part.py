"""A part of a collection's facts as text that the engine takes at its fastest, with what follows from each line.

Text is N-Quads and N-Triples as pyoxigraph writes them: one statement a line, one space between terms. Taking lines
apart costs a fraction of what terms as Python objects cost.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from filmgraph.citation import Citation
from filmgraph.derive import citation_record, days
from filmgraph.folding import fold
from filmgraph.labels import WATCHED, literal
from filmgraph.namespaces import CITATIONS_GRAPH, DERIVED_GRAPH, FG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BUCKETS = 32
"""Into so many parts, by subject, go the notes from which labels are made."""

_DATE = f"<{FG}date>"
_NAME = f"<{FG}name>"
_FOLDED = f"<{FG}foldedName>"
_DERIVED = f"<{DERIVED_GRAPH}>"
_CITATIONS = f"<{CITATIONS_GRAPH}>"
_MOST_DATES = 100_000


class UnfitError(Exception):
    """Something that the evidence model forbids stands here; the slower reader says what and where."""


class Part(NamedTuple):
    """What one part comes to."""

    quads: bytes
    """N-Quads: the statements, and what is derived in named graphs."""
    triples: bytes
    """N-Triples: each triple of them once."""
    notes: list[dict[str, int]]
    """For each bucket the triples that labels are made of, each with the number of its graphs."""
    names: set[str]
    """The folded names."""


def bucket_of(subject: str) -> int:
    """Where the notes on a node go, in this process and in others.

    >>> 0 <= bucket_of("<urn:film>") < BUCKETS
    True
    """
    return zlib.crc32(subject.encode()) % BUCKETS


def texts(quads: Iterable[ox.Quad], size: int) -> Iterator[str]:
    """Quads as N-Quads, so many at a time."""
    rest = iter(quads)
    while data := ox.serialize(islice(rest, size), format=ox.RdfFormat.N_QUADS):
        yield data.decode()


class Reader:
    """Derives what follows from statements.

    Args:
        sources: The IRIs of the sources that are declared.
    """

    def __init__(self, sources: set[str]) -> None:
        self._sources = sources
        self._days: dict[str, list[str]] = {}
        self._citation = re.compile(_CITATION).fullmatch
        self._record, self._merged_record = _templates()
        self._allowed = {_CITATIONS}

    def part(self, text: str) -> Part:
        """Read canonical N-Quads, each line in the graph of a citation or in that of the citations' own records.

        Raises:
            UnfitError: A blank node, a triple outside a citation, or a citation of an unknown source.
        """
        lines = text.split("\n")
        lines.pop()
        pairs = [line[:-2].rpartition(" ") for line in lines]
        records = [self._admitted(graph) for graph in {pair[2] for pair in pairs} - self._allowed]
        more: list[str] = []
        more.extend(
            f"{day} {graph}" for triple, _, graph in pairs if f" {_DATE} " in triple for day in self._days_of(triple)
        )
        triples = Counter([pair[0] for pair in pairs])
        notes: list[dict[str, int]] = [{} for _ in range(BUCKETS)]
        names: set[str] = set()
        for triple, count in triples.items():
            subject, predicate, value = triple.split(" ", 2)
            if subject[0] == "_" or value[0] == "_":
                raise UnfitError
            if predicate in WATCHED:
                notes[zlib.crc32(subject.encode()) % BUCKETS][triple] = count
                if predicate == _NAME and value[0] == '"':
                    more.append(f"{subject} {_FOLDED} {self._folded(value, names)} {_DERIVED}")
        triples.update(line.rpartition(" ")[0] for line in more)
        added = [f"{line} .\n" for line in dict.fromkeys(more)]
        added.extend(self._record % place for place in records)
        merged = [f"{triple} .\n" for triple in triples]
        merged.extend(self._merged_record % place for place in records)
        return Part((text + "".join(added)).encode(), "".join(merged).encode(), notes, names)

    def _admitted(self, graph: str) -> dict[str, str]:
        """The parts of a citation that was not met before."""
        match = self._citation(graph)
        if match is None or match["source"] not in self._sources or int(match["start"]) >= int(match["end"]):
            raise UnfitError
        self._allowed.add(graph)
        return match.groupdict()

    def _days_of(self, triple: str) -> list[str]:
        subject, predicate, value = triple.split(" ", 2)
        if predicate != _DATE or value[0] != '"':
            return []
        if value not in self._days:
            if len(self._days) > _MOST_DATES:
                self._days.clear()
            dated = ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode(FG + "date"), literal(value))
            self._days[value] = [f"{day.predicate} {day.object}" for day in days(dated)]
        return [f"{subject} {day}" for day in self._days[value]]

    def _folded(self, value: str, names: set[str]) -> str:
        folded = fold(literal(value).value)
        names.add(folded)
        return str(ox.Literal(folded))


_CITATION = r"<(?P<source>[^#]*)#char=(?P<start>0|[1-9][0-9]*),(?P<end>0|[1-9][0-9]*)>"


def _templates() -> tuple[str, str]:
    """The record of a citation as N-Quads and as N-Triples, with places for source, start and end."""
    example = Citation("urn:source", 123456, 234567)
    quads = list(citation_record(ox.NamedNode(str(example))))
    forms = []
    for lines in ([f"{quad} .\n" for quad in quads], [f"{quad.triple} .\n" for quad in quads]):
        text = "".join(lines).replace("%", "%%")
        for name, value in example._asdict().items():
            text = text.replace(str(value), f"%({name})s")
        forms.append(text)
    return forms[0], forms[1]


def folded_quad(bearer: str, folded: str) -> str:
    """The N-Quads line, without its end, that gives a thing a folded name."""
    return f"{bearer} {_FOLDED} {ox.Literal(folded)} {_DERIVED}"
