"""All readers: a loop over those that there are, each with a small file of its format."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from tests.importing.readers.examples import EXAMPLES, ROWS

from filmgraph.errors import NotOfFormatError

if TYPE_CHECKING:
    from filmgraph.importing.readers._records import Table

from filmgraph.importing.readers import find, names

TITLES = {
    "jsonld": "name",
    "marc": "245$a",
    "marcxml": "245$a",
    "mods": "titleInfo/title",
    "rdfxml": "name",
    "turtle": "name",
    "wikidata": "label en",
}
DIRECTORS = {
    "jsonld": "director",
    "rdfxml": "director",
    "turtle": "director",
    "marc": "700$a fmd",
    "marcxml": "700$a fmd",
    "mods": "name personal fmd",
}


def text_of(name: str, data: bytes) -> str:
    rendition = find(name).rendition
    return rendition(data) if rendition else data.decode()


def read(name: str, data: bytes) -> tuple[str, Table]:
    text = text_of(name, data)
    return text, find(name).read(text)


def test_every_reader_has_an_example() -> None:
    assert sorted(EXAMPLES) == names()


@pytest.mark.parametrize("name", names())
def test_it_finds_the_films(name: str) -> None:
    _, table = read(name, EXAMPLES[name])
    assert table.problems == []
    titles = [record.cells[TITLES.get(name, "Title")][0].text for record in table.records]
    assert titles == [row[1] for row in ROWS]
    if name != "wikidata":
        directors = [record.cells[DIRECTORS.get(name, "Director")][0].text for record in table.records]
        turned = "Ilse Maran" if name in {"csv", "tsv"} else "Maran, Ilse"
        assert directors == [turned, ROWS[1][3]]


@pytest.mark.parametrize("name", names())
def test_each_cell_says_what_stands_at_its_place(name: str) -> None:
    text, table = read(name, EXAMPLES[name])
    cells = [cell for record in table.records for several in record.cells.values() for cell in several]
    assert cells
    for cell in cells:
        raw = text[cell.start : cell.end]
        assert cell.text in {raw, unescape(raw)}
        assert cell.locator


@pytest.mark.parametrize("name", names())
def test_no_two_cells_have_one_locator(name: str) -> None:
    _, table = read(name, EXAMPLES[name])
    locators = [cell.locator for record in table.records for several in record.cells.values() for cell in several]
    assert len(locators) == len(set(locators))


@pytest.mark.parametrize("name", names())
def test_it_reads_the_same_twice(name: str) -> None:
    assert read(name, EXAMPLES[name]) == read(name, EXAMPLES[name])


@pytest.mark.parametrize("name", names())
def test_a_file_that_is_cut_off_is_told_and_never_ends_in_a_traceback(name: str) -> None:
    """What was read before stays as it was; no cell is made of the rest of a value that was cut."""
    data = EXAMPLES[name]
    _, whole = read(name, data)
    for size in range(0, len(data), 7):
        try:
            _, table = read(name, data[:size])
        except (NotOfFormatError, UnicodeDecodeError):
            continue
        assert len(table.records) <= len(whole.records)
        if name not in {"csv", "tsv", "turtle", "xml", "marcxml", "mods"}:
            assert table.problems or table.records in (whole.records[: len(table.records)], []), size


@pytest.mark.parametrize("name", names())
def test_what_is_nothing_of_its_format_has_no_records(name: str) -> None:
    for data in (b"", b"\n", b"\xef\xbb\xbf", b"<", b"{", b"[" * 5000, b"<a>" * 5000, b"\0\0\0", b"=245"):
        try:
            _, table = read(name, data)
        except (NotOfFormatError, UnicodeDecodeError):
            continue
        assert table.records == []


def test_a_json_string_with_escapes_is_decoded_and_cited_as_it_stands() -> None:
    text = '[{"title": "\\u00c9t\\u00e9 \\"2\\""}]'
    cell = find("json").read(text).records[0].cells["title"][0]
    assert cell.text == 'Été "2"'
    assert json.loads(f'"{text[cell.start : cell.end]}"') == cell.text


def test_records_of_json_may_be_the_members_of_an_object() -> None:
    table = find("json").read('{"a": {"title": "Fog"}, "b": {"title": "Clock"}}')
    assert [record.cells["title"][0].locator for record in table.records] == ["/a/title", "/b/title"]
    table = find("json").read('{"count": 1, "films": [{"title": "Fog", "cast": [{"name": "A"}, {"name": "B"}]}]}')
    assert [cell.locator for cell in table.records[0].cells["cast"]] == ["/films/0/cast/0/name", "/films/0/cast/1/name"]


def test_a_bad_line_of_json_lines_is_left_out_with_its_place() -> None:
    table = find("jsonl").read('{"a": 1}\n{"a": }\n\n[2]\n{"a": 3}\n')
    assert [record.cells["a"][0].locator for record in table.records] == ["line 1, /a", "line 5, /a"]
    assert [problem.where for problem in table.problems] == ["line 2, column 7", "line 4"]


def test_xml_that_declares_entities_is_refused() -> None:
    table = find("xml").read('<!DOCTYPE a [<!ENTITY b "c">]><a><title>&b;</title></a>')
    assert table.records == []
    assert "entities" in table.problems[0].message


LOCATORS = {
    "csv": r"row \d+, column \S.*",
    "json": r"(/[^/]+)+",
    "jsonl": r"line \d+, (/[^/]+)+",
    "jsonld": r"(script \d+, )?(/[^/]+)+",
    "marc": r"record \d+, (\d{3}(\[\d+\])?( \$\w)?|\d{3}/\d+(-\d+)?)",
    "marcxml": r"record \d+, (\d{3}(\[\d+\])?( \$\w)?|\d{3}/\d+(-\d+)?)",
    "mods": r"(/\w+(\[\d+\])?)+",
    "rdfxml": r"(/\w+(\[\d+\])?)+(/@\w+)?",
    "tsv": r"row \d+, column \S.*",
    "turtle": r"line \d+, character \d+",
    "wikidata": r"(/[^/]+)+",
    "xlsx": r"sheet \S.*, row \d+, column \S.*",
    "xml": r"(/\w+(\[\d+\])?)+(/@\w+)?",
}
"""How each reader says where a cell is: as people find it, and standards write it."""


@pytest.mark.parametrize("name", names())
def test_a_locator_says_where_people_look(name: str) -> None:
    _, table = read(name, EXAMPLES[name])
    locators = [cell.locator for record in table.records for several in record.cells.values() for cell in several]
    assert [one for one in locators if not re.fullmatch(LOCATORS[name], one)] == []
