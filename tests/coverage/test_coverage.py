from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from filmgraph.coverage.agreement import FilmAgreement, agreement_of
from filmgraph.coverage.coverage import SourceCoverage, coverage_of
from filmgraph.coverage.json import coverage_json
from filmgraph.coverage.map import ASCII, coverage_lines
from filmgraph.coverage.page import coverage_page
from filmgraph.passages.facts import read_evidence
from filmgraph.passages.texts import SourceText

if TYPE_CHECKING:
    from tests.sample import Sample

VOID = {"meta", "br"}


def covered(sample: Sample, texts: dict[str, SourceText] | None = None) -> SourceCoverage:
    (found,) = coverage_of(read_evidence(sample.store()), texts if texts is not None else sample.pages)
    return found


def agreement(sample: Sample) -> dict[str, FilmAgreement]:
    store = sample.store()
    return {film.label: film for film in agreement_of(store, read_evidence(store))}


def test_the_stretches_follow_each_other_from_start_to_end(sample: Sample) -> None:
    found = covered(sample)
    assert found.stretches[0].start == 0
    assert found.stretches[-1].end == found.length == len(sample.pages["film-page"].text)
    assert all(one.end == other.start for one, other in zip(found.stretches, found.stretches[1:], strict=False))


def test_a_stretch_is_cited_left_out_open_or_blank(sample: Sample) -> None:
    kinds = {
        sample.pages["film-page"].text[stretch.start : stretch.end]: stretch for stretch in covered(sample).stretches
    }
    assert kinds["She was then 41"].kind == "cited"
    assert kinds["Sign up for our newsletter!"].kind == "left out"
    assert kinds["Sign up for our newsletter!"].reasons == ("advertising",)
    assert kinds[".\n"].kind == "blank"
    assert "says the director of" in " ".join(words for words, stretch in kinds.items() if stretch.kind == "open")


def test_the_shares_of_what_is_not_blank_add_up(sample: Sample) -> None:
    found = covered(sample)
    assert found.share("cited") + found.share("left out") + found.share("open") == pytest.approx(1)
    assert found.share("cited") > 0.8
    assert (found.citations, found.has_text) == (10, True)


def test_without_the_text_blank_stretches_count_as_open(sample: Sample) -> None:
    with_text, without = covered(sample), covered(sample, {})
    assert not without.has_text
    assert without.length == with_text.length
    assert without.count("open") == with_text.count("open") + with_text.count("blank")


def test_overlapping_passages_are_cut_where_they_overlap(sample: Sample) -> None:
    sample.write_facts(
        "<#:~:text=Running%20time%3A%20104> { film:salt-road a fg:Film . }\n"
        "<#:~:text=104%20min> { film:salt-road a fg:Film . }\n"
    )
    cited = [stretch for stretch in covered(sample).stretches if stretch.kind == "cited" and stretch.start > 20]
    assert [len(stretch.citations) for stretch in cited] == [1, 2, 1]


def test_the_map_fits_eighty_columns(sample: Sample) -> None:
    store = sample.store()
    films = agreement_of(store, read_evidence(store))
    lines = list(coverage_lines([covered(sample)], films, sample.pages, marks=ASCII))
    assert max(map(len, lines)) <= 80
    assert lines[0] == "# cited  + partly  - left out on purpose  . open"
    assert any(line.startswith("film-page: ") for line in lines)
    assert any("says the director of" in line for line in lines)


def test_the_json_has_stretches_and_no_words_of_the_text(sample: Sample) -> None:
    store = sample.store()
    text = coverage_json([covered(sample)], agreement_of(store, read_evidence(store)))
    document = json.loads(text)
    (source,) = document["sources"]
    assert source["stretches"][-2]["reason"] == "advertising"
    assert document["films"][0]["label"] == "The Salt Road"
    assert "newsletter" not in text


class Outline(HTMLParser):
    """Collects the text of a page, and checks that its elements are closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.marked: list[str] = []
        self.anchors: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        self.anchors += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "mark" in self.open:
            self.marked.append(data)


def test_the_page_marks_the_passages_and_shows_the_facts_beside_them(sample: Sample) -> None:
    store = sample.store()
    evidence = read_evidence(store)
    page = "".join(coverage_page([covered(sample)], agreement_of(store, evidence), evidence, sample.pages))
    outline = Outline()
    outline.feed(page)
    assert outline.open == []
    assert "She was then 41" in outline.marked
    assert not any("newsletter" in words for words in outline.marked)
    assert len(outline.anchors) == len(set(outline.anchors))
    assert {link[1:] for link in outline.links} <= set(outline.anchors)
    assert "runtime PT1H44M" in page
    assert "left out: advertising" in page


def test_the_page_needs_no_network_and_escapes_every_word(sample: Sample) -> None:
    nasty = SourceText.of("nasty", '<script>alert("x")</script> & <b>bold</b>\u202e\x1b claim by Zo\u00eb "Z" Marr.\n')
    sample.add(nasty, '<#:~:text=claim,Marr> { person:z a fg:Person ; fg:name "<i>Zo\u00eb</i>"@en . }')
    evidence = read_evidence(sample.store())
    texts = {nasty.slug: nasty}
    page = "".join(coverage_page(coverage_of(evidence, texts), [], evidence, texts))
    assert "<script" not in page
    assert "<b>" not in page
    assert "<i>" not in page
    assert "\u202e" not in page
    assert "\x1b" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert "default-src 'none'" in page


SECOND = SourceText.of(
    "second-page", "The Salt Road runs 99 minutes. It opened in 2032. Directed by Mira Okafor-Lund. A documentary."
)
SECOND_FACTS = """
<#:~:text=The%20Salt,minutes> { film:salt-road a fg:Film ; fg:runtime "PT99M"^^xsd:duration . }
<#:~:text=It%20opened%20in%202032> {
  release:dk a fg:TheatricalRelease ; fg:film film:salt-road ; fg:territory country:DK ; fg:date "2032"^^edtf:EDTF .
}
<#:~:text=Directed%20by%20Mira%20Okafor-Lund> {
  credit:mira a fg:Credit ; fg:film film:salt-road ; fg:agent person:mira ; fg:role rel:fmd .
}
<#:~:text=A%20documentary> { film:salt-road a fg:Film ; fg:genre fgv:documentary . }
"""


def test_sources_agree_differ_or_stand_alone(sample: Sample) -> None:
    sample.add(SECOND, SECOND_FACTS)
    standing = {found.name: found.standing for found in agreement(sample)["The Salt Road"].properties}
    assert standing["fg:runtime"] == "differ"
    assert standing["TheatricalRelease: Denmark"] == "agree"
    assert standing["Credit: film director"] == "agree"
    assert standing["fg:genre"] == "one source"
    assert standing["fg:language"] == "none"


def test_figures_differ_when_any_two_of_them_cannot_both_be_true(sample: Sample) -> None:
    figure = "a fg:Figure ; fg:film film:salt-road ; fg:variable fgv:headcount ; fg:unit fgv:person"
    sample.add(
        SourceText.of("second-page", "Some 1.5 million pilgrims, or 1.6 million pilgrims."),
        f"<#:~:text=1.5%20million%20pilgrims> {{ figure:a {figure} ; fg:value 1500000 . }}\n"
        f"<#:~:text=1.6%20million%20pilgrims> {{ figure:b {figure} ; fg:value 1600000 . }}\n",
    )
    sample.replace("fg:describes group:pilgrims ; fg:value 1500000", "fg:variable fgv:headcount ; fg:value 1500000")
    found = {item.name: item for item in agreement(sample)["The Salt Road"].properties}["Figure: number of people"]
    assert found.standing == "differ"
    assert found.values == {"film-page": ("1500000 people",), "second-page": ("1500000 people", "1600000 people")}
