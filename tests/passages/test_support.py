from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from filmgraph.errors import UnknownSourceError
from filmgraph.passages.support import Support, check_support
from filmgraph.rdf.results import Solutions

if TYPE_CHECKING:
    from tests.sample import Sample


def check(sample: Sample) -> Support:
    return check_support(sample.store(), sample.texts)


def test_a_collection_without_a_fault_has_no_finding(sample: Sample) -> None:
    report = check(sample)
    assert report.findings == []
    assert report.conforms
    assert (report.citations, report.citations_read, report.unread) == (10, 10, 0)
    assert report.supported > 10
    assert report.explained_by == {
        "fromAntecedent": 2,
        "fromDocumentDate": 1,
        "needs": 1,
        "subject of the document": 6,
        "the speaker": 2,
    }
    assert report.unsupported == 0


def test_every_triple_is_counted_once(sample: Sample) -> None:
    report = check(sample)
    answer = sample.store().query('SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } FILTER CONTAINS(STR(?g), "#char=") }')
    assert isinstance(answer, Solutions)
    assert report.checked + report.skipped + report.unread == len(answer.rows)
    assert report.skipped == sum(report.skipped_as.values())


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("1500000", "1600000", "1,600,000"),
        ("fg:value 1200", "fg:value 1300", "1,300"),
        ("fg:value 60", "fg:value 66", "66"),
        ("fg:value 2.5", "fg:value 2.6", "2.6"),
        ("fg:value 41", "fg:value 47", "47"),
        ("fg:value 2 ", "fg:value 3 ", "3"),
        ("PT104M", "PT103M", "PT1H43M"),
        ('"2032-02-14"', '"2032-02-15"', "15 February"),
        ('"2032-02-14"', '"2032-03-14"', "14 March"),
        ('"2032-02-14"', '"2033-02-14"', "2033"),
        ('fg:date "2031"', 'fg:date "2030"', "2030"),
        ("Okafor-Lund", "Okafor-Lunde", "Okafor-Lunde"),
        ("A. B. Castellan", "A. C. Castellan", "A. C. Castellan"),
        ("Golden Heron", "Golden Herron", "Golden Herron"),
        ('"The Salt Road"', '"The Sand Road"', "The Sand Road"),
        ("fg:agent person:mira", "fg:agent person:castellan", "Castellan"),
        ("fg:author person:castellan", "fg:author person:mira", "Mira"),
        ("country:DK", "country:SE", "Sweden"),
        ("fgv:kilometre", "fgv:mile", "kilometre"),
        ("fg:value 60 ; fg:unit fgv:day", "fg:value 60 ; fg:unit fgv:year", "day"),
    ],
)
def test_a_wrong_value_is_found(sample: Sample, old: str, new: str, message: str) -> None:
    sample.replace(old, new)
    findings = check(sample).findings
    assert findings
    assert {finding.kind for finding in findings} == {"unsupported"}
    assert any(message in finding.message for finding in findings)
    assert all(finding.node and finding.citation and "fg:needs" in finding.hint for finding in findings)


@pytest.mark.parametrize("shift", [-40, -7, -1, 1, 7, 40])
def test_a_shifted_offset_is_found(sample: Sample, shift: int) -> None:
    text = (sample.root / "data" / "film-page.trig").read_text(encoding="utf-8")
    place = text.split("<#char=")[3].partition(">")[0]
    start, end = map(int, place.split(","))
    sample.replace(f"<#char={place}>", f"<#char={start + shift},{end + shift}>")
    assert not check(sample).conforms


def test_a_passage_outside_the_text_is_found(sample: Sample) -> None:
    text = (sample.root / "data" / "film-page.trig").read_text(encoding="utf-8")
    place = text.split("<#char=")[1].partition(">")[0]
    sample.replace(f"<#char={place}>", "<#char=5,99999>")
    report = check(sample)
    assert report.findings[0].kind == "passage"
    assert "ends after the end of its text" in report.findings[0].message
    assert report.unread > 0


def test_another_text_under_the_same_name_is_found(sample: Sample) -> None:
    path = sample.texts / "text-1.txt"
    path.write_bytes(path.read_bytes().replace(b"1,200", b"1,300"))
    report = check(sample)
    assert report.checked == 0
    assert [finding.kind for finding in report.findings] == ["text", "text"]
    assert "10 citations were not read" in report.findings[0].message
    assert report.findings[1].message == "Nothing was checked."


def test_a_record_of_another_text_is_found(sample: Sample) -> None:
    path = sample.root / "data" / "sources.ttl"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("fg:charLength ", "fg:charLength 1"), encoding="utf-8")
    assert "another length" in check(sample).findings[0].message


def test_a_collection_without_facts_has_checked_nothing(sample: Sample) -> None:
    sample.write_facts("")
    report = check(sample)
    assert not report.conforms
    assert report.findings[-1].message == "Nothing was checked."


def test_a_folder_that_is_not_there_is_an_error(sample: Sample) -> None:
    with pytest.raises(UnknownSourceError, match="no folder"):
        check_support(sample.store(), sample.root / "gone")


def test_a_derivation_explains_only_values_of_its_kind(sample: Sample) -> None:
    sample.replace("fg:derivation fgv:fromAntecedent , fgv:fromDocumentDate", "fg:derivation fgv:fromAntecedent")
    (finding,) = check(sample).findings
    assert "the year 2030" in finding.message
    assert "fgv:fromDocumentDate" in finding.hint


def test_a_needed_passage_of_another_source_is_found(sample: Sample) -> None:
    sample.replace("fg:needs <#char=", "fg:needs <other.00000000#char=")
    messages = [finding.message for finding in check(sample).findings]
    assert any("no passage of the same source" in message for message in messages)


def test_the_date_of_a_document_rests_on_a_passage_of_it(sample: Sample) -> None:
    page = sample.pages["film-page"]
    start = page.text.index("14 February 2032")
    record = sample.root / "data" / "sources.ttl"
    text = record.read_text(encoding="utf-8")
    basis = f"<{page.iri}> fg:basis <{page.citation(start, start + 16)}> ; fg:date "
    record.write_text(f'{text}{basis}"2032-02-14"^^<http://id.loc.gov/datatypes/edtf/EDTF> .\n', encoding="utf-8")
    assert check(sample).findings == []
    record.write_text(f'{text}{basis}"2032-03-15"^^<http://id.loc.gov/datatypes/edtf/EDTF> .\n', encoding="utf-8")
    (finding,) = check(sample).findings
    assert finding.message == "No passage that the source's record rests on says 15 March."


def test_a_stretch_that_was_left_out_has_a_reason_and_ends_between_words(sample: Sample) -> None:
    record = sample.root / "data" / "sources.ttl"
    page = sample.pages["film-page"]
    record.write_text(
        f"{record.read_text(encoding='utf-8')}<{page.iri}> fg:leftOut <{page.citation(5, 7)}> .\n", encoding="utf-8"
    )
    found = check(sample).findings
    assert {finding.kind for finding in found} == {"passage"}
    assert [finding.message.partition(":")[0] for finding in found] == [
        "The passage starts inside a word or figure",
        "The passage ends inside a word or figure",
        "It was left out without a reason.",
    ]


def test_what_explains_a_triple_and_what_it_was_skipped_as_add_up(sample: Sample) -> None:
    report = check(sample)
    assert sum(report.explained_by.values()) == report.explained
    assert report.triples == report.checked + report.skipped + report.unread


@pytest.mark.parametrize(
    ("datatype", "text"),
    [
        ("integer", "many"),
        ("double", "INF"),
        ("double", "NaN"),
        ("time", "noon"),
        ("duration", "long"),
        ("date", "then"),
    ],
)
def test_a_value_that_is_none_of_its_datatype_is_unsupported(sample: Sample, datatype: str, text: str) -> None:
    value = f'"{text}"^^<http://www.w3.org/2001/XMLSchema#{datatype}>'
    sample.write_facts(f"<#:~:text=She%20was%20then%2041> {{ figure:age a fg:Figure ; fg:value {value} . }}")
    (finding,) = check(sample).findings
    assert text in finding.message
