from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import wcwidth
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal

from filmgraph.answers import formats
from filmgraph.answers.answer import RowsAnswer
from filmgraph.answers.formats import Page
from filmgraph.answers.formats._width import clusters, width, wrap
from filmgraph.rdf.results import Solutions
from filmgraph.text.printable import printable

if TYPE_CHECKING:
    from filmgraph.rdf.results import Term

LETTERS = "aé漢字かなカ한글ñe\u0301 \u200bд–…x🎬‍-"
CELL = st.text(st.sampled_from(LETTERS), max_size=60)


def table(answer: RowsAnswer, columns: int = 80, *, colour: bool = False) -> str:
    return "".join(formats.render(answer, formats.find("table"), Page(columns, colour)))


def of(*rows: tuple[str, ...]) -> RowsAnswer:
    names = tuple(f"column{number}" for number in range(len(rows[0])))
    terms: list[tuple[Term | None, ...]] = [tuple(map(Literal, row)) for row in rows]
    return RowsAnswer(Solutions(names, terms))


def test_a_table_shows_labels_and_footnotes(explained: RowsAnswer) -> None:
    assert table(explained).splitlines() == [
        "film         note                viewers  why",
        "───────────  ──────────────────  ───────  ──────────────────────",
        'Night Ferry  one, "two" | three       12  [1] with [2]; also [3]',
        "             four",
        "",
        "夜の渡し船                          1234  not explained",
        "",
        "In why, “with” means only together, “also” means that each by itself is enough.",
        "",
        "[1] Programme notes, Harbour Cinema, 2011, characters 1–9",
        "[2] Programme notes, Harbour Cinema, 2011, characters 20–40",
        "[3] Programme notes, Harbour Cinema, 2011, characters 50–60",
        "",
        "Row 2 is not explained: the query is too large to explain.",
    ]


@settings(max_examples=200)
@given(
    st.integers(1, 9).flatmap(lambda columns: st.lists(st.tuples(*[CELL] * columns), min_size=1, max_size=4)),
    st.sampled_from([20, 40, 80]),
)
def test_a_table_fits_the_page_and_loses_nothing(rows: list[tuple[str, ...]], columns: int) -> None:
    written = table(of(*rows), columns)
    assert max(width(line) for line in written.splitlines()) <= columns
    # What several rows begin with may stand once above them.
    letters = re.sub(r"\s", "", "".join({cell for row in rows for cell in row}))
    assert all(written.count(letter) >= letters.count(letter) for letter in set(letters))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_widths_are_those_of_wcwidth(text: str) -> None:
    shown = printable(text)
    assert "".join(cluster for cluster, _ in clusters(shown)) == shown
    assert all(columns == max(wcwidth.wcswidth(cluster), 0) for cluster, columns in clusters(shown))


@given(st.text(st.sampled_from(LETTERS)), st.integers(2, 30))
def test_wrapping_keeps_every_character(text: str, limit: int) -> None:
    lines = wrap(text, limit)
    assert all(width(line) <= limit for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_wide_character_after_two_joiners_stands_in_a_line_of_its_own() -> None:
    assert wrap("a\u200d\u200dか", 2) == ["a\u200d\u200d", "か"]


def test_no_escape_sequence_reaches_the_terminal() -> None:
    written = table(of(("\x1b]0;title\x07 \u202e reversed", "\x9b31m")))
    assert written.isprintable() or set(re.findall(r"[^\w\s\\;.\]─]", written)) == set()
    assert "\\x1b]0;title\\x07 \\u202e reversed" in written


def test_colours_appear_only_where_asked_for() -> None:
    assert "\x1b" not in table(of(("a",)))
    assert "\x1b[1mcolumn0\x1b[0m" in table(of(("a",)), colour=True)


@pytest.mark.parametrize("columns", [1, 2, 5])
def test_a_page_of_no_width_still_shows_everything(columns: int) -> None:
    assert set("abcdef") <= set(table(of(("abc", "def")), columns))


def test_no_rows_are_said_to_be_none() -> None:
    assert table(RowsAnswer(Solutions(("a",), []))) == "No rows.\n"


def test_words_stay_whole_where_the_page_has_room_for_them() -> None:
    words = "Investigative documentary prize of a festival", "International Film Festival of the long names", "2011-09"
    written = table(of(words), 40)
    assert all(word in written.split() for cell in words for word in cell.split())


def test_a_date_that_is_too_long_is_broken_at_its_stroke() -> None:
    assert table(of(("2011-09-28/2011-10-27",)), 14).split()[-2:] == ["2011-09-28/", "2011-10-27"]


def test_a_list_leaves_out_what_has_no_value() -> None:
    assert table(of(("a" * 20, "", "b" * 20)), 16).splitlines() == [
        "colum  " + "a" * 9,
        "n0     " + "a" * 9,
        "       aa",
        "colum  " + "b" * 9,
        "n2     " + "b" * 9,
        "       bb",
    ]


def test_where_a_page_is_narrow_empty_columns_go_and_what_comes_first_heads_a_block() -> None:
    rows = of(("Ada Lake", "", "director of Night Ferry", "ferry-page"), ("Ada Lake", "", "editor", "harbour-letter"))
    assert table(rows, 50).splitlines() == [
        "column0   column2                  column3",
        "────────  ───────────────────────  ──────────────",
        "Ada Lake  director of Night Ferry  ferry-page",
        "Ada Lake  editor                   harbour-letter",
    ]
    assert table(rows, 28).splitlines() == [
        "  column2     column3",
        "  ──────────  ──────────────",
        "Ada Lake",
        "  director    ferry-page",
        "  of Night",
        "  Ferry",
        "",
        "  editor      harbour-letter",
    ]


def test_a_long_word_in_a_column_does_not_break_the_shorter_ones() -> None:
    rows = of(("2014-04-23/..", "b" * 30, "c" * 30), ("2011-09-28/2011-10-27/2012", "b", "c"))
    assert "2014-04-23/.." in table(rows, 60).split()
