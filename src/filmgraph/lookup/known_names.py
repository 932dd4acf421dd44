"""The names of a store, as who reads a question needs them: exact ones at once, and those that look alike.

A store that filmgraph built has an index of its names, so that ten million facts are no hindrance. Of another one the
names are listed, up to so many.
"""

from __future__ import annotations

import heapq
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from filmgraph.lookup.names import compact, sole
from filmgraph.rdf.namespaces import FG, PREFIXES
from filmgraph.rdf.results import Solutions
from filmgraph.store.base import NameIndexed
from filmgraph.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filmgraph.rdf.results import Term
    from filmgraph.store.base import Store

MOST_LISTED = 20_000
"""Of a store with more names than these, and without an index, only names that are right are found."""

_ALIKE = 60
_FAR_MORE = 20
_DOCUMENT = FG + "SourceDocument"
_CONCEPT = PREFIXES["skos"] + "Concept"
_DECLARED = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("fg", "rdfs", "skos", "dcterms"))
_LABELS = [PREFIXES["skos"] + "prefLabel", PREFIXES["skos"] + "altLabel", PREFIXES["rdfs"] + "label"]
"""The properties that label concepts, the preferred first."""
_NAMING = "fg:name fg:titleText rdfs:label skos:prefLabel skos:altLabel dcterms:title <http://schema.org/name>"


class Thing(NamedTuple):
    """A thing that a name may denote: its IRI, and the IRIs of its classes, their superclasses, and vocabularies."""

    iri: str
    classes: frozenset[str]


class KnownNames:
    """The names of one store.

    Args:
        store: The store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._above: dict[str, frozenset[str]] | None = None
        self._has_folded: bool | None = None
        self._listed: dict[str, set[str]] | None = None
        self._grams: dict[str, set[str]] | None = None
        self._documents: dict[str, set[str]] | None = None
        self._written: dict[tuple[str, str], str] = {}
        self._only: dict[str, str] = {}
        self._credits: dict[str, dict[str, set[str]]] = {}

    def exactly(self, names: Iterable[str]) -> dict[str, list[Thing]]:
        """The things that have some folded names, by name; names that nothing has are left out.

        Raises:
            StoreError: The store could not answer.
        """
        wanted = sorted(set(names))
        found: dict[str, set[str]] = {name: set() for name in wanted}
        for name in wanted:
            found[name] |= self._document_names().get(name, set())
        if self._folded():
            values = " ".join(str(ox.Literal(name)) for name in wanted)
            query = f"SELECT ?name ?thing {{ VALUES ?name {{ {values} }} ?thing fg:foldedName ?name }}"
            for text, iri in self._named(query):
                found[text].add(iri)
        else:
            listed = self._all()
            for name in wanted:
                found[name] |= listed.get(name, set())
        things = self._things({iri for iris in found.values() for iri in iris})
        return {name: [things[iri] for iri in sorted(iris)] for name, iris in found.items() if iris}

    def outstanding(self, things: list[Thing]) -> list[Thing]:
        """Of things with one name the one of which far more is said than of the others; all where none is so.

        Raises:
            StoreError: The store could not answer.
        """
        if len(things) < 2:  # noqa: PLR2004 -- one has no rival
            return things
        often = self._mentions({one.iri for one in things})
        ranked = sorted(things, key=lambda one: (-often.get(one.iri, 0), one.iri))
        most, next_most = (often.get(one.iri, 0) for one in ranked[:2])
        return ranked[:1] if most > _FAR_MORE * max(1, next_most) else ranked

    def _mentions(self, iris: set[str]) -> dict[str, int]:
        """How many statements say something of each of some things."""
        values = " ".join(f"<{iri}>" for iri in sorted(iris))
        query = f"SELECT ?thing (COUNT(*) AS ?n) {{ VALUES ?thing {{ {values} }} ?s ?p ?thing }} GROUP BY ?thing"
        return {
            thing.value: int(count.value)
            for thing, count in self._rows(query)
            if isinstance(thing, ox.NamedNode) and isinstance(count, ox.Literal)
        }

    def alike(self, text: str) -> list[str]:
        """Folded names that look somewhat like a folded text, those that look most like it first.

        Raises:
            StoreError: The store could not answer.
        """
        similar = self._store.similar_names(text) if isinstance(self._store, NameIndexed) else None
        if similar is not None:
            return similar[:_ALIKE]
        if self._grams is None:
            self._grams = {}
            for name in self._all():
                for gram in trigrams(name):
                    self._grams.setdefault(gram, set()).add(name)
        shared: Counter[str] = Counter()
        for gram in trigrams(text):
            shared.update(self._grams.get(gram, ()))
        least = min(heapq.nlargest(_ALIKE, shared.values()), default=0)
        best = [pair for pair in shared.items() if pair[1] >= least]
        ranked = sorted(best, key=lambda pair: (-pair[1], abs(len(pair[0]) - len(text)), pair[0]))
        return [name for name, _ in ranked[:_ALIKE]]

    def concepts(self, schemes: Iterable[str], iris: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
        """The labels of the concepts of some vocabularies, and of some concepts: label with scheme, by IRI.

        Of each concept its preferred label comes first.

        Raises:
            StoreError: The store could not answer.
        """
        # In each branch, and from the concept: else Oxigraph would go through the labels of all things.
        naming = f"?concept ?naming ?label FILTER(?naming IN (<{'>, <'.join(_LABELS)}>))"
        wanted = " ".join(f"<{iri}>" for iri in sorted(set(schemes)))
        chosen = " ".join(f"<{iri}>" for iri in sorted(set(iris)))
        found: dict[str, list[tuple[str, str]]] = {}
        query = (
            "SELECT DISTINCT ?concept ?scheme ?naming ?label {"
            f" {{ VALUES ?scheme {{ {wanted} }} ?concept skos:inScheme ?scheme . {naming} }}"
            f" UNION {{ VALUES ?concept {{ {chosen} }} {naming} }} }}"
        )
        for concept, scheme, _, label in sorted(self._rows(query), key=_as_preferred):
            if isinstance(concept, ox.NamedNode) and isinstance(label, ox.Literal):
                in_scheme = scheme.value if isinstance(scheme, ox.NamedNode) else ""
                found.setdefault(concept.value, []).append((in_scheme, fold(label.value)))
        return found

    def written(self, iri: str, class_iri: str, label: str | None = None) -> str:
        """How a thing is written so that it is found again: by a label, or where others have that too, by its IRI.

        Args:
            iri: The thing.
            class_iri: The class in which it will be looked for; empty for any.
            label: What it is called; by default its label in the store.

        Raises:
            StoreError: The store could not answer.
        """
        known = self._written.get((iri, class_iri))
        if known is None:
            label = label or self._label(iri)
            having = self.exactly([fold(label)]).get(fold(label), []) if label else []
            found = {one.iri for one in having if not class_iri or class_iri in one.classes}
            known = self._written[iri, class_iri] = label if found == {iri} else compact(iri)
        return known

    def kind_of(self, concept: Thing) -> str:
        """Return the folded label of a concept's vocabulary; empty if it is in none.

        Raises:
            StoreError: The store could not answer.
        """
        schemes = sorted(one for one in concept.classes if one != _CONCEPT)
        return fold(self._label(schemes[0])) if schemes else ""

    def _label(self, iri: str) -> str:
        rows = self._rows(f"SELECT ?label {{ <{iri}> rdfs:label ?label }}")
        return min((row[0].value for row in rows if isinstance(row[0], ox.Literal)), default="")

    def only(self, class_iri: str) -> str:
        """Return the IRI of the one thing of a class, or the one film that the documents are about; empty if several.

        Raises:
            StoreError: The store could not answer.
        """
        if class_iri not in self._only:
            found = sole(self._store, class_iri)
            self._only[class_iri] = found.value if found else ""
        return self._only[class_iri]

    def credits(self, film_iri: str) -> dict[str, set[str]]:
        """Return the people and organisations credited on a film: the IRIs of their roles, by their own.

        Raises:
            StoreError: The store could not answer.
        """
        if film_iri not in self._credits:
            found: dict[str, set[str]] = {}
            query = f"SELECT ?agent ?role {{ ?credit fg:film <{film_iri}> ; fg:agent ?agent ; fg:role ?role }}"
            for agent, role in self._rows(f"{query} LIMIT {MOST_LISTED}"):
                if isinstance(agent, ox.NamedNode) and isinstance(role, ox.NamedNode):
                    found.setdefault(agent.value, set()).add(role.value)
            self._credits[film_iri] = found
        return self._credits[film_iri]

    def things(self, iris: Iterable[str]) -> list[Thing]:
        """Return things with their classes.

        Raises:
            StoreError: The store could not answer.
        """
        found = self._things(set(iris))
        return [found[iri] for iri in sorted(found)]

    def _folded(self) -> bool:
        if self._has_folded is None:
            self._has_folded = bool(self._rows("SELECT ?thing { ?thing fg:foldedName ?name } LIMIT 1"))
        return self._has_folded

    def _document_names(self) -> dict[str, set[str]]:
        """Documents by slug and title: they are few, and have no folded name."""
        if self._documents is None:
            self._documents = {}
            naming = "FILTER(?naming IN (rdfs:label, dcterms:title, fg:name))"
            query = f"SELECT ?name ?thing {{ ?thing a <{_DOCUMENT}> ; ?naming ?name {naming} }} LIMIT {MOST_LISTED}"
            for text, iri in self._named(query):
                for form in {fold(text), fold(text.replace("-", " "))}:
                    self._documents.setdefault(form, set()).add(iri)
        return self._documents

    def _all(self) -> dict[str, set[str]]:
        if self._listed is None:
            naming = "fg:foldedName" if self._folded() else "?naming"
            values = "" if self._folded() else f"VALUES ?naming {{ {_NAMING} }}"
            query = f"SELECT DISTINCT ?name ?thing {{ {values} ?thing {naming} ?name FILTER(isIRI(?thing)) }}"
            pairs = self._named(f"{query} LIMIT {MOST_LISTED + 1}")
            self._listed = {}
            for text, iri in pairs if len(pairs) <= MOST_LISTED else ():
                self._listed.setdefault(fold(text), set()).add(iri)
        return self._listed

    def _things(self, iris: set[str]) -> dict[str, Thing]:
        classes: dict[str, set[str]] = {iri: set() for iri in iris}
        if iris:
            values = " ".join(f"<{iri}>" for iri in sorted(iris))
            for thing, class_ in self._rows(
                f"SELECT ?thing ?class {{ VALUES ?thing {{ {values} }} ?thing a|skos:inScheme ?class }}"
            ):
                if isinstance(thing, ox.NamedNode) and isinstance(class_, ox.NamedNode):
                    classes[thing.value] |= self._with_above(class_.value)
        return {iri: Thing(iri, frozenset(found)) for iri, found in classes.items()}

    def _with_above(self, class_iri: str) -> frozenset[str]:
        if self._above is None:
            up: dict[str, set[str]] = {}
            for sub, over in self._rows("SELECT DISTINCT ?sub ?class { ?sub rdfs:subClassOf ?class }"):
                if isinstance(sub, ox.NamedNode) and isinstance(over, ox.NamedNode):
                    up.setdefault(sub.value, set()).add(over.value)
            self._above = {}
            for one in up:
                reached = [one]
                for each in reached:
                    reached += [over for over in sorted(up.get(each, ())) if over not in reached]
                self._above[one] = frozenset(reached)
        return self._above.get(class_iri, frozenset({class_iri}))

    def _named(self, query: str) -> list[tuple[str, str]]:
        """The text and the IRI in each row of a query for names and things."""
        return [
            (name.value, thing.value)
            for name, thing in self._rows(query)
            if isinstance(name, ox.Literal) and isinstance(thing, ox.NamedNode)
        ]

    def _rows(self, query: str) -> list[tuple[Term | None, ...]]:
        found = self._store.query(_DECLARED + query)
        return found.rows if isinstance(found, Solutions) else []


def _as_preferred(row: tuple[Term | None, ...]) -> tuple[int, str]:
    """Order labels by their properties, preferred ones first."""
    _, _, naming, label = row
    return _LABELS.index(naming.value) if isinstance(naming, ox.NamedNode) else len(_LABELS), str(label)


def trigrams(text: str) -> set[str]:
    """The runs of three characters of a text with spaces around it."""
    padded = f"  {text} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)}
