"""Sources that disagree on everything: no row pairs what one document says with what another says of the same node."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.conftest import SOURCE_A, SOURCE_B

import filmgraph

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SCREENING = """<{source}#char=10,60> {{
  film:night-ferry a fg:Film .
  <https://w3id.org/filmgraph/id/screening/one> a fg:Screening ;
    fg:film film:night-ferry ; fg:date "{date}"^^edtf:EDTF .
}}
<{source}#char=70,90> {{
  <https://w3id.org/filmgraph/id/screening/one> fg:place <https://w3id.org/filmgraph/id/place/{place}> .
  <https://w3id.org/filmgraph/id/place/{place}> a fg:Place ; fg:name "{place}"@en .
}}"""


def test_a_screening_is_where_and_when_one_document_says(collection_of: Callable[[dict[str, str]], Path]) -> None:
    root = collection_of(
        {
            "data/harbour-guide.trig": SCREENING.format(source=SOURCE_A, date="2008", place="paris"),
            "data/tide-weekly.trig": SCREENING.format(source=SOURCE_B, date="2009", place="nice"),
        }
    )
    with filmgraph.open(root) as graph:
        rows = graph.ask("screenings").to_rows()
        years = [len(graph.ask("screenings", year=year)) for year in (2007, 2008, 2009)]
    assert years == [0, 2, 2], "a document is enough to put a screening into a year"
    places = {(str(row["date"]), str(row["place"]).rpartition("/")[2].rstrip(">")) for row in rows}
    assert len(places) == 2
    assert all(("2008" in date) == (place == "paris") for date, place in places)


BOTH = """<{source}#char=10,60> {{
  film:night-ferry a fg:Film ; fg:runtime "PT1H{minutes}M"^^xsd:duration ; fg:runtimeMinutes {total} .
}}"""
ONTOLOGY = "fg:runtime fg:singleValued true . fg:runtimeMinutes fg:singleValued true ."
ALONE = """<{source}#char=10,60> {{
  film:night-ferry a fg:Film ; fg:runtime "PT1H{minutes}M"^^xsd:duration .
}}"""


@pytest.mark.parametrize(
    ("other", "told"),
    [(BOTH, "https://w3id.org/filmgraph/ns#runtimeMinutes"), (ALONE, "https://w3id.org/filmgraph/ns#runtime")],
)
@pytest.mark.parametrize(
    ("question", "rows"), [("conflicts", 1), ("disagreements", 1), ("majorities", 2), ("source-against-all", 1)]
)
def test_a_dispute_over_a_running_time_is_told_once(
    collection_of: Callable[[dict[str, str]], Path], other: str, told: str, question: str, rows: int
) -> None:
    root = collection_of(
        {
            "ontology/film.ttl": ONTOLOGY,
            "data/harbour-guide.trig": BOTH.format(source=SOURCE_A, minutes=14, total=74),
            "data/tide-weekly.trig": other.format(source=SOURCE_B, minutes=16, total=76),
        }
    )
    values = {"source": SOURCE_A} if question == "source-against-all" else {}
    with filmgraph.open(root) as graph:
        answer = graph.ask_with(question, values, why=True)
        found = [str(row["property"]).strip("<>") for row in answer.to_rows()]
        assert found == [told] * rows
        assert all(row.why and not row.unexplained for row in answer)


@pytest.mark.parametrize("question", ["conflicts", "disagreements"])
def test_the_disputes_of_two_documents_can_be_asked_for(
    collection_of: Callable[[dict[str, str]], Path], question: str
) -> None:
    root = collection_of(
        {
            "ontology/film.ttl": ONTOLOGY,
            "data/harbour-guide.trig": BOTH.format(source=SOURCE_A, minutes=14, total=74),
            "data/tide-weekly.trig": BOTH.format(source=SOURCE_B, minutes=16, total=76),
        }
    )
    with filmgraph.open(root) as graph:
        assert len(graph.ask(question, document=SOURCE_B)) == 1
        assert len(graph.ask(question, document=SOURCE_B, other_document=SOURCE_A)) == 1
        assert len(graph.ask("shared-facts", document=SOURCE_A)) == 0
        assert graph.readings("where do harbour-guide and tide-weekly disagree")[0].question == "conflicts"
