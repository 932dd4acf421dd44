"""Matching of imported things with those of a collection: certain matches are made, others left to a person.

Films are matched first, then people, companies and festivals, which are known by the films that they share. External
identifiers decide. Of others a name alone is never enough, nor is a title with a year: something else must agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from filmgraph.importing.decisions import NEW, Decision, iri_of, key_of
from filmgraph.importing.known import KINDS
from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from filmgraph.importing.known import Film, Known, KnownAgent
    from filmgraph.importing.spool import PassageBatch, Terms

_Thing = TypeVar("_Thing")
_CERTAIN = 0.9
_CLOSE_MINUTES = 3
_CLOSE_SCORE = 0.3
_BUDGET = PREFIXES["fgv"] + "budget"
_SCORE = PREFIXES["fgv"] + "ratingScore"


class MatchCandidate(NamedTuple):
    """A thing of the collection that may be an imported one, with a probability from 0 to 1 and the reasons."""

    iri: str
    score: float
    reasons: str


class MatchCount(NamedTuple):
    """Counts of matched things of one kind: certain, open, decided, and new."""

    certain: int = 0
    open: int = 0
    decided: int = 0
    new: int = 0


class Matches(NamedTuple):
    """The result of matching: the IRIs assigned to imported things, and the rows of the matches file.

    ``others`` counts, by the prefix of their kind, people, companies and festivals.
    """

    taken: dict[str, str]
    rows: list[Decision]
    films: MatchCount
    others: dict[str, MatchCount]

    @property
    def open(self) -> int:
        """Return the number of things still to be decided."""
        return self.films.open + sum(count.open for count in self.others.values())


class _Fate(NamedTuple):
    """The result of matching things of one kind."""

    taken: dict[str, str]
    rows: list[Decision]
    tally: MatchCount


def match(
    ours: Known,
    at_hand: Known,
    decided: Mapping[str, list[Decision]],
    *,
    slug: str,
    asked: frozenset[frozenset[str]] = frozenset(),
) -> Matches:
    """Match the things of an import with those of the collection.

    Args:
        ours: The things of the import, by the IRIs that they have of themselves.
        at_hand: Those of the collection.
        decided: The rows of the matches file, by key.
        slug: The slug of the import.
        asked: Pairs about which other imports ask; they are not asked twice.
    """
    films = _decided(ours.films, _film_candidates(ours.films, at_hand.films, asked), decided)
    taken, rows = dict(films.taken), list(films.rows)
    others = {}
    for kind in KINDS.values():
        mine = {iri: agent for iri, agent in ours.agents.items() if agent.kind == kind}
        theirs = {iri: agent for iri, agent in at_hand.agents.items() if agent.kind == kind}
        found = _decided(mine, _agent_candidates(mine, theirs, films.taken, asked, slug), decided)
        taken |= found.taken
        for iri in mine:
            # Who has the name of somebody else must not get the IRI too, which is made of the name.
            if iri not in found.taken and iri in theirs:
                taken[iri] = iri_of(key_of(iri), slug)
        rows += found.rows
        others[kind] = found.tally
    # What was decided of records that are no longer there is kept: they may come back.
    met = {row.key for row in rows}
    rows += [row for key, its in decided.items() if key not in met for row in its if any(one.decision for one in its)]
    return Matches(taken, rows, films.tally, others)


def _decided(
    things: Iterable[str],
    candidates: Callable[[str], list[MatchCandidate]],
    decided: Mapping[str, list[Decision]],
) -> _Fate:
    """Apply certain matches and earlier decisions, and list the rest as open."""
    taken: dict[str, str] = {}
    rows: list[Decision] = []
    certain = open_ = said = new = 0
    found = {iri: candidates(iri) for iri in things}
    claimed: dict[str, list[str]] = {}
    for iri, its in found.items():
        if its and its[0].score >= _CERTAIN:
            claimed.setdefault(its[0].iri, []).append(iri)
    for iri, its in found.items():
        key = key_of(iri)
        decision = next((row.decision for row in decided.get(key, ()) if row.decision), "")
        if decision:
            said += 1
            rows += decided[key]
            if decision != NEW:
                taken[iri] = decision
        elif not its:
            new += 1
        elif _is_certain(its) and len(claimed[its[0].iri]) == 1:
            certain += 1
            taken[iri] = its[0].iri
        else:
            open_ += 1
            rows += [Decision(key, "", one.iri, f"{one.score:.2f}", one.reasons) for one in its]
    return _Fate(taken, rows, MatchCount(certain, open_, said, new))


def _is_certain(candidates: list[MatchCandidate]) -> bool:
    return candidates[0].score >= _CERTAIN and all(one.score < _CERTAIN for one in candidates[1:])


def _ranked(candidates: Iterable[MatchCandidate]) -> list[MatchCandidate]:
    return sorted((one for one in candidates if one.score > 0), key=lambda one: (-one.score, one.iri))


def _film_candidates(
    films: Mapping[str, Film], at_hand: Mapping[str, Film], asked: frozenset[frozenset[str]]
) -> Callable[[str], list[MatchCandidate]]:
    by_title = _index(at_hand, lambda film: (*film.titles, *film.same))

    def found(iri: str) -> list[MatchCandidate]:
        film = films[iri]
        others = dict.fromkeys(other for one in sorted({*film.titles, *film.same}) for other in by_title.get(one, ()))
        return _ranked(
            _scored_film(other, film, at_hand[other]) for other in others if frozenset({iri, other}) not in asked
        )

    return found


def _agent_candidates(
    agents: Mapping[str, KnownAgent],
    at_hand: Mapping[str, KnownAgent],
    films: Mapping[str, str],
    asked: frozenset[frozenset[str]],
    slug: str,
) -> Callable[[str], list[MatchCandidate]]:
    by_name = _index(at_hand, lambda agent: (*agent.names, *agent.same))

    def found(iri: str) -> list[MatchCandidate]:
        agent = agents[iri]
        own = iri_of(key_of(iri), slug)
        others = dict.fromkeys(other for one in sorted({*agent.names, *agent.same}) for other in by_name.get(one, ()))
        shared = {films.get(film, film) for film in agent.films}
        return _ranked(
            _scored_agent(other, agent, at_hand[other], shared)
            for other in others
            if frozenset({own, other}) not in asked
        )

    return found


def _index(things: Mapping[str, _Thing], words: Callable[[_Thing], Iterable[str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for iri, thing in things.items():
        for word in words(thing):
            found.setdefault(word, []).append(iri)
    return found


def _identified(same: set[str], others: set[str]) -> bool | None:
    """Whether external identifiers show that two things are identical; None where they do not tell."""
    if same & others:
        return True
    spaces = {iri.rpartition("/")[0] for iri in same} & {iri.rpartition("/")[0] for iri in others}
    return False if spaces else None


def _scored_film(iri: str, film: Film, other: Film) -> MatchCandidate:
    """Score the match of two films with one title: year, director, running time, budget and rating."""
    identified = _identified(film.same, other.same)
    if identified is not None:
        return MatchCandidate(iri, 1.0 if identified else 0, "same identifier" if identified else "")
    score, reasons = 0.5, ["same title"]
    if film.years and other.years:
        apart = min(abs(one - two) for one in film.years for two in other.years)
        if apart > 1:
            return MatchCandidate(iri, 0, "")
        score += 0.3 if apart == 0 else 0.15
        reasons.append("same year" if apart == 0 else "years one apart")
    if film.directors and other.directors:
        alike = bool(film.directors & other.directors)
        score += 0.4 if alike else -0.35
        reasons.append("same director" if alike else "other director")
    if film.minutes and other.minutes:
        apart = min(abs(one - two) for one in film.minutes for two in other.minutes)
        score += 0.15 if apart <= _CLOSE_MINUTES else 0
        reasons.append("same running time" if apart == 0 else f"running times {apart} minutes apart")
    for added, reason in _by_figures(film, other):
        score += added
        reasons.append(reason)
    return MatchCandidate(iri, round(max(min(score, 1), 0.01), 2), "; ".join(reasons))


def _by_figures(film: Film, other: Film) -> Iterator[tuple[float, str]]:
    """Yield the score and reason that equal budgets or close ratings contribute."""
    for (variable, unit), numbers in film.sums.items():
        others = other.sums.get((variable, unit))
        if not others or not numbers:
            continue
        if variable == _BUDGET and numbers & others:
            yield 0.15, "same budget"
        elif variable == _SCORE and min(abs(one - two) for one in numbers for two in others) <= _CLOSE_SCORE:
            yield 0.1, "nearly the same score"


def _scored_agent(iri: str, agent: KnownAgent, other: KnownAgent, shared: set[str]) -> MatchCandidate:
    """Score the match of two people, companies or festivals with one name."""
    identified = _identified(agent.same, other.same)
    if identified is not None:
        return MatchCandidate(iri, 1.0 if identified else 0, "same identifier" if identified else "")
    score, reasons = 0.5, ["same name"]
    if agent.births and other.births:
        if not agent.births & other.births:
            return MatchCandidate(iri, 0, "")
        score += 0.4
        reasons.append("same year of birth")
    if shared & other.films:
        score += 0.45
        reasons.append("credited on the same film")
    return MatchCandidate(iri, round(min(score, 1), 2), "; ".join(reasons))


def renamed(batches: Iterable[PassageBatch], taken: Mapping[str, str]) -> Iterator[PassageBatch]:
    """Replace the IRIs of matched things in what passages state."""
    nodes = {f"<{iri}>": f"<{other}>" for iri, other in taken.items()}
    for passages, named in batches:
        if nodes:
            passages = [(*one[:3], _renamed(one[3], nodes), one[4]) for one in passages]  # noqa: PLW2901 -- the same
        yield passages, named


def _renamed(triples: list[Terms], nodes: Mapping[str, str]) -> list[Terms]:
    return list(dict.fromkeys((nodes.get(one, one), verb, nodes.get(other, other)) for one, verb, other in triples))
