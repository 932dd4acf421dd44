"""pySHACL: the reference engine, and all of pySHACL and rdflib that validation touches.

What is kept inside this module:

- pySHACL changes rdflib's global switches and leaves them changed after an error; they are put back.
- It takes misspelt options without a word; here the options are parameters with types.
- Its result may hold an exception instead of a report; it is raised.
- It is handed graphs that are parsed already, never files, texts or addresses, so that it opens nothing.
- rdflib tells `"x"` from `"x"^^xsd:string`, and Oxigraph keeps values, not spellings (`PT85M` becomes `PT1H25M`):
  literals are written one way on both sides.
- A shape whose target matches nothing conforms; that is why `engine.run` counts focus nodes for either engine.
"""

from __future__ import annotations

import logging
import threading
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyoxigraph as ox
from pyoxigraph import BlankNode, Literal, NamedNode

from filmgraph.errors import FilmgraphError
from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.validation.results import SH, Result

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import rdflib
    from rdflib.term import Identifier

    from filmgraph.validation.shapes import Node, ShapeNode, ShapesGraph

_XSD = PREFIXES["xsd"]
_LOCK = threading.Lock()
_DEPTH = 50


def validate(
    data: Iterable[ox.Triple | ox.Quad], shapes: ShapesGraph, *, only: Iterable[ShapeNode] | None = None
) -> list[Result]:
    """Validate a graph with pySHACL.

    Args:
        data: The data graph, as a store gives it.
        shapes: The shapes graph.
        only: The shapes with targets that are to be applied; all by default.

    Raises:
        FilmgraphError: pySHACL could not do its work.
    """
    import pyshacl  # noqa: PLC0415 -- takes a fifth of a second
    from pyshacl.errors import ReportableRuntimeError  # noqa: PLC0415

    with _LOCK, _switches_restored():
        try:
            _, report, _ = pyshacl.validate(
                _graph(data),
                shacl_graph=_graph(_normalised(shapes.triples(only=only))),
                inference="none",
                inplace=True,
                advanced=False,
                max_validation_depth=_DEPTH,
            )
        except ReportableRuntimeError as error:
            report = error
        if isinstance(report, Exception):
            raise FilmgraphError(f"pySHACL could not apply the shapes: {report}") from report
        return list(_results(report, shapes))


@contextmanager
def _switches_restored() -> Iterator[None]:
    """Give rdflib back its global state, and the log its handlers, whatever happens."""
    import rdflib  # noqa: PLC0415
    from rdflib import term  # noqa: PLC0415

    boolean = rdflib.URIRef(_XSD + "boolean")
    normalise = rdflib.NORMALIZE_LITERALS
    to_python = term._toPythonMapping[boolean]  # noqa: SLF001 -- pySHACL changes it and only this puts it back
    comparisons = {name: getattr(rdflib.Literal, name) for name in ("__ge__", "__le__")}
    logs = [logging.getLogger(name) for name in ("pyshacl-validate", "rdflib", "rdflib.term")]
    kept_logs = [(log, list(log.handlers), log.level, log.disabled) for log in logs]
    try:
        rdflib.NORMALIZE_LITERALS = False
        for log in logs:
            log.disabled = True  # they print what is reported anyway, some of it with tracebacks
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        rdflib.NORMALIZE_LITERALS = normalise
        term._toPythonMapping[boolean] = to_python  # noqa: SLF001
        for name, method in comparisons.items():
            setattr(rdflib.Literal, name, method)
        for log, handlers, level, disabled in kept_logs:
            log.handlers[:] = handlers
            log.setLevel(level)
            log.disabled = disabled


def _normalised(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Triples with literals spelled as Oxigraph spells them, save booleans, whose spelling SHACL looks at."""
    store = ox.Store()
    subject = NamedNode("urn:s")
    spelled: dict[Literal, Literal] = {}
    for triple in triples:
        value = triple.object
        if isinstance(value, Literal) and value.datatype.value != _XSD + "boolean":
            if value not in spelled:
                store.add(ox.Quad(subject, subject, value))
                spelled[value] = next(iter(store)).object
                store.clear()
            yield ox.Triple(triple.subject, triple.predicate, spelled[value])
        else:
            yield triple


def _graph(triples: Iterable[ox.Triple | ox.Quad]) -> rdflib.Graph:
    """An rdflib graph, made term by term: nothing is serialised, so nothing is spelled anew."""
    import rdflib  # noqa: PLC0415

    seen: dict[object, Identifier] = {}

    def convert(node: object) -> Identifier:
        known = seen.get(node)
        if known is None:
            known = seen[node] = to_rdflib(node)
        return known

    graph = rdflib.Graph()
    graph.addN((convert(t.subject), convert(t.predicate), convert(t.object), graph) for t in triples)
    return graph


def to_rdflib(node: object) -> Identifier:
    """An Oxigraph term as rdflib's, its spelling kept.

    Raises:
        FilmgraphError: It is a triple term, which rdflib does not know.
    """
    import rdflib  # noqa: PLC0415

    if isinstance(node, NamedNode):
        return rdflib.URIRef(node.value)
    if isinstance(node, BlankNode):
        return rdflib.BNode(node.value)
    if isinstance(node, Literal):
        if node.language:
            return rdflib.Literal(node.value, lang=node.language)
        if node.datatype.value == _XSD + "string":
            return rdflib.Literal(node.value)
        return rdflib.Literal(node.value, datatype=rdflib.URIRef(node.datatype.value), normalize=False)
    raise FilmgraphError(f"pySHACL cannot read {node}.", hint="Use --engine sparql.")


def to_oxigraph(node: rdflib.term.Node) -> Node:
    """An rdflib term as Oxigraph's."""
    import rdflib  # noqa: PLC0415

    if isinstance(node, rdflib.URIRef):
        return NamedNode(str(node))
    if isinstance(node, rdflib.Literal):
        if node.language:
            return Literal(str(node), language=node.language)
        return Literal(str(node), datatype=NamedNode(str(node.datatype or _XSD + "string")))
    return BlankNode(str(node))


def _results(report: rdflib.Graph, shapes: ShapesGraph) -> Iterator[Result]:
    """The results of a report graph. A path is told from the shape, as reports do not keep complex ones whole."""
    import rdflib  # noqa: PLC0415

    def value(node: rdflib.term.Node, name: str) -> Node | None:
        found = report.value(node, rdflib.URIRef(SH + name))
        return None if found is None else to_oxigraph(found)

    for node in set(report.subjects(rdflib.RDF.type, rdflib.URIRef(SH + "ValidationResult"))):
        # Details of a result (under sh:detail) are no results of their own.
        if next(report.subjects(rdflib.URIRef(SH + "detail"), node), None) is not None:
            continue
        shape, focus, path = (value(node, name) for name in ("sourceShape", "focusNode", "resultPath"))
        component, severity = value(node, "sourceConstraintComponent"), value(node, "resultSeverity")
        if not isinstance(shape, NamedNode | BlankNode) or focus is None or component is None or severity is None:
            raise FilmgraphError("pySHACL gave a result without a shape or a focus node.")
        route = str(path) if isinstance(path, NamedNode) else None if path is None else shapes.shape(shape).path
        yield Result(focus, route, value(node, "value"), component.value.removeprefix(SH), shape, severity.value)
