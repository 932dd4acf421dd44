"""The served site, as a worker holds it: graph, source texts, names and addresses of things."""

from __future__ import annotations

import os
import re
from collections import OrderedDict
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from urllib.parse import quote, urlsplit

from pyoxigraph import Literal, NamedNode

from filmgraph.graph import Graph
from filmgraph.lookup.glossary import StoreGlossary
from filmgraph.passages.sources import read_sources
from filmgraph.passages.texts import find_texts
from filmgraph.rdf.citation import Citation, is_citation, source_slug
from filmgraph.rdf.namespaces import FG, PREFIXES
from filmgraph.rdf.results import Solutions, Truth
from filmgraph.serving.pages.finding import Finder
from filmgraph.serving.pages.lookup_cache import LookupCache
from filmgraph.serving.pages.topics import Topic, by_topic
from filmgraph.store.base import ResultSerializer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from filmgraph.passages.texts import SourceText
    from filmgraph.rdf.results import Term
    from filmgraph.serving.protocol.request import HttpRequest
    from filmgraph.serving.protocol.settings import ServeSettings

_REMEMBERED = 30_000  # labels, and passages with some words around them
MOST_FILMS = 1000
"""How many films are looked up for the home page."""
_KEPT = 6  # graphs of some documents alone, which take memory
Found = TypeVar("Found")
_ID, _SOURCE = PREFIXES["id"], PREFIXES["source"]


class Document(NamedTuple):
    """A source document: its IRI, slug, title, publisher, date, and length in code points where known."""

    iri: str
    slug: str
    title: str
    publisher: str
    date: str
    length: int | None


class ServedSite:
    """A graph with its source texts, as served.

    Args:
        graph: What is asked.
        settings: How it is served.
        texts: The texts at hand, by the IRI of their source.
    """

    def __init__(self, graph: Graph, settings: ServeSettings, texts: dict[str, SourceText]) -> None:
        self.graph = graph
        self.settings = settings
        self.texts = texts
        self.choices: dict[str, list[str]] = {}
        self._remembered: dict[str, LookupCache[Any]] = {}
        self._trusting: OrderedDict[tuple[tuple[str, ...], tuple[str, ...]], Graph] = OrderedDict()

    @classmethod
    def open(cls, settings: ServeSettings) -> ServedSite:
        """Open the graph and the source texts to serve.

        Raises:
            FilmgraphError: It cannot be opened.
        """
        graph = Graph.open(settings.opened or settings.store, collection=settings.collection)
        texts: dict[str, SourceText] = {}
        if settings.sources:
            digests = {one.slug: one.sha256 for one in read_sources(graph.store).values()}
            texts = {one.iri: one for one in find_texts(Path(settings.sources), digests).values()}
        return cls(graph, settings, texts)

    @property
    def prefix(self) -> str:
        """Return the path prefix of the public URL, if it has one."""
        return "" if self.static else urlsplit(self.settings.public_url).path.rstrip("/")

    @property
    def static(self) -> bool:
        """Whether pages are written as files, without what needs a server."""
        return self.settings.static

    @property
    def remote(self) -> bool:
        """Whether the store is on another machine."""
        return self.graph.store.origin.kind == "endpoint"

    @cached_property
    def name(self) -> str:
        """Return the name of the site."""
        location = self.settings.store or self.settings.collection or ""
        if not location:
            return "filmgraph"
        if "://" in location:
            return urlsplit(location).hostname or location
        return os.path.basename(os.path.abspath(location))

    def without_paths(self, text: str) -> str:
        """Remove the local paths of the store from a text."""
        for path in (self.settings.opened, self.settings.store, self.settings.collection, self.settings.sources):
            if path and "://" not in path:
                text = text.replace(os.path.abspath(path), self.name).replace(path, self.name)
        return re.sub(r"(?<![\w:/<.])/(?:[\w.+-]+/)+[\w.+-]*(?<![.])", "…", text)

    def rows(self, text: str) -> list[tuple[Term | None, ...]]:
        """Run a SELECT and return its rows.

        Raises:
            StoreError: The store could not answer.
        """
        found = self.graph.query_raw(text)
        return found.rows if isinstance(found, Solutions) else []

    def labels(self, iris: Iterable[str]) -> dict[str, str]:
        """Return the labels of IRIs, for those that have one."""
        return self.remembered("labels", StoreGlossary(self.graph.store).labels).find(sorted(set(iris)))

    def remembered(self, kind: str, look_up: Callable[[Sequence[str]], Mapping[str, Found]]) -> LookupCache[Found]:
        """Return the cache of one kind of things; an endpoint elsewhere may change, so that nothing of it is cached.

        Args:
            kind: What is looked up.
            look_up: Gives what is found for some keys.
        """
        if kind not in self._remembered:
            self._remembered[kind] = LookupCache(look_up, most=0 if self.remote else _REMEMBERED)
        return self._remembered[kind]

    def trusting(self, request: HttpRequest) -> Graph:
        """Return the graph restricted to the documents that a request trusts.

        Raises:
            UnknownSourceError: There is no such document.
        """
        only, without = tuple(sorted(request.all("only-source"))), tuple(sorted(request.all("not-source")))
        if not only and not without:
            return self.graph
        key = only, without
        if key not in self._trusting:
            self._trusting[key] = self.graph.restricted(only_source=only, not_source=without)
            while len(self._trusting) > _KEPT:
                self._trusting.popitem(last=False)
        self._trusting.move_to_end(key)
        return self._trusting[key]

    def part(self, request: HttpRequest) -> ServedSite:
        """Return the site restricted to the documents that a request trusts.

        Raises:
            UnknownSourceError: There is no such document.
        """
        graph = self.trusting(request)
        return self if graph is self.graph else ServedSite(graph, self.settings, self.texts)

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Return the documents with a record, by IRI; at most a thousand."""
        rows = self.rows(
            f"SELECT ?s (SAMPLE(?n) AS ?length) {{ ?s a <{FG}SourceDocument> OPTIONAL {{ ?s <{FG}charLength> ?n }} }}"
            " GROUP BY ?s ORDER BY ?s LIMIT 1000"
        )
        lengths = {row[0].value: row[1] for row in rows if isinstance(row[0], NamedNode)}
        lines = StoreGlossary(self.graph.store).sources(sorted(lengths))
        found = {}
        for iri, length in lengths.items():
            line = lines.get(iri)
            number = int(length.value) if isinstance(length, Literal) and length.value.isdecimal() else None
            title, publisher, date = line or (source_slug(iri), "", "")
            found[iri] = Document(iri, source_slug(iri), title, publisher, date, number)
        return found

    @cached_property
    def films(self) -> list[str]:
        """Return the IRIs of the films; at most a thousand."""
        # Not in order: of a million films, all would be read for that.
        rows = self.rows(f"SELECT DISTINCT ?film {{ ?film a <{FG}Film> }} LIMIT {MOST_FILMS}")
        return sorted(row[0].value for row in rows if isinstance(row[0], NamedNode))

    @cached_property
    def size(self) -> tuple[int, int]:
        """Return the numbers of facts and of passages that state them."""
        return self.settings.size or size_of(self.graph)

    @cached_property
    def topics(self) -> list[Topic]:
        """Return the questions, by topic."""
        return by_topic(self.graph.catalogue)

    @cached_property
    def results_at_hand(self) -> ResultSerializer | None:
        """Return the store if its engine can serialize results itself; else None."""
        store = self.graph.store
        return store if isinstance(store, ResultSerializer) else None

    @cached_property
    def finder(self) -> Finder:
        """Return the finder of things by part of their name."""
        return Finder(self.graph.store, self.path)

    @cached_property
    def subjects(self) -> list[str]:
        """Return the IRIs of the films that documents are about."""
        rows = self.rows(
            f"SELECT DISTINCT ?film {{ ?document a <{FG}SourceDocument> ; <{FG}about> ?film . ?film a <{FG}Film> }}"
            " ORDER BY ?film LIMIT 12"
        )
        return [row[0].value for row in rows if isinstance(row[0], NamedNode)]

    @property
    def collection_folder(self) -> str:
        """Return the folder of the collection whose questions are asked."""
        catalogue = self.graph.catalogue
        return os.path.dirname(catalogue.folder or catalogue.general)

    def is_known(self, iri: str) -> bool:
        """Whether any fact contains an IRI.

        Raises:
            StoreError: The store could not answer.
        """
        try:
            thing = NamedNode(iri)
        except ValueError:
            return False  # it is no IRI
        text = f"ASK {{ {{ {thing} ?p ?o }} UNION {{ ?s ?p {thing} }} UNION {{ ?s {thing} ?o }} }}"
        return self.graph.query_raw(text) == Truth(value=True)

    def has_graph(self, iri: str) -> bool:
        """Whether a named graph exists and has facts.

        Raises:
            StoreError: The store could not answer.
        """
        try:
            return self.graph.query_raw(f"ASK {{ GRAPH {NamedNode(iri)} {{ ?s ?p ?o }} }}") == Truth(value=True)
        except ValueError:
            return False  # it is no IRI

    def document(self, slug: str) -> Document | None:
        """Return the document with a slug, a slug with digest, or an IRI."""
        for one in self.documents.values():
            if slug in {one.slug, one.iri, one.iri.removeprefix(_SOURCE)}:
                return one
        return None

    def path(self, iri: str) -> str:
        """Return the path of the page about an IRI.

        >>> site = ServedSite(None, None, {})  # type: ignore[arg-type]
        >>> site.path("https://w3id.org/filmgraph/id/film/night-ferry")
        '/id/film/night-ferry'
        >>> site.path("http://id.loc.gov/vocabulary/relators/fmd")
        '/thing?iri=http%3A//id.loc.gov/vocabulary/relators/fmd'
        """
        if iri.startswith(_ID):
            return "/id/" + quote(iri.removeprefix(_ID), safe="/:@!$&'()*+,;=~")
        if is_citation(iri):
            citation = Citation.parse(iri)
            if citation.slug != citation.source:
                return f"/sources/{citation.slug}/passages/{citation.start}-{citation.end}"
        elif iri.startswith(_SOURCE) and source_slug(iri) != iri:
            return f"/sources/{source_slug(iri)}"
        return "/thing?iri=" + quote(iri, safe="/")

    @property
    def title(self) -> str:
        """Return the site's name as a heading."""
        return "filmgraph" if self.graph.store.origin.kind == "bundled" else self.name


def size_of(graph: Graph) -> tuple[int, int]:
    """Return the numbers of facts and of passages that state them; of millions it takes seconds.

    Raises:
        StoreError: The store could not answer.
    """
    numbers = []
    for text in ("?s ?p ?o", f"?s a <{FG}Citation>"):
        ((found,),) = graph.query_raw(f"SELECT (COUNT(*) AS ?n) {{ {text} }}").rows  # type: ignore[union-attr]
        numbers.append(int(found.value) if isinstance(found, Literal) else 0)
    return numbers[0], numbers[1]
