"""pySHACL's known traps, each closed."""

from __future__ import annotations

import logging

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from filmgraph.errors import FilmgraphError
from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.validation import reference
from filmgraph.validation.shapes import ShapesGraph

PROLOGUE = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
XSD = PREFIXES["xsd"]


def shapes(turtle: str) -> ShapesGraph:
    return ShapesGraph(parse(PROLOGUE + turtle, RdfFormat.TURTLE))


def data(turtle: str) -> list[Triple]:
    return [quad.triple for quad in parse(PROLOGUE + turtle, RdfFormat.TURTLE)]


def switches() -> tuple[object, ...]:
    comparisons = (rdflib.Literal.__ge__, rdflib.Literal.__le__)
    boolean = rdflib.Literal("1", datatype=rdflib.XSD.boolean).value
    handlers = tuple(logging.getLogger("pyshacl-validate").handlers)
    return rdflib.NORMALIZE_LITERALS, boolean, comparisons, handlers


def test_the_switches_of_rdflib_are_as_they_were_before() -> None:
    before = switches()
    reference.validate(data("film:x a fg:Film ."), shapes("fgs:s sh:targetClass fg:Film ; sh:nodeKind sh:IRI ."))
    assert switches() == before


def test_the_switches_of_rdflib_are_as_they_were_before_after_an_error_too() -> None:
    before = switches()
    wrong = shapes('fgs:s sh:targetClass fg:Film ; sh:property [ sh:path fg:title ; sh:minCount "many" ] .')
    with pytest.raises(FilmgraphError, match="pySHACL"):
        reference.validate(data("film:x a fg:Film ."), wrong)
    assert switches() == before


def test_a_plain_string_is_on_a_list_of_strings() -> None:
    colours = shapes(
        'fgs:s sh:targetSubjectsOf fg:colour ; sh:property [ sh:path fg:colour ; sh:in ( "red" "blue" ) ] .'
    )
    assert reference.validate(data('film:x fg:colour "red" .'), colours) == []
    assert len(reference.validate(data('film:x fg:colour "green" .'), colours)) == 1


def test_a_duration_is_on_a_list_that_spells_it_otherwise() -> None:
    kept = Triple(NamedNode("urn:x"), NamedNode("urn:p"), Literal("PT1H25M", datatype=NamedNode(XSD + "duration")))
    listed = shapes(
        'fgs:s sh:targetSubjectsOf <urn:p> ; sh:property [ sh:path <urn:p> ; sh:in ( "PT85M"^^xsd:duration ) ] .'
    )
    assert reference.validate([kept], listed) == []


@pytest.mark.parametrize(
    "literal",
    [
        Literal("x"),
        Literal("x", language="zh-hans"),
        Literal("007", datatype=NamedNode(XSD + "integer")),
        Literal("2009-13", datatype=NamedNode("http://id.loc.gov/datatypes/edtf/EDTF")),
        Literal("85 minutes", datatype=NamedNode(XSD + "duration")),
    ],
)
def test_a_literal_comes_back_as_it_went(literal: Literal) -> None:
    assert reference.to_oxigraph(reference.to_rdflib(literal)) == literal


def test_only_the_shapes_that_are_asked_for_are_applied() -> None:
    one = "sh:targetClass fg:Film ; sh:nodeKind sh:Literal ."
    two = shapes(f"fgs:a {one} fgs:b {one}")
    only = [NamedNode(PREFIXES["fgs"] + "a")]
    assert [result.shape for result in reference.validate(data("film:x a fg:Film ."), two, only=only)] == only
