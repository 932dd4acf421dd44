"""RDF as Turtle, TriG, N-Triples or N-Quads: each statement with its line and character.

`RDF 1.1 Turtle <https://www.w3.org/TR/turtle/>`_. Names of graphs are not read: what they name is not known.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from filmgraph.importing.readers._reader import TableReader
from filmgraph.importing.readers._records import Defect, Table
from filmgraph.importing.readers._statements import table_of
from filmgraph.importing.readers._turtle import TurtleError, triples

if TYPE_CHECKING:
    from filmgraph.importing.readers._statements import FoundTriple


def read(text: str) -> Table:
    """Read the films of a file, or the things that nothing in it refers to.

    Args:
        text: The text of the source, as it stands.
    """
    starts = [0, *(place + 1 for place, character in enumerate(text) if character == "\n")]

    def where(place: int, word: str = "character") -> str:
        line = bisect_right(starts, place)
        return f"line {line}, {word} {place - starts[line - 1] + 1}"

    found: list[FoundTriple] = []
    problems: list[Defect] = []
    try:
        found.extend(triples(text))
    except TurtleError as error:
        problems.append(Defect(where(error.place, "column"), f"{error} Nothing was read of this file."))
        found = []
    if not found and not problems:
        problems.append(Defect("line 1", "There are no statements in it."))
    return table_of(found, text, problems, where)


READER = TableReader("turtle", "RDF as Turtle, TriG, N-Triples or N-Quads", (".ttl", ".trig", ".nt", ".nq"), read)
