"""A SHACL result: what one constraint says of one node, whichever engine found it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, Literal, NamedNode

    Node = NamedNode | BlankNode | Literal

SH = "http://www.w3.org/ns/shacl#"


class Result(NamedTuple):
    """One `validation result <https://www.w3.org/TR/shacl/#results-validation-result>`_.

    `path` is the path's SPARQL text (a full IRI in angle brackets for a plain predicate); `component` the local name
    of the constraint component; `shape` the node of the shape that was broken.
    """

    focus: Node
    path: str | None
    value: Node | None
    component: str
    shape: NamedNode | BlankNode
    severity: str
    source: str | None = None
    """In the pass per source: the source's IRI."""
