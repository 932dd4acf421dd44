"""Triples with their citations, for RDF formats: witnesses of one citation and of several together.

Where a format has graphs, a triple stands in one graph for each witness; in Turtle and N-Triples each witness reifies
it (`RDF 1.2 Concepts, 3.4 <https://www.w3.org/TR/rdf12-concepts/#section-reification>`_).
A witness of one citation is that citation. One of several has an IRI made of them, and ``prov:wasDerivedFrom`` each
(`PROV-O <https://www.w3.org/TR/prov-o/#wasDerivedFrom>`_): none of them states the triple by itself.
A triple that needs no citation, or could not be explained, stands in the default graph.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad, Triple

from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.text.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.answers.answer import TriplesAnswer

_WITNESS = PREFIXES["id"] + "witness/"
PLAIN = {prefix: namespace for prefix, namespace in PREFIXES.items() if prefix != "source"}
PLAIN["witness"] = _WITNESS
"""Prefixes for what people read: a citation is plainer as an IRI than as a name full of backslashes."""
_REIFIES = NamedNode(PREFIXES["rdf"] + "reifies")
_DERIVED_FROM = NamedNode(PREFIXES["prov"] + "wasDerivedFrom")


def quads(answer: TriplesAnswer) -> list[Quad] | list[Triple]:
    """Return each triple in the graph of each witness, and the derivation of joint witnesses in the default graph."""
    if answer.explanations is None:
        return answer.triples
    found = []
    for triple, witnesses in _supported(answer):
        names: list[NamedNode | None] = [_named(witness) for witness in witnesses]
        found += [Quad(*_parts(triple), name) for name in names or [None]]
    return found + [Quad(*_parts(triple), None) for triple in _joined(answer)]


def reified(answer: TriplesAnswer) -> list[Triple]:
    """Return the triples, a reifying triple for each witness, and the derivation of joint witnesses."""
    if answer.explanations is None:
        return answer.triples
    said = [
        Triple(_named(witness), _REIFIES, triple) for triple, witnesses in _supported(answer) for witness in witnesses
    ]
    return [*answer.triples, *said, *_joined(answer)]


def remarks(answer: TriplesAnswer) -> Iterator[str]:
    """Yield comments on triples that could not be explained, and on witnesses not listed."""
    reasons: dict[str, int] = {}
    for one in answer.explanations or ():
        if one.unexplained:
            reasons[one.unexplained] = reasons.get(one.unexplained, 0) + 1
    for reason, count in reasons.items():
        yield f"# Not explained: {_triples(count)}: {printable(reason)}\n"
    more = sum(1 for one in answer.explanations or () if one.more)
    if more:
        yield f"# Further citations support {_triples(more)}; --max-witnesses lists more.\n"


def _triples(count: int) -> str:
    return f"{count} triple{'' if count == 1 else 's'}"


def _supported(answer: TriplesAnswer) -> Iterator[tuple[Triple, list[tuple[str, ...]]]]:
    """Yield each triple with its witnesses."""
    for triple, one in zip(answer.triples, answer.explanations or (), strict=True):
        # A witness without citations says that none is needed; there is no other beside it.
        yield triple, [tuple(sorted(witness)) for witness in one.witnesses if witness]


def _joined(answer: TriplesAnswer) -> Iterator[Triple]:
    """Yield the triples that derive each joint witness from its citations."""
    joined = dict.fromkeys(w for _, witnesses in _supported(answer) for w in witnesses if len(w) > 1)
    for witness in joined:
        yield from (Triple(_named(witness), _DERIVED_FROM, NamedNode(citation)) for citation in witness)


def _named(witness: tuple[str, ...]) -> NamedNode:
    """Return the IRI of a witness: its citation, or one with 16 hex digits of the SHA-256 of several."""
    if len(witness) == 1:
        return NamedNode(witness[0])
    return NamedNode(f"{_WITNESS}{sha256(' '.join(witness).encode()).hexdigest()[:16]}")


def _parts(triple: Triple) -> tuple[NamedNode, NamedNode, NamedNode]:
    return triple.subject, triple.predicate, triple.object  # type: ignore[return-value]  # the stub wants one kind
