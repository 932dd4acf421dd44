"""RDF formats of triples: the name of each, and how its syntax carries evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat

from filmgraph.answers.formats._cited import PLAIN, quads, reified, remarks
from filmgraph.answers.formats._format import Format
from filmgraph.rdf.files import serialise
from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable

    from filmgraph.answers.answer import TriplesAnswer

    Writer = Callable[[TriplesAnswer], list[str]]


def _graph(syntax: RdfFormat, prefixes: dict[str, str] = PREFIXES) -> Writer:
    """Return a writer of triples with a reifier for each that names its citations."""
    return lambda answer: [serialise(reified(answer), syntax, prefixes=prefixes).decode(), *remarks(answer)]


def _dataset(syntax: RdfFormat, prefixes: dict[str, str] = PREFIXES) -> Writer:
    """Return a writer of quads: each triple in a graph for each of its witnesses."""
    return lambda answer: [serialise(quads(answer), syntax, prefixes=prefixes).decode(), *remarks(answer)]


def _json(answer: TriplesAnswer) -> list[str]:
    # JSON has no comments, so what could not be explained has no place in it.
    return [serialise(quads(answer), RdfFormat.JSON_LD).decode()]


def _xml(answer: TriplesAnswer) -> list[str]:
    return [serialise(answer.triples, RdfFormat.RDF_XML).decode()]


_TABLE: tuple[tuple[str, str, str, str, Writer, bool], ...] = (
    ("jsonld", "JSON-LD", "application/ld+json", "jsonld", _json, True),
    ("nquads", "N-Quads", "application/n-quads", "nq", _dataset(RdfFormat.N_QUADS), True),
    ("ntriples", "N-Triples", "application/n-triples", "nt", _graph(RdfFormat.N_TRIPLES), True),
    ("rdfxml", "RDF/XML", "application/rdf+xml", "rdf", _xml, False),
    ("trig", "TriG", "application/trig", "trig", _dataset(RdfFormat.TRIG, PLAIN), True),
    ("turtle", "Turtle", "text/turtle", "ttl", _graph(RdfFormat.TURTLE, PLAIN), True),
)

FORMATS = {
    name: Format(name, summary, (media_type,), (ending,), triples=write, evidence=evidence)
    for name, summary, media_type, ending, write, evidence in _TABLE
}
