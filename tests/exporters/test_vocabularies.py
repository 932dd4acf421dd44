"""The linked-data formats against the official files: every term exists, every domain and range holds."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from tests.exporters.vocabulary import SCHEMA, Vocabulary

from filmgraph.exporters import Request, find
from filmgraph.exporters.crosswalks import crosswalk
from filmgraph.exporters.film.films import films
from filmgraph.opening import open_store
from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from filmgraph.store.base import Store

SKOS = PREFIXES["skos"]
TIME = "http://www.w3.org/2006/time#"
BIBFRAME = "http://id.loc.gov/ontologies/bibframe/"
EBU = "http://www.ebu.ch/metadata/ontologies/ebucoreplus#"
FIAF = "https://ontology.fiafcore.org/"
OFFICIAL = {
    "bibframe": ("bibframe/bibframe.rdf", BIBFRAME),
    "ebucoreplus": ("ebucoreplus/ebucoreplus.ttl", EBU),
    "fiafcore": ("fiafcore/FIAFcore.ttl", FIAF),
    "schemaorg": ("schemaorg/schemaorg-all-http.ttl", SCHEMA),
}
BESIDES = {
    "ebucoreplus": [
        *(SKOS + name for name in ("Concept", "prefLabel", "notation")),
        *(TIME + name for name in ("Instant", "inXSDDate", "inXSDgYear", "inXSDgYearMonth")),
    ]
}
FILMS = """
<urn:a#char=0,10> {
  film:bare a fg:Film ; fg:title title:bare.bare .
  title:bare.bare a fg:Title ; fg:titleText "Bare"@en .
}
<urn:b#char=0,10> {
  film:odd a fg:Film ; fg:title title:odd.odd , title:odd.zh , title:odd.ar ; fg:date "19XX"^^edtf:EDTF ;
    fg:runtime "PT85M"^^xsd:duration , "PT1H27M"^^xsd:duration ; fg:productionCountry <urn:nowhere> ;
    fg:about <urn:what> ; fg:genre <urn:genre> .
  title:odd.odd a fg:Title ; fg:titleText "Odd \\"& <b>\\" \\\\ it\\u2019s\\nlonger"@en .
  title:odd.zh a fg:Title ; fg:titleText "归途列车"@zh .
  title:odd.ar a fg:Title ; fg:titleText "قطار \u202eالعودة"@ar .
  credit:odd.one a fg:Credit ; fg:film film:odd ; fg:agent group:nobody ; fg:role rel:fmd .
  credit:odd.two a fg:Credit ; fg:film film:odd ; fg:agent <urn:untyped> .
  credit:odd.three a fg:Credit ; fg:film film:odd ; fg:agent person:ada ; fg:role rel:act ;
    fg:characterName "The \\"Ferryman\\""@en .
  group:nobody a fg:Group . person:ada a fg:Person ; fg:name "LONG"@en .
  release:odd.tv a fg:Broadcast ; fg:film film:odd ; fg:outlet person:ada ; fg:date "2001-02-03/2001-02-04"^^edtf:EDTF .
  screening:odd.x a fg:Screening ; fg:film film:odd ; fg:date "2001~"^^edtf:EDTF .
  rating:odd.x a fg:Rating ; fg:film film:odd ; fg:describes film:odd ; fg:value 7.5 ; fg:outlet org:paper .
  result:odd.x a fg:AwardResult ; fg:film film:odd ; fg:recipient person:ada .
}
""".replace("LONG", "x" * 20_000)


@pytest.fixture(scope="module")
def bundled() -> Store:
    return open_store(None)


@pytest.fixture(scope="module")
def official(shared: Path) -> Callable[[str], Vocabulary]:
    read: dict[str, Vocabulary] = {}

    def vocabulary(name: str) -> Vocabulary:
        if name not in read:
            file, namespace = OFFICIAL[name]
            read[name] = Vocabulary(shared / "standards" / file, namespace)
        return read[name]

    return vocabulary


def exported(store: Store, name: str, film: str = "") -> bytes:
    out = io.BytesIO()
    find(name).write(Request(store, film), out)
    return out.getvalue()


def triples(data: bytes, name: str, shared: Path) -> list[ox.Triple]:
    if name != "schemaorg":
        return [quad.triple for quad in ox.parse(data, ox.RdfFormat.TURTLE)]
    context = json.loads((shared / "standards/schemaorg/schemaorgcontext.jsonld").read_text("utf-8"))

    def loader(url: str, _options: object) -> dict[str, Any]:
        assert url == "https://schema.org"
        return {"contextUrl": None, "documentUrl": url, "document": context}

    from pyld import jsonld  # noqa: PLC0415 -- slow to import

    text = jsonld.to_rdf(json.loads(data), {"format": "application/n-quads", "documentLoader": loader})
    return [quad.triple for quad in ox.parse(text.encode(), ox.RdfFormat.N_QUADS)]


def test_every_crosswalk_has_an_official_file() -> None:
    assert set(crosswalk.paths()) == set(OFFICIAL)


@pytest.mark.parametrize("name", OFFICIAL)
def test_every_bundled_film_uses_the_vocabulary_as_it_is_meant(
    name: str, bundled: Store, official: Callable[[str], Vocabulary], shared: Path
) -> None:
    vocabulary = official(name)
    found = films(Request(bundled))
    assert len(found) > 3
    for film in found:
        written = triples(exported(bundled, name, film), name, shared)
        assert len(written) > 2
        assert vocabulary.problems(written, besides=BESIDES.get(name, ())) == [], film


@pytest.mark.parametrize("name", OFFICIAL)
def test_a_film_with_a_node_of_each_kind_is_right(
    name: str, night_ferry: Store, official: Callable[[str], Vocabulary], shared: Path
) -> None:
    written = triples(exported(night_ferry, name, PREFIXES["film"] + "night-ferry"), name, shared)
    assert len(written) > 100
    assert official(name).problems(written, besides=BESIDES.get(name, ())) == []


@pytest.mark.parametrize("name", OFFICIAL)
def test_bare_and_hostile_films_are_right_too(
    name: str, store_of: Callable[[str], Store], official: Callable[[str], Vocabulary], shared: Path
) -> None:
    store = store_of(FILMS)
    for film in ("bare", "odd"):
        written = triples(exported(store, name, PREFIXES["film"] + film), name, shared)
        assert len(written) > 1
        assert official(name).problems(written, besides=BESIDES.get(name, ())) == []
        values = {term.object.value for term in written if isinstance(term.object, ox.Literal)}
        assert values >= ({"Bare"} if film == "bare" else {"归途列车", 'Odd "& <b>" \\ it\u2019s\nlonger'})


WRONG = {
    "bibframe": f"""@prefix v: <{BIBFRAME}> . <urn:f> a v:Work , v:Movie ; v:titel "x" ; v:title "x" .
        <urn:a> v:role <urn:r> . <urn:i> a v:Work ; v:provisionActivity <urn:f> .""",
    "ebucoreplus": f"""@prefix v: <{EBU}> . <urn:f> a v:EditorialWork , v:Movie ; v:titel "x" ; v:hasRating "7" .
        <urn:r> a v:Rating ; v:hasRatingProvider <urn:f> ; v:playsCharacter <urn:f> .""",
    "fiafcore": f"""@prefix v: <{FIAF}> . <urn:f> a v:Monographic , v:Movie ; v:titel "x" ; v:hasTitle <urn:f> .
        <urn:t> a v:Title ; v:hasTitleValue "x"@en ; v:hasEventDate "2009" .""",
    "schemaorg": f"""@prefix v: <{SCHEMA}> . <urn:f> a v:Movie , v:Film ; v:titel "x" ; v:director "x" .
        <urn:p> a v:Person ; v:director <urn:p> . <urn:g> a v:Movie ; v:aggregateRating <urn:p> .""",
}


@pytest.mark.parametrize("name", OFFICIAL)
def test_the_check_itself_finds_wrong_terms_domains_and_ranges(
    name: str, official: Callable[[str], Vocabulary]
) -> None:
    graph = [quad.triple for quad in ox.parse(WRONG[name], ox.RdfFormat.TURTLE)]
    problems = official(name).problems(graph)
    assert sum(problem.startswith("there is no class") for problem in problems) == 1
    assert sum(problem.startswith("there is no property") for problem in problems) == 1
    assert sum("is used of" in problem for problem in problems) >= 1
    assert sum(" and not a " in problem and "is used of" not in problem for problem in problems) >= 1
