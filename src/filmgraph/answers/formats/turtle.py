"""Turtle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat

from filmgraph.answers.formats._cited import PLAIN, reified, remarks
from filmgraph.answers.formats._format import Format
from filmgraph.rdf.files import serialise

if TYPE_CHECKING:
    from filmgraph.answers.answer import TriplesAnswer


def _triples(answer: TriplesAnswer) -> list[str]:
    return [serialise(reified(answer), RdfFormat.TURTLE, prefixes=PLAIN).decode(), *remarks(answer)]


FORMAT = Format("turtle", "Turtle", ("text/turtle",), ("ttl",), triples=_triples, evidence=True)
