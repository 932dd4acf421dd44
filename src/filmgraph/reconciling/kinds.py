"""Types and identifiers as the reconciliation API writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.lookup.names import as_iri
from filmgraph.rdf.namespaces import FG, PREFIXES
from filmgraph.rdf.results import Solutions

if TYPE_CHECKING:
    import pyoxigraph as ox

    from filmgraph.store.base import Store

IDENTIFIERS = "https://w3id.org/filmgraph/id/"
"""What an identifier is the rest of; other IRIs are identifiers as they are."""

USUAL = ("Film", "Person", "Organisation", "Place", "EventSeries", "Award")
"""The types that are offered first."""

_QUERY = f"""PREFIX owl: <{PREFIXES["owl"]}> PREFIX rdfs: <{PREFIXES["rdfs"]}>
SELECT ?class ?label ?over {{ ?class a owl:Class ; rdfs:label ?label OPTIONAL {{ ?class rdfs:subClassOf ?over }} }}"""


def identifier(iri: str) -> str:
    """Return the identifier of a thing: its IRI without the namespace.

    >>> identifier("https://w3id.org/filmgraph/id/film/night-ferry"), identifier("https://example.org/1")
    ('film/night-ferry', 'https://example.org/1')
    """
    return iri.removeprefix(IDENTIFIERS)


def iri_of(identifier: str) -> str | None:
    """Return the IRI for an identifier, a prefixed name or an IRI; None where the text cannot be one.

    >>> iri_of("film/night-ferry"), iri_of("a b") is None
    ('https://w3id.org/filmgraph/id/film/night-ferry', True)
    """
    text = identifier.strip()
    if not text or any(one in text for one in ' <>"{}|\\^`\n\t'):
        return None
    return as_iri(text) or IDENTIFIERS + text


class Kinds:
    """The classes of a store's ontology; those of filmgraph are named without the namespace.

    Args:
        store: The store.

    Raises:
        StoreError: The store could not answer.
    """

    def __init__(self, store: Store) -> None:
        self.names: dict[str, str] = {}
        self._over: dict[str, list[str]] = {}
        found = store.query(_QUERY)
        for class_, label, over in found.rows if isinstance(found, Solutions) else ():
            name = self.id(_value(class_))
            self.names[name] = min(self.names.get(name, _value(label)), _value(label))
            if over is not None:
                self._over.setdefault(name, []).append(self.id(_value(over)))

    @staticmethod
    def id(iri: str) -> str:
        """Return the API's identifier of a class."""
        return iri.removeprefix(FG)

    @staticmethod
    def iri(name: str) -> str:
        """Return the IRI of a class, given as an identifier, a prefixed name or an IRI."""
        return as_iri(name) or FG + name

    def entity(self, name: str) -> dict[str, object]:
        """Return a class as the API's type object."""
        broader = [self.entity(one) for one in sorted(set(self._over.get(name, ()))) if one in self.names]
        return {"id": name, "name": self.names.get(name, name), **({"broader": broader} if broader else {})}

    def usual(self) -> list[dict[str, str]]:
        """Return the types that clients are offered by default."""
        return [{"id": one, "name": self.names[one]} for one in USUAL if one in self.names]


def _value(term: ox.NamedNode | ox.Literal | object) -> str:
    return str(getattr(term, "value", ""))
