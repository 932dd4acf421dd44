"""The names of documents to trust or to withdraw, found among the sources of a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from filmgraph.errors import UnknownSourceError
from filmgraph.rdf.citation import source_slug
from filmgraph.rdf.namespaces import FG, NON_CITATION_GRAPHS, PREFIXES
from filmgraph.rdf.results import rows
from filmgraph.text.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filmgraph.store.base import Store


def sources_of(store: Store) -> list[str]:
    """The IRIs of all sources: those on record, and those whose passages name graphs.

    Raises:
        StoreError: The store could not answer.
    """
    records = _iris(store, f"SELECT DISTINCT ?s {{ ?s a <{FG}SourceDocument> }}")
    graphs = _iris(store, "SELECT DISTINCT ?g { GRAPH ?g {} }") - NON_CITATION_GRAPHS
    return sorted(records | {graph.partition("#")[0] for graph in graphs})


def named(store: Store, names: Iterable[str]) -> list[str]:
    """The IRIs of the sources that are named; a slug means every state of that document.

    Args:
        store: Where the sources are looked up.
        names: Slugs (``press-kit``), slugs with digest (``press-kit.9be0dd98``), prefixed names or IRIs.

    Raises:
        UnknownSourceError: The store has no such source; ``choices`` are the nearest.
        StoreError: The store could not answer.
    """
    wanted = [names] if isinstance(names, str) else list(names)  # one name alone is one, not its letters
    known = sources_of(store) if wanted else []
    found: list[str] = []
    for name in wanted:
        plain = name.strip().strip("<>").removeprefix("source:")
        same = [iri for iri in known if plain in {iri, source_slug(iri), iri.removeprefix(PREFIXES["source"])}]
        if not same:
            slugs = sorted({source_slug(iri) for iri in known})
            near = nearest(plain, slugs)
            hint = None if near else f"Its sources: {', '.join(slugs)}." if slugs else "It has no sources."
            raise UnknownSourceError(
                f"There is no source {name!r} in {store.origin.shown}.", name=name, choices=near, hint=hint
            )
        found += same
    return list(dict.fromkeys(found))


def _iris(store: Store, text: str) -> set[str]:
    return {row[0].value for row in rows(store.query(text)) if isinstance(row[0], NamedNode)}
