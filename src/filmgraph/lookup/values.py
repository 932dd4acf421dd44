"""RDF terms from Python values, and from what people type."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from filmgraph.errors import FilmgraphError
from filmgraph.lookup.names import as_iri
from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from decimal import Decimal

    Value = str | int | float | Decimal | date | NamedNode | Literal
    """What a caller may give: text, a Python value, or an RDF term."""

_XSD = PREFIXES["xsd"]
_LITERAL = re.compile(
    r'"(?P<text>(?:[^"\\]|\\.)*)"(?:@(?P<language>[A-Za-z]+(?:-[A-Za-z0-9]+)*)|\^\^(?P<datatype>\S+))?', re.DOTALL
)
# The short forms of SPARQL: https://www.w3.org/TR/sparql11-query/#QSynLiterals
_SHORT = (
    ("integer", re.compile("[+-]?[0-9]+")),
    ("decimal", re.compile(r"[+-]?[0-9]*\.[0-9]+")),
    ("boolean", re.compile("true|false")),
)
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", '"': '"', "'": "'", "\\": "\\"}


def term_of_value(value: Value) -> NamedNode | Literal:
    """The term of a Python value: text, numbers, booleans and dates become literals; a term stays itself.

    >>> print(term_of_value(85))
    "85"^^<http://www.w3.org/2001/XMLSchema#integer>

    Raises:
        FilmgraphError: There is no term for such a value.
    """
    if isinstance(value, NamedNode | Literal):
        return value
    if isinstance(value, str | bool | int | float):
        return Literal(value)
    if isinstance(value, datetime):
        return Literal(value.isoformat(), datatype=NamedNode(_XSD + "dateTime"))
    if isinstance(value, date):
        return Literal(value.isoformat(), datatype=NamedNode(_XSD + "date"))
    # decimal costs 3 ms to import, so its numbers are known by name.
    if type(value).__name__ == "Decimal":
        return Literal(f"{value:f}", datatype=NamedNode(_XSD + "decimal"))
    raise FilmgraphError(f"{value!r} has no RDF term.", hint="Give text, a number, a date, or a pyoxigraph term.")


def term_of_text(text: str) -> NamedNode | Literal:
    """The term that somebody types: as SPARQL writes terms, else plain text.

    >>> print(term_of_text("film:night-ferry"), term_of_text("3"), term_of_text('"Bac"@fr'), term_of_text("a b"))
    <https://w3id.org/filmgraph/id/film/night-ferry> "3"^^<http://www.w3.org/2001/XMLSchema#integer> "Bac"@fr "a b"
    """
    iri = as_iri(text)
    if iri is not None:
        return NamedNode(iri)
    literal = _LITERAL.fullmatch(text)
    if literal:
        lexical = re.sub(r"\\(.)", lambda match: _ESCAPES.get(match[1], match[0]), literal["text"])
        if literal["language"]:
            return Literal(lexical, language=literal["language"])
        datatype = as_iri(literal["datatype"]) if literal["datatype"] else None
        return Literal(lexical, datatype=NamedNode(datatype)) if datatype else Literal(lexical)
    for datatype, pattern in _SHORT:
        if pattern.fullmatch(text):
            return Literal(text, datatype=NamedNode(_XSD + datatype))
    return Literal(text)
