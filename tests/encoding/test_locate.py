from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filmgraph.encoding.locate import find_source, locate
from filmgraph.encoding.pin import pin
from filmgraph.encoding.unpin import name_passage, unpin
from filmgraph.errors import UnknownSourceError
from filmgraph.passages.matching import Comparable, Span
from filmgraph.passages.texts import SourceText

NOTE = SourceText.of(
    "a-note",
    "The inn\nhad twelve\u00a0rooms; the \ufb01rst was blue \u2014 like the sea.\n"
    "The inn had a garden, of\u00adten locked.\n",
)


def spans(piece: str) -> list[str]:
    return [NOTE.text[place.citation.start : place.citation.end] for place in locate(NOTE, piece).places]


@pytest.mark.parametrize(
    ("piece", "stands"),
    [
        ("twelve rooms", ["twelve\u00a0rooms"]),
        ("had  twelve", ["had twelve"]),
        ("the first was", ["the \ufb01rst was"]),
        ("blue - like", ["blue \u2014 like"]),
        ("often locked", ["of\u00adten locked"]),
        ("The inn had", ["The inn\nhad", "The inn had"]),
        ("THE SEA", ["the sea"]),
    ],
)
def test_a_piece_is_found_however_it_was_typed(piece: str, stands: list[str]) -> None:
    assert [" ".join(found.split()) for found in spans(piece)] == [" ".join(words.split()) for words in stands]


def test_places_are_told_apart_by_context_and_fragment() -> None:
    first, second = locate(NOTE, "The inn").places
    assert str(first.excerpt).startswith("[The inn] had twelve rooms")
    assert "sea. [The inn] had a garden" in str(second.excerpt)
    assert first.fragment != second.fragment


def test_a_piece_that_stands_nowhere_has_nearest_passages() -> None:
    found = locate(NOTE, "the inn had twelve small rooms")
    assert found.places == []
    assert "twelve rooms" in str(found.nearest[0].excerpt)
    assert locate(NOTE, "quite other words").nearest == []


def test_a_source_is_found_by_slug_or_iri() -> None:
    texts = {NOTE.slug: NOTE}
    assert find_source(texts, "a-note") is find_source(texts, NOTE.iri) is NOTE
    with pytest.raises(UnknownSourceError, match="'a-not'") as error:
        find_source(texts, "a-not")
    assert error.value.hint == "Did you mean a-note? At hand: a-note."


@given(st.data())
def test_a_named_passage_is_pinned_where_it_was(data: st.DataObject) -> None:
    text = data.draw(st.text(st.sampled_from("ab \n\u00e9.,-\u201d12"), min_size=1, max_size=60))
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    fragment = name_passage(Comparable(text), span)
    if fragment is not None:
        source = SourceText.of("x", text)
        assert pin(f"<x#{fragment}> {{}}", {"x": source}).text == f"<{source.citation(*span)}> {{}}"


def test_unpinning_and_pinning_gives_the_file_back() -> None:
    pinned = f"@base <{NOTE.iri}> . # <#char=0,3>\n<#char=4,7> {{ <urn:s> <urn:p> '<#char=4,7>' }}\n<#char=4,5> {{}}"
    draft = unpin(pinned, {NOTE.slug: NOTE})
    assert draft.named == 1
    assert draft.left == [f"{NOTE.iri}#char=4,5"]
    assert "<#:~:text=inn,-had%20twelve%20rooms;> {" in draft.text
    assert pin(draft.text, {NOTE.slug: NOTE}).text == pinned
