from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from filmgraph.encoding.fragment import TextFragment
from filmgraph.encoding.pin import pin
from filmgraph.passages.texts import SourceText

LETTER = SourceText.of(
    "a-letter",
    "Ann Lee wrote \u201cthe last letter\u201d on 3\u00a0May 1911,\nfrom the valley\u2019s of\u00acten snowed-\nin inn."
    "\nShe was 27. Bo was 27 too; the \ufb01rst letter had cost 1,200 crowns.\n",
)
NOTE = SourceText.of("a-note", "The inn had 12 rooms.")
TEXTS = {source.slug: source for source in (LETTER, NOTE)}
BASE = f"@base <{LETTER.iri}> .\n"


def place(words: str) -> str:
    start = LETTER.text.index(words)
    return f"{start},{start + len(words)}"


def pinned(fragment: str) -> str:
    outcome = pin(f"{BASE}<#:~:text={fragment}> {{}}", TEXTS)
    assert outcome.problems == []
    return outcome.text.removeprefix(f"{BASE}<#char=").removesuffix("> {}")


@pytest.mark.parametrize(
    ("fragment", "words"),
    [
        ("Ann%20Lee", "Ann Lee"),
        ("Ann Lee", "Ann Lee"),
        ("ann%20lee", "Ann Lee"),
        ("%22the%20last%20letter%22", "\u201cthe last letter\u201d"),
        ("\u201cthe%20last%20letter\u201d", "\u201cthe last letter\u201d"),
        ("3%20May%201911", "3\u00a0May 1911"),
        ("3%20May%201911%2C%20from", "3\u00a0May 1911,\nfrom"),
        ("valley's", "valley\u2019s"),
        ("often", "of\u00acten"),
        ("snowed-in%20inn", "snowed-\nin inn"),
        ("the%20first%20letter", "the \ufb01rst letter"),
        ("Ann,letter%22", "Ann Lee wrote \u201cthe last letter\u201d"),
        ("She,27", "She was 27"),
        ("Bo%20was-,27", "27"),
        ("27,-too", "27"),
        ("1%2C200%20crowns", "1,200 crowns"),
    ],
)
def test_words_are_found_however_they_were_typed(fragment: str, words: str) -> None:
    start = LETTER.text.rindex(words) if words == "27" else LETTER.text.index(words)
    assert pinned(fragment) == f"{start},{start + len(words)}"


def test_nothing_but_the_citations_changes() -> None:
    draft = (
        "\ufeff# <#:~:text=Ann%20Lee> in a comment\r\n"
        f'@base <{LETTER.iri}> .\r\n<#:~:text=Ann%20Lee>   {{ <x> <y> "<#:~:text=Ann>" ; # why\r\n }}'
    )
    outcome = pin(draft, TEXTS)
    assert outcome.text == draft.replace("<#:~:text=Ann%20Lee>   ", f"<#char={place('Ann Lee')}>   ")
    assert outcome.pinned == 1


def test_a_citation_is_pinned_wherever_it_stands() -> None:
    draft = f"{BASE}<urn:g> {{ <#:~:text=She> <urn:needs> <#:~:text=Ann%20Lee> . }}"
    assert f"<#char={place('She')}> <urn:needs> <#char={place('Ann Lee')}>" in pin(draft, TEXTS).text


def test_a_base_without_its_digest_is_completed() -> None:
    draft = "@base <https://w3id.org/filmgraph/source/a-letter> .\n<a-letter#:~:text=Ann%20Lee> {}"
    assert pin(draft, TEXTS).text == f"{BASE}<#char={place('Ann Lee')}> {{}}"


def test_another_source_than_the_base_is_named_in_full() -> None:
    outcome = pin(f"{BASE}<a-note#:~:text=12%20rooms> {{}}", TEXTS)
    assert f"<{NOTE.iri}#char=12,20>" in outcome.text


def test_a_node_named_here_is_named_after_its_passage() -> None:
    draft = (
        f"{BASE}<#:~:text=27,-too> {{ figure:HERE-age <../id/figure/HERE/x> 'HERE' }} <urn:g> {{ figure:HERE <x> 1 }}"
    )
    outcome = pin(draft, TEXTS)
    start = LETTER.text.rindex("27")
    name = f"a-letter-{start}-{start + 2}"
    assert f"figure:{name}-age <../id/figure/{name}/x> 'HERE' }}" in outcome.text
    assert outcome.text.endswith("{ figure:HERE <x> 1 }")


def test_every_problem_is_told_in_one_run_with_its_place() -> None:
    draft = (
        f"{BASE}<#:~:text=27> {{}}\n  <#:~:text=Ann%20Lee%20slept> {{}}\n<gone#:~:text=Ann> {{}}\n<#:~:text=a,b,c> {{}}"
    )
    problems = pin(draft, TEXTS).problems
    assert [(problem.line, problem.column) for problem in problems] == [(2, 1), (3, 3), (4, 1), (5, 1)]
    several, absent, unknown, malformed = (str(problem) for problem in problems)
    assert "fits 2 passages" in several
    assert "She was [27]. Bo" in several
    assert "before-,start" in several
    assert "its first 2 of 3 words do" in absent
    assert "At hand: a-letter, a-note." in unknown
    assert "%2C" in malformed


def test_a_passage_is_at_most_800_characters_long() -> None:
    long = SourceText.of("long", "Start " + "word " * 200 + "end.")
    problem = pin("<long#:~:text=Start,end> {}", {"long": long}).problems[0]
    assert "1009 characters long" in problem.message


def test_a_word_is_not_found_inside_a_word() -> None:
    assert "fits no passage" in pin("<a-note#:~:text=oom> {}", TEXTS).problems[0].message
    assert "fits no passage" in pin("<a-note#:~:text=2> {}", TEXTS).problems[0].message


def test_a_pinned_draft_parses_and_stays_as_it_is() -> None:
    draft = f"{BASE}<#:~:text=Ann%20Lee> {{ <urn:s> <urn:p> 1 }}"
    once = pin(draft, TEXTS).text
    assert pin(once, TEXTS).text == once
    (quad,) = ox.parse(once, format=ox.RdfFormat.TRIG)
    assert quad.graph_name == ox.NamedNode(str(LETTER.citation(0, 7)))


@given(
    st.builds(
        TextFragment,
        start=st.text(min_size=1).filter(lambda words: words.strip() == words),
        end=st.text().filter(lambda words: words.strip() == words),
        prefix=st.text().filter(lambda words: words.strip() == words),
        suffix=st.text().filter(lambda words: words.strip() == words),
    )
)
def test_a_text_fragment_reads_back_what_it_writes(fragment: TextFragment) -> None:
    assert TextFragment.parse(str(fragment)) == fragment
