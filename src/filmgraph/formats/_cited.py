"""Triples with their citations, for formats of RDF.

Where a format has graphs, each triple stands in the graphs of its citations. In Turtle and N-Triples the citation
reifies it (`RDF 1.2 Concepts, 3.4 <https://www.w3.org/TR/rdf12-concepts/#section-reification>`_).
A triple that needs no citation, or could not be explained, stands in the default graph.
Neither form tells passages that support a triple only together from those that do so alone; JSON does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad, Triple

from filmgraph.namespaces import PREFIXES
from filmgraph.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.answers import TriplesAnswer

PLAIN = {prefix: namespace for prefix, namespace in PREFIXES.items() if prefix != "source"}
"""Prefixes for what people read: a citation is plainer as an IRI than as a name full of backslashes."""
_REIFIES = NamedNode(PREFIXES["rdf"] + "reifies")


def quads(answer: TriplesAnswer) -> list[Quad] | list[Triple]:
    """Each triple in the graph of each of its citations."""
    if answer.explanations is None:
        return answer.triples
    found = []
    for triple, graphs in _cited(answer):
        names: list[NamedNode | None] = [NamedNode(iri) for iri in graphs]
        found += [Quad(*_parts(triple), name) for name in names or [None]]
    return found


def reified(answer: TriplesAnswer) -> list[Triple]:
    """The triples, and for each citation one that says what it states."""
    if answer.explanations is None:
        return answer.triples
    said = [Triple(NamedNode(iri), _REIFIES, triple) for triple, graphs in _cited(answer) for iri in graphs]
    return [*answer.triples, *said]


def remarks(answer: TriplesAnswer) -> Iterator[str]:
    """Comments on what could not be explained, one for each reason, and on what is not listed."""
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


def _cited(answer: TriplesAnswer) -> Iterator[tuple[Triple, list[str]]]:
    for triple, one in zip(answer.triples, answer.explanations or (), strict=True):
        # A witness without citations says that none is needed; there is no other beside it.
        yield triple, list(dict.fromkeys(iri for witness in one.witnesses for iri in witness))


def _parts(triple: Triple) -> tuple[NamedNode, NamedNode, NamedNode]:
    return triple.subject, triple.predicate, triple.object  # type: ignore[return-value]  # the stub wants one kind
