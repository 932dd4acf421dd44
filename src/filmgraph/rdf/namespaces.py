"""The namespaces that filmgraph writes and reads, and compact names for IRIs."""

from __future__ import annotations

import re

BASE = "https://w3id.org/filmgraph/"

PREFIXES: dict[str, str] = {
    "fg": BASE + "ns#",
    "fgv": BASE + "vocab/",
    "fgs": BASE + "shapes#",
    "id": BASE + "id/",
    "film": BASE + "id/film/",
    "version": BASE + "id/version/",
    "person": BASE + "id/person/",
    "group": BASE + "id/group/",
    "org": BASE + "id/org/",
    "place": BASE + "id/place/",
    "country": BASE + "id/place/iso3166-1/",
    "language": BASE + "id/language/",
    "title": BASE + "id/title/",
    "credit": BASE + "id/credit/",
    "series": BASE + "id/series/",
    "edition": BASE + "id/edition/",
    "award": BASE + "id/award/",
    "result": BASE + "id/result/",
    "screening": BASE + "id/screening/",
    "release": BASE + "id/release/",
    "event": BASE + "id/event/",
    "residence": BASE + "id/residence/",
    "employment": BASE + "id/employment/",
    "journey": BASE + "id/journey/",
    "figure": BASE + "id/figure/",
    "rating": BASE + "id/rating/",
    "remark": BASE + "id/remark/",
    "review": BASE + "id/review/",
    "interview": BASE + "id/interview/",
    "part": BASE + "id/part/",
    "work": BASE + "id/work/",
    "claim": BASE + "id/claim/",
    "source": BASE + "source/",
    "graph": BASE + "graph/",
    "rel": "http://id.loc.gov/vocabulary/relators/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Prefix to namespace. Data files, queries and exports use these prefixes and no others for these namespaces."""

_BY_LENGTH = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))
_LOCAL = r"[^\W]([\w.-]*[\w-])?"  # compiled by who needs it: start-up is measured

FG = PREFIXES["fg"]
SOURCES_GRAPH = BASE + "graph/sources"
CITATIONS_GRAPH = BASE + "graph/citations"
REFERENCE_GRAPH = BASE + "graph/reference"
DERIVED_GRAPH = BASE + "graph/derived"
ONTOLOGY_GRAPH = BASE + "graph/ontology"
MERGED_GRAPH = BASE + "graph/merged"
"""Each fact once, for engines that keep no default graph of their own. No query sees it as a named graph."""

NON_CITATION_GRAPHS = frozenset({SOURCES_GRAPH, CITATIONS_GRAPH, REFERENCE_GRAPH, DERIVED_GRAPH, ONTOLOGY_GRAPH})
"""The closed list of graphs that are not citations (product contract 2.8)."""

EDTF = PREFIXES["edtf"] + "EDTF"

WATCHED = "urn:filmgraph:pattern"
"""The function through which a query passes the patterns that it computes: see `filmgraph.rdf.patterns`."""


def compact(iri: str) -> str:
    """An IRI as a prefixed name where one of filmgraph's prefixes fits, else as it stands.

    >>> compact("https://w3id.org/filmgraph/ns#Film"), compact("urn:isbn:0")
    ('fg:Film', 'urn:isbn:0')
    """
    for prefix, namespace in _BY_LENGTH:
        if iri.startswith(namespace) and re.fullmatch(_LOCAL, iri[len(namespace) :]):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri
