from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filmgraph.passages.matching import Comparable, is_boundary
from filmgraph.passages.naming import Words
from filmgraph.passages.units import parse_duration
from filmgraph.passages.wording import Wording


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("some 130 million people", [130_000_000]),
        ("1.5 million or 1,500,000 or 1 500 000 or 1.500.000", [1_500_000]),
        ("sixteen years, twenty-one days, thirty-first", [16, 21, 31]),
        ("two hundred and fifty thousand, nineteen hundred", [250_000, 1900]),
        ("a dozen, half a dozen, two dozen", [12, 6, 24]),
        ("half, a third, three-quarters, one fifth, \u00be", ["1/2", "1/3", 3, "3/4", 4, "1/5"]),
        ("half a million; two and a half; 3 and a half", [500_000, "5/2", "7/2"]),
        ("70% and 9 per cent", [70, "7/10", 9, "9/100"]),
        ("40-50 workers, 2\u20133 days, 30+ years", [40, 50, 2, 3, 30]),
        ("the 1st, 22nd and third", [1, 22, 3]),
        ("a year, an hour, once, twice, both, a couple", [1, 2]),
        ("$24,207 for 5$ in 12-person rooms, 35mm", [24_207, 5, 12, 35]),
        ("7.7/10 from 3,234", ["77/10", 10, 3234]),
        ("millions of people, dozens of them, a lot", []),
        ("nineteen eighty", [19, 80]),
        ("catch22 is no number", []),
    ],
)
def test_numbers_are_read_however_they_are_written(text: str, values: list[int | str]) -> None:
    assert Wording(text).numbers == {Fraction(value) for value in values}


@given(st.integers(0, 10**9))
def test_a_number_is_found_with_and_without_separators(number: int) -> None:
    assert Wording(f"about {number} of them").numbers == {number}
    assert Wording(f"about {number:,} of them").numbers == {number}


@pytest.mark.parametrize(
    ("text", "edtf", "missing"),
    [
        ("9 September 2010 (there)", "2010-09-09", []),
        ("Sept. 9th, 2010", "2010-09-09", []),
        ("Thursday, the 9th of September 2010", "2010-09-09", []),
        ("2010-09-09", "2010-09-09", []),
        ("9/9/2010, 9.9.2010", "2010-09-09", []),
        ("9 September 2010", "2010-09", []),
        ("9 September 2010", "2010", []),
        ("9 September", "2010-09-09", ["the year 2010"]),
        ("in 2009, and on 9 September 2010", "2009-09-09", ["9 September"]),
        ("from 28 September through 3 October 2011", "2011-09-28/2011-10-03", []),
        ("28-30 September 2011", "2011-09-28/2011-09-30", []),
        ("2006-09", "2006/2009", []),
        ("since 2009", "2009/..", []),
        ("about 2009", "2009~", []),
        ("the early 80\u2019s", "198X", []),
        ("the 1980s", "199X", ["the 1990s"]),
        ("the nineties", "199X", []),
        ("the 19th century", "18XX", []),
        ("in the summer of 2013", "2013-22", []),
        ("in the summer of 2013", "2013-21", ["spring"]),
        ("you may go, and march on in 2013", "2013-05", ["May"]),
        ("May 2013", "2013-05", []),
        ("12,009 people", "2009", ["the year 2009"]),
        ("class of '98", "1998", []),
    ],
)
def test_dates_are_read_part_by_part(text: str, edtf: str, missing: list[str]) -> None:
    assert Wording(text).dates.missing(edtf) == missing


@given(st.dates(date(1000, 1, 1), date(2199, 12, 31)))
def test_a_date_written_out_states_itself(day: date) -> None:
    assert Wording(f"on {day:%d %B %Y}").dates.missing(day.isoformat()) == []


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("(90 min.)", "PT90M"),
        ("1 hour and 30 minutes", "PT1H30M"),
        ("1h30m", "PT90M"),
        ("1:30:00", "PT90M"),
        ("ninety minutes", "PT1H30M"),
        ("trailer 2:37", "PT2M37S"),
        ("a 3-day walk", "P3D"),
        ("half an hour", "PT30M"),
        ("sixteen years", "P16Y"),
    ],
)
def test_durations_are_read_however_they_are_written(text: str, duration: str) -> None:
    assert parse_duration(duration) in Wording(text).durations


@pytest.mark.parametrize("text", ["at 11 p.m. on Monday", "23:00", "11:00 PM"])
def test_times_of_day_are_read_however_they_are_written(text: str) -> None:
    assert (23, 0) in Wording(text).times


@pytest.mark.parametrize(
    ("text", "name", "strictly", "loosely"),
    [
        ("Okafor Mira (mother)", "Mira Okafor", True, True),
        ("A.B Castellan", "A. B. Castellan", True, True),
        ("AB Castellan", "A. B. Castellan", True, True),
        ("the Okafors\u2019 house", "Okafor", False, True),
        ("Okafor\u2019s house", "Okafor", True, True),
        ("a migrant worker\u02bcs life", "migrant workers", False, True),
        ("RENE\u0301 Dubois", "Ren\u00e9 Dubois", True, True),
        ("Salt Road, directed", "The Salt Road", False, True),
        ("the Salt\n Road", "The Salt Road", True, True),
        ("Sand Road", "Salt Road", False, False),
        ("\u300a\u5f52\u9014\u5217\u8f66\u300b\u662f", "\u5f52\u9014\u5217\u8f66", True, True),
        ("they told us so", "US", False, False),
        ("in the U.S. today", "US", True, True),
        ("SoCal", "So Cal", True, True),
        ("Smith & Sons", "Smith and Sons", True, True),
    ],
)
def test_names_are_found_whatever_their_order_and_endings(
    text: str, name: str, *, strictly: bool, loosely: bool
) -> None:
    assert Words(text).has(Words(name)) is strictly
    assert Words(text).has(Words(name), loosely=True) is loosely


def test_the_words_of_a_title_keep_their_order() -> None:
    assert not Words("Road Salt").has(Words("Salt Road"), turned=False)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("word", {1, 2, 3}),
        ("7.75", {1, 2, 3}),
        ("1,200", {1, 2, 3, 4}),
        ("e\u0301t", {1, 2}),
        ("a b", set()),
        ("oneTwo", {1, 2, 4, 5}),
        ("\u5f52\u9014", set()),
        ("x\r\ny", {2}),
        ("27,2011", {1, 4, 5, 6}),
    ],
)
def test_a_passage_ends_between_words_and_figures(text: str, inside: set[int]) -> None:
    assert {at for at in range(len(text) + 1) if not is_boundary(text, at)} == inside


@given(st.text())
def test_a_match_covers_what_was_looked_for(text: str) -> None:
    for span in Comparable(text).find(text):
        assert Comparable(text[span.start : span.end]).folded.strip() == Comparable(text).folded.strip()


@given(st.text() | st.from_regex(r"[0-9a-z/.,:' %$-]*(million|half|May|2009|h|m|s)[0-9 /-]*", fullmatch=True))
def test_any_text_can_be_read(text: str) -> None:
    wording = Wording(text)
    assert wording.numbers | wording.implied >= wording.numbers
    assert wording.dates.missing("2009-05-03/2010") is not None
    assert wording.durations >= frozenset()
    assert wording.times >= frozenset()
    assert wording.words.has(Words("Mira"), loosely=True) in {True, False}


@given(st.text(st.sampled_from("0129X-/.[]{}?~%TYE, "), max_size=14))
def test_any_date_has_parts_or_is_one(text: str) -> None:
    assert all(Wording("in 2010").dates.missing(text))
