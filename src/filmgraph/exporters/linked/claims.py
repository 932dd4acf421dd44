"""Citations for formats without graphs: one claim node per fact, which names the citations that state it.

Turtle and N-Triples have no place for graphs. A claim is an ``rdf:Statement``
(`RDF Schema, 5.3.1 <https://www.w3.org/TR/rdf-schema/#ch_statement>`_) with ``fg:statedIn`` for each citation;
its IRI is made of the triple, so that the same fact always has the same claim.
In RDF 1.2 the citation itself reifies the triple
(`RDF 1.2 Concepts, 3.4 <https://www.w3.org/TR/rdf12-concepts/#section-reification>`_): the citation states it.
Both are read back into the quads that they came from.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from filmgraph.exporters.linked.terms import Translated, batches, in_turtle
from filmgraph.files.sorted_lines import sorted_lines
from filmgraph.rdf.namespaces import FG, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filmgraph.exporters.linked.terms import StatedFact

_RDF = PREFIXES["rdf"]
_TYPE = ox.NamedNode(_RDF + "type")
_STATEMENT = ox.NamedNode(_RDF + "Statement")
_SUBJECT = ox.NamedNode(_RDF + "subject")
_PREDICATE = ox.NamedNode(_RDF + "predicate")
_OBJECT = ox.NamedNode(_RDF + "object")
_REIFIES = ox.NamedNode(_RDF + "reifies")
_STATED_IN = ox.NamedNode(FG + "statedIn")


NAMESPACES = (PREFIXES["claim"], _RDF, FG)
"""The namespaces of what is written of claims."""


def claim(triple: ox.Triple) -> ox.NamedNode:
    """The IRI of the claim that a triple holds: 16 hexadecimal digits of the SHA-256 of its N-Triples text."""
    return ox.NamedNode(PREFIXES["claim"] + _name(str(triple)))


def _name(triple: str) -> str:
    return sha256(triple.encode()).hexdigest()[:16]


def claims(quads: Iterable[ox.Quad]) -> Iterator[ox.Triple]:
    """The triples that say which citations state each fact, in RDF 1.1."""
    for quad in quads:
        triple = quad.triple
        node = claim(triple)
        yield ox.Triple(node, _TYPE, _STATEMENT)
        yield ox.Triple(node, _SUBJECT, triple.subject)
        yield ox.Triple(node, _PREDICATE, triple.predicate)
        yield ox.Triple(node, _OBJECT, triple.object)
        yield ox.Triple(node, _STATED_IN, cast("ox.NamedNode", quad.graph_name))


def reifiers(quads: Iterable[ox.Quad]) -> Iterator[ox.Triple]:
    """Return the claims in RDF 1.2, where the citation reifies the fact."""
    for quad in quads:
        yield ox.Triple(cast("ox.NamedNode", quad.graph_name), _REIFIES, quad.triple)


def claim_lines(facts: Iterable[StatedFact]) -> Iterator[str]:
    """Return claims as sorted N-Triples lines, for facts that come each once."""
    cited = (fact for fact in facts if fact.citations)
    # One line for each claim is sorted, not one for each of its triples; no term has a tab in it.
    for line in sorted_lines(f"{_name(fact.triple)}\t{fact.triple}\t{' '.join(fact.citations)}\n" for fact in cited):
        name, triple, citations = line[:-1].split("\t")
        subject, predicate, value = triple.split(" ", 2)
        node = f"<{PREFIXES['claim']}{name}>"
        yield f"{node} {_OBJECT} {value} .\n"
        yield f"{node} {_PREDICATE} {predicate} .\n"
        yield f"{node} {_SUBJECT} {subject} .\n"
        yield f"{node} {_TYPE} {_STATEMENT} .\n"
        for citation in citations.split(" "):
            yield f"{node} {_STATED_IN} {citation} .\n"


def reifier_lines(facts: Iterable[StatedFact]) -> Iterator[str]:
    """Return reifiers as sorted N-Triples lines."""
    return sorted_lines(
        f"{citation} {_REIFIES} <<( {fact.triple} )>> .\n" for fact in facts for citation in fact.citations
    )


def in_turtle_text(facts: Iterable[StatedFact], prefixes: dict[str, str]) -> Iterator[str]:
    """Yield claims as Turtle, grouped and sorted, to follow a document that declares the prefixes."""
    for line in sorted_lines(_short(facts, prefixes)):
        name, subject, predicate, value, citations = line[:-1].split("\t")
        yield (
            f"\nclaim:{name} a rdf:Statement ;\n    rdf:subject {subject} ;\n    rdf:predicate {predicate} ;\n"
            f"    rdf:object {value} ;\n    fg:statedIn {citations} .\n"
        )


def _short(facts: Iterable[StatedFact], prefixes: dict[str, str]) -> Iterator[str]:
    """Each claim as a line: its name, the terms of its fact as Turtle writes them, and its citations."""
    short = Translated(lambda terms: in_turtle(terms, prefixes))
    for batch in batches(fact for fact in facts if fact.citations):
        cut = [(fact, fact.triple.split(" ", 2)) for fact in batch]
        text = short.of(term for fact, terms in cut for term in (*terms, *fact.citations))
        for fact, (subject, predicate, value) in cut:
            citations = ", ".join([text[citation] for citation in fact.citations])
            yield f"{_name(fact.triple)}\t{text[subject]}\t{text[predicate]}\t{text[value]}\t{citations}\n"


def restored(triples: Iterable[ox.Triple | ox.Quad]) -> set[ox.Quad]:
    """The quads of the citation graphs that claims and reifiers tell of.

    Raises:
        KeyError: A claim names no subject, predicate or object.
    """
    quads: set[ox.Quad] = set()
    parts: dict[object, dict[ox.NamedNode, object]] = {}
    stated: list[tuple[object, object]] = []
    for triple in triples:
        if triple.predicate == _REIFIES and isinstance(triple.object, ox.Triple):
            fact = triple.object
            quads.add(ox.Quad(fact.subject, fact.predicate, fact.object, cast("ox.NamedNode", triple.subject)))
        elif triple.predicate == _STATED_IN:
            stated.append((triple.subject, triple.object))
        elif triple.predicate in {_SUBJECT, _PREDICATE, _OBJECT}:
            parts.setdefault(triple.subject, {})[triple.predicate] = triple.object
    for node, citation in stated:
        part = parts[node]
        quads.add(
            ox.Quad(
                cast("ox.NamedNode", part[_SUBJECT]),
                cast("ox.NamedNode", part[_PREDICATE]),
                cast("ox.Literal", part[_OBJECT]),
                cast("ox.NamedNode", citation),
            )
        )
    return quads
