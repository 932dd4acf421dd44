"""A parsed query: its text, its tree, and edits at exact places."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.sparql.checks import check
from filmgraph.sparql.queries import QueryParser
from filmgraph.sparql.scope import name_of, variables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filmgraph.sparql.tokens import Token
    from filmgraph.sparql.tree import Node


class Edit(NamedTuple):
    """A replacement: what stands from ``start`` to ``end`` gives way to ``text``."""

    start: int
    end: int
    text: str


class Query(NamedTuple):
    """A query and its syntax tree.

    Attributes:
        text: The query as it was given.
        root: Its tree; the node kinds are listed in the parser modules.
        prefixes: Prefix to namespace, as the query declares them.
        base: The IRI of BASE, or None.
        tokens: All its tokens.
    """

    text: str
    root: Node
    prefixes: dict[str, str]
    base: str | None
    tokens: tuple[Token, ...]

    @property
    def body(self) -> Node:
        """The SELECT, ASK, CONSTRUCT or DESCRIBE."""
        return self.root.child("SelectQuery", "AskQuery", "ConstructQuery", "DescribeQuery")

    @property
    def form(self) -> str:
        """``"select"``, ``"ask"``, ``"construct"`` or ``"describe"``."""
        return self.body.kind.removesuffix("Query").lower()

    @property
    def variables(self) -> list[str]:
        """Every variable and parameter, in order of first appearance."""
        return variables(self.root)

    @property
    def parameters(self) -> dict[str, list[Token]]:
        """Each ``$name`` with the tokens where it stands, ``?name`` included: both signs mean one variable."""
        named = {name_of(token) for token in self.tokens if token.text.startswith("$") and token.kind == "VAR"}
        places: dict[str, list[Token]] = {}
        for token in self.tokens:
            if token.kind == "VAR" and name_of(token) in named:
                places.setdefault(name_of(token), []).append(token)
        return places

    def reassembled(self) -> str:
        """The text put together from the tree and what lies between its leaves. It equals `text`."""
        parts: list[str] = []
        position = 0
        for token in self.root.leaves():
            parts += [self.text[position : token.start], token.text]
            position = token.end
        return "".join([*parts, self.text[position:]])


def edit(text: str, edits: Iterable[Edit]) -> str:
    """Replace spans of a text; everything else stays verbatim.

    Edits at the same place are made in the order in which they are given.

    >>> edit("ASK { ?s ?p ?o }", [Edit(6, 8, "<http://example.org/a>")])
    'ASK { <http://example.org/a> ?p ?o }'
    """
    parts: list[str] = []
    position = 0
    for start, end, replacement in sorted(edits, key=lambda item: (item.start, item.end)):
        if start < position:
            raise ValueError(f"two edits overlap at {start}")
        parts += [text[position:start], replacement]
        position = end
    return "".join([*parts, text[position:]])


def parse(text: str) -> Query:
    """Parse a SPARQL 1.1 query.

    Raises:
        QuerySyntaxError: The text is not SPARQL 1.1. The message shows the line.
        QueryRefusedError: The text is an update, or is nested too deep to be read safely.

    >>> query = parse("SELECT ?film { ?film a <http://example.org/Film> }")
    >>> query.form, query.variables
    ('select', ['film'])
    """
    return _remembered(text) if len(text) < _LONG else _parsed(text)


def _parsed(text: str) -> Query:
    parser = QueryParser(text)
    root = parser.query()
    tokens = tuple(parser.tokens[:-1])
    check(root, text, tokens)
    return Query(text, root, parser.prefixes, parser.base, tokens)


_LONG = 10_000  # characters; who asks something longer waits for the answer anyway
_remembered = lru_cache(maxsize=64)(_parsed)
"""A query is read by who refuses, binds and explains it; nobody changes a tree."""
