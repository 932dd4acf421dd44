"""Patterns of REGEX and REPLACE that the engine cannot compile: to it they are errors, and leave nothing over.

SPARQL takes the regular expressions of XPath (`SPARQL 1.1, 17.4.3.14 <https://www.w3.org/TR/sparql11-query/#func-regex>`_),
which have no look-ahead and no back-references; the engine has neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from filmgraph.rdf.namespaces import WATCHED
from filmgraph.rdf.patterns import hint, trouble
from filmgraph.sparql.query import Edit, edit, parse
from filmgraph.sparql.tokens import Token
from filmgraph.sparql.trouble import place, syntax_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.rdf.results import Term
    from filmgraph.sparql.query import Query
    from filmgraph.sparql.tree import Node

_PLACES = {"REGEX": (1, 2), "REPLACE": (1, 3)}
"""Where pattern and flags stand among the arguments."""


def watched(text: str) -> str:
    """Return a query in which each computed pattern passes through a function that looks at it.

    Returns:
        The query; the text itself where every pattern is written out in it. An engine answers it with the functions of
        `filmgraph.rdf.patterns.PatternWatch`.

    Raises:
        QuerySyntaxError: A pattern or flags that are written out in it cannot be compiled; it says which, and where.

    >>> watched('ASK { FILTER(REGEX("a", "^a")) }')
    'ASK { FILTER(REGEX("a", "^a")) }'
    >>> watched('ASK { BIND("(" AS ?p) FILTER(REGEX("a", ?p, "i")) }')
    'ASK { BIND("(" AS ?p) FILTER(REGEX("a", <urn:filmgraph:pattern>("1:41", ?p, "i"), "i")) }'
    """
    capitals = text.upper()
    if "REGEX" not in capitals and "REPLACE" not in capitals:
        return text
    edits: list[Edit] = []
    query = parse(text)
    for call in query.body.walk():
        if call.kind == "BuiltInCall" and (places := _PLACES.get(call.first.text.upper())) is not None:
            arguments = list(_arguments(call))
            edits += _watching(query, *(arguments[number] if number < len(arguments) else None for number in places))
    return edit(text, edits)


def refuse_uncompilable(text: str) -> bool:
    """Refuse a query with a pattern, written out in it, that the engine cannot compile.

    Returns:
        Whether it computes other patterns, or flags.

    Raises:
        QuerySyntaxError: It has one; it says which, and where.
    """
    return watched(text) != text


def _watching(query: Query, pattern: Node | Token | None, flags: Node | Token | None) -> list[Edit]:
    """The edits that let a call tell of its pattern; none where it is written out in the query, and right."""
    if pattern is None:
        return []
    written, wanted = _constant(query, pattern), _constant(query, flags)
    for at, problem in ((flags, trouble(None, wanted)), (pattern, trouble(written, wanted))):
        if problem and at is not None:
            raise syntax_error(query.text, at.start, f"{problem}.", hint=hint(problem))
    if written is not None and (flags is None or wanted is not None):
        return []
    line, column = place(query.text, pattern.start)
    also = "" if flags is None else f", {query.text[flags.start : flags.end]}"
    return [
        Edit(pattern.start, pattern.start, f'<{WATCHED}>("{line}:{column}", '),
        Edit(pattern.end, pattern.end, f"{also})"),
    ]


def _arguments(call: Node) -> Iterator[Node | Token]:
    inside = call.find("Arguments")
    for child in inside.children if inside else ():
        if not isinstance(child, Token) or child.kind != "PUNCTUATION":
            yield child


def _constant(query: Query, argument: Node | Token | None) -> Term | None:
    """The term that is written out as an argument; None where it is computed or left out."""
    if argument is None or argument.kind not in {"Literal", "Iri"}:
        return None
    prologue = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in query.prefixes.items())
    statement = f"{prologue}<urn:x> <urn:x> {query.text[argument.start : argument.end]} ."
    (quad,) = ox.parse(statement, ox.RdfFormat.TURTLE, base_iri=query.base or "urn:x:")
    found: Term = quad.object
    return found
