"""A fact in several graphs counts once, however an engine shows it."""

from __future__ import annotations

from collections import Counter

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, QueryBoolean, QuerySolutions, RdfFormat, Store, parse

from filmgraph.rdf.results import Solutions
from filmgraph.sparql import query
from filmgraph.sparql.engines import endless_paths
from filmgraph.sparql.engines.dataset import MERGED, NAMED, ONCE, REPEATED, TRUSTED, View, rewritten
from filmgraph.sparql.engines.endless_paths import EndlessPathError, StepByStep

ALL = "urn:graph:merged"
FACTS = """
GRAPH <urn:1> { :ferry a :Film ; :title :t1 , :t2 ; :year 2009 . :t1 :text "Ferry" . :ada :made :ferry . }
GRAPH <urn:2> { :ferry a :Film ; :title :t1 ; :year 2010 ; :place "Paris" . :t1 :text "Ferry" . :t2 :text "Fähre" . }
GRAPH <urn:3> { :ferry a :Film ; :year 2009 . :ada :made :ferry , :raft . :raft a :Film ; :title :t1 .
  :Film :sub :Work . :Work :sub :Thing }
"""
HEAD = "PREFIX : <urn:>\n"
QUERIES = [
    "SELECT (COUNT(*) AS ?n) { :ferry a :Film }",
    "SELECT (COUNT(*) AS ?n) (SUM(?year) AS ?sum) { ?film a :Film ; :year ?year }",
    "SELECT ?film ?text { ?film :title/:text ?text }",
    "SELECT ?x { :ferry :title|a|:year ?x }",
    "SELECT ?x { :ferry ^:made|(:title/:text) ?x }",
    "SELECT ?x { :ferry !(:title|^:made) ?x }",
    "SELECT ?x { :ferry !(:title|a) ?x . ?film :year ?x }",
    "SELECT * { ?film :title [ :text ?text ] }",
    "SELECT * { ?film :title [] . FILTER(true) ?film :year ?y }",
    "SELECT ?film { _:t :text 'Ferry' . FILTER(BOUND(?film)) ?film :title _:t }",
    "SELECT ?film ?text { ?film a :Film OPTIONAL { ?film :title ?t . ?t :text ?text } }",
    "SELECT ?film { ?film a :Film MINUS { ?film :place ?p } }",
    "SELECT ?film { ?film a :Film FILTER NOT EXISTS { ?film :place/:none ?p } FILTER EXISTS { ?film :title ?t } }",
    "SELECT ?film ?n { ?film a :Film { SELECT ?film (COUNT(?y) AS ?n) { ?film :year ?y } GROUP BY ?film } }",
    "SELECT DISTINCT ?film { { ?film :year 2009 } UNION { ?film :place 'Paris' } }",
    "SELECT ?g { GRAPH ?g { :ferry a :Film } }",
    "SELECT ?g ?film { ?film a :Film GRAPH ?g { ?film :year ?y } }",
    "SELECT ?g { GRAPH ?g { :ferry a :Film FILTER EXISTS { GRAPH ?h { :ada :made :raft } } } }",
    "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
    "SELECT ?p ?o { :ferry ?p ?o } ORDER BY ?p ?o LIMIT 3",
    "ASK { :ferry a :Film , :Ship }",
    "ASK { :ferry a :Film ; :year 2009 , 2010 . }",
    "CONSTRUCT { ?film :called ?text } { ?film :title/:text ?text }",
    "CONSTRUCT WHERE { ?film :title ?t . }",
    "SELECT $film { VALUES $film { :ferry :raft } $film a :Film } VALUES ?film { :raft }",
    "SELECT (1 AS ?one) {}",
    "SELECT ?s ?x { ?s ?p ?x } # a comment at the end",
]
ENDLESS = [
    "SELECT ?c { :Film :sub* ?c }",
    "SELECT ?c { :Film :sub/:sub+ ?c }",
    "SELECT ?t { :ferry a/:sub* ?t }",
    "SELECT ?c { ?c :sub? :Thing }",
    "SELECT ?a ?b { ?a :sub+ ?b }",
    "SELECT ?a ?b { ?a :title? ?b }",
    "SELECT ?x { ?x (:sub|^:sub)+ ?x }",
    "SELECT ?x { ?film :title ?t . ?t (^:title/:title?)+ ?x }",
    "SELECT ?film { ?film a ?what . ?what (:sub/:sub*)+ :Thing }",
    "SELECT * { ?film a ?what OPTIONAL { ?what :sub+ ?wider FILTER(?wider != :Work) } }",
    "SELECT ?film { ?film a :Film FILTER NOT EXISTS { ?film (:made|^:made|:title)+ :t2 } }",
    "SELECT ?film { VALUES ?x { :t1 :none } { ?film :year 2009 } UNION { ?film (:title|:none)+ ?x } }",
    "SELECT ?film ?n { ?film a :Film { SELECT ?film (COUNT(?y) AS ?n) { ?film (:year|:title)+ ?y } GROUP BY ?film } }",
    "SELECT ?x { GRAPH ?g { ?film :year 2009 } ?film (:title|^:made)* ?x }",
    "SELECT (COUNT(*) AS ?n) { :Film :sub+ :Thing }",
    "SELECT ?x { :none :sub* ?x }",
    "ASK { :Thing :sub+ :Film }",
    "ASK { :Film :sub+ :Thing }",
]


def store_of(*, default: bool = False, named: bool = False) -> Store:
    store = Store()
    quads = list(parse("@prefix : <urn:> .\n" + FACTS, RdfFormat.TRIG))
    store.extend(quads)
    for graph in [DefaultGraph()] * default + [NamedNode(ALL)] * named:
        store.extend(Quad(quad.subject, quad.predicate, quad.object, graph) for quad in quads)
    return store


VIEWS = {
    ONCE: (View(), store_of(default=True), False),
    MERGED: (View(MERGED, ALL, (ALL,)), store_of(named=True), False),
    "merged beside a union": (View(MERGED, ALL, (ALL,)), store_of(named=True), True),
    REPEATED: (View(REPEATED), store_of(), True),
    NAMED: (View(NAMED), store_of(), False),
}
HOME = store_of(default=True)


def answered(store: Store, text: str, *, union: bool = False) -> Counter[str] | bool:
    found = store.query(text, use_default_graph_as_union=union)
    if isinstance(found, QueryBoolean):
        return bool(found)
    if isinstance(found, QuerySolutions):
        names = sorted(variable.value for variable in found.variables)
        return Counter(str([(name, str(row[name])) for name in names]) for row in found)
    return Counter({str(triple) for triple in found})


def following(view: View, store: Store) -> StepByStep:
    def ask(text: str) -> Solutions:
        found = store.query(rewritten(query.parse(text), view, follow=StepByStep(ask)))
        assert isinstance(found, QuerySolutions)
        return Solutions(tuple(name.value for name in found.variables), [tuple(row) for row in found])

    return StepByStep(ask)


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("text", [*QUERIES, *ENDLESS])
def test_the_answer_is_that_of_a_graph_with_each_fact_once(text: str, name: str) -> None:
    view, store, union = VIEWS[name]
    parsed = query.parse(HEAD + text)
    written = rewritten(parsed, view, follow=following(view, store))
    query.parse(written)
    assert answered(store, written, union=union) == answered(HOME, HEAD + text), written


PART = Store()
PART.extend(
    Quad(quad.subject, quad.predicate, quad.object, graph)
    for quad in store_of()
    if quad.graph_name != NamedNode("urn:2")
    for graph in (quad.graph_name, DefaultGraph())
)


@pytest.mark.parametrize("complete", [True, False])
@pytest.mark.parametrize("text", [*QUERIES, *ENDLESS])
def test_only_what_trusted_graphs_state_counts(text: str, complete: bool) -> None:  # noqa: FBT001 -- a case of a test
    view = View(TRUSTED, trusted='STR({}) IN ("urn:1", "urn:3")', complete=complete)
    parsed = query.parse(HEAD + text)
    if "!(" in text and not complete:
        with pytest.raises(EndlessPathError):
            rewritten(parsed, view)
        return
    written = rewritten(parsed, view, follow=following(view, HOME))
    query.parse(written)
    if "LIMIT" in text:
        return  # any three of them will do
    assert answered(HOME, written) == answered(PART, HEAD + text), written


@pytest.mark.parametrize("text", ["SELECT ?c { :Film :sub+ ?c }", "ASK { [ :text 'Ferry' ] :title* ?x }"])
def test_where_nobody_follows_it_a_path_without_end_is_named(text: str) -> None:
    with pytest.raises(EndlessPathError, match=r":sub\+|:title\*"):
        rewritten(query.parse(HEAD + text), View(NAMED))


@pytest.mark.parametrize("limit", ["STARTS", "EDGES", "PAIRS"])
def test_a_path_that_leads_too_far_is_named(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    view, store, _ = VIEWS[NAMED]
    monkeypatch.setattr(endless_paths, limit, 1)
    with pytest.raises(EndlessPathError, match=r"\(:sub\)\+"):
        rewritten(query.parse(f"{HEAD}ASK {{ ?a :sub+ ?b }}"), view, follow=following(view, store))


def test_a_path_over_blank_nodes_is_named() -> None:
    store = Store()
    store.extend(parse("@prefix : <urn:> . <urn:1> { _:a :sub _:b . _:b :sub :c }", RdfFormat.TRIG))
    with pytest.raises(EndlessPathError):
        rewritten(query.parse(f"{HEAD}ASK {{ ?a :sub+ ?b }}"), View(NAMED), follow=following(View(NAMED), store))


def test_a_query_with_a_dataset_of_its_own_stays_as_it_is() -> None:
    text = "PREFIX : <urn:> SELECT ?film FROM <urn:1> { ?film a :Film }"
    assert rewritten(query.parse(text), View(REPEATED)) == text


def test_an_engine_that_is_right_gets_the_text_that_was_written() -> None:
    text = f"{HEAD}SELECT ?film {{ ?film a :Film }} # as it is"
    assert rewritten(query.parse(text), View()) == text


def test_what_an_engine_keeps_for_itself_is_hidden() -> None:
    text = f"{HEAD}ASK {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    assert rewritten(query.parse(text), View(hidden=("urn:own",))) == (
        f"{HEAD}ASK {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != <urn:own>) }}"
    )


def test_virtuoso_is_asked_for_graphs_by_what_is_in_them() -> None:
    text = rewritten(
        query.parse(f"{HEAD}SELECT ?g {{ GRAPH ?g {{ }} }}"), View(hidden=("urn:a", "urn:b"), virtuoso=True)
    )
    inside = "{ SELECT DISTINCT ?g { GRAPH ?g { ?fg_1 ?fg_2 ?fg_3 } } }"
    assert text == f'{HEAD}SELECT ?g {{ {inside} FILTER(STR(?g) NOT IN ("urn:a", "urn:b")) }}'
