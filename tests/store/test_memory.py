from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode

import filmgraph
from filmgraph.errors import QuerySyntaxError
from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.rdf.results import Solutions, Triples, Truth

if TYPE_CHECKING:
    from pathlib import Path

DECLARED = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
CREDIT = "<https://w3id.org/filmgraph/id/credit/night-ferry/ada-holm/fmd>"


def rows(root: Path, query: str) -> list[tuple[str | None, ...]]:
    with filmgraph.open(root) as graph:
        found = graph.query_raw(DECLARED + query)
    assert isinstance(found, Solutions)
    return [tuple(term.value if isinstance(term, NamedNode | Literal) else None for term in row) for row in found.rows]


def test_a_fact_in_two_graphs_counts_once(collection: Path) -> None:
    assert rows(collection, f"SELECT (COUNT(*) AS ?n) {{ {CREDIT} fg:agent ?a }}") == [("1",)]
    assert rows(collection, f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?c {{ {CREDIT} fg:agent ?a }} }}") == [("2",)]


def test_a_fact_in_three_graphs_counts_once(collection: Path) -> None:
    name = 'person:ada-holm fg:name "Ada Holm"@en'
    assert rows(collection, f"SELECT (COUNT(*) AS ?n) (SUM(1) AS ?sum) {{ {name} }}") == [("1", "1")]
    assert rows(collection, f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?c {{ {name} }} }}") == [("3",)]


def test_the_days_of_a_date_stand_beside_it(collection: Path) -> None:
    found = rows(collection, "SELECT ?a ?b { GRAPH ?c { ?r fg:date ?d ; fg:earliest ?a ; fg:latest ?b } }")
    assert found == [("2011-03-01", "2011-03-31")]


def test_a_citation_has_a_record(collection: Path) -> None:
    found = rows(
        collection,
        "SELECT ?start ?end ?voice { GRAPH graph:citations { ?c a fg:Citation ; oa:hasSource ?source ;"
        " oa:hasSelector [ oa:start ?start ; oa:end ?end ] OPTIONAL { ?c fg:accordingTo ?voice } } FILTER(?end < 95) }"
        " ORDER BY ?end",
    )
    ada = "https://w3id.org/filmgraph/id/person/ada-holm"
    assert found == [("0", "40", None), ("10", "60", None), ("50", "90", ada)]


def test_construct_and_ask_give_triples_and_truth(collection: Path) -> None:
    with filmgraph.open(collection) as graph:
        assert graph.query_raw(DECLARED + "ASK { film:night-ferry a fg:Film }") == Truth(value=True)
        built = graph.query_raw(DECLARED + "CONSTRUCT { ?f a fg:Film } WHERE { ?f a fg:Film }")
        assert isinstance(built, Triples)
        assert [triple.subject for triple in built.triples] == [NamedNode(PREFIXES["film"] + "night-ferry")]


def test_a_syntax_error_names_line_and_column(collection: Path) -> None:
    with filmgraph.open(collection) as graph, pytest.raises(QuerySyntaxError) as caught:
        graph.query_raw("SELECT *\nWHERE { ?s ?p }")
    assert (caught.value.line, caught.value.column) == (2, 16)


def test_an_rdf_file_counts_each_triple_once_and_keeps_its_graphs(tmp_path: Path) -> None:
    path = tmp_path / "facts.nq"
    triple = "<urn:s> <urn:p> <urn:o>"
    path.write_text(f"{triple} <urn:g> .\n{triple} <urn:h> .\n{triple} .\n<urn:s> <urn:p> <urn:x> .\n")
    assert rows(path, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == [("2",)]
    assert rows(path, "SELECT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g") == [("urn:g",), ("urn:h",)]
