from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from filmgraph.catalogue.parameter import TYPES, Parameter, quoted, term
from filmgraph.errors import BadParameterError

if TYPE_CHECKING:
    from filmgraph.lookup.values import Value

XSD = "http://www.w3.org/2001/XMLSchema#"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
FERRY = NamedNode("urn:ferry")


def made(kind: str, value: Value) -> NamedNode | Literal:
    return term(Parameter("a_name", kind), value, query="question", resolve=lambda _name, _class: FERRY)


def typed(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=NamedNode(datatype if ":" in datatype else XSD + datatype))


GOOD: list[tuple[str, Value, NamedNode | Literal]] = [
    ("string", "a b", Literal("a b")),
    ("string", 85, Literal("85")),
    ("integer", "-3", typed("-3", "integer")),
    ("integer", 3, typed("3", "integer")),
    ("decimal", "7.5", typed("7.5", "decimal")),
    ("decimal", 7.5, typed("7.5", "decimal")),
    ("decimal", 1e-7, typed("0.0000001", "decimal")),
    ("decimal", Decimal("7.50"), typed("7.50", "decimal")),
    ("date", "2009-11-20", typed("2009-11-20", "date")),
    ("date", date(2009, 11, 20), typed("2009-11-20", "date")),
    ("year", "2009", typed("2009", "integer")),
    ("year", 2009, typed("2009", "integer")),
    ("edtf", "2009-11~", typed("2009-11~", EDTF)),
    ("boolean", "Yes", typed("true", "boolean")),
    ("boolean", False, typed("false", "boolean")),
    ("language", "zh-Hans", Literal("zh-Hans")),
    ("iri", "a name", FERRY),
    ("iri", NamedNode("urn:day"), NamedNode("urn:day")),
]
BAD: list[tuple[str, Value]] = [
    ("integer", "3.5"),
    ("integer", "three"),
    ("integer", "٣"),
    ("decimal", "1e5"),
    ("decimal", "."),
    ("date", "2009-11"),
    ("date", "2009-02-30"),
    ("year", "09"),
    ("edtf", "last winter"),
    ("boolean", "maybe"),
    ("language", "zh Hans"),
    ("iri", " "),
    ("string", NamedNode("urn:day")),
    ("string", "half a pair \ud83d"),
]


@pytest.mark.parametrize(("kind", "value", "expected"), GOOD)
def test_a_value_becomes_a_term_of_its_type(kind: str, value: Value, expected: NamedNode | Literal) -> None:
    assert made(kind, value) == expected


@pytest.mark.parametrize(("kind", "value"), BAD)
def test_a_value_of_another_type_names_the_parameter(kind: str, value: Value) -> None:
    with pytest.raises(BadParameterError, match=r"--a-name of 'question' cannot be ") as caught:
        made(kind, value)
    assert caught.value.hint == f"For instance: --a-name {quoted(TYPES[kind][1])}"


@pytest.mark.parametrize("kind", TYPES)
def test_the_sample_of_every_type_is_one_of_its_values(kind: str) -> None:
    made(kind, TYPES[kind][1])


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_a_string_as_it_stands(text: str) -> None:
    assert made("string", text) == Literal(text)
