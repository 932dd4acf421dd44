"""Answers as data frames that keep types, as graphs, and as tables whose footnotes open."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from filmgraph.answers.answer import RowsAnswer, TriplesAnswer, TruthAnswer
from filmgraph.errors import BadColumnError
from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.rdf.results import Explanation, Solutions, Triples, Truth

DAY = NamedNode(PREFIXES["xsd"] + "date")
PASSAGE = "https://w3id.org/filmgraph/source/log.0123abcd#char=1,9"


def answer() -> RowsAnswer:
    rows = [
        (NamedNode("urn:a"), NamedNode("urn:b"), Literal(3), Literal(1.5), Literal("2009-11-20", datatype=DAY)),
        (NamedNode("urn:a"), NamedNode("urn:c"), None, Literal(2), None),
    ]
    explanations = [Explanation([[PASSAGE]]), Explanation([[]])]
    return RowsAnswer(Solutions(("who", "whom", "times", "share", "day"), list(rows)), explanations=explanations)


def test_a_data_frame_keeps_types() -> None:
    pytest.importorskip("pandas", reason="the extra frames is not installed")
    frame = answer().to_pandas()
    assert frame.dtypes.astype(str).to_dict() == {
        "who": "category",
        "whom": "category",
        "times": "Int64",
        "share": "Float64",
        "day": "datetime64[s]",
        "why": "object",
    }
    assert frame["times"].sum() == 3
    assert list(frame["day"].isna()) == [False, True]
    assert "why" not in answer().to_pandas(why=False)


def test_triples_are_a_data_frame_too() -> None:
    pytest.importorskip("pandas", reason="the extra frames is not installed")
    triple = Triple(NamedNode("urn:a"), NamedNode("urn:b"), Literal(3))
    frame = TriplesAnswer(Triples([triple]), explanations=[Explanation([[PASSAGE]])]).to_pandas()
    assert frame.iloc[0].to_dict() == {"subject": "urn:a", "predicate": "urn:b", "object": 3, "why": [[PASSAGE]]}


def test_an_answer_is_a_graph() -> None:
    pytest.importorskip("networkx", reason="the extra frames is not installed")
    network = answer().to_networkx()
    assert sorted(network.nodes) == ["urn:a", "urn:b", "urn:c"]
    assert network.edges["urn:a", "urn:b", 0]["times"] == 3
    assert network.edges["urn:a", "urn:b", 0]["why"] == [[PASSAGE]]
    assert sorted(answer().to_networkx("whom", "who").edges()) == [("urn:b", "urn:a"), ("urn:c", "urn:a")]


def test_a_graph_needs_two_columns_of_things() -> None:
    pytest.importorskip("networkx", reason="the extra frames is not installed")
    with pytest.raises(BadColumnError, match="no column 'why not'"):
        answer().to_networkx("why not")
    with pytest.raises(BadColumnError, match="two columns"):
        RowsAnswer(Solutions(("n",), [(Literal(1),)])).to_networkx()


def test_footnotes_open_without_a_script() -> None:
    page = answer()._repr_html_()
    assert "<details><summary>[1]</summary><p>[1] " in page
    assert "<td>needs no citation</td>" in page
    assert "<script" not in page


def test_a_yes_shows_its_evidence_in_a_notebook() -> None:
    page = TruthAnswer(Truth(value=True), explanation=Explanation([[PASSAGE]]))._repr_html_()
    assert "<details><summary>[1]</summary>" in page
    assert "true" in page
