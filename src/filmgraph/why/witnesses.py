"""Minimal witnesses: from the facts of each way to the smallest sets of citations that support it.

A way to a row is a set of facts; each fact that must be cited gives a clause, the citations that state it.
A set of citations supports the way when it has one of each clause: it is a hitting set of the clauses.
The witnesses of a row are the smallest sets that support some way, and no part of which supports any.
"""

from __future__ import annotations

import heapq
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Citations = frozenset[str]
Way = frozenset[Citations]
"""What a way needs: one citation of each of these clauses."""

_SETS = 1_500  # how many hitting sets of one component are kept
_COUNT = 1_000  # how far witnesses are counted one by one


def witnesses(ways: Iterable[Way], *, most: int) -> tuple[list[list[str]], int]:
    """Return at most ``most`` minimal witnesses, the smallest first, and the number of further ones.

    The count is exact where there is one way; where there are several it stops at a thousand.

    >>> a, b = frozenset({"a"}), frozenset({"b", "c"})
    >>> witnesses([frozenset({a, b})], most=10)
    ([['a', 'b'], ['a', 'c']], 0)
    >>> witnesses([frozenset({a, b}), frozenset({b})], most=1)
    ([['b']], 1)
    """
    every = list(ways)
    if len(every) == 1 and all(len(clause) == 1 for clause in every[0]):
        return [sorted(name for clause in every[0] for name in clause)], 0
    if len(every) == 1 and len(every[0]) == 1:
        (clause,) = every[0]
        return [[name] for name in sorted(clause)[:most]], max(len(clause) - most, 0)
    reduced = [_without_supersets(every[0])] if len(every) == 1 else smallest_ways(every)
    if len(reduced) == 1:
        components = _components(reduced[0])
        total = 1
        for component in components:
            total *= len(component)
        found = [sorted(chosen) for chosen in islice(_products(components), most)]
        return _in_order(found), total - len(found)
    found, more = [], 0
    for chosen in _all_witnesses(reduced):
        if len(found) < most:
            found.append(sorted(chosen))
        else:
            more += 1
        if more >= _COUNT:
            break
    return _in_order(found), more


def _in_order(found: list[list[str]]) -> list[list[str]]:
    return sorted(found, key=lambda one: (len(one), one))


class Needs(NamedTuple):
    """A way in two parts: the citations that it always needs, and the clauses that leave a choice."""

    certain: Citations
    choices: tuple[Citations, ...]


def smallest_ways(ways: Iterable[Way]) -> list[Way]:
    """Remove clauses that others imply, and ways that others make redundant."""
    kept: list[Way] = []
    for way in sorted(
        {_without_supersets(way) for way in frozenset(ways)}, key=lambda way: (len(way), sorted(map(sorted, way)))
    ):
        if not any(other <= way for other in kept):
            kept.append(way)
    return kept


def _without_supersets(way: Way) -> Way:
    # Who has one of the smaller clause has one of the larger.
    certain = frozenset().union(*(clause for clause in way if len(clause) == 1))
    open_ = [clause for clause in way if len(clause) > 1 and clause.isdisjoint(certain)]
    return frozenset(
        [frozenset({one}) for one in certain] + [c for c in open_ if not any(other < c for other in open_)]
    )


def supports(chosen: Citations, way: Way) -> bool:
    """Whether a set of citations contains a citation of each clause."""
    return all(not clause.isdisjoint(chosen) for clause in way)


def _needs(way: Way) -> Needs:
    certain = frozenset().union(*(clause for clause in way if len(clause) == 1))
    return Needs(certain, tuple(clause for clause in way if len(clause) > 1))


def _is_smallest(chosen: Citations, ways: Iterable[Needs]) -> bool:
    """Whether no proper subset of a set of citations supports any way."""
    for certain, choices in ways:
        if certain <= chosen:
            hits = [clause & chosen for clause in choices]
            if all(hits) and not all(one in certain or frozenset({one}) in hits for one in chosen):
                return False
    return True


def _all_witnesses(ways: Sequence[Way]) -> Iterator[Citations]:
    needs = [_needs(way) for way in ways]
    if not any(need.choices for need in needs):
        # None of the smallest ways is part of another, so each is a witness.
        yield from sorted((need.certain for need in needs), key=len)
        return
    streams = (_products(_components(way)) for way in ways)
    seen: set[Citations] = set()
    for chosen in heapq.merge(*streams, key=len):
        if chosen not in seen and _is_smallest(chosen, needs):
            yield chosen
        seen.add(chosen)


def _components(way: Way) -> list[list[Citations]]:
    """Return the minimal hitting sets of each connected component of a way's clauses."""
    certain = frozenset().union(*(clause for clause in way if len(clause) == 1))
    component: dict[str, list[Citations]] = {}
    for clause in sorted((clause for clause in way if len(clause) > 1), key=sorted):
        merged = [clause]
        for group in {id(component[name]): component[name] for name in clause if name in component}.values():
            merged += group
        component.update(dict.fromkeys((name for one in merged for name in one), merged))
    groups = {id(group): group for group in component.values()}.values()
    return [[certain], *(_hitting_sets(clauses) for clauses in groups)]


def _hitting_sets(clauses: list[Citations]) -> list[Citations]:
    """Return all minimal hitting sets, the smallest first (Berge's multiplication)."""
    if len(clauses) == 1:
        return [frozenset({name}) for name in sorted(clauses[0])]
    names = sorted(frozenset().union(*clauses))
    bits = {name: 1 << place for place, name in enumerate(names)}
    masks = [sum(bits[name] for name in clause) for clause in clauses]
    sets = {0}
    for number, clause in enumerate(masks):
        hit = {one for one in sets if one & clause}
        choices = [bits[name] for name in clauses[number]]
        grown = {one | bit for one in sets - hit for bit in choices}
        sets = hit | {one for one in grown if _each_needed(one, masks[: number + 1])}
        if len(sets) > _SETS:
            sets = set(sorted(sets, key=lambda one: (one.bit_count(), one))[:_SETS])
    found = (frozenset([name for name in names if bits[name] & one]) for one in sets)
    return sorted(found, key=lambda one: (len(one), sorted(one)))


def _each_needed(chosen: int, clauses: Sequence[int]) -> bool:
    """Whether each of the chosen citations, as bits, is the only one chosen for some clause."""
    needed = 0
    for clause in clauses:
        hits = clause & chosen
        if not hits & (hits - 1):
            needed |= hits
    return needed == chosen


def _products(components: list[list[Citations]]) -> Iterator[Citations]:
    """Yield unions of one set from each component, the smallest first."""
    base = frozenset().union(*(sets[0] for sets in components if len(sets) == 1))
    several = [sets for sets in components if len(sets) > 1]
    start = (0,) * len(several)
    heap = [(sum(len(sets[0]) for sets in several), start)]
    seen = {start}
    while heap:
        total, indices = heapq.heappop(heap)
        yield base.union(*(sets[i] for sets, i in zip(several, indices, strict=True)))
        for position, sets in enumerate(several):
            if indices[position] + 1 < len(sets):
                following = (*indices[:position], indices[position] + 1, *indices[position + 1 :])
                if following not in seen:
                    seen.add(following)
                    grown = len(sets[following[position]]) - len(sets[indices[position]])
                    heapq.heappush(heap, (total + grown, following))
