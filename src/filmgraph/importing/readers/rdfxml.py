"""RDF/XML: each statement with its XPath.

`RDF 1.1 XML Syntax <https://www.w3.org/TR/rdf-syntax-grammar/>`_: elements of nodes and of properties by turns.
Entities and external documents are refused, not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.importing.readers._reader import TableReader
from filmgraph.importing.readers._records import Defect, Table
from filmgraph.importing.readers._statements import FoundTerm, FoundTriple, table_of
from filmgraph.importing.readers._xml import Element, XmlText, children_with_paths, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_NAMED = ("about", "ID", "nodeID")
_KEPT = frozenset({*_NAMED, "resource", "datatype", "lang", "base", "parseType", "space"})


def read(text: str) -> Table:
    """Read the films of a file, or the things that nothing in it refers to.

    Args:
        text: The text of the source, as it stands.
    """
    root, error = parse(text)
    if error or root is None:
        said = [Defect(error.where, f"{error} Nothing was read of this file.")] if error else []
        return Table((), [], said)
    walk = _Striped()
    nodes = children_with_paths(root, f"/{root.name}") if root.name == "RDF" else [(root, f"/{root.name}")]
    found = [triple for node, path in nodes for triple in walk.of_node(node, path)[1]]
    return table_of(found, text, [], lambda place: walk.paths.get(place, "/"))


class _Striped:
    """A reader of RDF/XML's striped syntax: node and property elements in turn.

    Attributes:
        paths: The XPath of each place at which a term stands.
    """

    def __init__(self) -> None:
        self.paths: dict[int, str] = {}

    def of_node(self, element: Element, path: str) -> tuple[FoundTerm, list[FoundTriple]]:
        """Return the term of a node element, and the triples about it and the nodes inside it."""
        node = self._named(element, path)
        found: list[FoundTriple] = []
        if element.name != "Description":
            kind = FoundTerm("iri", element.name, element.start + 1, element.start + 1 + len(element.name))
            found.append(FoundTriple(node, FoundTerm("iri", _TYPE, kind.start, kind.end), self._at(kind, path)))
        for name, piece in element.attributes.items():
            if name not in _KEPT:
                found.append(self._triple(node, name, self._text(piece, f"{path}/@{name}")))
        for child, child_path in children_with_paths(element, path):
            found += self._property(node, child, child_path)
        return node, found

    def _property(self, node: FoundTerm, element: Element, path: str) -> Iterator[FoundTriple]:
        name = _TYPE if element.name == "type" else element.name
        pointed = element.attributes.get("resource") or element.attributes.get("nodeID")
        if pointed is not None:
            kind = "iri" if "resource" in element.attributes else "blank"
            value = FoundTerm(kind, pointed.text, pointed.start, pointed.end)  # type: ignore[arg-type]  # one of two
            yield self._triple(node, name, self._at(value, f"{path}/@{'resource' if kind == 'iri' else 'nodeID'}"))
        elif element.attributes.get("parseType") is not None and element.children:
            yield from self._inside(node, name, element, path)
        elif element.children:
            for child, child_path in children_with_paths(element, path):
                inner, said = self.of_node(child, child_path)
                yield self._triple(node, name, inner)
                yield from said
        for piece in element.texts if not element.children else ():
            yield self._triple(node, name, self._text(piece, path))

    def _inside(self, node: FoundTerm, name: str, element: Element, path: str) -> Iterator[FoundTriple]:
        """Yield the triples of a property with ``rdf:parseType="Resource"``, or of a collection."""
        if element.attributes["parseType"].text == "Resource":
            inner = FoundTerm("blank", f"[{element.start}]", element.start, element.start)
            yield self._triple(node, name, inner)
            for child, child_path in children_with_paths(element, path):
                yield from self._property(inner, child, child_path)
        else:
            for child, child_path in children_with_paths(element, path):
                item, said = self.of_node(child, child_path)
                yield self._triple(node, name, item)
                yield from said

    def _named(self, element: Element, path: str) -> FoundTerm:
        for attribute in _NAMED:
            piece = element.attributes.get(attribute)
            if piece is not None:
                kind = "blank" if attribute == "nodeID" else "iri"
                term = FoundTerm(kind, piece.text, piece.start, piece.end)  # type: ignore[arg-type]  # one of two
                return self._at(term, f"{path}/@{attribute}")
        return FoundTerm("blank", f"[{element.start}]", element.start, element.start)

    def _text(self, piece: XmlText, path: str) -> FoundTerm:
        return self._at(FoundTerm("literal", piece.text, piece.start, piece.end), path)

    def _triple(self, node: FoundTerm, name: str, value: FoundTerm) -> FoundTriple:
        return FoundTriple(node, FoundTerm("iri", name, value.start, value.start), value)

    def _at(self, term: FoundTerm, path: str) -> FoundTerm:
        self.paths[term.start] = path
        return term


READER = TableReader("rdfxml", "RDF/XML", (".rdf", ".owl"), read, marks=("<rdf:RDF",))
