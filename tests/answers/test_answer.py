from __future__ import annotations

from datetime import date
from importlib.util import find_spec

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from filmgraph.answers.answer import RowsAnswer, TriplesAnswer, TruthAnswer
from filmgraph.errors import FilmgraphError, MissingDependencyError
from filmgraph.rdf.results import Explanation, Solutions, Triples, Truth

XSD = "http://www.w3.org/2001/XMLSchema#"
SOLUTIONS = Solutions(
    ("film", "day", "minutes", "note"),
    [
        (
            NamedNode("urn:ferry"),
            Literal("2009-11-20", datatype=NamedNode(XSD + "date")),
            Literal(85),
            Literal("Bac", language="fr"),
        ),
        (NamedNode("urn:day"), Literal("soon", datatype=NamedNode(XSD + "date")), Literal(7.5), None),
    ],
)
WHY = [Explanation([["urn:a#char=0,9"]]), Explanation([], "too large")]


def test_a_row_is_read_by_name_and_by_number() -> None:
    answer = RowsAnswer(SOLUTIONS)
    row = answer[0]
    assert (row["film"], row[2], len(row), row.to_dict()["note"]) == (
        NamedNode("urn:ferry"),
        Literal(85),
        4,
        Literal("Bac", language="fr"),
    )
    assert answer[1]["note"] is None
    assert [len(answer), len(list(answer)), len(answer[:1])] == [2, 2, 1]
    assert answer.variables == ("film", "day", "minutes", "note")
    with pytest.raises(KeyError, match="'flim'; the columns are film, day, minutes, note"):
        row["flim"]


def test_rows_with_and_without_evidence_are_equal() -> None:
    assert list(RowsAnswer(SOLUTIONS)) == list(RowsAnswer(SOLUTIONS, explanations=WHY))


def test_why_is_a_list_of_witnesses_and_an_error_where_nobody_asked() -> None:
    explained = RowsAnswer(SOLUTIONS, explanations=WHY)
    assert [row.why for row in explained] == [[["urn:a#char=0,9"]], []]
    assert [row.unexplained for row in explained] == ["", "too large"]
    with pytest.raises(FilmgraphError, match="without evidence"):
        _ = RowsAnswer(SOLUTIONS)[0].why


def test_columns_hold_python_values() -> None:
    columns = RowsAnswer(SOLUTIONS, explanations=WHY).to_dict()
    assert columns == {
        "film": ["urn:ferry", "urn:day"],
        "day": [date(2009, 11, 20), "soon"],
        "minutes": [85, 7.5],
        "note": ["Bac", None],
        "why": [[["urn:a#char=0,9"]], []],
    }


@pytest.mark.parametrize("package", ["pandas", "polars"])
def test_a_data_frame_has_the_columns_or_says_what_to_install(package: str) -> None:
    answer = RowsAnswer(SOLUTIONS)
    make = getattr(answer, f"to_{package}")
    if find_spec(package):
        assert list(make().columns) == list(answer.variables)
        return
    with pytest.raises(MissingDependencyError, match=f"needs the package {package}") as caught:
        make()
    assert caught.value.hint == "Install it with: pip install 'filmgraph[frames]'"


def test_triples_become_an_rdflib_graph_and_rows() -> None:
    triple = Triple(NamedNode("urn:a"), NamedNode("urn:b"), Literal('quo"te\n', language="en"))
    answer = TriplesAnswer(Triples([triple]), explanations=WHY[:1])
    ((subject, predicate, value),) = answer.to_rdflib()
    assert (str(subject), str(predicate), str(value)) == ("urn:a", "urn:b", 'quo"te\n')
    assert answer.to_rows()[0]["object"] == triple.object
    assert answer.to_rows()[0].why == [["urn:a#char=0,9"]]
    assert "urn:a" in answer._repr_html_()


def test_a_truth_is_true_or_false() -> None:
    assert TruthAnswer(Truth(value=True))
    assert not TruthAnswer(Truth(value=False))
    assert TruthAnswer(Truth(value=True), explanation=WHY[0]).to_rows()[0].why == [["urn:a#char=0,9"]]
