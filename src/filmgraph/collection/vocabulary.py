"""The bundled vocabularies: countries, languages, roles, units and other concepts.

A collection holds those of their terms that its files mention, and the terms that these point at.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from filmgraph.collection.folder import vocabularies
from filmgraph.rdf.files import parse_bytes, read
from filmgraph.rdf.namespaces import REFERENCE_GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_GRAPH = ox.NamedNode(REFERENCE_GRAPH)
_PREFIX = re.compile(r"@prefix (\w+): <([^>]+)> \.")


class TermLine(NamedTuple):
    """The line of a vocabulary file that describes a term, with the file's path and prefixes."""

    path: str
    prefixes: str
    line: str


@cache
def terms() -> dict[ox.NamedNode, TermLine]:
    """Return every term's line by IRI; one line per term lets single terms be parsed alone.

    >>> "film director" in terms()[ox.NamedNode("http://id.loc.gov/vocabulary/relators/fmd")].line
    True
    """
    found: dict[ox.NamedNode, TermLine] = {}
    for file in vocabularies():
        text = read(file.path).decode()
        names = dict(_PREFIX.findall(text))
        prefixes = "".join(line + "\n" for line in text.split("\n") if line.startswith("@prefix"))
        for line in text.split("\n"):
            if line and line[0] not in "@#":
                prefix, _, local = line.partition(" ")[0].partition(":")
                found[ox.NamedNode(names[prefix] + local)] = TermLine(file.path, prefixes, line)
    return found


def described(mentioned: Iterable[ox.NamedNode]) -> Iterator[ox.Quad]:
    """Yield what the vocabularies state of terms, and of the terms that these point to.

    Args:
        mentioned: Terms, each a key of `terms`.

    >>> said = [quad.object for quad in described([ox.NamedNode("https://w3id.org/filmgraph/vocab/minute")])]
    >>> ox.Literal("minutes", language="en") in said, ox.Literal("unit", language="en") in said
    (True, True)
    """
    known = terms()
    waiting = sorted(set(mentioned), key=str)
    seen = set(waiting)
    while waiting:
        found = [known[one] for one in waiting]
        waiting = []
        for path, prefixes in dict.fromkeys((one.path, one.prefixes) for one in found):
            lines = "\n".join(one.line for one in found if one.path == path)
            for quad in parse_bytes(f"{prefixes}\n{lines}\n".encode(), ox.RdfFormat.TURTLE, path=path):
                yield ox.Quad(quad.subject, quad.predicate, quad.object, _GRAPH)
                if isinstance(quad.object, ox.NamedNode) and quad.object in known and quad.object not in seen:
                    seen.add(quad.object)
                    waiting.append(quad.object)
