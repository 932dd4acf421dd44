"""Descriptions of the service and of the data set, as RDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from filmgraph.rdf.namespaces import BASE, PREFIXES
from filmgraph.serving.protocol.reply import HttpReply
from filmgraph.text.printable import printable

if TYPE_CHECKING:
    from filmgraph.serving.pages.site import ServedSite
    from filmgraph.serving.protocol.request import HttpRequest

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
_WRITTEN = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
DESCRIPTIONS = tuple(_WRITTEN)
_RESULTS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD", "TriG", "N-Quads",
)  # fmt: skip
_PREFIXES = {"sd": SD, "void": VOID, "dcterms": PREFIXES["dcterms"], "rdf": PREFIXES["rdf"]}


def service(site: ServedSite, request: HttpRequest, media_type: str) -> HttpReply:
    """The service as RDF (`Service Description <https://www.w3.org/TR/sparql11-service-description/>`_)."""
    endpoint = ox.NamedNode(f"{request.base}/sparql")
    here, dataset, default = ox.BlankNode("service"), ox.BlankNode("dataset"), ox.BlankNode("graph")
    a = ox.NamedNode(PREFIXES["rdf"] + "type")

    def sd(name: str) -> ox.NamedNode:
        return ox.NamedNode(SD + name)

    triples = [
        ox.Triple(here, a, sd("Service")),
        ox.Triple(here, sd("endpoint"), endpoint),
        ox.Triple(here, sd("supportedLanguage"), sd("SPARQL11Query")),
        *(ox.Triple(here, sd("resultFormat"), ox.NamedNode(_FORMATS + name)) for name in _RESULTS),
        ox.Triple(here, sd("defaultDataset"), dataset),
        ox.Triple(dataset, a, sd("Dataset")),
        ox.Triple(dataset, a, ox.NamedNode(VOID + "Dataset")),
        ox.Triple(dataset, sd("defaultGraph"), default),
        ox.Triple(default, a, sd("Graph")),
        ox.Triple(default, ox.NamedNode(VOID + "triples"), ox.Literal(site.size[0])),
    ]
    return _reply(triples, media_type)


def void(site: ServedSite, request: HttpRequest, media_type: str) -> HttpReply:
    """Return the data set description (`VoID <https://www.w3.org/TR/void/>`_)."""
    here = ox.NamedNode(f"{request.base}/.well-known/void#dataset")
    a = ox.NamedNode(PREFIXES["rdf"] + "type")

    def says(name: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
        return ox.Triple(here, ox.NamedNode(VOID + name if ":" not in name else name), value)

    total, graphs = site.size
    triples = [
        ox.Triple(here, a, ox.NamedNode(VOID + "Dataset")),
        says(PREFIXES["dcterms"] + "title", ox.Literal(printable(site.title))),
        says("sparqlEndpoint", ox.NamedNode(f"{request.base}/sparql")),
        says("uriSpace", ox.Literal(PREFIXES["id"])),
        says("uriLookupEndpoint", ox.NamedNode(f"{request.base}/thing?iri=")),
        says("openSearchDescription", ox.NamedNode(f"{request.base}/opensearch.xml")),
        says("vocabulary", ox.NamedNode(BASE + "ns#")),
        says("triples", ox.Literal(total)),
        says("documents", ox.Literal(len(site.documents))),
        says(PREFIXES["dcterms"] + "extent", ox.Literal(f"{graphs} citations")),
        *(says("exampleResource", ox.NamedNode(iri)) for iri in site.films[:3]),
        *(says(PREFIXES["dcterms"] + "source", ox.NamedNode(iri)) for iri in list(site.documents)[:100]),
    ]
    return _reply(triples, media_type)


def _reply(triples: list[ox.Triple], media_type: str) -> HttpReply:
    body = ox.serialize(triples, format=_WRITTEN[media_type], prefixes=_PREFIXES) or b""
    return HttpReply(body, media_type + ("; charset=utf-8" if media_type.startswith("text/") else ""))
