"""Triples as nested JSON-LD, as web pages embed it: each node inside the one that names it first.

The order is fixed: ``@type``, the name, the properties that hold texts and numbers, then those that hold nodes, each
group by name; of several values, literals first, in order.
"""

from __future__ import annotations

import json
import re
from typing import IO, TYPE_CHECKING, Any, cast

import pyoxigraph as ox

from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filmgraph.rdf.results import Term

_TYPE = PREFIXES["rdf"] + "type"
_XSD = PREFIXES["xsd"]


def write(triples: Iterable[ox.Triple], roots: list[str], out: IO[bytes], context: str, vocabulary: str) -> None:
    """Write the nodes of some roots, and all that hangs on them, as one JSON-LD document.

    Args:
        triples: What is written; nodes that no root leads to stand beside the roots.
        roots: The IRIs to start from. One root is the document itself; several make a graph.
        out: Where it is written to.
        context: The value of ``@context``.
        vocabulary: The namespace of the terms, which the context declares as ``@vocab``.
    """
    forest = _Forest(triples, vocabulary)
    trees = [forest.tree(root) for root in roots] + forest.rest()
    document: dict[str, Any] = {"@context": context}
    document.update(trees[0] if len(trees) == 1 else {"@graph": trees})
    out.write((json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode())


_EXACT = 15
_FINITE = re.compile(r"[-+]?\d{0,15}\.?\d{0,15}(?<=[.\d])(?:[eE][-+]?\d{1,2})?")


class _Forest:
    """Nodes by IRI, and which of them are written already."""

    def __init__(self, triples: Iterable[ox.Triple], vocabulary: str) -> None:
        self._vocabulary = vocabulary
        self._nodes: dict[str, dict[str, list[Term]]] = {}
        self._written: set[str] = set()
        for triple in triples:
            properties = self._nodes.setdefault(cast("ox.NamedNode", triple.subject).value, {})
            properties.setdefault(triple.predicate.value, []).append(triple.object)

    def tree(self, iri: str) -> dict[str, Any]:
        """A node with all that hangs on it, or only its IRI where it stands elsewhere already."""
        if iri not in self._nodes or iri in self._written:
            return {"@id": iri}
        self._written.add(iri)
        properties = self._nodes[iri]
        types = sorted(self._short(cast("ox.NamedNode", term).value) for term in properties.get(_TYPE, ()))
        node: dict[str, Any] = {}
        if types:
            node["@type"] = types[0] if len(types) == 1 else types
        node["@id"] = iri
        for name in sorted(properties.keys() - {_TYPE}, key=lambda name: self._place(name, properties[name])):
            values = [self._value(term) for term in sorted(properties[name], key=_order)]
            node[self._short(name)] = values[0] if len(values) == 1 else values
        return node

    def _place(self, name: str, values: list[Term]) -> tuple[bool, bool, str]:
        """Names first, and what holds nodes last."""
        nodes = not all(isinstance(value, ox.Literal) for value in values)
        return name != f"{self._vocabulary}name", nodes, name

    def rest(self) -> list[dict[str, Any]]:
        """The nodes that were not written yet."""
        return [self.tree(iri) for iri in sorted(self._nodes) if iri not in self._written]

    def _value(self, term: Term) -> object:
        if not isinstance(term, ox.Literal):
            return self.tree(cast("ox.NamedNode", term).value)
        kind, text = term.datatype.value.removeprefix(_XSD), term.value
        if kind == "integer" and len(text) <= _EXACT and text.lstrip("+-").isdecimal():
            return int(text)
        if kind in {"decimal", "double"} and _FINITE.fullmatch(text):
            return float(text)
        return text  # JSON has no infinity, and few programs read numbers of thousands of digits

    def _short(self, iri: str) -> str:
        return iri.removeprefix(self._vocabulary)


def _order(term: Term) -> tuple[bool, str]:
    return not isinstance(term, ox.Literal), str(term)
