"""MARC 21 as archives have it: MARC-8, bad leaders, punctuation of cataloguing rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.importing.readers.examples import ROWS, marc, marc_fields

if TYPE_CHECKING:
    from filmgraph.importing.readers._records import Table

from filmgraph.importing.readers import find

MARC8 = b"00000ngm  2200000 a 4500"


def read(data: bytes) -> Table:
    reader = find("marc")
    assert reader.rendition is not None
    return reader.read(reader.rendition(data))


def test_marc_8_is_decoded() -> None:
    table = read(marc([("001", b"1"), ("245", b"00\x1faEt\xe2e /")], leader=MARC8))
    assert table.records[0].cells["245$a"][0].text == "Eté"


def test_utf_8_that_does_not_say_so_is_seen() -> None:
    table = read(marc([("001", b"1"), ("245", "00\x1faÉté".encode())], leader=MARC8))
    assert table.records[0].cells["245$a"][0].text == "Été"


def test_a_record_that_cannot_be_read_is_left_out_and_the_others_are_read() -> None:
    good = marc(*map(marc_fields, ROWS))
    for bad, said in (
        (b"garbage\x1d", "leader"),
        (good[:40].replace(b"22", b"22") + b"\x1d", "leader"),
        (marc([("245", b"00\x1fa\xff")]), "UTF-8"),
        (marc([("245", b"00\x1faFog")]).replace(b"245", b"2x5").replace(b"0008", b"0x08"), "entry"),
    ):
        table = read(bad + good)
        assert [record.number for record in table.records] == [2, 3]
        assert [problem.where for problem in table.problems] == ["record 1"]
        assert said in table.problems[0].message


def test_fixed_fields_give_date_running_time_and_language() -> None:
    table = read(marc([("001", b"1"), ("008", b"140423s2009    xxc090 |     ||   mlchi d"), ("245", b"00\x1faFog")]))
    cells = {name: several[0].text for name, several in table.records[0].cells.items()}
    assert (cells["008/07-10"], cells["008/18-20"], cells["008/35-37"]) == ("2009", "090", "chi")


def test_the_minutes_of_a_statement_of_extent_are_a_cell() -> None:
    table = read(marc([("001", b"1"), ("300", b"  \x1fa2 film reels (92 min., 8283 ft.) :\x1fbsd., b&w")]))
    cell = table.records[0].cells["300$a min"][0]
    assert (cell.text, cell.locator) == ("92", "record 1, 300 $a")


def test_a_dollar_sign_is_no_subfield() -> None:
    table = read(marc([("001", b"1"), ("245", b"00\x1faA $100 film")]))
    assert table.records[0].cells["245$a"][0].text == "A $100 film"


@pytest.mark.parametrize("name", ["marc", "marcxml"])
def test_records_of_books_are_left_out_and_told(name: str) -> None:
    book, film = "00000nam a2200000 a 4500", "00000ngm a2200000 a 4500"
    if name == "marc":
        fields = [("001", b"1"), ("245", b"00\x1faFog /")]
        data = marc(fields, leader=book.encode()) + marc(fields, leader=film.encode())
        table = read(data)
    else:
        records = "".join(
            f'<record><leader>{leader}</leader><datafield tag="245" ind1="0" ind2="0"><subfield code="a">Fog'
            "</subfield></datafield></record>"
            for leader in (book, film)
        )
        table = find(name).read(f'<collection xmlns="http://www.loc.gov/MARC21/slim">{records}</collection>')
    assert [record.number for record in table.records] == [2]
    assert [(one.where, "no film" in one.message) for one in table.problems] == [("record 1", True)]
