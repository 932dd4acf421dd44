"""Words just outside a passage that give it its meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from filmgraph.passages.support import check_support
from filmgraph.passages.texts import SourceText
from filmgraph.passages.underquoting import turning_word

if TYPE_CHECKING:
    from tests.sample import Sample


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("They hope that [she goes home].", "hope"),
        ("She would never [go home].", "never"),
        ("She didn\u2019t [go home].", "didn\u2019t"),
        ("Rumours say [she goes home].", "Rumours"),
        ("She plans to [go home].", "plans"),
        ("Most of the [families have one child].", "Most"),
        ("Almost [all go home].", "Almost"),
        ("[She does] not go home.", "not"),
        ("If [she goes home], she sees them.", "If"),
        ("They hope that after all these years in the big town [she goes home].", "hope"),
        ("The leaflet claims that in the first week of its run [the film drew a crowd].", "claims"),
        ("The band seems to [play].", "seems"),
        ("[The band] did not play.", "not"),
        ("[The band] didn\u2019t play.", "didn\u2019t"),
    ],
)
def test_a_word_that_turns_the_sentence_round_is_found(text: str, word: str) -> None:
    start = text.index("[")
    assert turning_word(text.replace("[", "").replace("]", ""), start, text.index("]") - 1) == word


@pytest.mark.parametrize(
    "text",
    [
        "[They hope that she goes home].",
        "He does not know. [She goes home].",
        "Not for the first time, [she goes home].",
        "With a few days at hand [she goes home].",
        "[She goes home].\n\nNot rated",
        "[Yedu]\nNot rated",
        "They hope to stay because [she goes home].",
        "She never sees more people than when [she goes home].",
        "[The band] played and did not stop.",
        "If anybody asks them where they are in spring [she goes home].",
    ],
)
def test_a_word_of_the_passage_or_of_another_clause_or_far_away_is_not(text: str) -> None:
    start = text.index("[")
    assert not turning_word(text.replace("[", "").replace("]", ""), start, text.index("]") - 1)


def test_the_check_warns_and_does_not_fail(sample: Sample) -> None:
    page = SourceText.of("second-page", "The pilgrims hope to see 30 villages.")
    facts = (
        "<#:~:text=30%20villages> { figure:v a fg:Figure ; fg:value 30 ; fg:describes group:v . group:v a fg:Group . }"
    )
    sample.add(page, facts)
    report = check_support(sample.store(), sample.texts)
    assert [(found.kind, found.value) for found in report.findings] == [("underquoted", "hope")]
    assert report.conforms


def test_a_stance_says_that_the_reader_has_seen_the_word(sample: Sample) -> None:
    page = SourceText.of("second-page", "The pilgrims hope to see 30 villages.")
    facts = (
        "<#:~:text=30%20villages> { figure:v a fg:Figure ; fg:value 30 ; fg:describes group:v ; fg:stance fgv:hoped . "
        "group:v a fg:Group . }\n"
    )
    sample.add(page, facts)
    assert check_support(sample.store(), sample.texts).findings == []


def test_facts_that_no_passage_spells_are_told_apart(sample: Sample) -> None:
    report = check_support(sample.store(), sample.texts)
    assert report.only_explained
    assert all(found.citations and found.reasons for found in report.only_explained)
    assert len(report.only_explained) <= report.explained
