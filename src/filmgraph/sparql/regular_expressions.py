"""Patterns of REGEX and REPLACE that the engine cannot compile: to it they are errors, and leave nothing over.

SPARQL takes the regular expressions of XPath (`SPARQL 1.1, 17.4.3.14 <https://www.w3.org/TR/sparql11-query/#func-regex>`_),
which have no look-ahead and no back-references; the engine has neither.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from filmgraph.sparql.query import parse
from filmgraph.sparql.tokens import Token
from filmgraph.sparql.trouble import syntax_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.sparql.tree import Node

_HINT = "The engine knows no look-around (?=, no back-references \\1, and the flags i, m, s, x and q."
_PLACES = {"REGEX": (1, 2), "REPLACE": (1, 3)}
"""Where pattern and flags stand among the arguments."""


@lru_cache(256)
def compiles(pattern: str, flags: str = "") -> bool:
    """Whether the engine compiles a pattern.

    >>> compiles("^Night"), compiles("("), compiles("a(?=b)"), compiles("a", "z")
    (True, False, False, False)
    """
    text = f'SELECT (REGEX("", {ox.Literal(pattern)}, {ox.Literal(flags)}) AS ?compiles) {{}}'
    found = ox.Store().query(text)
    return isinstance(found, ox.QuerySolutions) and next(found)["compiles"] is not None


def refuse_uncompilable(text: str) -> None:
    """Refuse a query with a pattern, written out in it, that the engine cannot compile.

    Raises:
        QuerySyntaxError: It has one; it says which, and where.
    """
    capitals = text.upper()
    if "REGEX" not in capitals and "REPLACE" not in capitals:
        return
    for call in parse(text).body.walk():
        if call.kind != "BuiltInCall" or call.first.text.upper() not in _PLACES:
            continue
        arguments = list(_arguments(call))
        pattern, flags = (_constant(arguments, place) for place in _PLACES[call.first.text.upper()])
        if flags is not None and not compiles("", flags[0]):
            raise syntax_error(text, flags[1], f"the engine knows no flags '{flags[0]}'.", hint=_HINT)
        if pattern is not None and not compiles(pattern[0], flags[0] if flags else ""):
            raise syntax_error(text, pattern[1], f"the engine cannot compile the pattern '{pattern[0]}'.", hint=_HINT)


def _arguments(call: Node) -> Iterator[Node | Token]:
    inside = call.find("Arguments")
    for child in inside.children if inside else ():
        if not isinstance(child, Token) or child.kind != "PUNCTUATION":
            yield child


def _constant(arguments: list[Node | Token], place: int) -> tuple[str, int] | None:
    """The text that is written out as an argument, and where it stands; None where it is computed or left out."""
    if place >= len(arguments) or arguments[place].kind != "Literal":
        return None
    argument = arguments[place]
    token = argument if isinstance(argument, Token) else argument.first
    if token.kind != "STRING":
        return None
    (quad,) = ox.parse(f"<urn:x> <urn:x> {token.text} .", ox.RdfFormat.TURTLE)
    return (quad.object.value, token.start) if isinstance(quad.object, ox.Literal) else None
