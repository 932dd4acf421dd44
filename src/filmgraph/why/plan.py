"""A rewritten group that projects all its bindings, and the rules that turn these into facts."""

from __future__ import annotations

from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from filmgraph.rdf.results import Term
from filmgraph.why.citations_of_facts import NODE, Fact
from filmgraph.why.limits import Unexplained
from filmgraph.why.parts import Atom, Choice, Closure, Named, OptionalPart, Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

Row = tuple[Term | None, ...]
Facts = frozenset[Fact]

BEGIN = "\x01"
"""Stands twice at the begin of a group, around the names of the variables that may be given there."""


INSIDE = "\x04"
"""Stands before those names where the group is inside of GRAPH."""


def place(name: str) -> str:
    """Return the placeholder for a variable in the text of a plan."""
    return f"\x02{name}\x02"


class Plan:
    """A group rewritten so that its solutions show every binding, with the parts that turn these into facts.

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
        """Whether the bindings of a solution alone determine its facts, in one way."""
        return _plain(self.parts)

    @cached_property
    def anchored(self) -> bool:
        """Whether the group starts from a constant, so that reading all its solutions is cheap."""
        return any(_anchored(part) for part in self.parts)

    def told_by(self, names: Iterable[str]) -> bool:
        """Whether the values of some variables alone determine all facts of the group."""
        return self._tellers is not None and self._tellers == {f"?{name}" for name in names}

    @cached_property
    def _tellers(self) -> set[str] | None:
        """Return the variables of a plan that consists of triple patterns and paths only; else None."""
        if not all(isinstance(part, Atom | Closure) for part in self.parts):
            return None
        ends = ((part.subject, part.object, part.graph) for part in self.parts if isinstance(part, Atom | Closure))
        verbs = {part.predicate for part in self.parts if isinstance(part, Atom)}
        return {name for name in verbs.union(*ends) if name is not None and name[0] == "?"}

    @cached_property
    def bare(self) -> str:
        """Return the text of the group with no value given."""
        return self.given({})

    def takes(self, name: str, term: Term | None) -> bool:
        """Whether a value for a variable can be written into the group."""
        if isinstance(term, NamedNode):
            return name in self.certain
        return isinstance(term, Literal) and name in self.certain and name not in self.nodes

    def given(self, values: Mapping[str, Term]) -> str:
        """Return the text with values: as constants in triple patterns, which engines use best, and BIND."""
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
        elif isinstance(part, OptionalPart):
            if part.group is not None or not _plain(part.parts):
                return False
        elif not isinstance(part, Atom | Named):
            return False
    return True


class Recipe:
    """A compiled function from the bindings of a row to the facts of a plain plan.

    Args:
        parts: Triple patterns, graphs, and alternatives and optional parts of these.
        variables: The columns of the rows.
        constant: What a constant of the query stands for.
    """

    def __init__(self, parts: Sequence[Part], variables: Sequence[str], constant: Callable[[str], Term]) -> None:
        self._places = {f"?{name}": place for place, name in enumerate(variables)}
        self._constant = constant
        self._constants: list[Term | None] = [None]  # the graph of a fact of the default graph, and what has no column
        self._first = len(variables)
        self._steps = self._compiled(parts)

    def facts(self, row: Row) -> Facts:
        """Return the facts behind a row.

        Raises:
            Unexplained: A fact would lack a value.
        """
        facts: list[Fact] = []
        _follow(self._steps, (*row, *self._constants), facts)
        return frozenset(facts)

    def _compiled(self, parts: Sequence[Part]) -> _Steps:
        atoms: list[tuple[Callable[[Row], Row], str | None]] = []
        forks: list[_Fork] = []
        for part in parts:
            if isinstance(part, Named):  # a graph is there where its citation is
                part = Atom(part.graph, part.graph, str(NODE), part.graph)  # noqa: PLW2901
            if isinstance(part, Atom):
                atoms.append((itemgetter(*map(self._place, part)), part.graph))
            elif isinstance(part, Choice):
                forks.append(_Fork(self._place(part.marker), tuple(map(self._compiled, part.branches))))
            elif isinstance(part, OptionalPart):
                forks.append(_Fork(self._place(part.marker), (self._compiled(part.parts),)))
            else:
                raise TypeError(part)
        return _Steps(atoms, forks)

    def _place(self, reference: str | None) -> int:
        """Return the index of a variable or constant in a row extended by the constants."""
        if reference is None or (reference[0] == "?" and reference not in self._places):
            return self._first
        if reference not in self._places:
            self._places[reference] = self._first + len(self._constants)
            self._constants.append(self._constant(reference))
        return self._places[reference]


class _Fork(NamedTuple):
    """An alternative or optional part: the marker is the number of the branch, or unbound where none was taken."""

    marker: int
    branches: tuple[_Steps, ...]


class _Steps(NamedTuple):
    atoms: list[tuple[Callable[[Row], Row], str | None]]
    forks: list[_Fork]


def _follow(steps: _Steps, row: Row, facts: list[Fact]) -> None:
    for read, graph in steps.atoms:
        name, subject, predicate, value = read(row)
        if subject is None or predicate is None or value is None or (name is None and graph is not None):
            raise Unexplained("a variable has no value where a fact needs one")
        facts.append(Fact(name, subject, predicate, value))
    for marker, branches in steps.forks:
        taken = row[marker]
        if isinstance(taken, Literal):
            _follow(branches[int(taken.value) if len(branches) > 1 else 0], row, facts)
