"""What a solution of a pattern rests on: a recipe, part by part, that turns its values into facts.

A *reference* is the text of a variable (``?film``) or of a constant (``fg:Film``) of the query.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from filmgraph.sparql.tree import Node


class Atom(NamedTuple):
    """A triple pattern: the fact that its values make."""

    graph: str | None
    subject: str
    predicate: str
    object: str


class Closure(NamedTuple):
    """A path ``inner*``, ``inner+`` or ``inner?``: the edges of a walk."""

    graph: str | None
    subject: str
    inner: Node
    sign: str
    object: str


class Choice(NamedTuple):
    """UNION: the parts of the branch whose number the marker has."""

    marker: str
    branches: tuple[tuple[Part, ...], ...]


class Maybe(NamedTuple):
    """OPTIONAL: its parts, where the marker is bound."""

    marker: str
    parts: tuple[Part, ...]


class Inner(NamedTuple):
    """A sub-select: whatever its row rests on."""

    graph: str | None
    select: Node


class Exists(NamedTuple):
    """FILTER EXISTS: one of the solutions of a group, given the values outside."""

    graph: str | None
    group: Node


class Named(NamedTuple):
    """GRAPH: the named graph itself."""

    graph: str


Part = Atom | Closure | Choice | Maybe | Inner | Exists | Named


class Plan(NamedTuple):
    """A group written so that it shows all its values, and the recipe for its facts.

    Attributes:
        text: The group, in braces.
        parts: The recipe.
        certain: Variables whose values may be given to the group before anything else, without a change of meaning.
    """

    text: str
    parts: tuple[Part, ...]
    certain: frozenset[str]
