"""The checker of MARC records finds what is wrong."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pymarc
import pytest
from tests.exporters import avram

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def schema(shared: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((shared / "standards/marc/marc-avram.json").read_text(encoding="utf-8"))
    return loaded


GOOD = "140423s2009    xxc090 |     ||   mlchi d"


def record(*fields: Any, leader: str = "00000ngm a22000007c 4500", fixed: str = GOOD) -> Any:
    made: Any = pymarc.Record(leader=leader)
    made.add_field(pymarc.Field(tag="008", data=fixed), *fields)
    return made


def field(tag: str, indicators: str, *subfields: tuple[str, str]) -> Any:
    return pymarc.Field(
        tag=tag,
        indicators=pymarc.Indicators(*indicators),
        subfields=[pymarc.Subfield(code=code, value=value) for code, value in subfields],
    )


def test_a_good_record_has_no_errors(schema: dict[str, Any]) -> None:
    assert avram.errors(record(field("245", "04", ("a", "The Night Ferry"))), schema) == []


@pytest.mark.parametrize(
    ("made", "error"),
    [
        (record(leader="00000nzm a22000007c 4500"), "LDR/06 is 'z'"),
        (record(fixed=GOOD + " "), "008 has 41 characters"),
        (record(fixed=GOOD.replace("090", "9xx")), "008/18-20 is '9xx'"),
        (record(fixed=GOOD.replace("xxc", "zzz")), "008/15 is 'zzz'"),
        (record(fixed=GOOD.replace("chi", "qqq")), "008/35 is 'qqq'"),
        (record(pymarc.Field(tag="007", data="mx c")), "007 has 4 characters"),
        (record(field("999", "  ", ("a", "x"))), "999 is no field"),
        (record(field("245", "00", ("a", "x")), field("245", "00", ("a", "y"))), "245 is repeated"),
        (record(field("245", "2 ", ("a", "x"))), "245 indicator 1 is '2'"),
        (record(field("500", "1 ", ("a", "x"))), "500 indicator 1 is '1'"),
        (record(field("500", "  ", ("q", "x"))), "500 $q is no subfield"),
        (record(field("500", "  ", ("a", "x"), ("a", "y"))), "500 $a is repeated"),
        (record(field("500", "  ", ("a", " "))), "500 $a is empty"),
        (record(field("500", "  ")), "500 is empty"),
        (record(field("700", "1 ", ("6", "880-1"), ("a", "x"))), "700 $6 is '880-1'"),
        (record(field("700", "1 ", ("a", "x"), ("4", "zzz"))), "700 $4 is 'zzz'"),
        (record(field("041", "0 ", ("a", "qqq"))), "041 $a is 'qqq'"),
    ],
)
def test_what_is_wrong_is_found(made: Any, error: str, schema: dict[str, Any]) -> None:
    assert error in avram.errors(made, schema)
