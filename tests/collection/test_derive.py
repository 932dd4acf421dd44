from __future__ import annotations

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad
from tests.collection.derivation import derived

from filmgraph.collection.derive import citation_record, days, merged
from filmgraph.errors import CitationError
from filmgraph.rdf.citation import Citation
from filmgraph.rdf.namespaces import CITATIONS_GRAPH, DERIVED_GRAPH, EDTF, FG, PREFIXES, REFERENCE_GRAPH, SOURCES_GRAPH

CITATION = NamedNode("https://w3id.org/filmgraph/source/harbour-guide.aaaaaaaa#char=10,60")
OTHER = NamedNode("https://w3id.org/filmgraph/source/harbour-guide.aaaaaaaa#char=70,90")
FILM = NamedNode(PREFIXES["film"] + "fog")
TITLE = NamedNode(PREFIXES["title"] + "fog/en/1")


def fg(name: str) -> NamedNode:
    return NamedNode(FG + name)


def dated(text: str) -> Quad:
    return Quad(FILM, fg("date"), Literal(text, datatype=NamedNode(EDTF)), CITATION)


def folded(*quads: Quad) -> set[tuple[str, str]]:
    return {(str(q.subject), q.object.value) for q in derived(quads) if q.predicate == fg("foldedName")}  # type: ignore[union-attr]


def test_a_citation_record_says_what_its_iri_says() -> None:
    values = {quad.predicate.value.rpartition("#")[2]: quad.object for quad in citation_record(CITATION)}
    assert values["hasSource"] == NamedNode(Citation.parse(CITATION.value).source)
    assert values["start"] == Literal("10", datatype=NamedNode(PREFIXES["xsd"] + "nonNegativeInteger"))
    assert values["end"] == Literal("60", datatype=NamedNode(PREFIXES["xsd"] + "nonNegativeInteger"))
    assert {str(quad.graph_name).strip("<>") for quad in citation_record(CITATION)} == {CITATIONS_GRAPH}


def test_a_citation_record_has_no_blank_node() -> None:
    assert all(isinstance(quad.subject, NamedNode) for quad in citation_record(CITATION))


def test_a_passage_without_an_end_has_no_record() -> None:
    with pytest.raises(CitationError):
        list(citation_record(NamedNode("urn:x#char=9")))


def test_days_stand_in_the_graph_of_their_date() -> None:
    day = NamedNode(PREFIXES["xsd"] + "date")
    assert list(days(dated("2009-02"))) == [
        Quad(FILM, fg("earliest"), Literal("2009-02-01", datatype=day), CITATION),
        Quad(FILM, fg("latest"), Literal("2009-02-28", datatype=day), CITATION),
    ]


def test_an_open_end_has_no_day() -> None:
    assert [quad.predicate for quad in days(dated("../2009"))] == [fg("latest")]
    assert [quad.predicate for quad in days(dated("2009/.."))] == [fg("earliest")]


def test_a_date_that_is_none_has_no_days() -> None:
    assert list(days(dated("some time ago"))) == []


def test_every_quad_stays_and_each_citation_has_one_record() -> None:
    stated = [dated("2009"), Quad(FILM, fg("date"), Literal("2010"), OTHER), dated("2011")]
    found = list(derived(stated))
    assert [quad for quad in found if quad in stated] == stated
    records = {quad.subject for quad in found if quad.object == fg("Citation")}
    assert records == {CITATION, OTHER}


def test_graphs_that_are_no_citations_have_no_record() -> None:
    stated = [Quad(FILM, fg("name"), Literal("x"), NamedNode(iri)) for iri in (SOURCES_GRAPH, CITATIONS_GRAPH)]
    assert not [quad for quad in derived(stated) if quad.object == fg("Citation")]


def test_a_name_is_folded_on_its_bearer() -> None:
    assert folded(Quad(FILM, fg("name"), Literal("Ŝip"), CITATION)) == {(str(FILM), "sip")}


@pytest.mark.parametrize("turned", [False, True])
def test_the_text_of_a_title_is_a_name_of_the_film_in_whatever_order(*, turned: bool) -> None:
    stated = [
        Quad(FILM, fg("title"), TITLE, CITATION),
        Quad(TITLE, fg("titleText"), Literal("Fog", language="en"), OTHER),
    ]
    assert folded(*(reversed(stated) if turned else stated)) == {(str(FILM), "fog")}


def test_words_of_the_vocabularies_are_names_and_those_of_passages_are_not() -> None:
    label = NamedNode(PREFIXES["rdfs"] + "label")
    denmark = NamedNode(PREFIXES["country"] + "DK")
    assert folded(
        Quad(denmark, label, Literal("Denmark", language="en"), NamedNode(REFERENCE_GRAPH)),
        Quad(FILM, label, Literal("Fog", language="en"), NamedNode(SOURCES_GRAPH)),
    ) == {(str(denmark), "denmark")}


def test_labels_and_folded_names_stand_in_the_graph_of_what_is_derived() -> None:
    found = list(derived([Quad(FILM, fg("name"), Literal("Fog", language="en"), CITATION)]))
    graphs = {quad.predicate: str(quad.graph_name) for quad in found if quad.subject == FILM}
    assert graphs[NamedNode(PREFIXES["rdfs"] + "label")] == graphs[fg("foldedName")] == f"<{DERIVED_GRAPH}>"


def test_merging_moves_triples_to_the_default_graph() -> None:
    assert list(merged([dated("2009")])) == [Quad(FILM, fg("date"), dated("2009").object, DefaultGraph())]
