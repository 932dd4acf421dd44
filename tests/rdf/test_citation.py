from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filmgraph.errors import CitationError
from filmgraph.rdf.citation import Citation, is_citation, source_iri, source_slug

SOURCE = "https://w3id.org/filmgraph/source/press-kit.9be0dd98"


@given(start=st.integers(0, 10**6), length=st.integers(1, 10**4))
def test_a_citation_reads_back_what_it_writes(start: int, length: int) -> None:
    citation = Citation(SOURCE, start, start + length)
    assert Citation.parse(str(citation)) == citation
    assert is_citation(str(citation))


@pytest.mark.parametrize(
    "fragment", ["", "#char=5", "#char=5,", "#char=05,9", "#char=5,9;length=3", "#line=1,2", "#char=9,5"]
)
def test_what_is_no_passage_is_refused(fragment: str) -> None:
    with pytest.raises(CitationError):
        Citation.parse(SOURCE + fragment)


def test_a_source_is_named_by_its_slug_and_digest() -> None:
    assert source_iri("press-kit", "9be0dd98" + "0" * 56) == SOURCE
    assert source_slug(SOURCE) == "press-kit"
    assert source_slug("urn:x") == "urn:x"
