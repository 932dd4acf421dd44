"""Sources that disagree on everything: no row pairs what one document says with what another says of the same node."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.catalogue.disagreeing import FILM, disagreeing, thing, who_says
from tests.conftest import SOURCE_A, SOURCE_B

import filmgraph
from filmgraph.catalogue import Catalogue
from filmgraph.collection.resources import root as bundled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
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


COMPARING = {
    "conflicts": "what one document says stands in other columns than what another says",
    "dates-that-differ": "as in conflicts",
    "source-against-all": "as in conflicts",
    "figures-that-differ": "as in conflicts",
    "disagreements": "it names both documents, and counts",
    "shared-facts": "it names both documents, and counts",
    "runtimes-by-decade": "a decade counts the running times that all documents give to its films",
    "films": "one line for each film: its year, and all who directed it",
}
"""Questions whose rows hold values of several documents, and how they say so."""
QUESTIONS = Catalogue(f"{bundled()}/queries").names()


@pytest.fixture(scope="module")
def disputed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[filmgraph.Graph]:
    with filmgraph.open(disagreeing(tmp_path_factory.mktemp("disputed"))) as graph:
        yield graph


def _rows(graph: filmgraph.Graph, question: str) -> list[list[str]]:
    values: dict[str, str] = {}
    asked = graph.catalogue.question(question)
    for parameter in asked.parameters:
        if parameter.required:
            class_ = parameter.class_iri.rpartition("#")[2]
            named = {"Film": FILM, "SourceDocument": SOURCE_A, "": dict(asked.example).get(parameter.name, "x")}
            values[parameter.name] = named.get(class_, thing("Person").strip("<>"))
    return [[str(getattr(term, "value", term or "")) for term in row] for row in graph.ask_with(question, values)]


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_row_pairs_what_documents_say_that_disagree(disputed: filmgraph.Graph, question: str) -> None:
    mixed = [row for row in _rows(disputed, question) if len({who for cell in row for who in who_says(cell)}) > 1]
    assert bool(mixed) <= (question in COMPARING), mixed[:3]


def test_what_disagrees_is_asked_for_and_lost_by_none(disputed: filmgraph.Graph) -> None:
    asked = ("broadcasts", "interviews", "journeys", "life", "making", "parts", "releases", "reviews", "screenings")
    for question in asked:
        said = {who for row in _rows(disputed, question) for cell in row for who in who_says(cell)}
        assert said == {"alpha", "beta"}, question
