"""The ways to the triples of CONSTRUCT and DESCRIBE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode

from filmgraph.evidence.ledger import Fact
from filmgraph.evidence.limits import Unexplained
from filmgraph.evidence.shape import group_of
from filmgraph.sparql.tokens import Token

if TYPE_CHECKING:
    from filmgraph.answers import Term
    from filmgraph.evidence.deriving import Deriver, Values, Ways


def triple_ways(deriver: Deriver, triple: tuple[Term | None, ...]) -> Ways | Unexplained:
    """The ways to one triple.

    A constructed triple comes from a triple of the template, with the values of a solution; a described one is a fact
    about a thing that was asked for.
    """
    try:
        if deriver.query.form == "describe":
            return _described(deriver, triple)
        return _constructed(deriver, triple)
    except Unexplained as reason:
        return reason


def _constructed(deriver: Deriver, triple: tuple[Term | None, ...]) -> Ways:
    body = deriver.query.body
    template = body.child("ConstructTemplate", "ConstructWhere")
    group = group_of(deriver.query)
    block = template.find("TriplesBlock")
    ways: Ways = []
    patterns = deriver.renderer.triples(block, None)[1] if block is not None else ()
    for pattern in patterns:
        values: Values | None = {}
        for reference, term in zip(pattern[1:], triple, strict=True):
            values = _unified(deriver, str(reference), term, values)
        if values is None or group is None:
            continue
        (found,) = deriver.solutions(group, [values], list(values), None, suffix=deriver.trailing)
        if not isinstance(found, Unexplained):
            ways += found
    if not ways:
        raise Unexplained("no solution was found again that gives this triple")
    return list(dict.fromkeys(ways))


def _unified(deriver: Deriver, reference: str, term: Term | None, values: Values | None) -> Values | None:
    if values is None:
        return None
    if reference.startswith(f"?{deriver.renderer.mark}"):  # a blank node of the template, new for each solution
        return values if isinstance(term, BlankNode) else None
    if reference[0] != "?":
        return values if deriver.term(reference, {}) == term else None
    if values.get(reference[1:], term) != term:
        return None
    return values | {reference[1:]: term}


def _described(deriver: Deriver, triple: tuple[Term | None, ...]) -> Ways:
    subject, predicate, object_ = triple
    if subject is None or predicate is None or object_ is None or isinstance(subject, BlankNode):
        raise Unexplained("a blank node was described, and what led to it is not known")
    own = Fact(None, subject, predicate, object_)
    body = deriver.query.body
    group = group_of(deriver.query)
    ways: Ways = []
    for child in body.children[1:]:
        if isinstance(child, Token) and child.kind == "VAR" and group is not None:
            (found,) = deriver.solutions(
                group, [{child.text[1:]: subject}], [child.text[1:]], None, suffix=deriver.trailing
            )
            ways += [] if isinstance(found, Unexplained) else [way | {own} for way in found]
        elif not isinstance(child, Token) and child.kind == "Iri" and deriver.term(child.first.text, {}) == subject:
            ways.append(frozenset({own}))
    if not ways:
        raise Unexplained("what was described is not what was asked for")
    return list(dict.fromkeys(ways))
