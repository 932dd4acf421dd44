"""Scoring of how well a text matches the phrasings of a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from filmgraph.asking.profile import Phrasing, Profile, Profiles, Unanswered

# Weights are in parts of the rarest meaning's. They were set with tests/asking/work.tsv.
_VALUE = 0.5  # a parameter that has a value
_VALUE_LACKING = 0.25  # a parameter of the phrasing that has none
_VALUE_MORE = 0.15  # a value for a parameter that the phrasing has not
_STANDING = 0.7  # "the film" where the phrasing names one
_UNKNOWN = 1.0  # a word that the catalogue does not have
_FOREIGN = 1.6  # such a word that people use where they ask what no catalogue answers
_STRANGE = 2.0  # such a word where a name would stand
_NUMERAL = 0.4  # a number that no parameter takes
_ELSEWHERE = 0.3  # a word of the question's that another phrasing has: what it adds
_UNSAID = 0.75  # and what it takes off its cost
_PHRASING_ALONE = 0.35  # what only the phrasing has
_COUNTING_ALONE = 0.5  # more where that is how many, how long, how old: who asks so says so
_LITTLE = 0.15  # so that little said is little sure


class ParsedText(NamedTuple):
    """The parsed text to score: its meanings, parameters with values, unknown names, and the weight of unused names."""

    said: frozenset[str]
    given: frozenset[str]
    strange: frozenset[str]
    unused: float


class _Cost(NamedTuple):
    """The weight of a meaning: what it scores when matched, and what it costs when not."""

    shared: float
    elsewhere: float
    rest: float


def fit(profile: Profile | Unanswered, heard: ParsedText, profiles: Profiles) -> float:
    """Score the match between a text and the best phrasing of a question, from 0 to 1.

    It is the share of what both have in all that one of them has, each meaning by how much it tells.

    Args:
        profile: The question.
        heard: What was said.
        profiles: All questions, by which it is known how much a meaning tells.
    """
    costs = {one: _cost(one, heard, profile, profiles) for one in heard.said}
    elsewhere = sum(cost.elsewhere for cost in costs.values())
    rest = sum(cost.rest for cost in costs.values()) + profiles.rarest * (heard.unused + _LITTLE)
    values = heard.said | heard.given
    best = elsewhere / (elsewhere + rest)  # of a phrasing that has nothing of the text
    for phrasing in profile.phrasings:
        if not (phrasing.meanings.isdisjoint(heard.said) and phrasing.parameters.isdisjoint(values)):
            best = max(best, _of(phrasing, heard, costs, (elsewhere, rest), profiles))
    return best


def _of(
    phrasing: Phrasing, heard: ParsedText, costs: dict[str, _Cost], outside: tuple[float, float], profiles: Profiles
) -> float:
    rarest = profiles.rarest
    both = heard.said & phrasing.meanings
    standing = (phrasing.parameters - heard.given) & heard.said - both
    given = heard.given & phrasing.parameters
    shared, rest = outside
    matched = 0.0
    for one in both:
        cost = costs[one]
        matched += cost.shared
        shared += cost.shared - cost.elsewhere
        rest -= cost.rest
    for one in standing:
        cost = costs[one]
        shared += _STANDING * cost.shared - cost.elsewhere
        rest -= cost.rest
    shared += rarest * _VALUE * len(given)
    alone = phrasing.weight - matched
    for one in phrasing.counting - heard.said:
        alone += _COUNTING_ALONE / _PHRASING_ALONE * profiles.weight(one)
    alone += rarest * _VALUE_LACKING * (len(phrasing.parameters) - len(given) - len(standing))
    alone += rarest * _VALUE_MORE * (len(heard.given) - len(given))
    total = shared + rest + _PHRASING_ALONE * alone
    return shared / total if total else 0.0


def _cost(meaning: str, heard: ParsedText, profile: Profile | Unanswered, profiles: Profiles) -> _Cost:
    said = profile.said.get(meaning, 0.0)
    weight = shared = profiles.weight(meaning)
    if meaning.isdigit():
        weight *= _NUMERAL
    elif meaning not in profiles.known:
        unknown = _FOREIGN if meaning in profiles.foreign and profile.said else _UNKNOWN
        weight = profiles.rarest * (_STRANGE if meaning in heard.strange else unknown)
    return _Cost(shared, weight * said * _ELSEWHERE, weight * (1 - _UNSAID * said))
