"""Shadows: solutions that a subset of the facts could add, because further facts rule them out or change them.

Over the facts of a witness alone, an OPTIONAL may find nothing where it found something, and a NOT EXISTS may become
true. Such a *shadow* would join the group of an aggregate, or take the place of a solution; it needs facts itself, so
where the witness does not state them there is nothing to fear.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from filmgraph.why.citations_of_facts import NODE, Fact
from filmgraph.why.limits import Unexplained
from filmgraph.why.parts import Atom, Choice, Named, NegatedPart, OptionalPart, Part
from filmgraph.why.plan import Recipe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from filmgraph.rdf.results import Solutions, Term
    from filmgraph.why.citations_of_facts import CitationCache
    from filmgraph.why.plan import Facts, Plan, Row
    from filmgraph.why.witnesses import Citations

SHADOWED = NamedNode("urn:x-filmgraph:shadowed")
"""The property of a fact that stands for the shadows of a way, by their number."""


class Shadow(NamedTuple):
    """A solution that a subset of the facts could add.

    Attributes:
        needed: The facts without which it is not there.
        stopped_by: The facts with which it is not there, or is what it is over all facts; None where these are not
            known.
        find: Looks for them where they are not known yet.
    """

    needed: Facts
    stopped_by: Facts | None
    find: Callable[[], Facts | None] | None = None


UNKNOWN = Shadow(frozenset(), None)
"""A shadow of which nothing is known."""


class Shadows:
    """The shadows of ways; a way carries the number of its shadows as a marker fact."""

    def __init__(self) -> None:
        self._known: dict[tuple[Shadow, ...], int] = {}
        self._listed: list[tuple[Shadow, ...]] = []

    def mark(self, shadows: Iterable[Shadow]) -> Facts:
        """Return a marker fact for some shadows; no fact where there are none."""
        several = tuple(dict.fromkeys(shadows))
        if not several:
            return frozenset()
        if several not in self._known:
            self._known[several] = len(self._listed)
            self._listed.append(several)
        number = Literal(self._known[several])
        return frozenset((Fact(None, SHADOWED, SHADOWED, number),))

    def __bool__(self) -> bool:
        return bool(self._listed)

    def of(self, ways: Iterable[Facts]) -> list[Shadow]:
        """Return the shadows that these ways carry."""
        numbers = {int(fact.object.value) for way in ways for fact in way if is_mark(fact)}  # type: ignore[union-attr]
        return list(dict.fromkeys(shadow for number in sorted(numbers) for shadow in self._listed[number]))

    def facts(self) -> set[Fact]:
        """Return all facts that shadows need or are stopped by."""
        every = (shadow for several in self._listed for shadow in several)
        return {fact for shadow in every for facts in shadow[:2] for fact in facts or ()}


def is_mark(fact: Fact) -> bool:
    """Whether a fact is only a marker for shadows."""
    return fact.predicate == SHADOWED and fact.subject == SHADOWED


def without_shadows(chosen: Citations, shadows: Sequence[Shadow], ledger: CitationCache) -> Citations | None:
    """Extend citations by those that stop the shadows they would admit; None where that cannot be known.

    Args:
        chosen: The citations.
        shadows: What could come.
        ledger: Who states each fact.
    """
    known = ledger.known

    def stated(fact: Fact) -> bool:
        names = known[fact]
        return names is None or not names.isdisjoint(chosen)

    again = True
    while again:
        again = False
        for shadow in shadows:
            if not all(map(stated, shadow.needed)):
                continue
            stopped_by = shadow.stopped_by
            if stopped_by is None and shadow.find is not None and (stopped_by := shadow.find()) is not None:
                ledger.look_up(stopped_by)
            if stopped_by is None:
                return None
            missing = [names for fact in stopped_by if not stated(fact) and (names := known[fact])]
            if missing:
                chosen, again = chosen | {min(names) for names in missing}, True
    return chosen


class ShadowFactory:
    """A factory of shadows for the solutions of one relaxed plan.

    Args:
        plan: The group.
        solutions: Some solutions of it.
        constant: What a constant of the query stands for.
        holds: Finds the facts of something that must not exist, for a solution; None where it finds none.
    """

    def __init__(
        self,
        plan: Plan,
        solutions: Solutions,
        constant: Callable[[str], Term],
        holds: Callable[[NegatedPart, dict[str, Term | None]], Facts | None],
    ) -> None:
        self._needed = Recipe(needed(plan.parts), solutions.variables, constant)
        parts = whole(plan.parts)
        self._variables = solutions.variables
        self._barred = list(_barred(plan.parts))
        self._holds = holds
        self._whole = None if parts is None else Recipe(parts, solutions.variables, constant)

    def shadow(self, row: Row, *, complete: bool = True) -> Shadow:
        """The shadow of a solution.

        Args:
            row: The solution.
            complete: Whether all its facts make it what it is over all facts.
        """
        try:
            needed_ = self._needed.facts(row)
            facts = self._whole.facts(row) if self._whole else None
        except Unexplained:
            return UNKNOWN
        if complete:
            return Shadow(needed_, facts)
        return Shadow(needed_, None, partial(self._barrier, row, facts))

    def _barrier(self, row: Row, facts: Facts | None) -> Facts | None:
        """Return the facts that rule a solution out: the match of a NOT EXISTS, and the facts that it depends on."""
        values = dict(zip(self._variables, row, strict=True))
        for part in self._barred:
            if values.get(part.marker[1:]) is not None and (part.firm or facts is not None):
                found = self._holds(part, values)
                if found is not None:
                    return found if part.firm else found.union(facts or ())
        return None


def _barred(parts: Iterable[Part]) -> Iterator[NegatedPart]:
    """Yield each NOT EXISTS that was left out of a group and of its branches."""
    for part in parts:
        if isinstance(part, NegatedPart):
            yield part
        elif isinstance(part, Choice):
            for branch in part.branches:
                yield from _barred(branch)


def needed(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Return the triple patterns that every solution of a group must match."""
    kept: list[Part] = []
    for part in parts:
        if isinstance(part, Atom):
            kept.append(part)
        elif isinstance(part, Choice):
            kept.append(Choice(part.marker, tuple(map(needed, part.branches))))
    return tuple(kept)


def whole(parts: Iterable[Part]) -> tuple[Part, ...] | None:
    """Return a group as triple patterns and alternatives of them only; None where it has other parts."""
    kept: list[Part] = []
    for part in parts:
        inner: list[tuple[Part, ...] | None] = []
        if isinstance(part, Atom):
            kept.append(part)
        elif isinstance(part, Named):  # a graph is there where its citation is
            kept.append(Atom(part.graph, part.graph, str(NODE), part.graph))
        elif isinstance(part, Choice):
            inner = [whole(branch) for branch in part.branches]
            kept.append(Choice(part.marker, tuple(one for one in inner if one is not None)))
        elif isinstance(part, OptionalPart) and part.group is None:
            inner = [whole(part.parts)]
            kept.append(OptionalPart(part.marker, inner[0] or ()))
        elif not isinstance(part, NegatedPart):
            return None
        if None in inner:
            return None
    return tuple(kept)
