from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from filmgraph.errors import QuerySyntaxError
from filmgraph.rdf.namespaces import DERIVED_GRAPH
from filmgraph.rdf.results import Solutions
from filmgraph.store.memory import from_quads
from filmgraph.why.explain import explain

if TYPE_CHECKING:
    from filmgraph.rdf.results import Explanation

EX = "http://example.org/"
PREFIX = f"PREFIX : <{EX}> "


def data(text: str) -> list[ox.Quad]:
    """Lines of ``subject predicate object graph``; the graph ``-`` is none, ``derived`` is no citation."""
    quads = []
    for line in text.strip().splitlines():
        subject, predicate, value, *graphs = line.split()
        for name in graphs:
            graph = ox.NamedNode(DERIVED_GRAPH if name == "derived" else EX + name)
            object_ = ox.Literal(int(value)) if value.isdigit() else ox.NamedNode(EX + value)
            where = ox.DefaultGraph() if name == "-" else graph
            quads.append(ox.Quad(ox.NamedNode(EX + subject), ox.NamedNode(EX + predicate), object_, where))
    return quads


FILMS = data("""
    film1 director ann    a b
    film1 year     2009   c
    film2 director ann    c
    film2 year     2010   d
    film2 award    palm   e
    film3 director bob    -
    film3 label    three  derived
    film3 year     2010   f
    place1 within place2  a
    place2 within place3  b
    place1 within place3  c d
    place3 within place1  e
""")


def why(text: str, *, most: int = 10) -> list[Explanation]:
    store = from_quads(FILMS)
    found = explain(store, PREFIX + text, store.query(PREFIX + text), max_witnesses=most)
    return [
        each._replace(witnesses=[[name.removeprefix(EX) for name in one] for one in each.witnesses]) for each in found
    ]


def witnesses(text: str) -> list[list[list[str]]]:
    return [one.witnesses for one in why(text)]


def test_a_fact_in_two_citations_has_two_witnesses() -> None:
    assert witnesses("SELECT ?who { :film1 :director ?who }") == [[["a"], ["b"]]]


def test_facts_that_are_used_together_stand_in_one_witness() -> None:
    assert witnesses("SELECT ?y { :film1 :director :ann ; :year ?y }") == [[["a", "c"], ["b", "c"]]]


def test_a_row_with_two_ways_keeps_only_the_smallest_sets() -> None:
    assert witnesses("SELECT DISTINCT ?who { ?film :director ?who FILTER (?who = :ann) }") == [[["a"], ["b"], ["c"]]]


def test_what_stands_outside_all_citations_needs_none() -> None:
    assert witnesses("SELECT ?who { :film3 :director ?who }") == [[[]]]
    assert witnesses("SELECT ?what { :film3 :label ?what ; :year 2010 }") == [[["f"]]]


def test_an_optional_part_counts_when_it_bound_something() -> None:
    text = "SELECT ?film ?award { ?film :year ?y OPTIONAL { ?film :award ?award } } ORDER BY ?film"
    assert witnesses(text) == [[["c"]], [["d", "e"]], [["f"]]]


def test_absence_needs_no_citation() -> None:
    assert witnesses("SELECT ?film { ?film :year 2010 FILTER NOT EXISTS { ?film :award ?a } }") == [[["f"]]]
    assert witnesses("SELECT ?film { ?film :year 2010 MINUS { ?film :award ?a } }") == [[["f"]]]


def test_a_walk_is_cited_edge_by_edge() -> None:
    assert witnesses("SELECT ?p { :place1 :within+ ?p FILTER (?p = :place3) }") == [[["c"], ["d"], ["a", "b"]]]


def test_a_count_rests_on_everything_that_was_counted() -> None:
    text = "SELECT ?who (COUNT(?film) AS ?n) { ?film :director ?who } GROUP BY ?who ORDER BY ?who"
    assert witnesses(text) == [[["a", "c"], ["b", "c"]], [[]]]


def test_a_count_of_nothing_needs_no_citation() -> None:
    assert witnesses("SELECT (COUNT(?x) AS ?n) { ?x :director :nobody }") == [[[]]]


def test_a_named_graph_is_its_own_witness() -> None:
    assert witnesses("SELECT ?g { GRAPH ?g { :film1 :director ?who } } ORDER BY ?g") == [[["a"]], [["b"]]]


def test_from_restricts_who_may_be_cited() -> None:
    assert witnesses("SELECT ?who FROM :b { :film1 :director ?who }") == [[["b"]]]


def test_a_sub_select_is_explained_with_the_rest() -> None:
    text = (
        "SELECT ?film ?n { { SELECT ?who (COUNT(*) AS ?n) { ?f :director ?who } GROUP BY ?who } ?film :director ?who }"
    )
    assert sorted(witnesses(text)) == [[[]], [["a", "c"], ["b", "c"]], [["a", "c"], ["b", "c"]]]


def test_what_offset_skips_is_part_of_the_evidence() -> None:
    assert witnesses("SELECT ?film ?y { ?film :year ?y } ORDER BY ?film LIMIT 1 OFFSET 1") == [[["c", "d"]]]


def test_constructed_and_described_triples_are_explained_one_by_one() -> None:
    assert witnesses("CONSTRUCT { ?who :made ?film } WHERE { ?film :director ?who ; :award ?a }") == [[["c", "e"]]]
    assert sorted(witnesses("DESCRIBE :film2")) == [[["c"]], [["d"]], [["e"]]]


def test_a_yes_has_witnesses_and_a_no_needs_none() -> None:
    assert witnesses("ASK { ?film :award ?a }") == [[["e"]]]
    assert witnesses("ASK { ?film :award :none }") == [[[]]]


def test_only_so_many_witnesses_are_listed_and_the_rest_is_counted() -> None:
    (one,) = why(
        "SELECT ?p { :place1 :within ?p . :place1 :within :place3 . :film1 :director ?d FILTER (?p = :place3) }", most=3
    )
    assert (len(one.witnesses), one.more) == (3, 1)


@pytest.mark.parametrize(
    "text", ["SELECT (BNODE() AS ?b) { :film1 :year ?y }", "SELECT (UUID() AS ?u) { :film1 :year ?y }"]
)
def test_what_cannot_be_explained_says_why_and_has_no_witness(text: str) -> None:
    (one,) = why(text)
    assert one.witnesses == []
    assert "made anew" in one.unexplained


def test_rows_that_are_not_shown_are_not_explained() -> None:
    store = from_quads(FILMS)
    text = PREFIX + "SELECT ?film { ?film :year ?y } ORDER BY ?film"
    answer = store.query(text)
    assert len(explain(store, text, answer._replace(rows=answer.rows[:2]))) == 2  # type: ignore[union-attr, call-arg]


def test_a_text_that_is_no_query_is_an_error() -> None:
    store = from_quads(FILMS)
    with pytest.raises(QuerySyntaxError):
        explain(store, "SELECT", store.query("ASK {}"))


def test_a_condition_that_holds_without_its_exists_needs_no_citation_for_it() -> None:
    text = "SELECT ?film { ?film :year ?y FILTER (?y = 2010 || EXISTS { ?film :director :ann }) } ORDER BY ?film"
    assert witnesses(text) == [[["a", "c"], ["b", "c"]], [["d"]], [["f"]]]


def test_a_group_with_an_optional_part_rests_on_both() -> None:
    text = "SELECT ?who (COUNT(?a) AS ?n) { ?f :director ?who OPTIONAL { ?f :award ?a } } GROUP BY ?who ORDER BY ?who"
    assert witnesses(text) == [[["a", "c", "e"], ["b", "c", "e"]], [[]]]


def test_what_minus_removed_is_cited_where_a_count_would_change_without_it() -> None:
    text = "SELECT (COUNT(?film) AS ?n) { ?film :year ?y MINUS { ?film :award ?a } }"
    assert witnesses(text) == [[["c", "f"]]]


def test_a_query_that_shows_its_first_rows_is_not_searched_to_its_end() -> None:
    lines = "\n".join(f"film{n} director person{n % 40} g{n}\nfilm{n} country here g{n}" for n in range(4000))
    store = from_quads(data(lines))
    text = PREFIX + "SELECT DISTINCT ?who { ?film :country :here ; :director ?who } LIMIT 3"
    explanations = explain(store, text, store.query(text))
    assert [one.partial for one in explanations] == [True] * 3
    assert all(one.witnesses and not one.unexplained for one in explanations)


def test_where_all_ways_were_followed_there_are_no_others() -> None:
    assert not any(one.partial for one in why("SELECT ?film { ?film :year ?y } LIMIT 1"))


def test_a_solution_of_the_engine_without_its_facts_is_not_explained() -> None:
    # Oxigraph 0.5.13 reads ":year +1" as the path ":year+" and a 1; by the grammar it is a property and a number.
    store = from_quads(data("one year 1 a\ntwo year one b"))
    text = PREFIX + "SELECT ?film { ?film :year +1 }"
    answer = store.query(text)
    assert isinstance(answer, Solutions)
    told = {str(row[0]): one for row, one in zip(answer.rows, explain(store, text, answer), strict=True)}
    assert told.pop(f"<{EX}one>").witnesses == [[EX + "a"]]
    assert len(told) == 1
    for one in told.values():
        assert one.witnesses == []
        assert "facts it does not have" in one.unexplained


def test_a_description_is_not_told_without_the_pattern_that_led_to_it() -> None:
    text = "DESCRIBE :film3 { ?f :award ?a FILTER (IF (EXISTS { ?f :year 2010 }, true, false)) }"
    found = why(text)
    assert found
    assert all({"d", "e"} <= set(witness) for one in found for witness in one.witnesses or [[]])


def test_several_threads_may_explain_one_query() -> None:
    store = from_quads(FILMS)
    text = PREFIX + "SELECT ?film ?who { { ?film :director ?who } UNION { ?film :award ?who } ?film :year ?y }"
    answer = store.query(text)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: explain(store, text, answer), range(64)))
    assert all(one == explain(store, text, answer) for one in found)
