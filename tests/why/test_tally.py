"""Aggregates that rest on more citations than are listed: counted by document, and listed on demand."""

from __future__ import annotations

import random
from collections import Counter

import pyoxigraph as ox
import pytest
from tests.why import laws

import filmgraph as fg
from filmgraph.answers.answer import RowsAnswer
from filmgraph.errors import FilmgraphError
from filmgraph.rdf.results import Solutions
from filmgraph.store.memory import from_quads
from filmgraph.why.explain import citations, explain
from filmgraph.why.limits import Limits

P, Q = ox.NamedNode("x:p"), ox.NamedNode("x:q")
FEW = Limits(solutions=3)


def node(number: int) -> ox.NamedNode:
    return ox.NamedNode(f"x:n{number}")


def cite(document: str, number: int) -> ox.NamedNode:
    return ox.NamedNode(f"https://w3id.org/filmgraph/source/{document}.00000000#char={number},{number + 1}")


@pytest.fixture(scope="module")
def quads() -> list[ox.Quad]:
    """Facts of three documents, each fact in one or two passages."""
    chance = random.Random(5)  # noqa: S311 -- a test must be repeatable
    found: list[ox.Quad] = []
    for number in range(120):
        predicate = P if number % 3 else Q
        triple = (node(number % 7), predicate, node(number % 5))
        found += [ox.Quad(*triple, cite(chance.choice("abc"), number * 2 + again)) for again in range(1 + number % 2)]
    return [*found, ox.Quad(node(1), P, node(1), laws.FREE)]


def expected(quads: list[ox.Quad], text: str, group: ox.NamedNode | None) -> Counter[str]:
    """The citations that state a fact of a solution, found by looking at every solution and every quad."""
    body = text[text.index("{") : text.rindex("}") + 1]
    found = from_quads(quads).query(f"SELECT ?a ?b ?c {body}")
    assert isinstance(found, Solutions)
    facts = set()
    for a, b, c in found.rows:
        if group in (None, a):
            facts |= {(a, P, b)} | ({(b, Q, c)} if c is not None else set())
    citing = {q.graph_name for q in quads if (q.subject, q.predicate, q.object) in facts} - {laws.FREE}
    return Counter(str(name)[1:].partition("#")[0] for name in citing)


@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?a (COUNT(*) AS ?n) { ?a <x:p> ?b } GROUP BY ?a",
        "SELECT ?a (COUNT(*) AS ?n) { ?a <x:p> ?b . ?b <x:q> ?c } GROUP BY ?a",
        "SELECT ?a (COUNT(*) AS ?n) { ?a <x:p> ?b OPTIONAL { ?b <x:q> ?c } } GROUP BY ?a",
        "SELECT (COUNT(*) AS ?n) { ?a <x:p> ?b FILTER (?a != ?b) }",
    ],
)
def test_citations_that_are_too_many_are_counted_by_document(quads: list[ox.Quad], text: str, alone: bool) -> None:  # noqa: FBT001
    here = from_quads(quads)
    store = laws.Sparql(here) if alone else here
    answer = store.query(text)
    assert isinstance(answer, Solutions)
    found = explain(store, text, answer, limits=FEW)
    assert any(one.tally for one in found)
    for row, one in zip(answer.rows, found, strict=True):
        group = row[0] if isinstance(row[0], ox.NamedNode) else None
        if one.tally:
            assert not one.witnesses
            assert dict(one.tally) == expected(quads, text, group)
            assert list(one.tally) == sorted(one.tally, key=lambda each: (-each[1], each[0]))
            listed = citations(store, text, row, answer.variables, limits=FEW)
            assert Counter(name.partition("#")[0] for name in listed) == dict(one.tally)


def test_what_cannot_be_counted_whole_says_that_it_is_at_least_so_much(quads: list[ox.Quad]) -> None:
    store = from_quads(quads)
    text = "SELECT ?a (COUNT(*) AS ?n) { ?a <x:p> ?b . ?b <x:q>* ?c } GROUP BY ?a"
    answer = store.query(text)
    assert isinstance(answer, Solutions)
    found = explain(store, text, answer, limits=FEW)
    assert all(one.partial for one in found if one.tally)
    assert any(one.tally for one in found)


def test_of_groups_that_are_many_together_the_small_ones_are_listed() -> None:
    quads = [ox.Quad(node(n), P, node(n % 30 if n < 60 else 30), cite("a", n)) for n in range(100)]
    store = from_quads(quads)
    text = "SELECT ?b (COUNT(?a) AS ?n) { ?a <x:p> ?b } GROUP BY ?b"
    answer = store.query(text)
    assert isinstance(answer, Solutions)
    found = explain(store, text, answer, limits=Limits(solutions_in_all=50, solutions_each=2))
    assert [bool(one.tally) for one in found] == [row[0] == node(30) for row in answer.rows]
    assert all(one.witnesses or one.tally for one in found)


def test_all_passages_of_a_row_can_be_listed() -> None:
    graph = fg.open()
    answer = graph.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", why=True)
    assert isinstance(answer, RowsAnswer)
    listed = list(answer.why(0))
    assert len(listed) == len(set(listed)) == sum(count for _, count in answer[0].tally)
    assert listed == sorted(listed, key=lambda iri: (iri.partition("#")[0], int(iri.rpartition("=")[2].split(",")[0])))


def test_an_answer_of_no_store_lists_no_passages() -> None:
    answer = RowsAnswer(Solutions(("n",), [(ox.Literal(1),)]))
    with pytest.raises(FilmgraphError, match="no store"):
        next(answer.why(0))
