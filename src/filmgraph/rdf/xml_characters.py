"""The characters that XML 1.0 has: what lacks them cannot be written as XML, however it is escaped.

`XML 1.0, 2.2 <https://www.w3.org/TR/xml/#charsets>`_
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from filmgraph.errors import FilmgraphError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Compiled at its first use: start-up is measured.
_IMPOSSIBLE = "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"


def refuse_impossible(value: str) -> None:
    r"""Refuse text that XML 1.0 cannot hold.

    Raises:
        FilmgraphError: It has such a character.

    >>> refuse_impossible("a\x1bb")
    Traceback (most recent call last):
    filmgraph.errors.FilmgraphError: XML cannot hold the character U+001B of the value 'a\x1bb'.
    """
    impossible = None if value.isprintable() else re.search(_IMPOSSIBLE, value)
    if impossible:
        start = max(0, impossible.start() - 40)
        raise FilmgraphError(
            f"XML cannot hold the character U+{ord(impossible[0]):04X} of the value {value[start : start + 80]!r}.",
            hint="Choose another format, for instance json or turtle, or correct the value.",
        )


def possible(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Yield the triples, refusing values that XML cannot hold, which the engine would write all the same.

    Raises:
        FilmgraphError: A literal has such a character; IRIs cannot have one.
    """
    for triple in triples:
        if isinstance(triple.object, ox.Literal):
            refuse_impossible(triple.object.value)
        yield triple
