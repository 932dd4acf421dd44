"""Answers as people read them."""

from __future__ import annotations

import re
from itertools import product

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal

from filmgraph.answers.answer import RowsAnswer
from filmgraph.answers.grid import Why, grid, why_text
from filmgraph.rdf.results import Explanation, Solutions

SETS = st.lists(st.frozensets(st.integers(1, 9), min_size=1, max_size=4), min_size=1, max_size=8, unique=True)


def meant(text: str) -> set[frozenset[int]]:
    """The witnesses that a text tells of, read as its legend says."""
    found: set[frozenset[int]] = set()
    for part in text.split("; also "):
        if "with" not in part:
            found |= {frozenset([number]) for number in numbers(part)}
            continue
        lists = re.split(r" with | and ", part)
        choices = [[n] for one in lists if "one of" not in one for n in numbers(one)]
        choices += [numbers(one) for one in lists if "one of" in one]
        found |= {frozenset(one) for one in product(*choices)}
    return found


def numbers(text: str) -> list[int]:
    found: list[int] = []
    for first, last in re.findall(r"\[(\d+)\](?:–\[(\d+)\])?", text):
        found += range(int(first), int(last or first) + 1)
    return found


def explained(*witnesses: list[list[str]], reason: str = "") -> RowsAnswer:
    rows = Solutions(("otherSource",), [(Literal("a"),)] * len(witnesses))
    return RowsAnswer(rows, explanations=[Explanation(one, reason) for one in witnesses])


@given(SETS)
def test_the_words_for_witnesses_tell_of_these_and_no_others(sets: list[frozenset[int]]) -> None:
    assert meant(why_text(Why([sorted(one) for one in sets]))) == set(sets)


@given(st.lists(st.integers(1, 3), min_size=2, max_size=3))
def test_one_choice_from_each_of_several_lists_is_told_as_such(sizes: list[int]) -> None:
    lists, start = [], 1
    for size in sizes:
        lists.append(list(range(start, start + size)))
        start += size
    text = why_text(Why([list(one) for one in product(*lists)]))
    assert ";" not in text
    assert text.count("one of") == sum(size > 1 for size in sizes)


def test_passages_of_a_document_are_numbered_in_the_order_of_its_text() -> None:
    source = "https://w3id.org/filmgraph/source/log.0123abcd#char="
    notes = grid(explained([[source + "1000,1009", source + "20,30"]])).footnotes
    assert [note.rpartition(" ")[2] for note in notes] == ["20–30", "1000–1009"]


def test_headers_are_words() -> None:
    assert grid(explained([["urn:a"]])).headers == ("other source",)


def test_rows_that_are_not_explained_are_told_in_runs() -> None:
    assert grid(explained(*[[]] * 4, reason="no time")).remarks == ["Rows 1–4 are not explained: no time."]
