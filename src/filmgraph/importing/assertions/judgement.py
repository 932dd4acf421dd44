"""Verification that the passages of assertions support them, by the same checks as any fact."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from filmgraph.collection.vocabulary import described, terms
from filmgraph.passages.facts import read_evidence
from filmgraph.passages.matching import Comparable
from filmgraph.passages.support import support_of
from filmgraph.rdf.namespaces import CITATIONS_GRAPH, FG, PREFIXES, REFERENCE_GRAPH, SOURCES_GRAPH
from filmgraph.rdf.results import rows
from filmgraph.store.memory import from_quads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from filmgraph.importing.assertions.things import NamedNodeOf, Things
    from filmgraph.passages.support import Doubt
    from filmgraph.passages.texts import SourceText
    from filmgraph.rdf.citation import Citation
    from filmgraph.store.base import Store


_LABEL = ox.NamedNode(PREFIXES["rdfs"] + "label")


class CitedMeaning(NamedTuple):
    """The triples of an assertion with the citation that is to state them.

    ``about`` is whom or what they are about: the passage, or one that it needs, must name that.
    """

    citation: Citation
    triples: tuple[ox.Triple, ...]
    needs: tuple[Citation, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()
    spelled: tuple[str, ...] = ()
    about: NamedNodeOf | None = None


class Holding(NamedTuple):
    """The result of checking a meaning: what its passage does not support, and what needs review."""

    missing: tuple[str, ...]
    notes: tuple[str, ...]


def judged(
    store: Store, texts: Mapping[str, SourceText], meanings: Sequence[CitedMeaning], things: Things
) -> list[Holding]:
    """Check each meaning against its passage; return what is not supported.

    Args:
        store: The store of the collection, for its sources.
        texts: The texts of the documents, by slug.
        meanings: What is to be judged. Each is judged by itself, even where several cite one passage.
        things: Says what things are called that the collection knows.

    Raises:
        StoreError: The store could not answer.
    """
    common = [*_sources(store), *_names(things, meanings), *_vocabulary(meanings)]
    missing: list[list[str]] = [_unspelled(one, texts) for one in meanings]
    notes: list[list[str]] = [[] for _ in meanings]
    for numbers in _layers(meanings):
        layer = [meanings[number] for number in numbers]
        quads = [*common, *(quad for one in layer for quad in quads_of(one))]
        memory = from_quads(quads)
        try:
            support = support_of(read_evidence(memory), texts)
        finally:
            memory.close()
        said: dict[str, list[Doubt]] = defaultdict(list)
        for doubt in support.findings:
            said[doubt.citation].append(doubt)
        for number in numbers:
            doubts = said[str(meanings[number].citation)]
            missing[number] += _told([doubt for doubt in doubts if doubt.kind == "unsupported"], missing[number])
            notes[number] += [f"{doubt.message} ({doubt.value})" for doubt in doubts if doubt.kind == "underquoted"]
    return [
        Holding(tuple(dict.fromkeys(absent)), tuple(dict.fromkeys(noted)))
        for absent, noted in zip(missing, notes, strict=True)
    ]


def quads_of(meaning: CitedMeaning) -> Iterator[ox.Quad]:
    """Yield the triples in the graph of their citation, and the citation's record."""
    graph = ox.NamedNode(str(meaning.citation))
    yield from (ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in meaning.triples)
    about = ox.NamedNode(CITATIONS_GRAPH)
    for other in meaning.needs:
        yield ox.Quad(graph, ox.NamedNode(FG + "needs"), ox.NamedNode(str(other)), about)
    for name, concept in meaning.remarks:
        yield ox.Quad(graph, ox.NamedNode(FG + name), ox.NamedNode(PREFIXES["fgv"] + concept), about)


def _told(doubts: list[Doubt], already: list[str]) -> list[str]:
    """Return the messages of doubts without duplicates."""
    several = len(doubts) > 1
    return [
        doubt.message
        for doubt in doubts
        if not (several and doubt.property == "fg:runtime")
        and not any(one.startswith(doubt.message.removesuffix(".")) for one in already)
    ]


def _unspelled(meaning: CitedMeaning, texts: Mapping[str, SourceText]) -> list[str]:
    """Return the vocabulary words of an assertion that its passage does not contain."""
    text = next(one for one in texts.values() if one.iri == meaning.citation.source)
    passage = Comparable(text.passage(meaning.citation), caseless=True)
    implied = any(name == "support" for name, _ in meaning.remarks)
    return [
        f"The passage does not say {word}. Where it implies it, write implied as the certainty."
        for word in meaning.spelled
        if not implied and not passage.find(word)
    ]


def _layers(meanings: Sequence[CitedMeaning]) -> Iterator[list[int]]:
    """Partition meanings so that no part has two with one passage: a passage's graph is judged whole."""
    of_citation: dict[str, list[int]] = defaultdict(list)
    for number, meaning in enumerate(meanings):
        of_citation[str(meaning.citation)].append(number)
    for place in range(max(map(len, of_citation.values()), default=0)):
        yield [numbers[place] for numbers in of_citation.values() if len(numbers) > place]


def _sources(store: Store) -> list[ox.Quad]:
    graph = ox.NamedNode(SOURCES_GRAPH)
    found = rows(store.query(f"SELECT ?s ?p ?o {{ GRAPH <{SOURCES_GRAPH}> {{ ?s ?p ?o }} }}"))
    return [ox.Quad(s, p, o, graph) for s, p, o in found]  # type: ignore[arg-type]  # terms of triples


def _names(things: Things, meanings: Iterable[CitedMeaning]) -> Iterator[ox.Quad]:
    """Yield names of the things concerned as reference data, which no passage needs to state."""
    graph = ox.NamedNode(REFERENCE_GRAPH)
    about = [one.about for one in meanings if one.about is not None and one.about.called]
    for thing in dict.fromkeys([*about, *things.coined()]):
        yield ox.Quad(thing.node, _LABEL, ox.Literal(thing.called), graph)
    for node in things.known():
        for called in things.names(node):
            yield ox.Quad(node, _LABEL, ox.Literal(called), graph)


def _vocabulary(meanings: Iterable[CitedMeaning]) -> Iterator[ox.Quad]:
    known = terms()
    mentioned = {
        triple.object
        for one in meanings
        for triple in one.triples
        if isinstance(triple.object, ox.NamedNode) and triple.object in known
    }
    yield from described(mentioned)
