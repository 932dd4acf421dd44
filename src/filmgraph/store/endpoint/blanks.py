"""Blank nodes in endpoint answers, whose labels are local to one answer.

`SPARQL 1.1 Query Results JSON Format, 3.2.2
<https://www.w3.org/TR/sparql11-results-json/#select-encode-terms>`_: the same label in two answers says nothing. So
each answer gets labels of its own, and nodes of two answers are never taken for one.
"""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Triple

from filmgraph.rdf.results import Solutions, Triples

if TYPE_CHECKING:
    from filmgraph.rdf.results import Term, Truth

_LASTING = re.compile(r"[0-9a-f]{31,32}", re.ASCII)  # a random number of 128 bits, which Oxigraph keeps for a node
_PASSING = "passing-"
_answers = count(1)


def passing(term: object) -> bool:
    """Whether a term is a blank node whose label is local to one answer.

    >>> passing(BlankNode("passing-1-1")), passing(BlankNode("1f83d9abfb41bd6b5be0cd19137e2179"))
    (True, False)
    """
    return isinstance(term, BlankNode) and term.value.startswith(_PASSING)


def own(found: Solutions | Triples | Truth) -> Solutions | Triples | Truth:
    """Relabel the blank nodes of an answer so that no other answer has them."""
    names = _Names()
    if isinstance(found, Solutions):
        if any(isinstance(term, BlankNode) for row in found.rows for term in row):
            return found._replace(rows=[tuple(map(names.own, row)) for row in found.rows])
    elif isinstance(found, Triples) and any(
        isinstance(term, BlankNode) for one in found.triples for term in (one.subject, one.object)
    ):
        own_ = names.own
        return Triples([Triple(own_(one.subject), one.predicate, own_(one.object)) for one in found.triples])  # type: ignore[arg-type]  # what a triple holds
    return found


class _Names:
    """The blank node labels of one answer."""

    def __init__(self) -> None:
        self._answer = next(_answers)
        self._known: dict[str, BlankNode] = {}

    def own(self, term: Term | None) -> Term | None:
        if not isinstance(term, BlankNode) or _LASTING.fullmatch(term.value):
            return term
        known = self._known.get(term.value)
        if known is None:
            known = self._known[term.value] = BlankNode(f"{_PASSING}{self._answer}-{len(self._known) + 1}")
        return known
