"""RDF/XML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat

from filmgraph.answers.formats._format import Format
from filmgraph.rdf.files import serialise

if TYPE_CHECKING:
    from filmgraph.answers.answer import TriplesAnswer


def _triples(answer: TriplesAnswer) -> list[str]:
    return [serialise(answer.triples, RdfFormat.RDF_XML).decode()]


FORMAT = Format("rdfxml", "RDF/XML", ("application/rdf+xml",), ("rdf",), triples=_triples)
