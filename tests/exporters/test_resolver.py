from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal

from filmgraph.exporters.film.resolver import Preference, Statement, ranked_values, resolve

values = st.sampled_from([Literal("85"), Literal("87"), Literal("90")])
sources = st.sampled_from(["a", "b", "c"])
kinds = st.sampled_from(["pressKit", "databasePage", "", "blog"])
statements = st.lists(
    st.builds(
        lambda value, source, start, kind, width: Statement(value, f"{source}#char={start},9", source, kind, width),
        values,
        sources,
        st.integers(0, 8),
        kinds,
        st.integers(0, 400),
    ),
    max_size=8,
)


def chosen(*given_statements: Statement) -> str:
    choice = resolve(given_statements)
    assert isinstance(choice, Preference)
    assert isinstance(choice.chosen.value, Literal)
    return choice.chosen.value.value


def test_nothing_stated_resolves_to_nothing() -> None:
    assert resolve([]) is None


def test_the_value_of_most_sources_wins_however_often_one_source_repeats_itself() -> None:
    often = [Statement(Literal("85"), f"a#char={start},9", "a", "pressKit") for start in range(5)]
    assert (
        chosen(*often, Statement(Literal("90"), "b#char=0,9", "b"), Statement(Literal("90"), "c#char=0,9", "c")) == "90"
    )


def test_of_equally_frequent_dates_the_more_exact_one_wins() -> None:
    month = Statement(Literal("2010-09"), "a#char=0,9", "a", "pressKit", width=29)
    day = Statement(Literal("2010-09-09"), "b#char=0,9", "b", "databasePage", width=0)
    assert chosen(month, day) == "2010-09-09"


def test_of_equally_exact_values_the_press_kit_wins_over_a_database() -> None:
    database = Statement(Literal("85"), "a#char=0,9", "a", "databasePage")
    press_kit = Statement(Literal("90"), "b#char=0,9", "b", "pressKit")
    assert chosen(database, press_kit) == "90"


@given(statements)
def test_the_order_in_which_statements_come_does_not_matter(found: list[Statement]) -> None:
    assert resolve(found) == resolve(list(reversed(found)))


@given(statements)
def test_no_value_and_no_citation_is_lost(found: list[Statement]) -> None:
    ranked = ranked_values(found)
    assert {value.value for value in ranked} == {statement.value for statement in found}
    assert {citation for value in ranked for citation in value.citations} == {s.citation for s in found}
