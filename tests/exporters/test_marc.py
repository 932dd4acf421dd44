"""MARC: every film valid in XML and by the rules, and the same record in ISO 2709."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any

import pymarc
import pytest
from lxml import etree
from tests.exporters import avram
from tests.exporters.film_texts import FERRY, HOSTILE, TEN_THOUSAND, TEXTS, TITLE_ONLY

from filmgraph.errors import MissingDependencyError
from filmgraph.exporters import Request
from filmgraph.exporters.film.films import films
from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from filmgraph.exporters import Loss
    from filmgraph.store.base import Store

    Written = Callable[..., tuple[bytes, list[Loss]]]
    Read = Callable[..., Any]

TRAIN = PREFIXES["film"] + "last-train-home"


@pytest.fixture(scope="module")
def schema(shared: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((shared / "standards/marc/marc-avram.json").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def xsd(shared: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(shared / "standards/marc/MARC21slim.xsd"))


@pytest.fixture
def read(written: Written) -> Read:
    """The one record that a store's film becomes in MARCXML."""

    def of(store: Store, film: str = FERRY, name: str = "marcxml", citations: str = "") -> Any:
        data, _ = written(store, name, film, citations)
        reader = pymarc.MARCReader(data) if name == "marc" else pymarc.parse_xml_to_array(io.BytesIO(data))  # type: ignore[no-untyped-call]
        (record,) = list(reader)
        return record

    return of


def values(record: Any, tag: str, code: str = "a") -> list[str]:
    return [value for field in record.get_fields(tag) for value in field.get_subfields(code)]


def plain(record: Any) -> list[tuple[str, Any]]:
    return [(f.tag, f.data if f.control_field else (tuple(f.indicators), f.subfields)) for f in record.fields]


def test_every_bundled_film_is_valid(
    bundled: Store, written: Written, read: Read, schema: dict[str, Any], xsd: etree.XMLSchema
) -> None:
    found = films(Request(bundled))
    assert TRAIN in found
    for film in found:
        data, _ = written(bundled, "marcxml", film)
        assert xsd.validate(etree.fromstring(data)), f"{film}: {xsd.error_log}"
        assert avram.errors(read(bundled, film), schema) == []


@pytest.mark.parametrize("text", ["title only", "hostile"])
def test_a_film_of_any_kind_is_valid(
    text: str,
    store_of: Callable[[str], Store],
    written: Written,
    read: Read,
    schema: dict[str, Any],
    xsd: etree.XMLSchema,
) -> None:
    store = store_of(TEXTS[text])
    data, _ = written(store, "marcxml", FERRY)
    assert xsd.validate(etree.fromstring(data, etree.XMLParser(huge_tree=True))), xsd.error_log
    assert avram.errors(read(store), schema) == []
    assert avram.errors(read(store, name="marc"), schema) == []


def test_iso_2709_holds_the_same_fields_as_xml_for_every_bundled_film(bundled: Store, read: Read) -> None:
    for film in films(Request(bundled)):
        assert plain(read(bundled, film, "marc")) == plain(read(bundled, film))


def test_a_film_looks_as_it_did_when_it_was_reviewed(
    bundled: Store, written: Written, golden: Callable[[str, bytes], bytes]
) -> None:
    for name, ending in (("marcxml", "marc.xml"), ("marc", "mrc")):
        data, _ = written(bundled, name, TRAIN)
        assert data == golden(f"export/last-train-home.{ending}", data)


def test_ten_thousand_credits_are_valid_and_what_iso_2709_has_no_room_for_is_counted(
    store_of: Callable[[str], Store], written: Written, schema: dict[str, Any], xsd: etree.XMLSchema
) -> None:
    store = store_of(TEN_THOUSAND)
    data, losses = written(store, "marcxml", FERRY)
    assert losses == []
    assert xsd.validate(etree.fromstring(data, etree.XMLParser(huge_tree=True))), xsd.error_log
    data, losses = written(store, "marc", FERRY)
    assert len(data) == int(data[:5])
    (record,) = list(pymarc.MARCReader(data))
    assert avram.errors(record, schema) == []
    (beyond,) = [loss for loss in losses if "fields beyond the length" in loss.what]
    assert 8_000 < beyond.number < 10_000


def test_a_long_note_is_split_and_a_long_name_is_cut(
    store_of: Callable[[str], Store], written: Written, read: Read
) -> None:
    store = store_of(HOSTILE)
    _, losses = written(store, "marc", FERRY)
    assert any("cut short" in loss.what for loss in losses)
    whole = read(store, citations="full").get_fields("508")
    pieces = read(store, name="marc", citations="full").get_fields("508")
    assert len(pieces) > len(whole)
    assert " ".join(field["a"] for field in pieces) == " ".join(field["a"] for field in whole)


def test_an_article_at_the_start_does_not_file(store_of: Callable[[str], Store], read: Read) -> None:
    record = read(store_of(TITLE_ONLY.replace("Night Ferry", "The Night Ferry")))
    assert list(record["245"].indicators) == ["0", "4"]
    assert list(read(store_of(TITLE_ONLY))["245"].indicators) == ["0", "0"]


def test_a_film_of_which_only_the_title_is_known_has_a_record(store_of: Callable[[str], Store], read: Read) -> None:
    record = read(store_of(TITLE_ONLY))
    assert record["008"].data == "000101nuuuuuuuuxx --- |     ||   muund d"
    assert record["001"].data == "night-ferry"
    assert record["245"]["a"] == "Night Ferry"


def test_names_and_titles_in_another_script_stand_in_880(store_of: Callable[[str], Store], read: Read) -> None:
    record = read(store_of(HOSTILE))
    linked = {tuple(field.get_subfields("6", "a")) for field in record.get_fields("880")}
    texts = {text: link for link, text in linked}
    assert {"范立新", "夜渡"} <= set(texts)
    assert texts["范立新"].endswith("/$1")
    for link, _ in linked:
        partner = next(f for f in record.get_fields(link[:3]) if f.get("6") == f"880-{link[4:6]}")
        assert partner["a"].isascii()
    assert "مركب الليل" in values(record, "246")


def test_a_person_has_one_entry_with_all_roles(bundled: Store, read: Read) -> None:
    entries = [field for field in read(bundled, TRAIN).get_fields("700") if field["a"] == "Fan, Lixin"]
    assert [field.get_subfields("4") for field in entries] == [["fmd", "fmk", "flm"]]


def test_a_record_holds_what_belongs_to_a_moving_image(bundled: Store, read: Read, written: Written) -> None:
    record = read(bundled, TRAIN)
    assert values(record, "511") == ["On screen: Changhua Zhang; Suqin Chen; Qin Zhang; Yang Zhang; Tingsui Tang"]
    (credits_,) = values(record, "508")
    assert credits_.startswith("Film director, Lixin Fan; filmmaker, Lixin Fan; film editor, Lixin Fan")
    notes = " ".join(values(record, "500"))
    assert "Footage shot: 300 hours" in notes
    for no_matter in ("gross", "Rated", "Consent", "Also deals with", "Holidays"):
        assert no_matter not in notes
    assert "RIDM, 2009, prize (perhaps the same as Best Canadian Film or top prize)" in values(record, "586")
    _, losses = written(bundled, "marcxml", TRAIN)
    assert {"rating", "other figures", "stages of the making without a date"} <= {loss.what for loss in losses}


def test_what_is_only_shown_is_no_subject_unless_it_is_a_person_or_a_place(
    store_of: Callable[..., Store], read: Read
) -> None:
    facts = """
      film:night-ferry fg:depicts fgv:lantern , event:regatta , place:ystad ; fg:about fgv:tides .
      fgv:lantern a skos:Concept ; skos:prefLabel "lantern"@en . fgv:tides a skos:Concept ; skos:prefLabel "tides"@en .
      event:regatta a fg:Event ; fg:name "regatta"@en . place:ystad a fg:Place ; fg:name "Ystad"@en .
    """
    record = read(store_of(f"{TITLE_ONLY}<urn:a#char=20,30> {{ {facts} }}"))
    assert values(record, "650") == ["Tides"]
    assert values(record, "651") == ["Ystad"]


def test_every_link_leads_to_an_883_with_a_citation(bundled: Store, read: Read) -> None:
    record = read(bundled, TRAIN)
    cited = {field["8"]: field["u"] for field in record.get_fields("883")}
    links = {link for field in record.fields if not field.control_field for link in field.get_subfields("8")}
    assert links == set(cited)
    assert len(set(cited.values())) == len(cited) > 10
    assert all("#char=" in iri for iri in cited.values())


def test_a_field_with_data_provenance_names_one_passage_of_each_document_as_consulted(
    bundled: Store, read: Read
) -> None:
    title = read(bundled, TRAIN)["245"].get_subfields("7")
    assert len(title) == 5
    assert all(text.startswith("(dpesc)https://") and "#char=" in text for text in title)
    assert len({text.partition("#")[0] for text in title}) == len(title)
    assert read(bundled, TRAIN)["245"].get_subfields("8") == []


def test_every_citation_is_named_where_they_are_asked_for(bundled: Store, written: Written) -> None:
    brief, full = (written(bundled, "marcxml", TRAIN, how)[0].count(b"#char=") for how in ("", "full"))
    assert full > brief + 150


def test_fixed_fields_hold_length_year_country_and_language(bundled: Store, read: Read) -> None:
    fixed = read(bundled, TRAIN)["008"].data
    assert (fixed[6:15], fixed[15:18], fixed[18:21], fixed[33:38]) == ("s2009    ", "xxc", "090", "mlchi")
    assert read(bundled, TRAIN)["306"]["a"] == "013000"


def test_a_film_longer_than_999_minutes_is_000(store_of: Callable[[str], Store], read: Read) -> None:
    record = read(store_of(HOSTILE))
    assert record["008"].data[6:21] == "q19001999xx 000"
    assert values(record, "306") == ["200000"]


def test_without_pymarc_the_message_says_what_to_install(
    bundled: Store, written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pymarc", None)
    with pytest.raises(MissingDependencyError) as error:
        written(bundled, "marc", TRAIN)
    assert error.value.hint == "Install it with: pip install 'filmgraph[export]'"
