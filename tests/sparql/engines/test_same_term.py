"""``sameTerm`` with a constant, as a comparison."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from filmgraph.sparql.engines.same_term import comparisons
from filmgraph.sparql.query import edit, parse

VALUES = "VALUES ?o { <urn:a> 'a' 'a'@en 'b' 1 01 1.0 '2010'^^<urn:date> UNDEF }"
CONSTANTS = ["<urn:a>", "<urn:b>", "'a'", "'a'@en", "'a'@EN", "1", "'2010'^^<urn:date>", "true"]


def count(text: str) -> str:
    return str(next(Store().query(text))[0])  # type: ignore[arg-type]  # a SELECT


@pytest.mark.parametrize("constant", CONSTANTS)
@pytest.mark.parametrize("condition", ["sameTerm(?o, {})", "!sameTerm({}, ?o)", "BOUND(?o) && SAMETERM ( ?o , {} )"])
def test_both_say_the_same(constant: str, condition: str) -> None:
    text = f"SELECT (COUNT(*) AS ?n) {{ {VALUES} FILTER({condition.format(constant)}) }}"
    written = edit(text, comparisons(parse(text)))
    assert "sameterm" not in written.lower()
    assert count(written) == count(text)


@pytest.mark.parametrize("condition", ["sameTerm(?s, ?o)", "sameTerm(STR(?s), 'a')", "?s = 'sameTerm(?s, 1)'"])
def test_others_stay(condition: str) -> None:
    text = f"ASK {{ ?s ?p ?o FILTER({condition}) }}"
    assert edit(text, comparisons(parse(text))) == text
