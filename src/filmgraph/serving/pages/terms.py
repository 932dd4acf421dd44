"""The names that a query may use: prefixes, classes, properties and things of the store."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.serving.pages.words import local
from filmgraph.text.folding import fold

if TYPE_CHECKING:
    from filmgraph.serving.pages.site import ServedSite

MOST = 40
"""How many names are offered at once."""
_READ = 3000
_PLAIN = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


class QueryName(NamedTuple):
    """A name as it stands in a query, what it is called, what it is, and the prefix that it needs."""

    insert: str
    label: str
    kind: str
    type: str
    prefix: str = ""
    namespace: str = ""


def terms(site: ServedSite, text: str) -> list[QueryName]:
    """The names that begin with what was typed: with a prefix those of its namespace, else any, also by their label.

    Raises:
        StoreError: The store could not answer.
    """
    prefix, colon, rest = text.partition(":")
    if colon:
        inside = [one for one in vocabulary(site) if one.prefix == prefix]
        found = [one for one in inside if one.insert.partition(":")[2].lower().startswith(rest.lower())]
        if prefix in PREFIXES and rest:
            found += [one for one in _things(site, rest) if one.prefix == prefix and one not in found]
        return found[:MOST]
    wanted = fold(text)
    prefixes = [
        QueryName(f"{name}:", iri, "prefix", "namespace", name, iri)
        for name, iri in PREFIXES.items()
        if name.startswith(text.lower())
    ]
    if not wanted:
        return prefixes[:MOST]
    named = [one for one in vocabulary(site) if f" {wanted}" in f" {fold(one.label)}"]
    return [*prefixes[:8], *named[:16], *_things(site, text)][:MOST]


@lru_cache(4)
def vocabulary(site: ServedSite) -> tuple[QueryName, ...]:
    """The classes and properties that the store uses; of very many the first. They are looked up once."""
    classes = site.rows(f"SELECT DISTINCT ?class {{ ?thing a ?class }} LIMIT {_READ}")
    properties = site.rows(f"SELECT DISTINCT ?property {{ ?thing ?property ?value }} LIMIT {_READ}")
    iris = {
        kind: sorted({row[0].value for row in rows if isinstance(row[0], NamedNode)})
        for kind, rows in (("class", classes), ("property", properties))
    }
    labels = site.labels({iri for found in iris.values() for iri in found})
    made = [_named(iri, labels.get(iri, local(iri)), kind, kind) for kind, found in iris.items() for iri in found]
    return tuple(sorted(made, key=lambda one: (one.prefix != "fg", one.insert)))


def _things(site: ServedSite, text: str) -> list[QueryName]:
    hits = site.finder.find(text.replace("-", " "), MOST // 2)
    return [_named(hit.iri, hit.label, hit.kind, "constant") for hit in hits]


def _named(iri: str, label: str, kind: str, type_: str) -> QueryName:
    """A name with a prefix where there is one and no character in it needs escaping, else the whole IRI."""
    fitting = [name for name, start in PREFIXES.items() if iri.startswith(start)]
    best = max(fitting, key=lambda name: len(PREFIXES[name]), default="")
    tail = iri.removeprefix(PREFIXES[best]) if best else ""
    if tail and set(tail) <= _PLAIN and tail[0] != "-":
        return QueryName(f"{best}:{tail}", label, kind, type_, best, PREFIXES[best])
    return QueryName(f"<{iri}>", label, kind, type_)
