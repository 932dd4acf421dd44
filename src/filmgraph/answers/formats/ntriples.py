"""N-Triples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat

from filmgraph.answers.formats._cited import reified, remarks
from filmgraph.answers.formats._format import Format
from filmgraph.rdf.files import serialise

if TYPE_CHECKING:
    from filmgraph.answers.answer import TriplesAnswer


def _triples(answer: TriplesAnswer) -> list[str]:
    return [serialise(reified(answer), RdfFormat.N_TRIPLES).decode(), *remarks(answer)]


FORMAT = Format("ntriples", "N-Triples", ("application/n-triples",), ("nt",), triples=_triples, evidence=True)
