from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode

from filmgraph.errors import UnknownThingError
from filmgraph.graph import Graph

if TYPE_CHECKING:
    from pathlib import Path

FACTS = """
@prefix fg: <https://w3id.org/filmgraph/ns#> .
@prefix film: <https://w3id.org/filmgraph/id/film/> .
@prefix release: <https://w3id.org/filmgraph/id/release/> .
@prefix person: <https://w3id.org/filmgraph/id/person/> .
@prefix credit: <https://w3id.org/filmgraph/id/credit/> .
<urn:a#char=0,9> { film:ferry a fg:Film ; fg:name "Night Ferry"@en ; fg:runtimeMinutes 85 . }
<urn:b#char=5,9> { film:ferry a fg:Film ; fg:runtimeMinutes 87 .
  release:1 a fg:TheatricalRelease ; fg:film film:ferry ; fg:date "2009" . }
<urn:b#char=20,29> { release:1 a fg:TheatricalRelease ; fg:film film:ferry ; fg:date "2010" . }
<https://w3id.org/filmgraph/graph/ontology> {
  fg:runtimeMinutes fg:singleValued true . fg:date fg:singleValued true . }
"""
FG = "https://w3id.org/filmgraph/ns#"


@pytest.fixture
def graph(tmp_path: Path) -> Graph:
    path = tmp_path / "facts.trig"
    path.write_text(FACTS)
    return Graph.open(path)


def test_all_that_is_known_comes_with_its_passages_and_its_disagreements(graph: Graph) -> None:
    lines = {(row["what"], row["value"]): (row["note"], row.why) for row in graph.show("night ferry")}
    number = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    differ = Literal("sources differ")
    assert lines[NamedNode(FG + "runtimeMinutes"), Literal("85", datatype=number)] == (differ, [["urn:a#char=0,9"]])
    assert lines[NamedNode(FG + "runtimeMinutes"), Literal("87", datatype=number)] == (differ, [["urn:b#char=5,9"]])
    assert lines[NamedNode(FG + "name"), Literal("Night Ferry", language="en")] == (None, [["urn:a#char=0,9"]])
    release = NamedNode("https://w3id.org/filmgraph/id/release/1")
    note, why = lines[NamedNode(FG + "TheatricalRelease"), release]
    assert note == Literal("sources differ on fg:date")
    assert why == [["urn:b#char=20,29"], ["urn:b#char=5,9"]]


def test_how_many_more_say_of_which_class_a_thing_is_is_not_counted(graph: Graph) -> None:
    shown = {row["what"]: row for row in graph.show("night ferry", max_witnesses=1)}
    is_a = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    assert (shown[is_a].why, shown[is_a].more) == ([["urn:a#char=0,9"]], 0)
    assert shown[NamedNode(FG + "TheatricalRelease")].more == 1


def test_a_thing_that_is_not_there_is_told(graph: Graph) -> None:
    with pytest.raises(UnknownThingError):
        graph.show("Day Ferry")


def test_sources_say_how_many_passages_of_them_are_cited(graph: Graph) -> None:
    found = {row["source"]: row["passages"] for row in graph.sources()}
    assert found == {NamedNode("urn:a"): Literal(1), NamedNode("urn:b"): Literal(2)}
