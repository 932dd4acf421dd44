"""Resolution of names to things of a collection, or to new things."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from filmgraph.errors import AmbiguousNameError, UnknownThingError
from filmgraph.importing.functions import key, name
from filmgraph.lookup.known_names import KnownNames, Thing
from filmgraph.lookup.names import as_iri
from filmgraph.rdf.namespaces import DERIVED_GRAPH, FG, PREFIXES, compact
from filmgraph.rdf.results import rows
from filmgraph.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filmgraph.store.base import Store

SPACES = {
    "Film": "film",
    "Person": "person",
    "Organisation": "org",
    "Group": "group",
    "Place": "place",
    "EventSeries": "series",
    "Award": "award",
}
"""The prefix of the IRIs of each class."""
_MOST_TITLES = 1000
"""Of more titles than these not all are looked for in a document."""
_AGENTS = ("Person", "Organisation", "Group")
_SHORTENED = {"company": "Organisation", "organisation": "Organisation", "person": "Person", "group": "Group"}


class NamedNodeOf(NamedTuple):
    """A resolved thing: its IRI, class, name, and whether the collection has it."""

    node: ox.NamedNode
    kind: str
    called: str
    known: bool


class Things:
    """A resolver that finds things by name in a store, and mints IRIs for new ones.

    Args:
        store: The store of the collection.
        own: What the file that is imported stated before: what only it knows is known to nobody.
    """

    def __init__(self, store: Store, own: frozenset[ox.Quad] = frozenset()) -> None:
        self._store = store
        self._known = KnownNames(store)
        self._by_name: dict[str, list[Thing]] = {}
        self._own = own
        self._names: dict[ox.NamedNode, dict[str, ox.Quad | None]] = {}
        self._found: dict[tuple[str, str], NamedNodeOf] = {}
        self._coined: dict[str, str] = {}
        self._new_ones: dict[str, list[NamedNodeOf]] = {}

    def prepare(self, names: Iterable[str]) -> None:
        """Look many names up at once.

        Raises:
            StoreError: The store could not answer.
        """
        folded = {fold(one) for text in names for one in (text, name(text)) if one.strip()}
        self._by_name |= {one: [] for one in folded} | self._known.exactly(folded)

    def of(self, text: str, kind: str) -> NamedNodeOf:
        """Resolve a text to a thing.

        Args:
            text: A name, an IRI, or a prefixed name. ``(company)`` or ``(person)`` behind a name says what it is.
            kind: The class that it most likely has; empty where it may be anything that the collection has.

        Raises:
            AmbiguousNameError: Several things have that name.
            UnknownThingError: Nothing has the name, and what it is cannot be told.
        """
        called, said, _ = text.strip().partition(" (")
        given = _SHORTENED.get(text.rpartition("(")[2].strip(" )").casefold(), "") if said else ""
        called, kind = (called, given) if given else (text.strip(), kind)
        found = self._found.get((fold(called), kind))
        if found is None:
            found = self._found[fold(called), kind] = self._looked_up(called, kind, given=given)
        return found

    def _looked_up(self, called: str, kind: str, *, given: str) -> NamedNodeOf:
        iri = as_iri(called)
        if iri is not None:
            return self._with_iri(iri, kind)
        wanted = "Agent" if kind in _AGENTS and not given else kind
        turned = name(called) if kind in _AGENTS else called
        known = [one for one in self._called(turned, FG + wanted if wanted else "") if self._is_foreign(one)]
        if len(known) > 1:
            lines = [f"{compact(one.value)} ({self._class_of(one)})" for one in known]
            raise AmbiguousNameError(f"Several things are called {called!r}.", name=called, choices=lines)
        if known:
            return NamedNodeOf(known[0], self._class_of(known[0]) or kind, turned, known=True)
        return self._new(turned, kind)

    def _called(self, text: str, kind: str) -> list[ox.NamedNode]:
        """The things of a class or a vocabulary that have a name."""
        folded = fold(text)
        if folded not in self._by_name:
            self._by_name |= {folded: [], **self._known.exactly([folded])}
        found = self._by_name[folded]
        return [ox.NamedNode(one.iri) for one in found if not kind or kind in one.classes]

    def _with_iri(self, iri: str, kind: str) -> NamedNodeOf:
        node = ox.NamedNode(iri)
        known = self._class_of(node)
        if known and self._is_foreign(node):
            return NamedNodeOf(node, known, "", known=True)
        space = next((one for one, prefix in SPACES.items() if iri.startswith(PREFIXES[prefix])), kind)
        return NamedNodeOf(node, space, "", known=False)

    def _new(self, called: str, kind: str) -> NamedNodeOf:
        """Return a new thing; rows with one name share one thing."""
        for coined in self._new_ones.get(fold(called), ()):
            if coined.kind == kind or not kind or (kind in _AGENTS and coined.kind in _AGENTS):
                return coined
        if kind not in SPACES:
            raise UnknownThingError(
                f"The collection has nothing called {called!r}, and what it is cannot be told.",
                name=called,
                hint="Write an IRI, such as film:the-salt-clock.",
            )
        local = key(called) or "unnamed"
        iri, number = PREFIXES[SPACES[kind]] + local, 1
        while self._coined.get(iri, fold(called)) != fold(called) or self._is_foreign(ox.NamedNode(iri)):
            number += 1
            iri = f"{PREFIXES[SPACES[kind]]}{local}-{number}"
        self._coined[iri] = fold(called)
        made = NamedNodeOf(ox.NamedNode(iri), kind, called, known=False)
        self._new_ones.setdefault(fold(called), []).append(made)
        return made

    def _class_of(self, node: ox.NamedNode) -> str:
        found = [row[0] for row in rows(self._store.query(f"SELECT ?class {{ {node} a ?class }} ORDER BY ?class"))]
        names = [one.value.removeprefix(FG) for one in found if isinstance(one, ox.NamedNode)]
        return next((one for one in SPACES if one in names), next(iter(names), ""))

    def _is_foreign(self, node: ox.NamedNode) -> bool:
        """Whether any source but the imported file states something about a node."""
        text = f"SELECT ?g ?p ?o {{ GRAPH ?g {{ {node} ?p ?o }} FILTER(?g != <{DERIVED_GRAPH}>) }}"
        return any(ox.Quad(node, p, o, g) not in self._own for g, p, o in rows(self._store.query(text)))  # type: ignore[arg-type]

    def coined(self) -> list[NamedNodeOf]:
        """The new things that were meant so far."""
        return [one for several in self._new_ones.values() for one in several]

    def known(self) -> list[ox.NamedNode]:
        """The things that were meant so far and that others know."""
        return sorted({one.node for one in self._found.values() if one.known}, key=str)

    def films(self) -> dict[str, list[str]]:
        """The names of the films that others know, by the IRI of the film, as long as they are few."""
        text = (
            f"SELECT ?film ?name {{ ?film a <{FG}Film> ; <{FG}title>/<{FG}titleText> ?name }} LIMIT {_MOST_TITLES + 1}"
        )
        found: dict[str, list[str]] = {}
        for film, called in rows(self._store.query(text)):
            if isinstance(film, ox.NamedNode) and isinstance(called, ox.Literal):
                found.setdefault(film.value, []).append(called.value)
        few = sum(map(len, found.values())) <= _MOST_TITLES
        return {iri: names for iri, names in found.items() if self._is_foreign(ox.NamedNode(iri))} if few else {}

    def names(self, node: ox.NamedNode) -> dict[str, ox.Quad | None]:
        """Return the names of a thing with the quads that state them; for a film, with the node of each title."""
        if node.value in self._coined:
            return {}
        if node not in self._names:
            self._names[node] = dict(self._named(node))
        return self._names[node]

    def _named(self, node: ox.NamedNode) -> Iterator[tuple[str, ox.Quad | None]]:
        name, title = ox.NamedNode(FG + "name"), ox.NamedNode(FG + "titleText")
        text = (
            f"SELECT ?title ?name ?g {{ {{ GRAPH ?g {{ {node} {name} ?name }} }} UNION"
            f" {{ {node} <{FG}title> ?title . GRAPH ?g {{ ?title {title} ?name }} }} }} ORDER BY ?title ?name"
        )
        for holder, called, graph in rows(self._store.query(text)):
            if isinstance(called, ox.Literal) and isinstance(graph, ox.NamedNode):
                held = isinstance(holder, ox.NamedNode)
                quad = ox.Quad(holder if held else node, title if held else name, called, graph)  # type: ignore[arg-type]
                if quad not in self._own:
                    yield called.value, quad if held else None

    def concept(self, text: str, scheme: str) -> ox.NamedNode | None:
        """Return the concept of a vocabulary that a text names, among those the collection uses."""
        return next(iter(self._called(text, PREFIXES["fgv"] + scheme)), None)


def local_name_of(node: ox.NamedNode) -> str:
    """Return the local name of an IRI: ``the-salt-clock`` of ``film:the-salt-clock``."""
    return compact(node.value).partition(":")[2].replace("/", "-")
