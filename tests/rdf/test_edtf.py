from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from filmgraph.rdf.edtf import EdtfError, bounds

if TYPE_CHECKING:
    import time

if TYPE_CHECKING:
    import time

DAYS = {
    "2009": ("2009-01-01", "2009-12-31"),
    "0001": ("0001-01-01", "0001-12-31"),
    "2009-11": ("2009-11-01", "2009-11-30"),
    "2008-02": ("2008-02-01", "2008-02-29"),
    "2009-12": ("2009-12-01", "2009-12-31"),
    "9999-12": ("9999-12-01", "9999-12-31"),
    "2009-11-20": ("2009-11-20", "2009-11-20"),
    "2009?": ("2009-01-01", "2009-12-31"),
    "2009-11~": ("2009-11-01", "2009-11-30"),
    "2009-11-20%": ("2009-11-20", "2009-11-20"),
    "200X": ("2000-01-01", "2009-12-31"),
    "20XX": ("2000-01-01", "2099-12-31"),
    "00XX": ("0001-01-01", "0099-12-31"),
    "2009-XX": ("2009-01-01", "2009-12-31"),
    "2009-11-XX": ("2009-11-01", "2009-11-30"),
    "2009-XX-XX": ("2009-01-01", "2009-12-31"),
    "2009-21": ("2009-03-01", "2009-05-31"),
    "2009-22": ("2009-06-01", "2009-08-31"),
    "2009-23~": ("2009-09-01", "2009-11-30"),
    "2009-24": ("2009-12-01", "2010-02-28"),
    "2011-24": ("2011-12-01", "2012-02-29"),
    "2006/2009": ("2006-01-01", "2009-12-31"),
    "2006~/2009-06?": ("2006-01-01", "2009-06-30"),
    "../2009": (None, "2009-12-31"),
    "/2009": (None, "2009-12-31"),
    "2009/..": ("2009-01-01", None),
    "2009-11-20/": ("2009-11-20", None),
    "[2009-11-20,2009-11-21]": ("2009-11-20", "2009-11-21"),
    "[2012,2009]": ("2009-01-01", "2012-12-31"),
    "{2006,2008..2009-02}": ("2006-01-01", "2009-02-28"),
    "[..2009-11-20]": (None, "2009-11-20"),
    "[2001,2009..]": ("2001-01-01", None),
}


@pytest.mark.parametrize(("text", "expected"), DAYS.items())
def test_a_date_has_a_first_and_a_last_day(text: str, expected: tuple[str | None, str | None]) -> None:
    assert tuple(day and day.isoformat() for day in bounds(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("", "09", "20091", "2009-1", "2009-13", "2009-11-31", "2009-02-29", "0000", "2009-25", "2009-21-05"),
        *("20XX-11", "2009-XX-20", "X009", "2X09", "2009--", "2009/2006", "../..", "/", "2009/2010/2011"),
        *("[]", "[2009", "[,]", "[..]", "[2010..2009]", "[2009-21/2010]", "2009 ", "2009\n", "２００９", "9999-24"),
        *("2009-11-20T10:00:00", "Y12009", "-2009", "?2009", "2009??", "around 2009"),
    ],
)
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(EdtfError, match="is not a date"):
        bounds(text)


def test_the_message_says_what_is_wrong() -> None:
    with pytest.raises(EdtfError) as caught:
        bounds("2006/2009-02-30")
    assert str(caught.value) == "'2006/2009-02-30' is not a date: no calendar has that day."
    assert "2009-23" in (caught.value.hint or "")


def _other(moment: time.struct_time) -> date:
    return date(*moment[:3])


WHOLE = st.dates(date(1000, 1, 1)).flatmap(
    lambda day: st.sampled_from([f"{day:%Y}".zfill(4), day.isoformat()[:7], day.isoformat()])
)
QUALIFIED = st.tuples(WHOLE, st.sampled_from(["", "?", "~", "%"])).map("".join)
DECADES = st.integers(1000, 9999).flatmap(lambda year: st.sampled_from([f"{year}"[:3] + "X", f"{year}"[:2] + "XX"]))
SEASONS = st.tuples(st.integers(1000, 9998), st.integers(21, 23)).map("{0[0]}-{0[1]}".format)


@given(st.one_of(QUALIFIED, DECADES, SEASONS))
def test_the_edtf_package_gives_the_same_days(text: str) -> None:
    """It is right for these; it ends winter with the year, and fails on open starts."""
    theirs = parse_edtf(text)
    assert bounds(text) == (_other(theirs.lower_strict()), _other(theirs.upper_strict()))


@given(WHOLE, WHOLE)
def test_an_interval_starts_with_its_first_part_and_ends_with_its_second(start: str, end: str) -> None:
    if bounds(start).earliest <= bounds(end).latest:  # type: ignore[operator]  # whole dates are closed
        theirs = parse_edtf(f"{start}/{end}")
        assert bounds(f"{start}/{end}") == (_other(theirs.lower_strict()), _other(theirs.upper_strict()))
        assert bounds(f"{start}/{end}") == (bounds(start).earliest, bounds(end).latest)


@given(st.text(alphabet="0129X-/[]{}.,?~%", max_size=14))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        earliest, latest = bounds(text)
    except EdtfError:
        return
    assert earliest is not None or latest is not None
    assert earliest is None or latest is None or earliest <= latest
