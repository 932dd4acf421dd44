"""Restoration of values that Virtuoso returns in a form of its own.

Durations are kept as a number of months, or of seconds with a dot and the seconds of the minute behind them
(`openlink/virtuoso-opensource 936 <https://github.com/openlink/virtuoso-opensource/issues/936>`_): neither is an
``xsd:duration``, so nothing that somebody wrote is changed. Booleans are kept as 1 and 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.rdf.results import Solutions, Triples

if TYPE_CHECKING:
    from filmgraph.rdf.results import Term, Truth

_DURATION, _BOOLEAN = NamedNode(PREFIXES["xsd"] + "duration"), NamedNode(PREFIXES["xsd"] + "boolean")
_BOOLEANS = {"1": "true", "0": "false"}


def restored(found: Solutions | Triples | Truth) -> Solutions | Triples | Truth:
    """Restore the values of an answer to the form in which they were loaded."""
    if isinstance(found, Solutions):
        return found._replace(rows=[tuple(map(_term, row)) for row in found.rows])
    if isinstance(found, Triples):
        return Triples([Triple(one.subject, one.predicate, _term(one.object)) for one in found.triples])  # type: ignore[arg-type]  # what a triple holds
    return found


def _term(term: Term | None) -> Term | None:
    if isinstance(term, Literal):
        if term.datatype == _DURATION:
            return Literal(duration(term.value), datatype=_DURATION)
        if term.datatype == _BOOLEAN:
            return Literal(_BOOLEANS.get(term.value, term.value), datatype=_BOOLEAN)
    return term


def duration(text: str) -> str:
    """Return the lexical form of a duration that Virtuoso returns as a number.

    >>> duration("157.37"), duration("59.25"), duration("-219"), duration("PT0.5S")
    ('PT2M37S', 'PT59.25S', '-P18Y3M', 'PT0.5S')
    """
    sign = "-" if text.startswith("-") else ""
    number, dot, rest = text.removeprefix("-").partition(".")
    if not (text.isascii() and number.isdecimal() and (rest.isdecimal() or not dot)):
        return text
    amount = int(number)
    if not dot:
        return f"{sign}P{_parts((amount // 12, 'Y'), (amount % 12, 'M')) or '0M'}"
    minutes, seconds = divmod(amount, 60)
    fraction = "" if int(rest) == seconds else f".{rest}".rstrip("0").rstrip(".")
    day = _parts((minutes // 1440, "D"))
    time = _parts((minutes // 60 % 24, "H"), (minutes % 60, "M"))
    if seconds or fraction:
        time += f"{seconds}{fraction}S"
    return f"{sign}P{day}{'T' if time else ''}{time}" if day or time else "PT0S"


def _parts(*amounts: tuple[int, str]) -> str:
    return "".join(f"{amount}{letter}" for amount, letter in amounts if amount)
