"""Fragment selectors: where people look for passages, as identifiers of standards, beside their characters.

`Web Annotation Data Model, 4.2.1 <https://www.w3.org/TR/annotation-model/#fragment-selector>`_. They follow from the
locators of citations and from the outlines of documents, so stores need not hold them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

import pyoxigraph as ox

from filmgraph.rdf.citation import Citation, is_citation
from filmgraph.rdf.locator import Fragment, Outline, fragment
from filmgraph.rdf.namespaces import CITATIONS_GRAPH, FG, PREFIXES, SOURCES_GRAPH
from filmgraph.rdf.results import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filmgraph.rdf.results import Term
    from filmgraph.store.base import Store

_GRAPH = ox.NamedNode(CITATIONS_GRAPH)
_LOCATOR = ox.NamedNode(FG + "locator")
_OUTLINE, _COLUMNS = FG + "outline", FG + "columns"
_HAS_SOURCE = ox.NamedNode(PREFIXES["oa"] + "hasSource")
_HAS_SELECTOR = ox.NamedNode(PREFIXES["oa"] + "hasSelector")
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_SELECTOR = ox.NamedNode(PREFIXES["oa"] + "FragmentSelector")
_VALUE = ox.NamedNode(PREFIXES["rdf"] + "value")
_CONFORMS_TO = ox.NamedNode(PREFIXES["dcterms"] + "conformsTo")


def with_fragments(quads: Iterable[ox.Quad], store: Store) -> Iterator[ox.Quad]:
    """Quads, and behind those that say where people look for a passage its fragment selector.

    Args:
        quads: Any quads.
        store: The store that they are of, which knows the outlines of documents and the columns of tables.

    Raises:
        StoreError: The store could not answer.
    """
    known = _Known.of(store)
    for quad in quads:
        yield quad
        if quad.graph_name == _GRAPH and isinstance(quad.subject, ox.NamedNode):
            yield from known.selector(quad.subject, quad.predicate, quad.object)


def fragments(store: Store) -> Iterator[ox.Quad]:
    """The fragment selectors of all citations of a store.

    Raises:
        StoreError: The store could not answer.
    """
    known = _Known.of(store)
    for predicate in (_LOCATOR, *([_HAS_SOURCE] if known.outlines else [])):
        text = f"SELECT ?citation ?value {{ GRAPH {_GRAPH} {{ ?citation {predicate} ?value }} }}"
        for citation, value in rows(store.query(text)):
            if isinstance(citation, ox.NamedNode) and value is not None:
                yield from known.selector(citation, predicate, value)


class _Known(NamedTuple):
    """Document metadata for locators: outlines of texts, columns of tables, and media types."""

    outlines: dict[str, Outline]
    columns: dict[str, list[str]]
    formats: dict[str, str]

    @classmethod
    def of(cls, store: Store) -> _Known:
        """Ask a store."""
        return cls(
            {iri: Outline.parse(text) for iri, text in _said(store, _OUTLINE)},
            {iri: text.split("\t") for iri, text in _said(store, _COLUMNS)},
            dict(_said(store, PREFIXES["dcterms"] + "format")),
        )

    def selector(self, citation: ox.NamedNode, predicate: ox.NamedNode, value: Term) -> Iterator[ox.Quad]:
        """The selector that follows from what is said of a citation, if any does."""
        if predicate == _LOCATOR and isinstance(value, ox.Literal):
            source = citation.value.partition("#")[0]
            names = tuple(self.columns.get(source, ()))
            yield from _selector(citation, fragment(value.value, names, self.formats.get(source, "")))
        elif predicate == _HAS_SOURCE and isinstance(value, ox.NamedNode) and is_citation(citation.value):
            outline = self.outlines.get(value.value)
            if outline is not None:
                yield from _selector(citation, fragment(outline.at(Citation.parse(citation.value).start)))


def _selector(citation: ox.NamedNode, found: Fragment | None) -> Iterator[ox.Quad]:
    if found is None:
        return
    selector = ox.NamedNode(f"{PREFIXES['id']}selector/{found.scheme}/{quote(found.value, safe='/=,$-')}")
    for subject, predicate, value in (
        (citation, _HAS_SELECTOR, selector),
        (selector, _TYPE, _SELECTOR),
        (selector, _CONFORMS_TO, ox.NamedNode(found.conforms_to)),
        (selector, _VALUE, ox.Literal(found.value)),
    ):
        yield ox.Quad(subject, predicate, value, _GRAPH)


def _said(store: Store, predicate: str) -> Iterator[tuple[str, str]]:
    text = f"SELECT ?source ?text {{ GRAPH <{SOURCES_GRAPH}> {{ ?source <{predicate}> ?text }} }}"
    for source, said in rows(store.query(text)):
        if isinstance(source, ox.NamedNode) and isinstance(said, ox.Literal):
            yield source.value, said.value
