from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from filmgraph.answers import formats
from filmgraph.answers.answer import RowsAnswer, TruthAnswer
from filmgraph.answers.formats import Page
from filmgraph.errors import FilmgraphError, UnknownFormatError
from filmgraph.rdf.results import Explanation, Solutions, Truth

if TYPE_CHECKING:
    from filmgraph.answers.answer import Answer, TriplesAnswer

NAMES = formats.names()
LOADED = [formats.find(name) for name in NAMES]
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def text(answer: Answer, name: str, page: Page | None = None) -> str:
    return "".join(formats.render(answer, formats.find(name), page or Page()))


def test_there_are_formats() -> None:
    assert {"table", "csv", "tsv", "json", "xml", "markdown", "turtle", "jsonld"} <= set(NAMES)


@pytest.mark.parametrize("one", LOADED, ids=NAMES)
def test_every_format_is_found_by_name_media_type_and_ending_and_by_nothing_else(one: formats.Format) -> None:
    assert (one.rows is None) != (one.triples is None)
    for wanted in (one.name, one.name.upper(), *one.media_types, *one.endings, *(f".{end}" for end in one.endings)):
        assert formats.find(wanted) is one
    assert formats.find(f"{one.media_types[0]}; charset=utf-8") is one
    assert formats.of_file(f"a.b/x.y.{one.endings[0]}") is one


@pytest.mark.parametrize("kind", ["media_types", "endings"])
def test_no_two_formats_share_a_media_type_or_an_ending(kind: str) -> None:
    listed = [value for one in LOADED for value in getattr(one, kind)]
    assert sorted(listed) == sorted(set(listed))


def test_an_unknown_format_names_the_nearest() -> None:
    with pytest.raises(UnknownFormatError, match=r"There is no format 'markdwon'\.") as caught:
        formats.find("markdwon")
    assert caught.value.choices == ("markdown",)
    with pytest.raises(UnknownFormatError) as none:
        formats.find("zzz")
    assert none.value.hint is not None
    assert "turtle" in none.value.hint


@pytest.mark.parametrize("path", ["answer", "answer.zzz", "dir.csv/answer"])
def test_a_file_without_a_known_ending_asks_for_a_format(path: str) -> None:
    with pytest.raises(UnknownFormatError):
        formats.of_file(path)


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1))
def test_csv_reads_back_what_it_writes(pairs: list[tuple[str, str]]) -> None:
    rows: list[tuple[ox.Literal, ...]] = [(ox.Literal(a), ox.Literal(b)) for a, b in pairs]
    written = text(RowsAnswer(Solutions(("a", "b"), list(rows))), "csv")
    assert list(csv.reader(io.StringIO(written, newline=""))) == [["a", "b"], *map(list, pairs)]
    assert written.endswith("\r\n")


@pytest.mark.parametrize(("name", "wanted"), [("tsv", "TSV"), ("json", "JSON"), ("xml", "XML")])
def test_another_reader_understands_the_standard_formats(plain: RowsAnswer, name: str, wanted: str) -> None:
    found = ox.parse_query_results(text(plain, name), getattr(ox.QueryResultsFormat, wanted))
    assert isinstance(found, ox.QuerySolutions)
    assert [variable.value for variable in found.variables] == list(plain.variables)
    assert [tuple(row) for row in found] == [tuple(row) for row in plain]


@given(st.lists(TEXT, min_size=1))
def test_json_holds_every_text(values: list[str]) -> None:
    answer = RowsAnswer(Solutions(("a",), [(ox.Literal(value),) for value in values]))
    read = json.loads(text(answer, "json"))
    assert [row["a"]["value"] for row in read["results"]["bindings"]] == values


def test_json_has_provenance_as_its_third_key_with_evidence_and_only_then(
    plain: RowsAnswer, explained: RowsAnswer
) -> None:
    assert list(json.loads(text(plain, "json"))) == ["head", "results"]
    read = json.loads(text(explained, "json"))
    assert list(read) == ["head", "results", "provenance", "unexplained"]
    assert read["provenance"] == [row.why for row in explained]
    assert read["unexplained"] == {"1": "the query is too large to explain"}


@pytest.mark.parametrize(("name", "separator"), [("csv", ","), ("tsv", "\t")])
def test_csv_and_tsv_get_a_last_column_why(explained: RowsAnswer, name: str, separator: str) -> None:
    reader = csv.reader(io.StringIO(text(explained, name), newline=""), delimiter=separator)
    header, first, second = list(reader)
    assert header[-1] == "why"
    assert [witness.split(" ") for witness in first[-1].split(" | ")] == explained[0].why
    assert second[-1] == ""


@pytest.mark.parametrize(("name", "yes"), [("csv", "true\r\n"), ("tsv", "true\n"), ("table", "yes\n")])
def test_a_yes_is_short(name: str, yes: str) -> None:
    assert text(TruthAnswer(Truth(value=True)), name) == yes


@pytest.mark.parametrize(("name", "wanted"), [("json", "JSON"), ("xml", "XML")])
def test_another_reader_understands_yes_and_no(name: str, wanted: str) -> None:
    for value in (True, False):
        found = ox.parse_query_results(text(TruthAnswer(Truth(value)), name), getattr(ox.QueryResultsFormat, wanted))
        assert isinstance(found, ox.QueryBoolean)
        assert bool(found) is value


@pytest.mark.parametrize("one", [one for one in LOADED if one.evidence], ids=lambda one: one.name)
def test_a_yes_has_its_evidence_in_every_format_with_a_place_for_it(one: formats.Format) -> None:
    answer = TruthAnswer(Truth(value=True), explanation=Explanation([["urn:source#char=1,5"]]))
    if one.rows:
        assert "char" in text(answer, one.name)


def test_xml_refuses_what_xml_cannot_hold() -> None:
    answer = RowsAnswer(Solutions(("a",), [(ox.Literal("bell \x07"),)]))
    with pytest.raises(FilmgraphError, match=r"U\+0007"):
        text(answer, "xml")


def test_a_format_without_a_place_for_evidence_says_so(explained: RowsAnswer) -> None:
    with pytest.raises(FilmgraphError, match="xml has no place for evidence"):
        text(explained, "xml")


@pytest.mark.parametrize("one", [one for one in LOADED if one.triples], ids=lambda one: one.name)
def test_triples_read_back_in_every_rdf_format(one: formats.Format, triples: TriplesAnswer) -> None:
    rdf = ox.RdfFormat.from_media_type(one.media_types[0])
    assert rdf is not None
    assert {quad.triple for quad in ox.parse(text(triples, one.name), rdf)} == set(triples)


@pytest.mark.parametrize("one", [one for one in LOADED if one.rows], ids=lambda one: one.name)
def test_triples_are_rows_to_the_formats_of_rows(one: formats.Format, triples: TriplesAnswer) -> None:
    assert "Bac" in text(triples, one.name)


def test_rows_are_refused_by_a_format_of_triples(plain: RowsAnswer) -> None:
    with pytest.raises(UnknownFormatError, match="turtle holds triples, and this query answers with rows"):
        text(plain, "turtle")


def test_markdown_escapes_pipes_and_has_footnotes(explained: RowsAnswer) -> None:
    assert text(explained, "markdown").splitlines() == [
        "| film | note | viewers | why |",
        "| --- | --- | --: | --- |",
        '| Night Ferry | one, "two" \\| three<br>four | 12 | [^1] with [^2]; also [^3] |',
        "| 夜の渡し船 |  | 1234 | not explained |",
        "",
        "[^1]: Programme notes, Harbour Cinema, 2011, characters 1–9",
        "[^2]: Programme notes, Harbour Cinema, 2011, characters 20–40",
        "[^3]: Programme notes, Harbour Cinema, 2011, characters 50–60",
        "",
        "In why, “with” means only together, “also” means that each by itself is enough.",
        "",
        "Row 2 is not explained: the query is too large to explain.",
    ]


def test_html_escapes_what_a_title_may_hold() -> None:
    answer = RowsAnswer(
        Solutions(("a", "b"), [(ox.Literal("<script>x</script>&"), ox.NamedNode("javascript:alert(1)"))])
    )
    page = text(answer, "html")
    assert "<script" not in page
    assert "href" not in page
    assert answer._repr_html_() == page
