"""What is a solution and how often it comes: cases in which a row was once explained by what does not give it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from tests.why import laws

import filmgraph
from filmgraph.answers.answer import RowsAnswer
from filmgraph.store.memory import from_quads
from filmgraph.why.explain import explain
from filmgraph.why.limits import Limits

if TYPE_CHECKING:
    from pathlib import Path

    from filmgraph.rdf.results import Solutions, Triples, Truth
    from filmgraph.store.base import Store

P, Q, TITLE = ox.NamedNode("x:p"), ox.NamedNode("x:q"), ox.NamedNode("x:title")
A, B, C = ox.NamedNode("x:a"), ox.NamedNode("x:b"), ox.NamedNode("x:c")


class Counted(laws.Sparql):
    """A store that notes what it is asked."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.asked: list[str] = []

    def query(self, text: str, *, timeout: float | None = None) -> Solutions | Triples | Truth:
        self.asked.append(text)
        return super().query(text, timeout=timeout)


def facts(*triples: tuple[ox.NamedNode | ox.BlankNode, ox.NamedNode, ox.NamedNode | ox.Literal]) -> list[ox.Quad]:
    """Each in a citation of its own."""
    return [ox.Quad(*triple, laws.cite(number)) for number, triple in enumerate(triples)]


@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        "CONSTRUCT WHERE { ?d <x:p> ?c . <x:a> <x:p> ?d }",
        "DESCRIBE <x:a> ?d { ?b <x:p> ?d . <x:a> <x:p> ?b }",
        "DESCRIBE <x:a> { <x:b> <x:p> ?c }",
        "BASE <x:z> SELECT ?a { ?a <p> ?b } LIMIT 2",
    ],
)
def test_a_triple_rests_on_solutions_that_there_are(text: str, alone: bool) -> None:  # noqa: FBT001
    quads = facts((A, P, B), (B, P, B), (A, Q, A))
    assert laws.check(quads, text.replace("BASE <x:z>", "BASE <http://example.org/>"), alone=alone).broken == []


@pytest.mark.parametrize("alone", [True, False])
def test_an_aggregate_counts_a_row_of_a_sub_select_as_often_as_it_comes(alone: bool) -> None:  # noqa: FBT001
    text = "SELECT (COUNT(*) AS ?n) { { SELECT ?a { ?film <x:title> ?t . ?a <x:p> ?b } } ?a <x:p> ?b }"
    quads = facts((A, P, B), (B, TITLE, ox.Literal("x")), (C, TITLE, ox.Literal("x")))
    found = laws.check(quads, text, alone=alone)
    assert found.broken == []
    assert found.explained == 1


def test_what_comes_for_a_blank_node_may_be_of_another_row() -> None:
    limits = Limits(ways=2, ways_at_hand=2, ways_per_row=2, facts=3)
    node = ox.BlankNode()
    quads = facts((A, P, C), (B, P, C), (node, P, A), (node, P, B), (C, P, A), (C, Q, A))
    for text in (
        "SELECT ?a { ?a !<x:q> ?b . ?c <x:p> ?d }",
        "CONSTRUCT { ?a <x:made> [] } { ?a !<x:q> ?b . ?c ?d ?b }",
    ):
        assert laws.check(quads, text, limits=limits).broken == []


def test_a_labelled_blank_node_stands_in_one_group_only() -> None:
    limits = Limits(ways=1, ways_at_hand=1, ways_per_row=1)
    text = "SELECT ?a ?t { ?a <x:p> ?c . ?c <x:title> ?t FILTER EXISTS { _:one <x:p> ?a . _:one <x:title> ?t } }"
    quads = facts((A, P, B), (B, P, A), (B, TITLE, ox.Literal("x")), (A, TITLE, ox.Literal("x")), (A, P, A), (B, P, B))
    assert laws.check(quads, text, alone=True, limits=limits).broken == []


@pytest.mark.parametrize("text", ["ASK { ?a <x:p> ?b }", "CONSTRUCT { <x:a> <x:of> <x:b> } { ?a <x:p> ?b }"])
def test_a_yes_and_a_triple_with_many_ways_have_smallest_witnesses(text: str) -> None:
    limits = Limits(ways=1, ways_at_hand=1, ways_per_row=1, facts=3)
    quads = [*facts((A, P, B), (B, P, A), (C, P, A), (C, Q, A)), ox.Quad(C, P, C, laws.FREE)]
    assert laws.check(quads, text, limits=limits).broken == []


def test_one_witness_of_many_says_that_there_may_be_others() -> None:
    node = ox.BlankNode()
    quads = [ox.Quad(A, TITLE, node, laws.cite(number)) for number in range(2)]
    store = from_quads(quads)
    text = "SELECT ?a { ?a <x:title>* ?a }"
    answer = store.query(text)
    for row, one in zip(laws.rows_of(answer), explain(store, text, answer), strict=True):
        assert row == (A,) or one.partial


@pytest.mark.parametrize(
    "text", ["SELECT * { ?c ?p ?a } LIMIT 2", "SELECT * { ?z <x:p> ?a OPTIONAL { ?b <x:q> ?z } } OFFSET 1"]
)
def test_select_all_is_explained_in_the_order_in_which_its_columns_are_shown(tmp_path: Path, text: str) -> None:
    path = tmp_path / "facts.trig"
    path.write_text("<x:g> { <x:a> <x:p> <x:b> . <x:b> <x:p> <x:c> } <x:h> { <x:b> <x:p> <x:c> . <x:d> <x:q> <x:a> }")
    answer = filmgraph.open(path).query(text, why=True)
    assert isinstance(answer, RowsAnswer)
    assert len(answer) > 0
    assert all(row.why and not row.unexplained for row in answer)


def test_trying_out_ends() -> None:
    text = "SELECT ?a { ?a <x:p> ?b } ORDER BY ?a LIMIT 1 OFFSET 1"
    found = laws.check(facts((A, P, B), (B, P, C), (C, P, A)), text, limits=Limits(seconds_of_trying=-1.0))
    assert found.broken == []
    assert set(found.reasons) == {"trying out its citations takes too long"}


def test_edges_that_are_too_many_are_read_once() -> None:
    store = Counted(from_quads(facts((A, P, B), (B, P, C), (C, P, A))))
    text = "SELECT ?b { <x:a> <x:p>+ ?b }"
    answer = store.query(text)
    found = explain(store, text, answer, limits=Limits(edges=2))
    assert all("edges to choose from" in one.unexplained or one.partial for one in found)
    assert sum("_from" in one for one in store.asked) == 1


def test_evidence_for_very_many_rows_ends() -> None:
    limits = Limits(seconds=-1.0, seconds_per_row=0.0, facts=0)
    found = laws.check(facts((A, P, B), (B, P, C), (C, P, A)), "SELECT ?b { ?a <x:p>+ ?b }", limits=limits)
    assert found.broken == []
    assert found.explained == 0
    assert all("takes too long" in reason for reason in found.reasons)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (COUNT(*) AS ?n) FROM <0> FROM <1> { ?a <x:p> ?b }",
        "SELECT * { GRAPH ?g { ?a <x:p> ?b { SELECT ?b (COUNT(*) AS ?n) { ?c <x:p> ?b } GROUP BY ?b } } }",
    ],
)
def test_where_the_engine_counts_a_fact_in_two_graphs_twice_evidence_has_both(text: str) -> None:
    zero, one = laws.cite(0), laws.cite(1)
    written = text.replace("<0>", str(zero)).replace("<1>", str(one))
    assert laws.check([ox.Quad(A, P, B, zero), ox.Quad(A, P, B, one)], written).broken == []


def test_a_row_of_a_sub_select_without_a_value_joins_with_any() -> None:
    text = "SELECT ?a { ?a <x:p> ?c { SELECT ?c { { ?c <x:q> ?d } UNION { ?e <x:title> ?d } } } }"
    assert laws.check(facts((A, P, B), (B, Q, C), (C, TITLE, A)), text).broken == []


def test_a_least_value_that_several_literals_have_is_not_guessed() -> None:
    one, same = ox.Literal(1), ox.Literal("1.0", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal"))
    quads = [*facts((A, P, one), (B, P, same)), ox.Quad(A, P, same, laws.cite(0))]
    found = laws.check(quads, "SELECT (MIN(?b) AS ?least) { ?a <x:p> ?b }")
    assert found.broken == []
    assert found.reasons == ["its MIN or MAX is the value of several literals, of which the engine shows any"]


@pytest.mark.parametrize(
    "text",
    [
        # Over fewer facts a key may lose its value, so that a solution joins another group.
        "SELECT ?a ?c (COUNT(*) AS ?n) { ?a <x:p> ?b OPTIONAL { ?b <x:q> ?c } } GROUP BY ?a ?c",
        # What NOT EXISTS rules out over all facts may be there over fewer.
        "SELECT ?a (COUNT(*) AS ?n) { ?a <x:p> ?b FILTER NOT EXISTS { ?b <x:q> ?c } } GROUP BY ?a",
        "SELECT ?a (COUNT(*) AS ?n) { ?a <x:p> ?b OPTIONAL { ?b <x:q> ?c } FILTER (!BOUND(?c)) } GROUP BY ?a",
        # An OPTIONAL that NOT EXISTS kept from finding anything may find something.
        "SELECT ?a ?c { ?a <x:p> ?b OPTIONAL { ?b <x:q> ?c FILTER NOT EXISTS { ?c <x:title> ?t } } }",
        # A group of an inner aggregate of which not all is there has another count.
        "SELECT ?n (COUNT(?a) AS ?m) { { SELECT ?a (COUNT(*) AS ?n) { ?a <x:p> ?b } GROUP BY ?a } } GROUP BY ?n",
        # A key that is computed from what may be missing is another one then.
        "SELECT ?k (COUNT(*) AS ?n) { ?a <x:p> ?b OPTIONAL { ?b <x:q> ?c } BIND (COALESCE(?c, 0) AS ?k) } GROUP BY ?k",
        # What NOT EXISTS rules out stays so where what exists is there.
        "SELECT ?a (COUNT(*) AS ?n) { { ?a <x:p> ?b } UNION { ?a <x:q> ?b MINUS { ?b <x:p> ?d } } } GROUP BY ?a",
        "SELECT ?b (COUNT(*) AS ?n) { ?a <x:p> ?b FILTER NOT EXISTS { ?b <x:q> ?c } } GROUP BY ?b",
        # A row of a sub-select without a value joins with any.
        "SELECT ?c { { SELECT ?c (COUNT(*) AS ?n) { ?a <x:p> ?b OPTIONAL { ?b <x:q> ?c } } GROUP BY ?c } ?c <x:p> ?z }",
    ],
)
def test_what_fewer_facts_could_bring_takes_no_row_away(text: str) -> None:
    """The same passage states what a row rests on, and what would change it but for another passage."""
    for several in range(1, 32):
        triples = [(A, P, B), (A, P, C), (B, Q, C), (C, TITLE, A), (B, P, B), (C, Q, B)]
        quads = [ox.Quad(*triple, laws.cite(number & several)) for number, triple in enumerate(triples)]
        found = laws.check(quads, text)
        assert found.broken == []
        assert found.explained == found.rows
