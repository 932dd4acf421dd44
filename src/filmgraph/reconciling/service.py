"""The reconciliation service of a graph, one method per message of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from filmgraph.errors import ReconciliationError
from filmgraph.lookup.known_names import KnownNames
from filmgraph.rdf.namespaces import FG
from filmgraph.reconciling.candidates import Candidates
from filmgraph.reconciling.extension import Extension
from filmgraph.reconciling.kinds import IDENTIFIERS, Kinds, identifier, iri_of
from filmgraph.reconciling.messages import ReconciliationQuery, read_batch, read_draft
from filmgraph.reconciling.preview import preview
from filmgraph.reconciling.properties import PROPERTIES
from filmgraph.text.folding import fold
from filmgraph.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filmgraph.graph import Graph
    from filmgraph.reconciling.candidates import Candidate
    from filmgraph.reconciling.properties import ReconciliationProperty

VERSION = "0.2"
DRAFT = "1.0-draft"
_SUGGESTED = 10
_WIDTH, _HEIGHT = 480, 320


class ReconciliationService:
    """A reconciliation service: answers messages given as parsed JSON.

    Args:
        graph: What is reconciled with.
        base: How clients reach the service, such as ``http://127.0.0.1:8000/reconcile``.
    """

    def __init__(self, graph: Graph, *, base: str) -> None:
        self._graph, self._base = graph, base.rstrip("/")
        self._names = KnownNames(graph.store)
        self._kinds = Kinds(graph.store)
        self._candidates = Candidates(graph.store, self._names)
        self._extension = Extension(graph)

    def manifest(self) -> dict[str, Any]:
        """Return the service manifest of API version 0.2.

        See `Service manifest
        <https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/#service-manifest>`_.
        """
        suggest = {
            kind: {"service_url": self._base, "service_path": f"/suggest/{kind}"}
            for kind in ("entity", "property", "type")
        }
        return {
            **self._about(VERSION),
            "identifierSpace": IDENTIFIERS,
            "schemaSpace": FG,
            "view": {"url": f"{self._base}/view?id={{{{id}}}}"},
            "preview": {"url": f"{self._base}/preview?id={{{{id}}}}", "width": _WIDTH, "height": _HEIGHT},
            "suggest": suggest,
            "extend": {
                "propose_properties": {"service_url": self._base, "service_path": "/extend/propose"},
                "property_settings": [
                    {
                        "name": "limit",
                        "label": "Limit",
                        "type": "number",
                        "default": 0,
                        "help_text": "How many values a row has at most; 0 for all.",
                    }
                ],
            },
        }

    def draft_manifest(self) -> dict[str, Any]:
        """Return the service manifest of API version 1.0."""
        return {
            **self._about(DRAFT),
            "view": {"url": f"{self._base.removesuffix(f'/{DRAFT}')}/view?id={{id}}"},
            "preview": {"width": _WIDTH, "height": _HEIGHT},
            "suggest": {"entity": True, "property": True, "type": True},
            "extend": {"proposeProperties": True},
            "standardizedScore": True,
        }

    def _about(self, version: str) -> dict[str, Any]:
        return {
            "versions": [version],
            "name": "filmgraph: films, people and places, each fact with its passage",
            "documentation": "https://w3id.org/filmgraph/",
            "serviceVersion": __version__,
            "defaultTypes": self._kinds.usual(),
        }

    def match(self, batch: object) -> dict[str, Any]:
        """Return the candidates for a query batch of API version 0.2, by query key.

        Raises:
            ReconciliationError: It is no such batch.
            StoreError: The store could not answer.
        """
        queries = read_batch(batch)
        found = self._candidates.of(list(queries.values()))
        return {
            key: {"result": [self._candidate(one, draft=False) for one in candidates]}
            for key, candidates in zip(queries, found, strict=True)
        }

    def match_draft(self, batch: object) -> dict[str, Any]:
        """Return the candidates for a query batch of API version 1.0, in query order.

        Raises:
            ReconciliationError: It is no such batch.
            StoreError: The store could not answer.
        """
        found = self._candidates.of(read_draft(batch))
        return {
            "results": [
                {"candidates": [self._candidate(one, draft=True) for one in candidates]} for candidates in found
            ]
        }

    def _candidate(self, candidate: Candidate, *, draft: bool) -> dict[str, Any]:
        features = [
            {"id": name, **({"name": label} if draft else {}), "value": value}
            for name, label, value in candidate.features
        ]
        return {
            "id": identifier(candidate.iri),
            "name": candidate.name,
            "score": candidate.score,
            "match": candidate.match,
            "type": self._types(candidate.types),
            "features": features,
        }

    def _types(self, names: Iterable[str]) -> list[dict[str, str]]:
        return [{"id": name, "name": self._kinds.names.get(name, name)} for name in names]

    def suggest_entity(self, prefix: str) -> dict[str, Any]:
        """Suggest things whose names begin with a prefix, or resemble it.

        Raises:
            StoreError: The store could not answer.
        """
        if not prefix.strip():
            return {"result": []}
        folded = fold(prefix)
        begun = [name for name in self._names.alike(folded) if name.startswith(folded)]
        query = [ReconciliationQuery(name, limit=_SUGGESTED) for name in [*begun[:_SUGGESTED], prefix]]
        found: dict[str, Candidate] = {}
        for candidates in self._candidates.of(query):
            for one in candidates:
                found.setdefault(one.iri, one)
        return {
            "result": [
                {"id": identifier(one.iri), "name": one.name, "notable": self._types(one.types)}
                for one in list(found.values())[:_SUGGESTED]
            ]
        }

    def suggest_property(self, prefix: str) -> dict[str, Any]:
        """Suggest properties whose names contain a prefix."""
        return {"result": [_named(one) for one in PROPERTIES if fold(prefix) in f"{one.name} {one.id}"]}

    def suggest_type(self, prefix: str) -> dict[str, Any]:
        """Suggest types whose names contain a prefix; the default types for an empty prefix."""
        if not prefix.strip():
            return {"result": self._kinds.usual()}
        found = [name for name, label in self._kinds.names.items() if fold(prefix) in fold(f"{label} {name}")]
        return {"result": [self._kinds.entity(name) for name in sorted(found)]}

    def propose(self, type_name: str, *, limit: int = 0) -> dict[str, Any]:
        """Propose properties with which to extend a table of things of a type, each with its sources column."""
        chain = {type_name, ""}
        if type_name in {"Person", "Organisation", "Group"}:
            chain.add("Agent")
        fitting = [one for one in PROPERTIES if not type_name or one.of in chain]
        both = [some for one in fitting for some in (one, one.sources)]
        return {"type": type_name, "properties": [_named(one) for one in (both[:limit] if limit else both)]}

    def extend(self, query: object) -> dict[str, Any]:
        """Answer a data extension query of API version 0.2: property values by the ids of things.

        Raises:
            ReconciliationError: It is no such query.
            StoreError: The store could not answer.
        """
        meta, rows = self._extension.of(query)
        return {"meta": meta, "rows": rows}

    def extend_draft(self, query: object) -> dict[str, Any]:
        """Answer a data extension query of API version 1.0: property values as a list of rows.

        Raises:
            ReconciliationError: It is no such query.
            StoreError: The store could not answer.
        """
        meta, rows = self._extension.of(query)
        return {
            "meta": meta,
            "rows": [
                {"id": one, "properties": [{"id": name, "values": values} for name, values in cells.items()]}
                for one, cells in rows.items()
            ],
        }

    def preview(self, thing: str) -> str:
        """Return the HTML preview of a candidate: its facts with their citations.

        Raises:
            ReconciliationError: It is no identifier.
            UnknownThingError: There is no such thing.
            StoreError: The store could not answer.
        """
        return preview(self._graph, self.iri(thing))

    @staticmethod
    def iri(thing: str) -> str:
        """Return the IRI of a candidate.

        Raises:
            ReconciliationError: It is no identifier.
        """
        iri = iri_of(thing)
        if iri is None:
            raise ReconciliationError(
                f"{thing!r} is no identifier.", hint=f"One looks like {quote('film/night-ferry')}."
            )
        return iri


def _named(one: ReconciliationProperty) -> dict[str, str]:
    return {"id": one.id, "name": one.name}
