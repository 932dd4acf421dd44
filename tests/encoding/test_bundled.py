"""The bundled collection held against the five documents, where a developer has them."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

import pytest

from filmgraph.collection.resources import root
from filmgraph.coverage.coverage import coverage_of
from filmgraph.encoding.pin import pin
from filmgraph.encoding.unpin import unpin
from filmgraph.opening import open_store
from filmgraph.passages.facts import Evidence, read_evidence
from filmgraph.passages.support import support_of
from filmgraph.passages.texts import SourceText, find_texts

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return read_evidence(open_store())


@pytest.fixture(scope="module")
def texts(shared: Path, evidence: Evidence) -> dict[str, SourceText]:
    return find_texts(shared / "sources", {source.slug: source.sha256 for source in evidence.sources.values()})


def test_every_triple_is_supported_or_explained(evidence: Evidence, texts: dict[str, SourceText]) -> None:
    report = support_of(evidence, texts)
    assert report.findings == []
    assert report.citations_read == report.citations > 500
    assert report.supported > report.explained > 0


def test_passages_are_short(evidence: Evidence) -> None:
    lengths = [citation.end - citation.start for citation in evidence.facts]
    assert median(lengths) <= 200
    assert max(lengths) <= 800


def test_the_informative_stretches_of_every_document_are_cited(
    evidence: Evidence, texts: dict[str, SourceText]
) -> None:
    covered = coverage_of(evidence, texts)
    assert len(covered) == 5
    assert all(source.has_text and source.share("cited") > 0.6 for source in covered)


def test_the_fact_files_can_be_unpinned_and_pinned_again(texts: dict[str, SourceText]) -> None:
    for slug in texts:
        with open(f"{root()}/data/{slug}.trig", encoding="utf-8") as file:
            text = file.read()
        outcome = pin(unpin(text, texts).text, texts)
        assert outcome.problems == []
        assert outcome.text == text
