from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import filmgraph
from filmgraph.errors import AmbiguousNameError, UnknownThingError
from filmgraph.lookup.names import as_iri, find, only, sole
from filmgraph.opening import open_store
from filmgraph.rdf.namespaces import FG, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from filmgraph.store.base import Store

FERRY = PREFIXES["film"] + "night-ferry"
ADA = PREFIXES["person"] + "ada-holm"
SOURCE = "https://w3id.org/filmgraph/source/harbour-guide.aaaaaaaa"
MORE = f"""
<{SOURCE}#char=300,310> {{
  film:fog a fg:Film ; fg:title <https://w3id.org/filmgraph/id/title/fog> .
  <https://w3id.org/filmgraph/id/title/fog> a fg:Title ; fg:titleText "Fog"@en .
  version:fog-tv a fg:Version ; fg:versionOf film:fog ; fg:title <https://w3id.org/filmgraph/id/title/fog> .
  place:fog a fg:Place ; fg:name "Fog"@en .
  person:fog a fg:Person ; fg:name "Fog"@en .
}}
"""
ONTOLOGY = """
fg:Agent a rdfs:Class ; rdfs:label "agent"@en .
fg:Person rdfs:subClassOf fg:Agent ; rdfs:label "person"@en .
fg:Film rdfs:label "film"@en .
fg:Place rdfs:label "place"@en .
"""


@pytest.fixture
def store(collection_of: Callable[[dict[str, str]], Path]) -> Iterator[Store]:
    opened = open_store(collection_of({"data/more.trig": MORE, "ontology/film.ttl": ONTOLOGY}))
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("Night Ferry", FERRY),
        ("  night   FERRY ", FERRY),
        ("Ñíght Férry", FERRY),
        ("夜渡", FERRY),
        ("ada holm", ADA),
        ("Åda Hølm", ADA),
        ("Holm Ada", ADA),
        ("Holm, Ada", ADA),
        ("Denmark", PREFIXES["country"] + "DK"),
        ("film:night-ferry", FERRY),
        (FERRY, FERRY),
        (f"<{FERRY}>", FERRY),
        ("rel:fmd", PREFIXES["rel"] + "fmd"),
        ("Film Director", PREFIXES["rel"] + "fmd"),
    ],
)
def test_a_thing_is_found_by_name_title_and_iri(store: Store, text: str, iri: str) -> None:
    assert find(store, text).value == iri


def test_several_things_of_one_name_are_listed(store: Store) -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        find(store, "fog")
    assert caught.value.choices == ("film:fog  Fog (film)", "person:fog  Fog (person)", "place:fog  Fog (place)")
    assert str(caught.value) == "3 things are called 'fog'."


def test_a_class_and_its_subclasses_narrow_the_search(store: Store) -> None:
    assert find(store, "fog", kind=FG + "Agent").value == PREFIXES["person"] + "fog"
    assert find(store, "fog", kind=FG + "Film").value == PREFIXES["film"] + "fog"
    assert find(store, "fog", kind=FG + "Version").value == PREFIXES["version"] + "fog-tv"


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("Nite Ferry", "Night Ferry"),
        ("ferry", "Night Ferry"),
        ("Ada Holmes", "Ada Holm"),
        ("film:night-fery", "film:night-ferry"),
    ],
)
def test_an_unknown_name_suggests_the_nearest(store: Store, text: str, nearest: str) -> None:
    with pytest.raises(UnknownThingError) as caught:
        find(store, text)
    assert caught.value.choices[0] == nearest


def test_an_unknown_name_of_a_class_says_which_class(store: Store) -> None:
    with pytest.raises(UnknownThingError) as caught:
        find(store, "Ada Holm", kind=FG + "Film")
    assert str(caught.value) == "There is no film called 'Ada Holm': Ada Holm is a person."
    assert "Ada Holm" not in caught.value.choices


@pytest.mark.parametrize("text", ['x" } ; DROP ALL #', "", "\\", "'''", "<>", "<a b>", "\n", "}", "fg:", "\ud800"])
def test_any_text_is_just_a_name_that_nothing_has(store: Store, text: str) -> None:
    with pytest.raises(UnknownThingError):
        find(store, text)


def test_names_are_found_in_any_rdf_file(tmp_path: Path) -> None:
    path = tmp_path / "other.ttl"
    path.write_text('<urn:a> <http://schema.org/name> "Été" . <urn:b> <http://schema.org/name> "Hiver" .', "utf-8")
    with filmgraph.open(path) as graph:
        assert find(graph.store, "ete").value == "urn:a"
        with pytest.raises(UnknownThingError) as caught:
            find(graph.store, "Hivers")
    assert caught.value.choices == ("urn:b",)


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("Alien: Covenant", None),
        ("24:Live", None),
        ("mission:impossible", None),
        ("urn:isan:0000", "urn:isan:0000"),
        ("<mission:impossible>", "mission:impossible"),
        ("https://example.org/a b", None),
    ],
)
def test_titles_with_a_colon_are_no_iris(text: str, iri: str | None) -> None:
    assert as_iri(text) == iri


def test_a_name_of_another_kind_of_thing_is_told_as_such(store: Store) -> None:
    with pytest.raises(
        UnknownThingError, match=r"There is no place called 'Ada Holm': Ada Holm is a person\."
    ) as raised:
        find(store, "Ada Holm", kind=FG + "Place")
    assert raised.value.hint == "Name a place, or ask something else."


def test_the_one_thing_of_a_class_is_found_whoever_asks() -> None:
    store = filmgraph.open().store
    found = {name: sole(store, FG + name) for name in ("Film", "Person", "Agent", "Place", "SourceDocument", "Family")}
    assert any(found.values())
    assert not all(found.values())
    assert found == {name: only(store, FG + name)[0] for name in found}


def test_an_unknown_iri_suggests_iris_of_its_namespace_alone(store: Store) -> None:
    with pytest.raises(UnknownThingError) as raised:
        find(store, PREFIXES["person"] + "ada-hol")
    assert raised.value.choices == ("person:ada-holm",)
    with pytest.raises(UnknownThingError) as raised:
        find(store, "http://example.org/ada-holm")
    assert raised.value.choices == ()
