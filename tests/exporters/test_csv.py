"""Tables: what a spreadsheet opens, and what CSVW says of it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

from tests.exporters.film_texts import FERRY, HOSTILE, TITLE_ONLY

from filmgraph.exporters.film import extract
from filmgraph.rdf.namespaces import FG, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable

    from filmgraph.exporters import Loss
    from filmgraph.store.base import Store

    Written = Callable[..., tuple[bytes, list[Loss]]]

TRAIN = PREFIXES["film"] + "last-train-home"


def tables(data: bytes) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.endswith(".csv")]
        return {
            name: list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8"), newline=""))) for name in names
        }


def metadata(data: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        loaded: dict[str, Any] = json.loads(archive.read("csv-metadata.json"))
        return loaded


def test_every_fact_stands_in_a_row_for_each_citation(bundled: Store, written: Written) -> None:
    data, losses = written(bundled, "csv")
    cited = [quad for quad in bundled.quads() if extract.is_citation_graph(quad.graph_name)]
    rows = tables(data)["facts.csv"]
    assert len(rows) == len(cited) > 1000
    assert losses == []
    found = {(row["subject"], row["property"], row["value"], row["language"], row["citation"]) for row in rows}
    assert found == {
        (
            quad.subject.value,  # type: ignore[union-attr]
            quad.predicate.value,
            quad.object.value,  # type: ignore[union-attr]
            getattr(quad.object, "language", None) or "",
            quad.graph_name.value,  # type: ignore[union-attr]
        )
        for quad in cited
    }


def test_things_stand_in_the_table_of_their_class_with_labels_beside_iris(bundled: Store, written: Written) -> None:
    found = tables(written(bundled, "csv", TRAIN)[0])
    (director,) = [row for row in found["credit.csv"] if row["role_label"] == "film director"]
    assert (director["agent_label"], director["film"]) == ("Lixin Fan", TRAIN)
    (film,) = [row for row in found["film.csv"] if row["id"] == TRAIN]
    assert film["productionCountry_label"] == "Canada | China | United Kingdom"


def test_the_metadata_describes_every_table_and_column(bundled: Store, written: Written) -> None:
    data, _ = written(bundled, "csv", TRAIN)
    described = {table["url"]: table["tableSchema"]["columns"] for table in metadata(data)["tables"]}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert set(archive.namelist()) - {"csv-metadata.json"} == set(described)
        for name, columns in described.items():
            header = next(csv.reader(io.StringIO(archive.read(name).decode("utf-8"))))
            assert header == [column["titles"] for column in columns]
            assert len({column["name"] for column in columns}) == len(columns)
    film = {column["name"]: column for column in described["film.csv"]}
    assert film["genre"]["propertyUrl"] == FG + "genre"
    assert film["genre"]["separator"] == " | "


def test_hostile_values_come_back_as_they_were(store_of: Callable[[str], Store], written: Written) -> None:
    store = store_of(HOSTILE)
    texts = {row["value"] for row in tables(written(store, "csv", FERRY)[0])["facts.csv"]}
    stated = {quad.object.value for quad in store.quads() if quad.predicate.value == FG + "titleText"}  # type: ignore[union-attr]
    assert stated <= texts
    assert any("\n" in text and '"' in text for text in stated)


def test_the_archive_depends_on_nothing_but_the_facts(store_of: Callable[[str], Store], written: Written) -> None:
    data, _ = written(store_of(TITLE_ONLY), "csv", FERRY)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}


def test_a_film_looks_as_it_did_when_it_was_reviewed(
    bundled: Store, written: Written, golden: Callable[[str, bytes], bytes]
) -> None:
    with zipfile.ZipFile(io.BytesIO(written(bundled, "csv", TRAIN)[0])) as archive:
        for name in ("credit.csv", "film.csv", "theatricalrelease.csv"):
            data = archive.read(name)
            assert data == golden(f"export/last-train-home.csv/{name}", data)
