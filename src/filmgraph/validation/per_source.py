"""Shapes applied to each source by itself.

What one source says is the merge of its citation graphs. Maxima hold here and not on the merged graph of all sources,
where every disagreement would break them. Counts and languages of one predicate are asked of all sources at once;
other constraints go to pySHACL, source by source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from filmgraph.rdf.namespaces import NON_CITATION_GRAPHS
from filmgraph.validation import reference
from filmgraph.validation.compiler import CLAIMED
from filmgraph.validation.components import UnclaimedError, number
from filmgraph.validation.engine import bindings
from filmgraph.validation.results import Result
from filmgraph.validation.sets import NOT_CONSTRAINTS
from filmgraph.validation.shapes import is_true

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from filmgraph.store.base import Store
    from filmgraph.validation.shapes import Node, Shape, ShapesGraph

_OTHERS = ", ".join(f"<{iri}>" for iri in sorted(NON_CITATION_GRAPHS))
_SOURCE = 'BIND(IF(CONTAINS(STR(?g), "#char="), STRBEFORE(STR(?g), "#char="), STR(?g)) AS ?source)'
_QUADS = f"SELECT ?g ?s ?p ?o {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g NOT IN ({_OTHERS})) }}"


def by_queries(
    store: Store, shapes: ShapesGraph, *, subclasses: Mapping[str, tuple[str, ...]]
) -> tuple[list[Result], dict[str, str]]:
    """The results of what can be asked of all sources at once, and what cannot, each shape with the reason."""
    found: list[Result] = []
    unclaimed: dict[str, str] = {}
    for root in shapes.roots():
        try:
            queries = [_query(root, inner, name, node, subclasses) for inner, name, node in _constraints(root, shapes)]
        except UnclaimedError as error:
            unclaimed[str(root.node)] = str(error)
            continue
        for text, shape, name in queries:
            found += [_result(row["this"], row["source"], shape, CLAIMED[name]) for row in bindings(store, text)]
    return found, unclaimed


def by_pyshacl(store: Store, shapes: ShapesGraph, *, only: set[str] | None = None) -> list[Result]:
    """The results of pySHACL, one run for each source."""
    graphs: dict[str, set[Triple]] = {}
    for row in bindings(store, _QUADS):
        graph, subject, predicate, value = row["g"], row["s"], row["p"], row["o"]
        if isinstance(graph, NamedNode) and not isinstance(subject, Triple) and isinstance(predicate, NamedNode):
            source = graph.value.partition("#char=")[0]
            graphs.setdefault(source, set()).add(Triple(subject, predicate, value))  # type: ignore[arg-type] # no literal is a subject
    roots = [root.node for root in shapes.roots() if only is None or str(root.node) in only]
    return [
        result._replace(source=source)
        for source, triples in sorted(graphs.items())
        for result in reference.validate(triples, shapes, only=roots)
    ]


def _constraints(root: Shape, shapes: ShapesGraph) -> Iterator[tuple[Shape, str, Node]]:
    for name, nodes in root.parameters.items():
        if name != "property" and name not in NOT_CONSTRAINTS:
            raise UnclaimedError(f"sh:{name} on a node shape that is applied per source")
        for node in nodes if name == "property" else ():
            inner = shapes.shape(node)
            if inner.deactivated:
                continue
            for inner_name, values in inner.parameters.items():
                if inner_name not in NOT_CONSTRAINTS:
                    for value in values:
                        yield inner, inner_name, value


def _query(
    root: Shape, inner: Shape, name: str, node: Node, subclasses: Mapping[str, tuple[str, ...]]
) -> tuple[str, Shape, str]:
    path = inner.first("path")
    if not isinstance(path, NamedNode):
        raise UnclaimedError("a path of more than one predicate, per source")
    if name == "maxCount" and number(node) > 0:
        group, more, count = "?source ?this", "", number(node)
    elif name == "uniqueLang" and is_true(node):
        more = ' BIND(LCASE(LANG(?value)) AS ?tag) FILTER(?tag != "")'
        group, count = "?source ?this ?tag", 1
    else:
        raise UnclaimedError(f"sh:{name} per source")
    where = f"GRAPH ?g {{ ?this {path} ?value }} FILTER(?g NOT IN ({_OTHERS})) {_SOURCE}{more}"
    where += f" {_targets(root, path, subclasses)}"
    text = f"SELECT {group} WHERE {{ {where} }} GROUP BY {group} HAVING (COUNT(DISTINCT ?value) > {count})"
    return text, inner, name


def _targets(root: Shape, path: NamedNode, subclasses: Mapping[str, tuple[str, ...]]) -> str:
    """A filter that lets pass what the same source makes a focus node."""
    tests = []
    for target in root.targets:
        if target.kind == "targetSubjectsOf" and target.node == path:
            return ""
        if target.kind == "targetSubjectsOf":
            pattern = f"?this {target.node} ?other"
        elif target.kind == "targetClass":
            classes = [str(target.node), *(f"<{name}>" for name in subclasses.get(target.node.value, ()))]
            pattern = f"?this a ?kind . FILTER(?kind IN ({', '.join(classes)}))"
        else:
            raise UnclaimedError(f"sh:{target.kind} per source")
        tests.append(f"EXISTS {{ GRAPH ?h {{ {pattern} }} FILTER(STRSTARTS(STR(?h), ?source)) }}")
    return f"FILTER({' || '.join(tests)})"


def _result(focus: object, source: object, shape: Shape, component: str) -> Result:
    if not isinstance(focus, NamedNode | BlankNode) or not isinstance(source, Literal):
        raise TypeError(f"{focus} and {source} are no focus node and source")
    return Result(
        focus=focus,
        path=shape.path,
        value=None,
        component=component,
        shape=shape.node,
        severity=shape.severity,
        source=source.value,
    )
