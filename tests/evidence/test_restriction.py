from __future__ import annotations

import pyoxigraph as ox
import pytest
from tests.evidence.test_explain import data

from filmgraph.answers import Solutions
from filmgraph.evidence.restriction import restricted
from filmgraph.store.memory import from_quads

SOURCE = "http://example.org/kit"
QUADS = data("""
    film director ann kit#char=0,9 press#char=0,9 kit#char=20,29
    film year     2009 press#char=10,14
    film label    name derived
    film note     bare -
""")


@pytest.mark.parametrize(
    ("only", "without", "properties"),
    [
        ([], [], ["director", "label", "note", "year"]),
        (["http://example.org/kit"], [], ["director", "label", "note"]),
        ([], ["http://example.org/press"], ["director", "label", "note"]),
        ([], ["http://example.org/press", "http://example.org/kit"], ["label", "note"]),
        (["http://example.org/press"], [], ["director", "label", "note", "year"]),
    ],
)
def test_only_the_trusted_sources_count_and_each_fact_once(
    only: list[str], without: list[str], properties: list[str]
) -> None:
    store = restricted(from_quads(QUADS, location="test"), only=only, without=without)
    found = store.query("SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY ?p")
    assert isinstance(found, Solutions)
    assert [(str(p).rpartition("/")[2][:-1], n) for p, n in found.rows] == [
        (name, ox.Literal(1)) for name in properties
    ]
