"""N-Quads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat

from filmgraph.answers.formats._cited import quads, remarks
from filmgraph.answers.formats._format import Format
from filmgraph.rdf.files import serialise

if TYPE_CHECKING:
    from filmgraph.answers.answer import TriplesAnswer


def _triples(answer: TriplesAnswer) -> list[str]:
    return [serialise(quads(answer), RdfFormat.N_QUADS).decode(), *remarks(answer)]


FORMAT = Format("nquads", "N-Quads", ("application/n-quads",), ("nq",), triples=_triples, evidence=True)
