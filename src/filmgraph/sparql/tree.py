"""The tree of a query: nodes named after the productions of the grammar, leaves that know their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.sparql.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Iterator


class Node:
    """A production and its parts, in the order of the text.

    Args:
        kind: The name of the production, for instance ``"GroupGraphPattern"``.
        children: Nodes and tokens. No node is empty.
    """

    __slots__ = ("children", "kind")

    def __init__(self, kind: str, children: list[Node | Token]) -> None:
        self.kind = kind
        self.children = children

    @property
    def start(self) -> int:
        """Where its first token starts."""
        return self.first.start

    @property
    def end(self) -> int:
        """Where its last token ends."""
        child = self.children[-1]
        while isinstance(child, Node):
            child = child.children[-1]
        return child.end

    @property
    def first(self) -> Token:
        """Its first token."""
        child = self.children[0]
        while isinstance(child, Node):
            child = child.children[0]
        return child

    @property
    def nodes(self) -> list[Node]:
        """Its children that are nodes."""
        return [child for child in self.children if isinstance(child, Node)]

    @property
    def words(self) -> list[str]:
        """Its children that are tokens, in capitals."""
        return [child.text.upper() for child in self.children if isinstance(child, Token)]

    def find(self, *kinds: str) -> Node | None:
        """The first child of one of these kinds."""
        for child in self.children:
            if isinstance(child, Node) and child.kind in kinds:
                return child
        return None

    def child(self, *kinds: str) -> Node:
        """The first child of one of these kinds, which must be there."""
        found = self.find(*kinds)
        if found is None:
            raise LookupError(f"{self.kind} has no {' or '.join(kinds)}")
        return found

    def token(self, index: int) -> Token:
        """A child that is a token."""
        child = self.children[index]
        if isinstance(child, Node):
            raise TypeError(f"child {index} of {self.kind} is a {child.kind}")
        return child

    def all(self, *kinds: str) -> list[Node]:
        """Every child of one of these kinds."""
        return [node for node in self.nodes if node.kind in kinds]

    def walk(self, *, skip: frozenset[str] = frozenset()) -> Iterator[Node]:
        """This node and every node below it, in the order of the text; nothing below the kinds in ``skip``."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            if node.kind not in skip:
                stack += [child for child in reversed(node.children) if isinstance(child, Node)]

    def leaves(self) -> Iterator[Token]:
        """Every token below this node, in the order of the text."""
        stack: list[Node | Token] = [self]
        while stack:
            item = stack.pop()
            if isinstance(item, Token):
                yield item
            else:
                stack.extend(reversed(item.children))

    def __repr__(self) -> str:
        return f"Node({self.kind!r}, {self.start}, {self.end})"
