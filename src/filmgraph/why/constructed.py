"""Ways to the triples that CONSTRUCT and DESCRIBE return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode

from filmgraph.sparql.tokens import Token
from filmgraph.why.citations_of_facts import Fact
from filmgraph.why.limits import Unexplained
from filmgraph.why.shape import group_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from filmgraph.rdf.results import Term
    from filmgraph.why.deriving import Deriver
    from filmgraph.why.inquiry import Values, Ways
    from filmgraph.why.plan import Row
    from filmgraph.why.witnesses import Citations

    Solved = tuple[int, Ways, bool]
    """The number of a triple, ways to it, and whether it has others that were not followed."""


def triple_ways(deriver: Deriver, triples: Sequence[Row]) -> list[Ways | Unexplained]:
    """Return the ways of each triple, or the reason why it has none.

    A constructed triple comes from a triple of the template, with the values of a solution; a described one is a fact
    about a thing that was asked for.
    """
    found: dict[int, Ways] = {number: [] for number in range(len(triples))}
    work = _described if deriver.inquiry.query.form == "describe" else _constructed
    for number, ways, cut in work(deriver, triples):
        found[number] += ways
        if cut:
            deriver.cut.add(triples[number])
    reason = Unexplained("no solution was found again that gives this triple")
    return [list(dict.fromkeys(ways)) if ways else reason for ways in found.values()]


def possible(deriver: Deriver, triple: Row, citations: Citations | None, chosen: Citations) -> bool:
    """Whether a triple has a way whose facts all stand in the chosen citations, or need no citation.

    Args:
        deriver: Asks the store.
        triple: A triple that was constructed or described.
        citations: Who states a triple that was described; None where it needs no citation.
        chosen: The citations.

    Raises:
        Unexplained: See `Deriver.possible`.
    """
    if deriver.inquiry.query.form != "describe":
        solutions = _unifications(deriver, triple)
    elif citations is not None and citations.isdisjoint(chosen):
        return False
    elif group_of(deriver.inquiry.query) is None:
        return True
    else:
        solutions = _subjects(deriver, triple[0])
    return any(deriver.limited(tuple(one.values()), list(one), chosen, deriver.inquiry.trailing) for one in solutions)


def _unifications(deriver: Deriver, triple: Row) -> Iterator[Values]:
    """Yield the bindings under which a pattern of the CONSTRUCT template yields a triple."""
    for pattern in _template(deriver):
        values = _made(deriver, pattern, triple)
        if values is not None:
            yield values


def _template(deriver: Deriver) -> list[list[str]]:
    template = deriver.inquiry.query.body.child("ConstructTemplate", "ConstructWhere")
    block = template.find("TriplesBlock")
    patterns = deriver.inquiry.renderer.triples(block, None)[1] if block is not None else ()
    return [[str(reference) for reference in pattern[1:]] for pattern in patterns]


def _made(deriver: Deriver, references: Sequence[str], triple: Row) -> Values | None:
    values: Values | None = {}
    for reference, term in zip(references, triple, strict=True):
        values = _unified(deriver, reference, term, values)
    return values


def _subjects(deriver: Deriver, subject: Term | None) -> Iterator[Values]:
    """Yield the bindings under which DESCRIBE describes a subject."""
    for child in deriver.inquiry.query.body.children[1:]:
        if isinstance(child, Token) and child.kind == "VAR":
            yield {child.text[1:]: subject}
        elif (
            not isinstance(child, Token)
            and child.kind == "Iri"
            and deriver.inquiry.term(child.first.text, {}) == subject
        ):
            yield {}


def _constructed(deriver: Deriver, triples: Sequence[Row]) -> Iterator[Solved]:
    template = _template(deriver)
    for references in template:
        made = ((number, _made(deriver, references, triple)) for number, triple in enumerate(triples))
        wanted = {number: values for number, values in made if values is not None}
        yield from _solved(deriver, wanted, guessed=len(template) > 1)


def _solved(deriver: Deriver, wanted: dict[int, Values], *, guessed: bool = True) -> Iterator[Solved]:
    """Yield the ways of solutions that have the wanted bindings; there may be none."""
    group = group_of(deriver.inquiry.query)
    if not wanted or group is None:
        return
    names = list(next(iter(wanted.values())))
    solved = deriver.solutions(group, list(wanted.values()), names, suffix=deriver.inquiry.trailing, guessed=guessed)
    for (number, values), ways in zip(wanted.items(), solved, strict=True):
        if not isinstance(ways, Unexplained):
            yield number, ways, tuple(values.values()) in deriver.cut


def _unified(deriver: Deriver, reference: str, term: Term | None, values: Values | None) -> Values | None:
    if values is None:
        return None
    if reference.startswith(f"?{deriver.inquiry.renderer.mark}"):  # a blank node of the template, new for each solution
        return values if isinstance(term, BlankNode) else None
    if reference[0] != "?":
        return values if deriver.inquiry.term(reference, {}) == term else None
    if values.get(reference[1:], term) != term:
        return None
    return values | {reference[1:]: term}


def _described(deriver: Deriver, triples: Sequence[Row]) -> Iterator[Solved]:
    own: dict[int, Fact] = {}
    for number, (subject, predicate, object_) in enumerate(triples):
        # What led to a description of a blank node is not known.
        if subject is not None and predicate is not None and object_ is not None and not isinstance(subject, BlankNode):
            own[number] = Fact(None, subject, predicate, object_)
    for child in deriver.inquiry.query.body.children[1:]:
        if isinstance(child, Token) and child.kind == "VAR":
            wanted: dict[int, Values] = {number: {child.text[1:]: fact.subject} for number, fact in own.items()}
            for number, ways, cut in _solved(deriver, wanted):
                yield number, [way | {own[number]} for way in ways], cut
        elif not isinstance(child, Token) and child.kind == "Iri":
            asked = deriver.inquiry.term(child.first.text, {})
            yield from _told(deriver, {number: fact for number, fact in own.items() if fact.subject == asked})


def _told(deriver: Deriver, own: dict[int, Fact]) -> Iterator[Solved]:
    """Yield the ways of a described triple: the fact itself, and a solution of the WHERE clause if there is one.

    Raises:
        Unexplained: What the solutions rest on cannot be told.
    """
    patterns: Ways = [frozenset()]
    group = group_of(deriver.inquiry.query)
    if own and group is not None:
        (found,) = deriver.solutions(group, [{}], [], suffix=deriver.inquiry.trailing)
        if isinstance(found, Unexplained):
            raise found
        patterns = found
    for number, fact in own.items():
        yield number, [way | {fact} for way in patterns], () in deriver.cut
