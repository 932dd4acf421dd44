"""Triple patterns without shorthand: no blank nodes, no lists, no paths but those without end."""

from __future__ import annotations

from itertools import count, product
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.sparql.tokens import Token, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.sparql.query import Query
    from filmgraph.sparql.tree import Node

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_Ways = list[list[str]]


class EndlessPath(NamedTuple):
    """A triple pattern whose path has ``*``, ``+`` or ``?``, as text.

    Attributes:
        subject: Its subject.
        step: The path that is repeated.
        sign: ``*``, ``+`` or ``?``.
        object: Its object.
    """

    subject: str
    step: str
    sign: str
    object: str


class Simple(NamedTuple):
    """A basic graph pattern written out.

    Attributes:
        alternatives: For each choice among ``a|b`` its triples, and every variable in them.
        endless: Those of the triples whose paths have ``*``, ``+`` or ``?``, which stay as they are.
    """

    alternatives: list[tuple[list[str], list[str]]]
    endless: dict[str, EndlessPath]


class Simplifier:
    """Writes out the patterns of one query.

    Args:
        query: The query, whose variables no new one must meet.
    """

    def __init__(self, query: Query) -> None:
        self._text = query.text
        self._taken = set(query.variables)
        self._numbers = count(1)
        self._labels: dict[str, str] = {}
        self.fresh_names: list[str] = []
        self._endless: dict[str, EndlessPath] = {}

    def fresh(self) -> str:
        """A variable that the query does not have."""
        name = next(name for number in self._numbers if (name := f"fg_{number}") not in self._taken)
        self.fresh_names.append(name)
        return f"?{name}"

    def simple(self, blocks: list[Node]) -> Simple:
        """Write out some TriplesBlocks that are one pattern."""
        self._endless = {}
        groups = [ways for block in blocks for one in block.nodes for ways in self._same_subject(one)]
        alternatives = []
        for choice in product(*groups):
            triples = [triple for way in choice for triple in way]
            alternatives.append((triples, variables_in(triples)))
        return Simple(alternatives, self._endless)

    def _same_subject(self, node: Node) -> Iterator[_Ways]:
        subject, inner = self._node(node.children[0])
        yield from inner
        for child in node.nodes:
            if child.kind == "PropertyList":
                yield from self._properties(subject, child)

    def _properties(self, subject: str, node: Node) -> Iterator[_Ways]:
        verb: Node | None = None
        for child in node.nodes:
            if child.kind == "Verb":
                verb = child
            elif verb is not None:
                for item in child.children:
                    if isinstance(item, Token) and item.text == ",":
                        continue
                    value, inner = self._node(item)
                    yield from inner
                    yield self._path(subject, verb.children[0], value)

    def _node(self, item: Node | Token) -> tuple[str, list[_Ways]]:
        """Return the term that stands for a node, and the patterns that it expands to."""
        if isinstance(item, Token):
            return (f"?{item.text[1:]}" if item.kind == "VAR" else item.text), []
        if item.kind == "BlankNode":
            label = item.first.text
            if item.first.kind != "BLANK_NODE_LABEL":
                return self.fresh(), []
            if label not in self._labels:
                self._labels[label] = self.fresh()
            return self._labels[label], []
        if item.kind == "BlankNodeProperties":
            name = self.fresh()
            return name, [ways for child in item.nodes for ways in self._properties(name, child)]
        if item.kind == "Collection":
            return self._list(item)
        return self._text[item.start : item.end], []

    def _list(self, node: Node) -> tuple[str, list[_Ways]]:
        head = name = self.fresh()
        found: list[_Ways] = []
        items = node.children[1:-1]
        for place, item in enumerate(items):
            value, inner = self._node(item)
            rest = self.fresh() if place + 1 < len(items) else f"<{_RDF}nil>"
            found += [*inner, [[f"{name} <{_RDF}first> {value}"]], [[f"{name} <{_RDF}rest> {rest}"]]]
            name = rest
        return head, found

    def _path(self, subject: str, path: Node | Token, value: str) -> _Ways:
        """The ways from a subject along a path to a value: alternatives, each of some triples."""
        if isinstance(path, Token):
            return [[f"{subject} ?{path.text[1:]} {value}"]]
        written = {
            "PathGroup": lambda: self._path(subject, path.children[1], value),
            "PathInverse": lambda: self._path(value, path.children[1], subject),
            "PathAlternative": lambda: [w for one in path.children[::2] for w in self._path(subject, one, value)],
            "PathSequence": lambda: self._sequence(subject, path, value),
            "PathNegated": lambda: self._negated(subject, path, value),
        }.get(path.kind)
        if written is not None:
            return written()
        triple = f"{subject} {self._text[path.start : path.end]} {value}"
        if path.kind == "PathMod":
            step, sign = path.children
            inner = self._text[step.start : step.end]
            self._endless[triple] = EndlessPath(subject, inner, self._text[sign.start : sign.end], value)
        return [[triple]]

    def _sequence(self, subject: str, path: Node, value: str) -> _Ways:
        steps = path.children[::2]
        ends = [*(self.fresh() for _ in steps[1:]), value]
        ways: list[_Ways] = []
        for step, end in zip(steps, ends, strict=True):
            ways.append(self._path(subject, step, end))
            subject = end
        return [[triple for way in choice for triple in way] for choice in product(*ways)]

    def _negated(self, subject: str, path: Node, value: str) -> _Ways:
        # A set of one direction has a solution once, however many properties lead there.
        members = path.nodes
        forward = [self._text[one.start : one.end] for one in members if one.kind != "PathInverse"]
        backward = [self._text[one.nodes[0].start : one.end] for one in members if one.kind == "PathInverse"]
        ways: _Ways = []
        if forward or not members:
            ways.append([f"{subject} !({'|'.join(forward)}) {value}"])
        if backward:
            ways.append([f"{value} !({'|'.join(backward)}) {subject}"])
        return ways


def variables_in(triples: list[str]) -> list[str]:
    """Return the variables of written triples. A question mark inside an IRI or a literal begins none."""
    return list(dict.fromkeys(token.text for triple in triples for token in tokenize(triple) if token.kind == "VAR"))
