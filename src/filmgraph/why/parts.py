"""What a solution of a pattern rests on: a recipe, part by part, that turns its values into facts.

A *reference* is the text of a variable (``?film``) or of a constant (``fg:Film``) of the query.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from filmgraph.rdf.results import Term
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


class Either(NamedTuple):
    """FILTER with ``||`` and EXISTS: nothing where the marker is true, else one of the EXISTS that hold."""

    graph: str | None
    marker: str
    groups: tuple[Node, ...]


class Named(NamedTuple):
    """GRAPH: the named graph itself."""

    graph: str


Part = Atom | Closure | Choice | Maybe | Inner | Exists | Either | Named


class Plan:
    """A group written so that it shows all its values, and the recipe for its facts.

    Args:
        text: The group, in braces, with places for values.
        parts: The recipe.
        certain: Variables whose values may be given to the group before anything else, without a change of meaning.
        nodes: Those of them that stand where no literal may stand.
    """

    def __init__(
        self, text: str, parts: tuple[Part, ...], certain: frozenset[str], nodes: frozenset[str] = frozenset()
    ) -> None:
        self.text = text
        self.parts = parts
        self.certain = certain
        self.nodes = nodes

    @cached_property
    def plain(self) -> bool:
        """Whether the values of a solution are all that is needed to tell its facts, and give one way."""
        return _plain(self.parts)

    @cached_property
    def anchored(self) -> bool:
        """Whether it starts from a certain thing, so that going through all its solutions is no long way."""
        return any(_anchored(part) for part in self.parts)

    def told_by(self, names: Iterable[str]) -> bool:
        """Whether some variables are all that its facts are made of, and have no value but from its facts."""
        return self._tellers is not None and self._tellers == {f"?{name}" for name in names}

    @cached_property
    def _tellers(self) -> set[str] | None:
        """The variables of a plan that has triple patterns and paths only."""
        if not all(isinstance(part, Atom | Closure) for part in self.parts):
            return None
        ends = ((part.subject, part.object, part.graph) for part in self.parts if isinstance(part, Atom | Closure))
        verbs = {part.predicate for part in self.parts if isinstance(part, Atom)}
        return {name for name in verbs.union(*ends) if name is not None and name[0] == "?"}

    @cached_property
    def bare(self) -> str:
        """The group with no value given."""
        return self.given({})

    def takes(self, name: str, term: Term | None) -> bool:
        """Whether a value can be given for a variable."""
        if isinstance(term, NamedNode):
            return name in self.certain
        return isinstance(term, Literal) and name in self.certain and name not in self.nodes

    def given(self, values: Mapping[str, Term]) -> str:
        """The group with values: a constant in its triple patterns is what an engine uses best, and BIND shows it."""
        text = self.text
        for name in self.certain:
            text = text.replace(place(name), str(values[name]) if name in values else f"?{name}")
        pieces = text.split(BEGIN)
        for number in range(1, len(pieces), 2):
            names = pieces[number].split()
            # Oxigraph goes through all graphs for a BIND at the begin of GRAPH, not so for VALUES.
            form = "VALUES ?{1} {{ {0} }} " if names[:1] == [INSIDE] else "BIND ({0} AS ?{1}) "
            pieces[number] = "".join(form.format(values[name], name) for name in names if name in values)
        return "".join(pieces)


def _anchored(part: Part) -> bool:
    if isinstance(part, Atom):
        return part.subject[0] != "?" or (part.object[0] != "?" and not part.predicate.endswith("#type>"))
    if isinstance(part, Closure):
        return part.subject[0] != "?" or part.object[0] != "?"
    return False


def _plain(parts: Iterable[Part]) -> bool:
    for part in parts:
        if isinstance(part, Choice):
            if not all(map(_plain, part.branches)):
                return False
        elif isinstance(part, Maybe):
            if not _plain(part.parts):
                return False
        elif not isinstance(part, Atom):
            return False
    return True


BEGIN = "\x01"
"""Stands twice at the begin of a group, around the names of the variables that may be given there."""


INSIDE = "\x04"
"""Stands before those names where the group is inside of GRAPH."""


def place(name: str) -> str:
    """What stands for a variable in a text where its value may be given."""
    return f"\x02{name}\x02"
