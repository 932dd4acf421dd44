from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filmgraph.text.folding import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Holm", "ADA  HOLM"),
        ("Åda Hølm", "ada holm"),
        ("Guītú Lièchē", "guitu lieche"),
        ("L’Été", "l'ete"),
        ("“Fog”", '"fog"'),
        ("Œuvre", "oeuvre"),
        ("Straße", "STRASSE"),
        ("Ｎｉｇｈｔ", "night"),
        ("e\u0301", "é"),
        ("Łódź", "lodz"),
        ("Night–Ferry", "night-ferry"),
        ("Κώστας", "κωστασ"),
        ("İzmir", "izmir"),
        ("夜渡", " 夜渡 "),
    ],
)
def test_names_that_differ_in_writing_only_are_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("夜渡", "渡夜"), ("かき", "がき"), ("कि", "का"), ("Ada", "Ida"), ("", "a")]
)
def test_other_names_stay_other_names(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_case_does_not_count(text: str) -> None:
    assert fold(text.lower()) == fold(text.casefold())


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_the_short_way_for_ascii_gives_the_same(text: str) -> None:
    assert fold(text + " é") == f"{fold(text)} e".strip()
