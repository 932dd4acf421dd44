"""TriG."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat

from filmgraph.answers.formats._cited import PLAIN, quads, remarks
from filmgraph.answers.formats._format import Format
from filmgraph.rdf.files import serialise

if TYPE_CHECKING:
    from filmgraph.answers.answer import TriplesAnswer


def _triples(answer: TriplesAnswer) -> list[str]:
    return [serialise(quads(answer), RdfFormat.TRIG, prefixes=PLAIN).decode(), *remarks(answer)]


FORMAT = Format("trig", "TriG", ("application/trig",), ("trig",), triples=_triples, evidence=True)
