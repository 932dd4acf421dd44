from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from filmgraph.why.witnesses import supports, witnesses

NAMES = "abcdef"
clauses = st.frozensets(st.sampled_from(NAMES), min_size=1, max_size=3)
ways = st.frozensets(clauses, max_size=4)


@given(st.lists(ways, min_size=1, max_size=4))
def test_the_witnesses_are_all_the_smallest_sets_and_no_others(several: list[frozenset[frozenset[str]]]) -> None:
    smallest: list[set[str]] = []
    for size in range(len(NAMES) + 1):
        for chosen in map(set, combinations(NAMES, size)):
            enough = any(supports(frozenset(chosen), way) for way in several)
            if enough and not any(other <= chosen for other in smallest):
                smallest.append(chosen)
    found, more = witnesses(several, most=100)
    assert more == 0
    assert found == [sorted(one) for one in sorted(smallest, key=lambda one: (len(one), sorted(one)))]


def test_a_thousand_facts_in_two_citations_each_are_counted_without_being_listed() -> None:
    way = frozenset(frozenset({f"a{number}", f"b{number}"}) for number in range(40))
    found, more = witnesses([way], most=3)
    assert len(found) == 3
    assert more == 2**40 - 3
