"""SHACL property paths, written as SPARQL property paths."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode

from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.validation.results import SH

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pyoxigraph import Literal

    Objects = Callable[[NamedNode | BlankNode, str], Sequence[NamedNode | BlankNode | Literal]]

_RDF = PREFIXES["rdf"]
_IRIS = re.compile("<[^>]*>")
_SUFFIXES = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}


class PathError(ValueError):
    """A path that the standard does not know."""


def may_be_empty(node: NamedNode | BlankNode | Literal, objects: Objects) -> bool:
    """Whether a path may have length zero, and so lead from a node to itself.

    Raises:
        PathError: It is none of the paths of the standard.
    """
    if not isinstance(node, BlankNode):
        return False
    if objects(node, _RDF + "first"):
        return all(may_be_empty(member, objects) for member in read_list(node, objects))
    if alternatives := objects(node, SH + "alternativePath"):
        return any(may_be_empty(member, objects) for member in read_list(alternatives[0], objects))
    inner = [value for name in ("inversePath", "oneOrMorePath") for value in objects(node, SH + name)]
    return may_be_empty(inner[0], objects) if inner else True


def from_bound_start(path: str) -> str:
    """A path for patterns whose start is bound from outside: in EXISTS and OPTIONAL.

    Oxigraph 0.5.13 turns a sequence into joins and plans them without knowing that the start is bound; 20,000 focus
    nodes took 82 seconds so, and 0.1 as an alternative, which is walked from its start.

    >>> from_bound_start("(<urn:a>/<urn:b>)")
    '((<urn:a>/<urn:b>)|(<urn:a>/<urn:b>))'
    >>> from_bound_start("<http://example.org/a>")
    '<http://example.org/a>'
    """
    return f"({path}|{path})" if "/" in _IRIS.sub("", path) else path


def read_list(head: NamedNode | BlankNode | Literal, objects: Objects) -> list[NamedNode | BlankNode | Literal]:
    """The members of an RDF list.

    Raises:
        PathError: The list has a loop, or no end.
    """
    members: list[NamedNode | BlankNode | Literal] = []
    seen: set[object] = set()
    while not (isinstance(head, NamedNode) and head.value == _RDF + "nil"):
        first = objects(head, _RDF + "first") if isinstance(head, NamedNode | BlankNode) else ()
        rest = objects(head, _RDF + "rest") if isinstance(head, NamedNode | BlankNode) else ()
        if head in seen or not first or not rest:
            raise PathError(f"{head} is no list")
        seen.add(head)
        members.append(first[0])
        head = rest[0]
    return members


def sparql_path(node: NamedNode | BlankNode | Literal, objects: Objects) -> str:
    """A `SHACL path <https://www.w3.org/TR/shacl/#property-paths>`_ as SPARQL text.

    A list wins over other properties of the same node, as the W3C tests ask.

    Args:
        node: The path: an IRI, or the node that describes it.
        objects: Gives the objects of a subject and a predicate's IRI in the shapes graph.

    Raises:
        PathError: It is none of the paths of the standard.
    """
    if isinstance(node, NamedNode):
        return str(node)
    if not isinstance(node, BlankNode):
        raise PathError(f"{node} is no path")
    if objects(node, _RDF + "first"):
        members = read_list(node, objects)
        return "(" + "/".join(sparql_path(member, objects) for member in members) + ")"
    if inverse := objects(node, SH + "inversePath"):
        return f"(^{sparql_path(inverse[0], objects)})"
    if alternatives := objects(node, SH + "alternativePath"):
        return "(" + "|".join(sparql_path(member, objects) for member in read_list(alternatives[0], objects)) + ")"
    for name, suffix in _SUFFIXES.items():
        if inner := objects(node, SH + name):
            return f"({sparql_path(inner[0], objects)}{suffix})"
    raise PathError(f"{node} is no path of the SHACL standard")
