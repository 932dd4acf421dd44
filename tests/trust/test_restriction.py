from __future__ import annotations

import pyoxigraph as ox
import pytest
from tests.why.test_explain import data

import filmgraph as fg
from filmgraph.errors import QueryFailedError
from filmgraph.graph import Graph, Scope
from filmgraph.rdf.results import Solutions
from filmgraph.store.memory import from_quads
from filmgraph.trust.restriction import COPIED, restricted
from filmgraph.trust.sources import named
from filmgraph.trust.view import Trusting

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
@pytest.mark.parametrize("most", [0, COPIED], ids=["asked", "copied"])
def test_only_the_trusted_sources_count_and_each_fact_once(
    only: list[str], without: list[str], properties: list[str], most: int
) -> None:
    store = restricted(from_quads(QUADS), only=only, without=without, most=most)
    found = store.query("SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY ?p")
    assert isinstance(found, Solutions)
    assert [(str(p).rpartition("/")[2][:-1], n) for p, n in found.rows] == [
        (name, ox.Literal(1)) for name in properties
    ]


@pytest.mark.parametrize(("only", "without"), [(["press-kit"], []), (["kpbs", "imdb"], ["imdb"])])
def test_a_store_that_is_too_big_to_be_copied_gives_the_same(only: list[str], without: list[str]) -> None:
    with fg.open() as whole:
        given = {"only": named(whole.store, only), "without": named(whole.store, without)}
        asked, copied = (
            Graph(Scope(part, whole.store, part), catalogue=whole.catalogue)
            for part in (restricted(whole.store, **given, most=most) for most in (0, COPIED))
        )
        for name in whole.catalogue.names():
            values, why = (
                dict(whole.catalogue.question(name).example),
                name in {"credits", "releases", "films", "overview", "places-within"},
            )
            there, here = (graph.ask_with(name, values, why=why) for graph in (asked, copied))
            rows = [sorted((str(list(row)), sorted(row.why) if why else []) for row in a) for a in (there, here)]
            assert rows[0] == rows[1], name
        assert sorted(map(str, asked.store.quads())) == sorted(map(str, copied.store.quads()))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("ASK { ?a !<http://example.org/b> ?c }", "the path !<http://example.org/b>"),
        ("DESCRIBE <http://example.org/film>", "DESCRIBE"),
        ("SELECT * FROM <http://example.org/kit#char=0,9> { ?s ?p ?o }", "FROM"),
    ],
)
def test_what_cannot_be_asked_of_a_part_is_told(text: str, what: str) -> None:
    store = restricted(from_quads(QUADS), only=[SOURCE], most=0)
    assert isinstance(store, Trusting)
    with pytest.raises(QueryFailedError, match="too big to be copied") as caught:
        store.query(text)
    assert what in str(caught.value)
    store.close()
