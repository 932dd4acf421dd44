"""The parts of a graph pattern, by what each contributes to the way of a solution.

A *reference* is the text of a variable (``?film``) or of a constant (``fg:Film``) of the query.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from filmgraph.sparql.tree import Node


class Atom(NamedTuple):
    """A triple pattern: contributes the fact that its bindings make."""

    graph: str | None
    subject: str
    predicate: str
    object: str


class Closure(NamedTuple):
    """A path ``inner*``, ``inner+`` or ``inner?``: contributes the edges of a walk."""

    graph: str | None
    subject: str
    inner: Node
    sign: str
    object: str


class Choice(NamedTuple):
    """UNION: contributes the parts of the branch whose number its marker variable has."""

    marker: str
    branches: tuple[tuple[Part, ...], ...]


class OptionalPart(NamedTuple):
    """OPTIONAL: contributes its parts where its marker variable is bound.

    Attributes:
        marker: The variable that is bound where it found something.
        parts: What it then rests on.
        graph: The named graph around it.
        group: Its group, where a NOT EXISTS in it may be what kept it from finding anything.
    """

    marker: str
    parts: tuple[Part, ...]
    graph: str | None = None
    group: Node | None = None


class Inner(NamedTuple):
    """A sub-select: contributes the ways of its row."""

    graph: str | None
    select: Node


class Exists(NamedTuple):
    """FILTER EXISTS: contributes one solution of its group under the bindings outside."""

    graph: str | None
    group: Node


class Either(NamedTuple):
    """FILTER with ``||`` and EXISTS: contributes nothing where the marker is true, else one EXISTS that holds."""

    graph: str | None
    marker: str
    groups: tuple[Node, ...]


class NegatedPart(NamedTuple):
    """A FILTER NOT EXISTS left out of a relaxed plan: where the marker is bound, its group is what must not exist.

    Attributes:
        graph: The named graph around it.
        marker: The variable that is bound where the condition was met on the way.
        group: What must not exist.
        firm: Whether that hangs on nothing that an OPTIONAL binds.
    """

    graph: str | None
    marker: str
    group: Node
    firm: bool


class Named(NamedTuple):
    """GRAPH: contributes the existence of the named graph."""

    graph: str


Part = Atom | Closure | Choice | OptionalPart | Inner | Exists | Either | NegatedPart | Named
