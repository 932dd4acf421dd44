from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal

from filmgraph.exporters.film.record import Record
from filmgraph.opening import open_store
from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

    from filmgraph.store.base import Store

FERRY = PREFIXES["film"] + "night-ferry"
PROLOGUE = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
DATA = """
<urn:a#char=0,10> {
  film:night-ferry a fg:Film ; fg:date "1999"^^edtf:EDTF ; fg:earliest "1999-01-01"^^xsd:date ;
    fg:latest "1999-12-31"^^xsd:date ; fg:runtimeMinutes 85 ; fg:title title:night-ferry.night-ferry .
  title:night-ferry.night-ferry a fg:Title ; fg:titleText "Night Ferry"@en .
}
<urn:b#char=0,10> {
  film:night-ferry a fg:Film ; fg:date "1999-05-03"^^edtf:EDTF ; fg:earliest "1999-05-03"^^xsd:date ;
    fg:latest "1999-05-03"^^xsd:date ; fg:runtimeMinutes 87 .
  credit:night-ferry.ada.fmd a fg:Credit ; fg:film film:night-ferry ; fg:agent person:ada ; fg:role rel:fmd .
  figure:b.gross a fg:Figure ; fg:describes film:night-ferry ; fg:variable fgv:boxOfficeGross ; fg:value 12 .
}
<urn:c#char=5,9> { film:night-ferry fg:runtimeMinutes 87 . }
graph:citations {
  <urn:a#char=0,10> oa:hasSource <urn:a> . <urn:b#char=0,10> oa:hasSource <urn:b> .
  <urn:c#char=5,9> oa:hasSource <urn:c> .
}
graph:derived { person:ada rdfs:label "Ada Lake"@en . }
graph:reference { rel:fmd skos:notation "fmd" . }
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    path = tmp_path / "films.trig"
    path.write_text(PROLOGUE + DATA, encoding="utf-8")
    return open_store(str(path))


def test_the_more_exact_of_two_dates_is_chosen_and_the_other_kept(store: Store) -> None:
    choice = Record(store, FERRY).film.one("date")
    assert choice is not None
    assert choice.chosen.value == Literal("1999-05-03", datatype=choice.chosen.value.datatype)  # type: ignore[union-attr]
    assert [other.sources for other in choice.others] == [("urn:a",)]


def test_the_runtime_of_most_sources_is_chosen(store: Store) -> None:
    choice = Record(store, FERRY).film.one("runtimeMinutes")
    assert choice is not None
    assert choice.chosen.citations == ("urn:b#char=0,10", "urn:c#char=5,9")


def test_nodes_about_the_film_are_found_by_class(store: Store) -> None:
    record = Record(store, FERRY)
    (credit,) = record.nodes("Credit")
    assert record.label(credit.value("agent")) == "Ada Lake"
    assert record.notation(credit.value("role")) == "fmd"
    assert [figure.text("value") for figure in record.nodes("Figure")] == ["12"]


def test_titles_come_with_their_text(store: Store) -> None:
    assert [title.text("titleText") for title in Record(store, FERRY).titles] == ["Night Ferry"]


def test_a_film_that_nobody_speaks_of_has_an_empty_record(store: Store) -> None:
    record = Record(store, "urn:nothing")
    assert record.titles == []
    assert record.film.one("date") is None
    assert record.label("https://example.org/id/film/x") == "x"
