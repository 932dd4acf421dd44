"""Every bundled question, on the bundled collection: each row has its evidence, and the evidence is enough."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from tests.why import laws

import filmgraph
from filmgraph.rdf.results import Solutions
from filmgraph.store.memory import from_quads
from filmgraph.why.explain import explain

SHOWN = 5  # rows of a question: the whole answers together have thousands

GRAPH = filmgraph.open()


@pytest.fixture(scope="module")
def quads() -> list[ox.Quad]:
    found = GRAPH.store.query("SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }")
    assert isinstance(found, Solutions)
    return [ox.Quad(*row) for row in found.rows]  # type: ignore[arg-type]  # what graphs hold


@pytest.mark.parametrize("name", [question.name for question in GRAPH.catalogue])
def test_every_row_of_a_bundled_question_has_evidence_that_is_enough(name: str, quads: list[ox.Quad]) -> None:
    question = GRAPH.catalogue.question(name)
    text = GRAPH.text_of(name, dict(question.example))
    answer = GRAPH.store.query(text)
    assert isinstance(answer, Solutions)
    shown = Solutions(answer.variables, answer.rows[:: max(1, len(answer.rows) // SHOWN)][:SHOWN])
    explanations = explain(GRAPH.store, text, shown)
    assert explain(laws.Sparql(GRAPH.store), text, shown) == explanations
    for row, explanation in zip(shown.rows, explanations, strict=True):
        assert not explanation.unexplained
        part = from_quads(laws.restricted(quads, explanation.witnesses[0])).query(text)
        assert row in laws.rows_of(part)
