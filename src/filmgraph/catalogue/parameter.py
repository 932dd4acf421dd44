"""A parameter of a question, and the RDF term that a value of it becomes."""

from __future__ import annotations

import re
from datetime import date, datetime
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from filmgraph.errors import BadParameterError
from filmgraph.rdf.class_words import class_words, indefinite
from filmgraph.rdf.namespaces import EDTF, FG, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable

    from filmgraph.lookup.values import Value

_XSD = PREFIXES["xsd"]
# Compiled at their first use: start-up is measured.
_INTEGER = r"[+-]?[0-9]+"
_DECIMAL = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"
_YEAR = r"-?[0-9]{4}"
_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
# RFC 5646, 2.1, as far as SPARQL's LANGTAG goes: https://www.w3.org/TR/sparql11-query/#rLANGTAG
_LANGUAGE = r"[A-Za-z]+(-[A-Za-z0-9]+)*"
_BOOLEANS = {"true": "true", "yes": "true", "1": "true", "false": "false", "no": "false", "0": "false"}


class Parameter(NamedTuple):
    """A parameter of a question: its name, type, default and permitted values.

    ``type`` is a key of `TYPES`; ``class_iri`` limits an ``iri`` to things of a class, ``scheme_iri`` to the concepts
    of a vocabulary (``skos:inScheme``);
    ``values`` are, for an enumeration, pairs of what is typed and what it stands for.
    """

    name: str
    type: str = "string"
    class_iri: str = ""
    values: tuple[tuple[str, str], ...] = ()
    required: bool = False
    default: str | None = None
    example: str | None = None
    description: str = ""
    scheme_iri: str = ""

    @property
    def option(self) -> str:
        """The option of the command line."""
        return "--" + self.name.replace("_", "-")

    @property
    def kind(self) -> str:
        """The type of a parameter in a word or two: ``film``, ``year``, ``won|nominated``."""
        if self.values:
            return "|".join(typed for typed, _ in self.values)
        if self.class_iri:
            return self.class_iri.replace("#", "/").rpartition("/")[2].lower()
        return TYPES[self.type][0]

    @property
    def called(self) -> str:
        """What a message calls a value: *film*, *festival or ceremony*, *year*."""
        return class_words(self.class_iri) if self.class_iri else self.kind

    @property
    def sample(self) -> str:
        """A value that can be shown."""
        if self.example is not None or self.default is not None:
            return self.example if self.example is not None else self.default or ""
        if self.class_iri:
            return self.placeholder
        return self.values[0][0] if self.values else TYPES[self.type][1]

    @property
    def placeholder(self) -> str:
        """The placeholder of a value in help: ``FILM``, ``YEAR``."""
        return "NAME" if self.kind == TYPES["iri"][0] else self.kind.upper().replace(" ", "-")

    @property
    def from_collection(self) -> bool:
        """Whether it is the film that a collection is about, where that is one and no other is given."""
        return self.required and self.class_iri == FG + "Film" and self.example is None


_SHOWN = 80
_DIGITS = 18
"""Signs and points included: numbers of 64 bits, and decimals of 18 places, have more."""

TYPES: dict[str, tuple[str, str]] = {
    "string": ("text", "text"),
    "integer": ("integer", "3"),
    "decimal": ("number", "7.5"),
    "date": ("date", "2009-11-20"),
    "year": ("year", "2009"),
    "edtf": ("EDTF date", "2009-11~"),
    "boolean": ("yes|no", "yes"),
    "language": ("language tag", "zh-Hans"),
    "iri": ("name or IRI", "NAME"),
}
"""Type of a parameter to what help calls its values, and a sample."""


def term(
    parameter: Parameter, value: Value, *, query: str, resolve: Callable[[str, str], NamedNode]
) -> NamedNode | Literal:
    """The RDF term of a value.

    Args:
        parameter: What was asked for.
        value: What was given.
        query: The name of the question, for messages.
        resolve: From a name and the IRI of a class or a vocabulary, which may be empty, to a thing.

    Raises:
        BadParameterError: The value is not of the parameter's type.
        UnknownThingError: Nothing has that name.
        AmbiguousNameError: Several things have that name.
    """
    bad = _Bad(parameter, query)
    if isinstance(value, NamedNode):
        if parameter.type != "iri":
            raise bad.error(str(value))
        return value
    text = _text(value, bad)
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        raise bad.error(text, "it is not UTF-8 text")
    if not text.strip() and parameter.type != "string":
        raise bad.error(text, "it is empty")
    if parameter.values:
        text = _chosen(parameter, text, bad)
    if parameter.type == "iri":
        return NamedNode(text) if parameter.values else resolve(text, parameter.class_iri or parameter.scheme_iri)
    return _LITERALS[parameter.type](text, bad)


class _Bad:
    """Makes the error for one parameter."""

    def __init__(self, parameter: Parameter, query: str) -> None:
        self._parameter, self._query = parameter, query

    def error(self, value: str, reason: str = "", *, hint: str | None = None) -> BadParameterError:
        parameter = self._parameter
        wanted = f"it takes {parameter.kind if parameter.values else indefinite(parameter.called)}"
        return BadParameterError(
            f"{parameter.option} of '{self._query}' cannot be {_shortened(value)!r}: {reason or wanted}.",
            query=self._query,
            name=parameter.name,
            hint=hint or f"For instance: {parameter.option} {quoted(parameter.sample)}",
        )


def _shortened(value: str) -> str:
    return value if len(value) <= _SHOWN else f"{value[:_SHOWN]}…"


def quoted(value: str) -> str:
    """A value as it is typed in a shell."""
    if re.fullmatch(r"[\w@%+=:,./-]+", value):
        return value
    return '"' + re.sub(r'([\\"$`])', r"\\\1", value) + '"'


def _text(value: object, bad: _Bad) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Literal):
        return value.value
    # decimal costs 3 ms to import, so its numbers are known by name.
    if isinstance(value, int | float) or type(value).__name__ == "Decimal":
        text = str(value)
        return text if "e" not in text.lower() else f"{import_module('decimal').Decimal(text):f}"
    raise bad.error(repr(value))


def _chosen(parameter: Parameter, text: str, bad: _Bad) -> str:
    by_name = {typed.casefold(): meant for typed, meant in parameter.values}
    if text.casefold() in by_name:
        return by_name[text.casefold()]
    if text in by_name.values():
        return text
    near = import_module("filmgraph.text.nearest").nearest(text, [typed for typed, _ in parameter.values])
    raise bad.error(text, hint=f"Did you mean {' or '.join(near)}?" if near else None)


def _string(text: str, _bad: _Bad) -> Literal:
    return Literal(text)


def _matching(pattern: str, datatype: str) -> Callable[[str, _Bad], Literal]:
    def literal(text: str, bad: _Bad) -> Literal:
        if not re.fullmatch(pattern, text):
            raise bad.error(text)
        if len(text) > _DIGITS:
            raise bad.error(text, "it has more digits than the engine can count with")
        return Literal(text, datatype=NamedNode(_XSD + datatype))

    return literal


def _date(text: str, bad: _Bad) -> Literal:
    if not re.fullmatch(_DATE, text):
        raise bad.error(text)
    try:
        date.fromisoformat(text)
    except ValueError:
        raise bad.error(text, "there is no such day") from None
    return Literal(text, datatype=NamedNode(_XSD + "date"))


def _edtf(text: str, bad: _Bad) -> Literal:
    edtf = import_module("filmgraph.rdf.edtf")  # only who asks with a date reads dates
    try:
        edtf.bounds(text)
    except edtf.EdtfError:
        raise bad.error(text) from None
    return Literal(text, datatype=NamedNode(EDTF))


def _boolean(text: str, bad: _Bad) -> Literal:
    if text.casefold() not in _BOOLEANS:
        raise bad.error(text)
    return Literal(_BOOLEANS[text.casefold()], datatype=NamedNode(_XSD + "boolean"))


def _language(text: str, bad: _Bad) -> Literal:
    if not re.fullmatch(_LANGUAGE, text):
        raise bad.error(text)
    return Literal(text)


_LITERALS: dict[str, Callable[[str, _Bad], Literal]] = {
    "string": _string,
    "integer": _matching(_INTEGER, "integer"),
    "decimal": _matching(_DECIMAL, "decimal"),
    "year": _matching(_YEAR, "integer"),
    "date": _date,
    "edtf": _edtf,
    "boolean": _boolean,
    "language": _language,
}
