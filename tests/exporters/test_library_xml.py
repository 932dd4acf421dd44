"""Dublin Core and MODS: valid for every film, and nothing lost without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import etree
from tests.exporters.film_texts import FERRY, HOSTILE, TEXTS, TITLE_ONLY

from filmgraph.errors import UnknownThingError
from filmgraph.exporters import Request
from filmgraph.exporters.film.films import films
from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from filmgraph.exporters import Loss
    from filmgraph.store.base import Store

    Written = Callable[..., tuple[bytes, list[Loss]]]

SCHEMAS = {"dc": "dc/qualifieddc.xsd", "mods": "mods/mods-3-8.xsd"}
DC = "{" + PREFIXES["dcterms"] + "}"
MODS = "{http://www.loc.gov/mods/v3}"
TRAIN = PREFIXES["film"] + "last-train-home"

TWO_LENGTHS = """
<urn:a#char=0,10> {
  film:night-ferry a fg:Film ; fg:runtimeMinutes 85 ; fg:title title:nf.one .
  title:nf.one a fg:Title ; fg:titleText "The Night Ferry"@en .
}
<urn:b#char=0,10> { film:night-ferry fg:runtime "PT1H27M"^^xsd:duration . }
<urn:c#char=0,10> { film:night-ferry fg:runtimeMinutes 85.0 . }
graph:sources { <urn:b> dcterms:title "Tide Weekly"@en . }
graph:citations { <urn:b#char=0,10> oa:hasSource <urn:b> . }
"""


@pytest.fixture(scope="session", params=sorted(SCHEMAS))
def schema(request: pytest.FixtureRequest, shared: Path) -> tuple[str, etree.XMLSchema]:
    """A format and the official schema that its files have to keep to."""
    return request.param, etree.XMLSchema(etree.parse(shared / "standards" / SCHEMAS[request.param]))


def test_every_bundled_film_is_valid(schema: tuple[str, etree.XMLSchema], bundled: Store, written: Written) -> None:
    name, xsd = schema
    found = films(Request(bundled))
    assert TRAIN in found
    for film in found:
        data, _ = written(bundled, name, film)
        assert xsd.validate(etree.fromstring(data)), f"{film}: {xsd.error_log}"


@pytest.mark.parametrize("text", TEXTS)
def test_a_film_of_any_kind_is_valid(
    schema: tuple[str, etree.XMLSchema], text: str, store_of: Callable[[str], Store], written: Written
) -> None:
    name, xsd = schema
    data, _ = written(store_of(TEXTS[text]), name, FERRY)
    assert xsd.validate(etree.fromstring(data, etree.XMLParser(huge_tree=True))), xsd.error_log


def test_the_check_itself_can_fail(schema: tuple[str, etree.XMLSchema], bundled: Store, written: Written) -> None:
    name, xsd = schema
    root = etree.fromstring(written(bundled, name, TRAIN)[0])
    etree.SubElement(root, root[0].tag.replace("title", "tittle")).text = "x"
    assert not xsd.validate(root)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_film_looks_as_it_did_when_it_was_reviewed(
    name: str, bundled: Store, written: Written, golden: Callable[[str, bytes], bytes]
) -> None:
    data, _ = written(bundled, name, TRAIN)
    assert data == golden(f"export/last-train-home.{name}.xml", data)


@pytest.mark.parametrize(("name", "record"), [("dc", "qualifieddc"), ("mods", f"{MODS}mods")])
def test_without_a_thing_every_film_stands_in_one_file(
    name: str, record: str, bundled: Store, written: Written
) -> None:
    root = etree.fromstring(written(bundled, name)[0])
    assert len(root.findall(record)) == len(films(Request(bundled)))


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_person_is_refused(name: str, bundled: Store, written: Written) -> None:
    with pytest.raises(UnknownThingError, match="no film"):
        written(bundled, name, PREFIXES["person"] + "lixin-fan")


@pytest.mark.parametrize(("name", "note"), [("dc", f"{DC}description"), ("mods", f"{MODS}note")])
def test_the_length_that_lost_stands_in_a_note_with_who_gives_it(
    name: str, note: str, store_of: Callable[[str], Store], written: Written
) -> None:
    data, losses = written(store_of(TWO_LENGTHS), name, FERRY)
    root = etree.fromstring(data)
    assert "85 minutes" in [element.text for element in root.iter(f"{DC}extent", f"{MODS}extent")]
    assert "Running time also given as 87 minutes (Tide Weekly)" in [element.text for element in root.iter(note)]
    assert any(str(loss).startswith("1 other value of a date or running time") for loss in losses)


def test_mods_says_who_states_each_element(bundled: Store, written: Written) -> None:
    root = etree.fromstring(written(bundled, "mods", TRAIN)[0])
    stated = {
        element.get("element"): [citation.text for citation in element]
        for element in root.iter("{https://w3id.org/filmgraph/ns#}stated")
    }
    assert len(stated[next(root.iter(f"{MODS}titleInfo")).get("ID")]) > 5
    with_names = {element.get("ID") for element in root.iter() if element.get("ID")}
    assert with_names == set(stated)
    assert all("#char=" in (citation or "") for citations in stated.values() for citation in citations)


def test_mods_sorts_a_title_without_its_article(store_of: Callable[[str], Store], written: Written) -> None:
    title = etree.fromstring(written(store_of(TWO_LENGTHS), "mods", FERRY)[0])
    assert [(element.tag.removeprefix(MODS), element.text) for element in next(title.iter(f"{MODS}titleInfo"))] == [
        ("nonSort", "The"),
        ("title", "Night Ferry"),
    ]


def test_a_film_without_a_title_gets_a_devised_one(bundled: Store, written: Written) -> None:
    root = etree.fromstring(written(bundled, "dc", PREFIXES["film"] + "imdb.1")[0])
    assert root.findtext(f"{DC}title") == "[Film directed by Yung Chang]"
    assert "Title devised; the documents used give none" in [e.text for e in root.iter(f"{DC}description")]


def test_a_name_in_two_scripts_has_both(store_of: Callable[[str], Store], written: Written) -> None:
    root = etree.fromstring(written(store_of(HOSTILE), "mods", FERRY)[0])
    name = next(root.iter(f"{MODS}name"))
    assert [part.text for part in name.findall(f"{MODS}namePart")] == ["Fan", "Lixin"]
    assert name.findtext(f"{MODS}alternativeName/{MODS}namePart") == "范立新"
    titles = {(info.get("{http://www.w3.org/XML/1998/namespace}lang"), info.findtext(f"{MODS}title")) for info in root}
    assert {("zh-Latn", "Ye du"), ("zh", "夜渡"), ("ar", "مركب الليل")} <= titles


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_film_with_only_a_title_loses_nothing_but_citations(
    name: str, store_of: Callable[[str], Store], written: Written
) -> None:
    _, losses = written(store_of(TITLE_ONLY), name, FERRY)
    assert [str(loss) for loss in losses] == (
        ["1 citation; they are in source, by their documents"] if name == "dc" else []
    )
