"""A network in GraphML: films, people and bodies, joined by credits, family ties, reviews and the like.

`GraphML <http://graphml.graphdrawing.org/primer/graphml-primer.html>`_ is read by Gephi, Cytoscape, yEd and NetworkX.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, NamedTuple, cast
from xml.etree import ElementTree as ET

from pyoxigraph import Literal, NamedNode

from filmgraph.exporters.film import extract
from filmgraph.exporters.film.exporter import Exporter, Loss, Request
from filmgraph.exporters.film.losses import Losses
from filmgraph.exporters.film.unwritten import accounted
from filmgraph.exporters.library.xml import DECLARATION, child, text
from filmgraph.rdf.namespaces import FG, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

_NODE_KINDS = ("Film", "Person", "Group", "Organisation", "EventSeries")
_TIES = ("parentOf", "grandparentOf", "siblingOf", "spouseOf", "relatedTo", "memberOf", "relatedFilm")
_TIES_TO_FILMS = ("about", "depicts")
_JOINING = {
    "Credit": ("agent", "film"),
    "Review": ("author", "film"),
    "Interview": ("interviewer", "interviewee"),
    "Employment": ("participant", "employer"),
    "Broadcast": ("outlet", "film"),
    "StreamingWindow": ("outlet", "film"),
    "HomeVideoRelease": ("outlet", "film"),
}
"""Classes of nodes that become an edge: from the values of the one property to those of the other."""

_KEYS = (
    ("label", "node", "string"),
    ("kind", "node", "string"),
    ("iri", "node", "string"),
    ("citations", "node", "int"),
    ("relation", "edge", "string"),
    ("role", "edge", "string"),
    ("stated", "edge", "int"),
)


class _Edge(NamedTuple):
    source: str
    target: str
    relation: str
    role: str


class _Network:
    """Nodes and edges of a GraphML export, collected from quads."""

    def __init__(self, request: Request) -> None:
        self.labels: dict[str, str] = {}
        self.classes: dict[str, set[str]] = {}
        self.cited: dict[str, set[str]] = {}
        self._values: dict[str, dict[str, dict[str, set[str]]]] = {}
        for quad in extract.quads(request):
            subject, predicate = cast("NamedNode", quad.subject).value, quad.predicate.value
            if predicate == PREFIXES["rdfs"] + "label" and isinstance(quad.object, Literal):
                self.labels.setdefault(subject, quad.object.value)
            elif extract.is_citation_graph(quad.graph_name) and isinstance(quad.object, NamedNode):
                self._stated(subject, predicate, quad.object.value, cast("NamedNode", quad.graph_name).value)

    def _stated(self, subject: str, predicate: str, value: str, citation: str) -> None:
        self.cited.setdefault(subject, set()).add(citation)
        if predicate == PREFIXES["rdf"] + "type":
            self.classes.setdefault(subject, set()).add(value.removeprefix(FG))
        elif predicate.startswith(FG):
            properties = self._values.setdefault(subject, {})
            properties.setdefault(predicate.removeprefix(FG), {}).setdefault(value, set()).add(citation)

    def kind(self, iri: str) -> str:
        """The class of a thing that is a node of the network, or nothing."""
        return next((kind for kind in _NODE_KINDS if kind in self.classes.get(iri, ())), "")

    def edges(self) -> dict[_Edge, set[str]]:
        """Each edge between two nodes of the network, and the citations that state it."""
        found: dict[_Edge, set[str]] = {}
        for subject in sorted(self._values):
            for edge, citations in self._edges_of(subject):
                if self.kind(edge.source) and self.kind(edge.target) and edge.source != edge.target:
                    found.setdefault(edge, set()).update(citations)
        return found

    def _edges_of(self, subject: str) -> Iterator[tuple[_Edge, set[str]]]:
        values = self._values[subject]
        for name in (*_TIES, *_TIES_TO_FILMS):
            for target, citations in sorted(values.get(name, {}).items()):
                yield _Edge(subject, target, name, ""), citations
        for kind in sorted(self.classes.get(subject, set()) & _JOINING.keys()):
            start, end = _JOINING[kind]
            roles = [self.labels.get(role, "") for role in sorted(values.get("role", {}))] or [""]
            for source, citations in sorted(values.get(start, {}).items()):
                for target in sorted(values.get(end, {})):
                    for role in roles:
                        yield _Edge(source, target, kind[0].lower() + kind[1:], role), citations


def write(request: Request, out: IO[bytes]) -> list[Loss]:
    """Write the network of a thing, or of everything."""
    network = _Network(request)
    edges = network.edges()
    nodes = sorted(iri for iri in network.classes if network.kind(iri))
    numbers = {iri: f"n{number}" for number, iri in enumerate(nodes)}
    out.write(DECLARATION)
    out.write(b'<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    for name, place, kind in _KEYS:
        key = ET.Element("key", {"id": name, "for": place, "attr.name": name, "attr.type": kind})
        out.write(text(key, level=1))
    out.write(b'  <graph id="films" edgedefault="directed">\n')
    for iri in nodes:
        element = ET.Element("node", {"id": numbers[iri]})
        label = network.labels.get(iri) or iri.rpartition("/")[2]
        citations = str(len(network.cited.get(iri, ())))
        _data(element, label=label, kind=network.kind(iri), iri=iri, citations=citations)
        out.write(text(element, level=2))
    for number, (edge, stated) in enumerate(sorted(edges.items(), key=lambda pair: pair[0])):
        ends = {"id": f"e{number}", "source": numbers[edge.source], "target": numbers[edge.target]}
        element = ET.Element("edge", ends)
        _data(element, relation=edge.relation, role=edge.role, stated=str(len(stated)))
        out.write(text(element, level=2))
    out.write(b"  </graph>\n</graphml>\n")
    return _losses(network)


def _data(element: ET.Element, **values: str) -> None:
    for name, value in values.items():
        if value:
            child(element, "data", value, {"key": name})


def _losses(network: _Network) -> list[Loss]:
    losses = Losses()
    known = {*_NODE_KINDS, *_JOINING, "Title", "Agent"}
    others = sum(1 for classes in network.classes.values() if not classes & known)
    losses.add(others, "thing that is no film, person or body", many="things that are no films, people or bodies")
    citations = {citation for cited in network.cited.values() for citation in cited}
    losses.add(len(citations), "citation", "numbers of citations")
    return losses.all()


EXPORTER = Exporter(
    name="graphml",
    summary="A network of films, people and bodies, joined by credits, family ties and the like, for network tools.",
    media_type="application/graphml+xml",
    endings=("graphml",),
    keeps="who is joined to whom, in what role, and how many citations state it",
    loses="everything but films, people and bodies; dates, figures; which citations",
    write=accounted(write),
)
