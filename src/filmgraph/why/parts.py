"""What a solution of a pattern rests on, part by part.

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
    """OPTIONAL: its parts, where the marker is bound.

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
    """A sub-select: whatever its row rests on."""

    graph: str | None
    select: Node


class Exists(NamedTuple):
    """FILTER EXISTS: one of the solutions of a group, given the values outside."""

    graph: str | None
    group: Node


class Either(NamedTuple):
    """FILTER with ``||`` and EXISTS: nothing where the marker is true, else one of the EXISTS that hold."""

    graph: str | None
    marker: str
    groups: tuple[Node, ...]


class Barred(NamedTuple):
    """FILTER NOT EXISTS that was left out: where the marker is bound, the group is what must not exist.

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
    """GRAPH: the named graph itself."""

    graph: str


Part = Atom | Closure | Choice | Maybe | Inner | Exists | Either | Barred | Named
