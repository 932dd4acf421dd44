"""Derived facts: citation records, first and last days, folded names, the merged graph (product contract 2.6).

Citation records, the first and last day of every date, labels, folded names, and the merged default graph. All but the
labels follow from one quad at a time, so a collection of any size streams through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from filmgraph.rdf.citation import Citation
from filmgraph.rdf.edtf import EdtfError, bounds
from filmgraph.rdf.namespaces import CITATIONS_GRAPH, DERIVED_GRAPH, FG, PREFIXES, REFERENCE_GRAPH
from filmgraph.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CITATIONS = ox.NamedNode(CITATIONS_GRAPH)
_DERIVED = ox.NamedNode(DERIVED_GRAPH)
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_CITATION = ox.NamedNode(FG + "Citation")
_HAS_SOURCE = ox.NamedNode(PREFIXES["oa"] + "hasSource")
_HAS_SELECTOR = ox.NamedNode(PREFIXES["oa"] + "hasSelector")
_SELECTOR = ox.NamedNode(PREFIXES["oa"] + "TextPositionSelector")
_START = ox.NamedNode(PREFIXES["oa"] + "start")
_END = ox.NamedNode(PREFIXES["oa"] + "end")
_COUNT = ox.NamedNode(PREFIXES["xsd"] + "nonNegativeInteger")
_DATE = ox.NamedNode(FG + "date")
_EARLIEST = ox.NamedNode(FG + "earliest")
_LATEST = ox.NamedNode(FG + "latest")
_DAY = ox.NamedNode(PREFIXES["xsd"] + "date")
_NAME = ox.NamedNode(FG + "name")
_TITLE = ox.NamedNode(FG + "title")
_TITLE_TEXT = ox.NamedNode(FG + "titleText")
_WORDS = {
    ox.NamedNode(iri)
    for iri in (PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "prefLabel", PREFIXES["skos"] + "altLabel")
}
_REFERENCE = ox.NamedNode(REFERENCE_GRAPH)
_FOLDED = ox.NamedNode(FG + "foldedName")


def merged(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield each triple in the default graph; the store removes duplicates."""
    for quad in quads:
        yield ox.Quad(quad.subject, quad.predicate, quad.object)


def citation_record(iri: ox.NamedNode) -> Iterator[ox.Quad]:
    """Yield the triples that describe a citation, read from its IRI.

    They are those of a `text position selector <https://www.w3.org/TR/annotation-model/#text-position-selector>`_.

    Raises:
        CitationError: The IRI is no citation.
    """
    citation = Citation.parse(iri.value)
    selector = ox.NamedNode(f"{PREFIXES['id']}selector/{citation.start}-{citation.end}")
    for subject, predicate, value in (
        (iri, _TYPE, _CITATION),
        (iri, _HAS_SOURCE, ox.NamedNode(citation.source)),
        (iri, _HAS_SELECTOR, selector),
        (selector, _TYPE, _SELECTOR),
        (selector, _START, ox.Literal(str(citation.start), datatype=_COUNT)),
        (selector, _END, ox.Literal(str(citation.end), datatype=_COUNT)),
    ):
        yield ox.Quad(subject, predicate, value, _CITATIONS)


def days(quad: ox.Quad) -> Iterator[ox.Quad]:
    """Yield the first and last day of a date, in the graph that states the date.

    A text that is no date has neither; ``check`` finds it.
    """
    if not isinstance(quad.object, ox.Literal):
        return
    try:
        span = bounds(quad.object.value)
    except EdtfError:
        return
    for predicate, day in ((_EARLIEST, span.earliest), (_LATEST, span.latest)):
        if day is not None:
            yield ox.Quad(quad.subject, predicate, ox.Literal(day.isoformat(), datatype=_DAY), quad.graph_name)


class FoldedNames:
    """Derivation of the folded form of each name, by which an index finds the thing that bears it.

    Things of the reference vocabularies are found by their labels too.
    The text of a title stands on the title, and is a name of the film; either may come first.
    """

    def __init__(self) -> None:
        self._bearers: dict[object, list[ox.NamedNode]] = {}
        self._texts: dict[object, list[str]] = {}

    def of(self, quad: ox.Quad) -> Iterator[ox.Quad]:
        """Yield the folded names that follow from a quad."""
        if isinstance(quad.object, ox.Literal) and (
            quad.predicate == _NAME or (quad.predicate in _WORDS and quad.graph_name == _REFERENCE)
        ):
            yield from _folded(quad.subject, quad.object.value)
        elif quad.predicate == _TITLE_TEXT and isinstance(quad.object, ox.Literal):
            self._texts.setdefault(quad.subject, []).append(quad.object.value)
            for bearer in self._bearers.get(quad.subject, ()):
                yield from _folded(bearer, quad.object.value)
        elif quad.predicate == _TITLE and isinstance(quad.subject, ox.NamedNode):
            bearers = self._bearers.setdefault(quad.object, [])
            if quad.subject not in bearers:
                bearers.append(quad.subject)
                for text in self._texts.get(quad.object, ()):
                    yield from _folded(quad.subject, text)


def _folded(bearer: ox.NamedNode | ox.BlankNode | ox.Triple, text: str) -> Iterator[ox.Quad]:
    yield ox.Quad(bearer, _FOLDED, ox.Literal(fold(text)), _DERIVED)
