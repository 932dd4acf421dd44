"""Quads as expanded JSON-LD (`JSON-LD 1.1, 4.1 <https://www.w3.org/TR/json-ld11/#expanded-document-form>`_).

Nodes are made one after another from quads in order, so that a graph of any size streams through.
"""

from __future__ import annotations

import json
from itertools import groupby
from operator import itemgetter
from typing import IO, TYPE_CHECKING, Any

import pyoxigraph as ox

from filmgraph.exporters.linked.terms import Translated, batches, parsed
from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TYPE = PREFIXES["rdf"] + "type"
_WRITTEN_TYPE = f"<{_TYPE}>"
_XSD = PREFIXES["xsd"]


def nodes(quads: Iterable[ox.Quad | ox.Triple], *, texts: frozenset[str] = frozenset()) -> Iterator[dict[str, Any]]:
    """The node objects of quads of one graph that come in the order of their subjects.

    Args:
        quads: The quads.
        texts: Properties whose values a context shows by language, where a number of JSON has no place.

    >>> list(nodes([ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal(7))]))
    [{'@id': 'urn:a', 'urn:b': [{'@value': 7}]}]
    """
    for subject, group in groupby(quads, key=lambda quad: quad.subject):
        node: dict[str, Any] = {"@id": identifier(subject)}
        for quad in group:
            name = "@type" if quad.predicate.value == _TYPE else quad.predicate.value
            value = identifier(quad.object) if name == "@type" else _value(quad.object, natively=name not in texts)
            node.setdefault(name, []).append(value)
        yield node


def lines(triples: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Iterator[bytes]]]:
    r"""Graphs and the node objects in them as JSON, without a detour through objects.

    Args:
        triples: For each triple the name of its graph and N-Triples text without full stop, in order.

    >>> [(name, list(nodes)) for name, nodes in lines([("<urn:g>", '<urn:a> <urn:b> "7"')])]
    [('<urn:g>', [b'{"@id": "urn:a", "urn:b": [{"@value": "7"}]}'])]
    """
    for graph, group in groupby(_translated(triples), key=itemgetter(0)):
        yield graph, _nodes(group)


def _nodes(translated: Iterable[tuple[str, str, str, str]]) -> Iterator[bytes]:
    for subject, group in groupby(translated, key=itemgetter(1)):
        properties = [
            f"{name}: [{', '.join([value for _, _, _, value in values])}]"
            for name, values in groupby(group, key=itemgetter(2))
        ]
        yield f'{{"@id": {subject}, {", ".join(properties)}}}'.encode()


def _translated(triples: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str, str]]:
    """For each triple its graph, and as JSON its subject, predicate and object."""
    names = Translated(lambda terms: (_text(identifier(term)) for term in parsed(terms)))
    objects = Translated(lambda terms: (_text(_value(term, natively=True)) for term in parsed(terms)))
    for batch in batches(triples):
        cut = [(graph, *triple.split(" ", 2)) for graph, triple in batch]
        name = names.of(term for _, *terms in cut for term in (terms if terms[1] == _WRITTEN_TYPE else terms[:2]))
        value_of = objects.of(value for _, _, predicate, value in cut if predicate != _WRITTEN_TYPE)
        for graph, subject, predicate, value in cut:
            if predicate == _WRITTEN_TYPE:
                yield graph, name[subject], '"@type"', name[value]
            else:
                yield graph, name[subject], name[predicate], value_of[value]


def write(graphs: Iterable[tuple[str, Iterable[bytes]]], out: IO[bytes]) -> None:
    """Write graphs one after another, one node a line.

    Args:
        graphs: The name of each graph, empty for the default graph, and its nodes as JSON.
        out: Where they are written to.
    """
    out.write(b"[")
    separator = b"\n"
    for name, members in graphs:
        if not name:
            for node in members:
                out.write(separator + node)
                separator = b",\n"
            continue
        out.write(separator + b'{"@id": ' + json_text(name) + b', "@graph": [')
        separator = b"\n"
        for node in members:
            out.write(separator + b"  " + node)
            separator = b",\n"
        out.write(b"\n]}")
        separator = b",\n"
    out.write(b"\n]\n")


def identifier(term: object) -> str:
    """The ``@id`` of a term."""
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _value(term: object, *, natively: bool) -> dict[str, Any]:
    if not isinstance(term, ox.Literal):
        return {"@id": identifier(term)}
    if term.language is not None:
        return {"@value": term.value, "@language": term.language}
    datatype = term.datatype.value
    if datatype == _XSD + "string":
        return {"@value": term.value}
    if natively and datatype == _XSD + "integer" and _is_canonical(term.value):
        return {"@value": int(term.value)}
    if natively and datatype == _XSD + "boolean" and term.value in {"true", "false"}:
        return {"@value": term.value == "true"}
    return {"@value": term.value, "@type": datatype}


def _is_canonical(text: str) -> bool:
    """Whether a whole number survives JSON, where big ones are no whole numbers any more."""
    return len(text) <= len("-999999999999999") and text.removeprefix("-").isdecimal() and str(int(text)) == text


def json_text(value: object) -> bytes:
    """A value as JSON, in one line."""
    return _text(value).encode()


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
