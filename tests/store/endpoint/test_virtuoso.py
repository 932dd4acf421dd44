"""Values as they were loaded, though Virtuoso keeps some of them in its own way."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from filmgraph.rdf.results import Solutions, Triples, Truth
from filmgraph.store.endpoint.virtuoso import duration, restored

XSD = "http://www.w3.org/2001/XMLSchema#"
DURATION, BOOLEAN = NamedNode(f"{XSD}duration"), NamedNode(f"{XSD}boolean")
# What Virtuoso 7.2.5 of Debian 12 gave for each of these.
KEPT = {
    "PT1H30M": "5400.0",
    "PT90M": "5400.0",
    "PT2M37S": "157.37",
    "P1DT2H": "93600.0",
    "-PT5M": "-300.0",
    "P1Y2M": "14",
    "P18Y3M": "219",
    "-P2Y": "-24",
    "PT100H": "360000.0",
    "PT59.25S": "59.25",
    "P3D": "259200.0",
    "PT0.5S": "PT0.5S",
    "PT0S": "PT0S",
    "P1Y2M3DT4H5M6S": "P1Y2M3DT4H5M6S",
}


@pytest.mark.parametrize("written", KEPT)
def test_a_duration_is_again_what_it_was(written: str) -> None:
    store, node = Store(), NamedNode("urn:a")
    store.add(Quad(node, node, Literal(written, datatype=DURATION)))
    at_home = next(iter(store)).object
    assert isinstance(at_home, Literal)
    assert duration(KEPT[written]) == at_home.value


@pytest.mark.parametrize("text", ["", ".", "1.", "-", "x", "1.2.3", "P1D", "٣.0"])
def test_other_texts_stay(text: str) -> None:
    assert duration(text) == text


def test_only_durations_and_booleans_are_touched() -> None:
    one = (Literal("1", datatype=BOOLEAN), Literal("5400.0", datatype=DURATION), Literal("5400.0"), Literal(1), None)
    node = BlankNode("a")
    (row,) = restored(Solutions(("a", "b", "c", "d", "e"), [one])).rows  # type: ignore[union-attr]  # it is Solutions
    assert row == (Literal(value=True), Literal("PT1H30M", datatype=DURATION), Literal("5400.0"), Literal(1), None)
    named = NamedNode("urn:p")
    triples = Triples([Triple(node, named, Literal("0", datatype=BOOLEAN)), Triple(node, named, node)])
    assert restored(triples) == Triples([Triple(node, named, Literal(value=False)), Triple(node, named, node)])
    assert restored(Truth(value=True)) == Truth(value=True)
