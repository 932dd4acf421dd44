"""Slips of the fingers, counted."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from filmgraph.text.spelling import distance

WORDS = st.text("abc ", max_size=12)


def by_definition(first: str, second: str) -> int:
    """The optimal string alignment distance, as it is defined."""
    known: dict[tuple[int, int], int] = {}
    for one in range(len(first) + 1):
        for other in range(len(second) + 1):
            ways = [max(one, other)] if not one or not other else []
            if one and other:
                known_before = known[one - 1, other - 1] + (first[one - 1] != second[other - 1])
                ways = [known[one - 1, other] + 1, known[one, other - 1] + 1, known_before]
            if one > 1 and other > 1 and first[one - 2 : one] == second[other - 2 : other][::-1]:
                ways.append(known[one - 2, other - 2] + 1)
            known[one, other] = min(ways)
    return known[len(first), len(second)]


@given(WORDS, WORDS, st.integers(0, 13))
@example("awrads", "awards", 1)
@example("", "abc", 3)
@example("ab", "bca", 3)
def test_a_distance_is_as_it_is_defined(first: str, second: str, most: int) -> None:
    assert distance(first, second, most) == min(by_definition(first, second), most + 1)


def test_words_longer_than_a_machine_word_are_compared_too() -> None:
    assert distance("night ferry " * 20, "nihgt ferry " + "night ferry " * 19, 5) == 1
