"""Search by name as one types: names with words that begin as the typed words do, ranked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from filmgraph.lookup.glossary import StoreGlossary
from filmgraph.rdf.namespaces import FG, PREFIXES
from filmgraph.rdf.results import rows
from filmgraph.serving.pages.words import local
from filmgraph.store.base import NameIndexed
from filmgraph.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from filmgraph.rdf.results import Term
    from filmgraph.store.base import Store

MOST_NAMES = 50_000
"""Of a store with more names than these, an index is asked instead of all of them."""
_LABEL = PREFIXES["rdfs"] + "label"


class Hit(NamedTuple):
    """A thing that was found: its page and label, the name that matched where it is another, what it is, its IRI."""

    path: str
    label: str
    name: str
    kind: str
    iri: str = ""


class NamedHit(NamedTuple):
    """A thing with all its folded names."""

    hit: Hit
    names: list[str]


class Finder:
    """A finder of things by part of their name.

    Args:
        store: Where they are.
        path: From the IRI of a thing to the path of its page.
    """

    def __init__(self, store: Store, path: Callable[[str], str]) -> None:
        self._store = store
        self._path = path
        self._names: list[tuple[str, str]] | None = None
        self._many = False

    def find(self, text: str, most: int) -> list[Hit]:
        """Find the things whose names contain words that begin as the words of a text do.

        Args:
            text: What was typed.
            most: How many are wanted.

        Raises:
            StoreError: The store could not answer.
        """
        wanted = fold(text)
        if not wanted:
            return []
        return self._hits([iri for iri, _ in _ranked(wanted, self._candidates(wanted))], wanted, most)

    def everything(self) -> list[NamedHit]:
        """Return all named things in the order of their addresses, up to a maximum in very large stores.

        Raises:
            StoreError: The store could not answer.
        """
        names: dict[str, set[str]] = {}
        for iri, name in self._pairs("?name", f"LIMIT {MOST_NAMES}") or self._other_names():
            names.setdefault(iri, set()).add(name)
        ordered = sorted(names, key=lambda iri: (_class_rank(iri), iri))
        hits = self._hits(ordered, "", len(ordered))
        return [NamedHit(hit, sorted(names[iri])) for hit, iri in zip(hits, ordered, strict=True)]

    def _candidates(self, wanted: str) -> list[tuple[str, str]]:
        if self._names is None and not self._many and self._has_many():
            self._many = True
        elif self._names is None and not self._many:
            found = self._pairs("?name", f"LIMIT {MOST_NAMES + 1}")
            if not found:
                found = self._other_names()
            self._many = len(found) > MOST_NAMES
            self._names = None if self._many else found
        if self._names is not None:
            return self._names
        similar = self._store.similar_names(wanted) if isinstance(self._store, NameIndexed) else None
        names = [wanted, *(similar or [])][:200]
        return self._pairs(f"?name VALUES ?name {{ {' '.join(str(Literal(name)) for name in names)} }}", "LIMIT 2000")

    @property
    def is_large(self) -> bool:
        """Whether the last text was looked for among more names than are kept."""
        return self._many

    def _has_many(self) -> bool:
        """Whether there are too many names to keep: told by a count, which is faster than to read them."""
        inner = f"SELECT ?name {{ ?thing <{FG}foldedName> ?name }} LIMIT {MOST_NAMES + 1}"
        ((found,),) = self._rows(f"SELECT (COUNT(*) AS ?n) {{ {{ {inner} }} }}") or [(None,)]
        return isinstance(found, Literal) and int(found.value) > MOST_NAMES

    def _pairs(self, name: str, rest: str) -> list[tuple[str, str]]:
        found = self._rows(f"SELECT DISTINCT ?thing ?name {{ ?thing <{FG}foldedName> {name} }} {rest}")
        return [(a.value, b.value) for a, b in found if isinstance(a, NamedNode) and isinstance(b, Literal)]

    def _other_names(self) -> list[tuple[str, str]]:
        properties = " ".join(
            f"<{one}>" for one in (_LABEL, PREFIXES["schema"] + "name", PREFIXES["dcterms"] + "title")
        )
        found = self._rows(
            f"SELECT DISTINCT ?thing ?name {{ VALUES ?p {{ {properties} }} ?thing ?p ?name }} LIMIT {MOST_NAMES + 1}"
        )
        return [(a.value, fold(b.value)) for a, b in found if isinstance(a, NamedNode) and isinstance(b, Literal)]

    def _rows(self, text: str) -> list[tuple[Term | None, ...]]:
        return rows(self._store.query(text))

    def _hits(self, iris: list[str], wanted: str, most: int) -> list[Hit]:
        chosen = list(dict.fromkeys(iris))[:most]
        if not chosen:
            return []
        glossary = StoreGlossary(self._store)
        labels = glossary.labels(chosen)
        values = " ".join(f"<{iri}>" for iri in chosen)
        kinds: dict[str, list[str]] = {}
        for thing, kind in self._rows(f"SELECT DISTINCT ?s ?class {{ VALUES ?s {{ {values} }} ?s a ?class }}"):
            if isinstance(thing, NamedNode) and isinstance(kind, NamedNode):
                kinds.setdefault(thing.value, []).append(kind.value)
        names = glossary.labels(sorted({kind for found in kinds.values() for kind in found}))
        hits = []
        for iri in chosen:
            first = min(kinds.get(iri, [""]), key=lambda one: (not one.startswith(FG), one))
            label = labels.get(iri, local(iri))
            hits.append(
                Hit(
                    self._path(iri), label, "" if wanted in fold(label) else wanted, names.get(first, local(first)), iri
                )
            )
        return hits


def _ranked(wanted: str, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, tuple[int, int, str]]]:
    """Rank names: equal, then prefix, then word prefix, then all words, then any part."""
    words = wanted.split()
    found: dict[str, tuple[int, int, str]] = {}
    for iri, name in pairs:
        spaced = f" {name}"
        if name == wanted:
            rank = 0
        elif name.startswith(wanted):
            rank = 1
        elif f" {wanted}" in spaced:
            rank = 2
        elif all(f" {word}" in spaced for word in words):
            rank = 3
        elif wanted in name:
            rank = 4
        else:
            continue
        entry = (rank, _class_rank(iri) * 100 + min(len(name), 99), iri)
        found[iri] = min(found.get(iri, entry), entry)
    return sorted(found.items(), key=lambda item: item[1])


def _class_rank(iri: str) -> int:
    tail = iri.removeprefix(PREFIXES["id"]).partition("/")[0]
    order = ("film", "person", "org", "series", "award", "group", "place")
    return order.index(tail) if tail in order else len(order)
