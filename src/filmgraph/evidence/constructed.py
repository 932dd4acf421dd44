"""The ways to the triples of CONSTRUCT and DESCRIBE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode

from filmgraph.evidence.ledger import Fact
from filmgraph.evidence.limits import Unexplained
from filmgraph.evidence.shape import group_of
from filmgraph.sparql.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from filmgraph.answers import Term
    from filmgraph.evidence.deriving import Deriver, Values, Ways


def triple_ways(deriver: Deriver, triples: Sequence[tuple[Term | None, ...]]) -> list[Ways | Unexplained]:
    """The ways to triples.

    A constructed triple comes from a triple of the template, with the values of a solution; a described one is a fact
    about a thing that was asked for.
    """
    found: dict[int, Ways] = {number: [] for number in range(len(triples))}
    work = _described if deriver.query.form == "describe" else _constructed
    for number, ways in work(deriver, triples):
        found[number] += ways
    reason = Unexplained("no solution was found again that gives this triple")
    return [list(dict.fromkeys(ways)) if ways else reason for ways in found.values()]


def _constructed(deriver: Deriver, triples: Sequence[tuple[Term | None, ...]]) -> Iterator[tuple[int, Ways]]:
    template = deriver.query.body.child("ConstructTemplate", "ConstructWhere")
    block = template.find("TriplesBlock")
    patterns = deriver.renderer.triples(block, None)[1] if block is not None else ()
    for pattern in patterns:
        references = [str(reference) for reference in pattern[1:]]
        wanted: dict[int, Values] = {}
        for number, triple in enumerate(triples):
            values: Values | None = {}
            for reference, term in zip(references, triple, strict=True):
                values = _unified(deriver, reference, term, values)
            if values is not None:
                wanted[number] = values
        yield from _solved(deriver, wanted)


def _solved(deriver: Deriver, wanted: dict[int, Values]) -> Iterator[tuple[int, Ways]]:
    group = group_of(deriver.query)
    if not wanted or group is None:
        return
    names = list(next(iter(wanted.values())))
    solved = deriver.solutions(group, list(wanted.values()), names, None, suffix=deriver.trailing)
    for number, ways in zip(wanted, solved, strict=True):
        if not isinstance(ways, Unexplained):
            yield number, ways


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


def _described(deriver: Deriver, triples: Sequence[tuple[Term | None, ...]]) -> Iterator[tuple[int, Ways]]:
    own: dict[int, Fact] = {}
    for number, (subject, predicate, object_) in enumerate(triples):
        # What led to a description of a blank node is not known.
        if subject is not None and predicate is not None and object_ is not None and not isinstance(subject, BlankNode):
            own[number] = Fact(None, subject, predicate, object_)
    for child in deriver.query.body.children[1:]:
        if isinstance(child, Token) and child.kind == "VAR":
            wanted: dict[int, Values] = {number: {child.text[1:]: fact.subject} for number, fact in own.items()}
            for number, ways in _solved(deriver, wanted):
                yield number, [way | {own[number]} for way in ways]
        elif not isinstance(child, Token) and child.kind == "Iri":
            asked = deriver.term(child.first.text, {})
            yield from ((number, [frozenset({fact})]) for number, fact in own.items() if fact.subject == asked)
