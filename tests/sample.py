"""An invented collection: a film page about a film that never was, and a letter."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from filmgraph.encoding.pin import pin
from filmgraph.opening import open_store
from filmgraph.passages.texts import SourceText

if TYPE_CHECKING:
    from filmgraph.store.base import Store

PAGE = SourceText.of(
    "film-page",
    "The Salt Road (2031)\n"
    "Directed by Mira Okafor-Lund, who filmed for two and a half years.\n"
    "Running time: 104 min.\n"
    "Some 1.5 million pilgrims walk the road; they cover 1,200 kilometers in sixty days.\n"
    "Opened on 14 February 2032 in Denmark. She was then 41.\n"
    "Winner, Golden Heron, Fjord Film Festival 2031. The critic A.B Castellan called it fine.\n"
    "\u201cI walked it twice,\u201d says the director of her own journey last year.\n"
    "Sign up for our newsletter!\n",
)
PREFIXES = """@base <https://w3id.org/filmgraph/source/film-page> .
@prefix fg: <https://w3id.org/filmgraph/ns#> .
@prefix fgv: <https://w3id.org/filmgraph/vocab/> .
@prefix film: <https://w3id.org/filmgraph/id/film/> .
@prefix title: <https://w3id.org/filmgraph/id/title/> .
@prefix person: <https://w3id.org/filmgraph/id/person/> .
@prefix group: <https://w3id.org/filmgraph/id/group/> .
@prefix credit: <https://w3id.org/filmgraph/id/credit/> .
@prefix series: <https://w3id.org/filmgraph/id/series/> .
@prefix edition: <https://w3id.org/filmgraph/id/edition/> .
@prefix award: <https://w3id.org/filmgraph/id/award/> .
@prefix result: <https://w3id.org/filmgraph/id/result/> .
@prefix release: <https://w3id.org/filmgraph/id/release/> .
@prefix figure: <https://w3id.org/filmgraph/id/figure/> .
@prefix event: <https://w3id.org/filmgraph/id/event/> .
@prefix review: <https://w3id.org/filmgraph/id/review/> .
@prefix country: <https://w3id.org/filmgraph/id/place/iso3166-1/> .
@prefix graph: <https://w3id.org/filmgraph/graph/> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix rel: <http://id.loc.gov/vocabulary/relators/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
FACTS = """
<#:~:text=The%20Salt,(2031)> {
  film:salt-road a fg:Film ; fg:title title:salt-road ; fg:date "2031"^^edtf:EDTF .
  title:salt-road a fg:Title ; fg:titleText "The Salt Road"@en .
}
<#:~:text=Directed,years> {
  credit:mira a fg:Credit ; fg:film film:salt-road ; fg:agent person:mira ; fg:role rel:fmd .
  person:mira a fg:Person ; fg:name "Mira Okafor-Lund"@en .
  figure:filming a fg:Figure ; fg:describes film:salt-road ; fg:value 2.5 ; fg:unit fgv:year .
  film:salt-road a fg:Film .
}
<#:~:text=Running%20time%3A%20104%20min> { film:salt-road a fg:Film ; fg:runtime "PT104M"^^xsd:duration . }
<#:~:text=Some,days> {
  figure:pilgrims a fg:Figure ; fg:describes group:pilgrims ; fg:value 1500000 ; fg:unit fgv:person .
  figure:distance a fg:Figure ; fg:describes group:pilgrims ; fg:value 1200 ; fg:unit fgv:kilometre .
  figure:days a fg:Figure ; fg:describes group:pilgrims ; fg:value 60 ; fg:unit fgv:day .
  group:pilgrims a fg:Group ; fg:name "pilgrims"@en .
}
<#:~:text=Opened,Denmark> {
  release:dk a fg:TheatricalRelease ; fg:film film:salt-road ; fg:territory country:DK ;
    fg:date "2032-02-14"^^edtf:EDTF .
  film:salt-road a fg:Film .
  country:DK a fg:Place .
}
<#:~:text=She%20was%20then%2041> {
  figure:age a fg:Figure ; fg:describes person:mira ; fg:value 41 ; fg:unit fgv:year ; fg:date "2032"^^edtf:EDTF .
  person:mira a fg:Person .
}
<#:~:text=Winner,2031> {
  result:heron a fg:AwardResult ; fg:award award:heron ; fg:ceremony edition:fjord ; fg:film film:salt-road ;
    fg:outcome fgv:won ; fg:date "2031"^^edtf:EDTF .
  award:heron a fg:Award ; fg:name "Golden Heron"@en ; fg:conferredBy series:fjord .
  edition:fjord a fg:EventEdition ; fg:editionOf series:fjord .
  series:fjord a fg:EventSeries ; fg:name "Fjord Film Festival"@en .
  film:salt-road a fg:Film .
}
<#:~:text=The%20critic,fine> {
  review:castellan a fg:Review ; fg:film film:salt-road ; fg:author person:castellan .
  person:castellan a fg:Person ; fg:name "A. B. Castellan"@en .
  film:salt-road a fg:Film .
}
<#:~:text=I%20walked%20it%20twice> {
  event:walk a fg:LifeEvent ; fg:participant person:mira .
  figure:walks a fg:Figure ; fg:describes person:mira ; fg:value 2 .
  person:mira a fg:Person .
}
<#:~:text=her%20own%20journey%20last%20year> {
  event:walk a fg:LifeEvent ; fg:participant person:mira ; fg:date "2030"^^edtf:EDTF .
  person:mira a fg:Person .
}
graph:citations {
  <#:~:text=She%20was%20then%2041> fg:needs <#:~:text=Opened,Denmark> ; fg:derivation fgv:fromAntecedent .
  <#:~:text=I%20walked%20it%20twice> fg:accordingTo person:mira .
  <#:~:text=her%20own%20journey%20last%20year> fg:derivation fgv:fromAntecedent , fgv:fromDocumentDate .
}
"""
REFERENCE = """@prefix fgv: <https://w3id.org/filmgraph/vocab/> .
@prefix country: <https://w3id.org/filmgraph/id/place/iso3166-1/> .
@prefix rel: <http://id.loc.gov/vocabulary/relators/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
country:DK rdfs:label "Denmark"@en . country:SE rdfs:label "Sweden"@en .
rel:fmd a skos:Concept ; skos:prefLabel "film director"@en .
fgv:year a skos:Concept ; skos:prefLabel "years"@en . fgv:day a skos:Concept ; skos:prefLabel "days"@en .
fgv:person a skos:Concept ; skos:prefLabel "people"@en . fgv:mile a skos:Concept ; skos:prefLabel "miles"@en .
fgv:kilometre a skos:Concept ; skos:prefLabel "kilometres"@en .
fgv:won a skos:Concept ; skos:prefLabel "won"@en ; skos:hiddenLabel "winner"@en .
"""


ONTOLOGY = """@prefix fg: <https://w3id.org/filmgraph/ns#> .
@prefix schema: <http://schema.org/> .
fg:runtime schema:domainIncludes fg:Film ; fg:singleValued true .
fg:language schema:domainIncludes fg:Film .
"""


class Sample(NamedTuple):
    """A collection on disk with its texts beside it."""

    root: Path
    pages: dict[str, SourceText]

    @property
    def texts(self) -> Path:
        return self.root / "sources"

    def store(self) -> Store:
        return open_store(self.root)

    def add(self, page: SourceText, facts: str, record: str = "") -> None:
        """Put a text, its record and its facts into the collection, or others in their place."""
        self.pages[page.slug] = page
        (self.texts / f"text-{len(self.pages)}.txt").write_bytes(page.text.encode())
        path = self.root / "data" / "sources.ttl"
        kept = path.read_text(encoding="utf-8") if path.exists() else "@prefix fg: <https://w3id.org/filmgraph/ns#> .\n"
        path.write_text(
            f'{kept}<{page.iri}> a fg:SourceDocument ; fg:sha256 "{page.sha256}" ; '
            f"fg:charLength {len(page.text)} .\n{record}",
            encoding="utf-8",
        )
        self.write_facts(facts, page=page)

    def write_facts(self, facts: str, *, page: SourceText = PAGE) -> None:
        outcome = pin(PREFIXES.replace("source/film-page", f"source/{page.slug}") + facts, self.pages)
        assert outcome.problems == []
        (self.root / "data" / f"{page.slug}.trig").write_text(outcome.text, encoding="utf-8")

    def replace(self, old: str, new: str) -> None:
        """Change the pinned file, as a slip of the pen would."""
        path = self.root / "data" / "film-page.trig"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


def start_of(words: str) -> int:
    return PAGE.text.index(words)


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    """The invented collection, complete and without a fault."""
    for folder in ("data", "ontology", "sources"):
        (tmp_path / folder).mkdir()
    (tmp_path / "data" / "reference.ttl").write_text(REFERENCE, encoding="utf-8")
    (tmp_path / "ontology" / "words.ttl").write_text(ONTOLOGY, encoding="utf-8")
    newsletter = PAGE.citation(start_of("Sign up"), start_of("newsletter!") + len("newsletter!"))
    made = Sample(tmp_path, {})
    made.add(
        PAGE,
        FACTS,
        f'<{PAGE.iri}> fg:date "2031"^^<http://id.loc.gov/datatypes/edtf/EDTF> ; fg:basis <{PAGE.citation(0, 20)}> .\n'
        f"<{PAGE.iri}> fg:about <https://w3id.org/filmgraph/id/film/salt-road> ; fg:leftOut <{newsletter}> .\n"
        f"<{newsletter}> fg:reason <https://w3id.org/filmgraph/vocab/advertising> .\n",
    )
    return made


@pytest.fixture(scope="session")
def shared_reference() -> str:
    """The vocabularies of the tool and of the bundled collection."""
    root = Path(__file__).resolve().parents[1]
    files = (root / "ontology" / "vocabularies" / "terms.ttl", root / "data" / "reference.ttl")
    return "\n".join(file.read_text(encoding="utf-8") for file in files)
