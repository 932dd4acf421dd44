"""The mappings that come with filmgraph, each on a small file of films that do not exist."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

import filmgraph
from filmgraph.cli import main
from filmgraph.collection.resources import root
from filmgraph.collection.starter import start

if TYPE_CHECKING:
    from collections.abc import Sequence

PREFIXES = "".join(
    f"PREFIX {prefix}: <{iri}>\n"
    for prefix, iri in {
        "fg": "https://w3id.org/filmgraph/ns#",
        "fgv": "https://w3id.org/filmgraph/vocab/",
        "film": "https://w3id.org/filmgraph/id/film/",
        "person": "https://w3id.org/filmgraph/id/person/",
        "country": "https://w3id.org/filmgraph/id/place/iso3166-1/",
        "rel": "http://id.loc.gov/vocabulary/relators/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
    }.items()
)


class Sample(NamedTuple):
    """A file, whether its mapping must be named, and patterns that its facts match."""

    name: str
    text: str
    patterns: Sequence[str]
    named: bool = False


def table(*rows: str) -> str:
    """A file of tab-separated values; a blank stands for a tab, a low line for a blank, a full stop for no value."""
    lines = [[cell.replace("_", " ") if cell != "." else "\\N" for cell in row.split(" ")] for row in rows]
    return "".join("\t".join(line) + "\n" for line in lines)


def item(*names: str) -> list[object]:
    """Statements of Wikidata whose values are items."""
    return [{"mainsnak": {"datavalue": {"value": {"id": name}}}, "rank": "normal"} for name in names]


def stated(value: object) -> list[object]:
    """A statement of Wikidata."""
    return [{"mainsnak": {"datavalue": {"value": value}}, "rank": "normal"}]


WIKIDATA = {
    "entities": {
        "Q99900001": {
            "id": "Q99900001",
            "labels": {"en": {"language": "en", "value": "The Harbour Clock"}},
            "claims": {
                "P57": item("Q99900002"),
                "P161": item("Q99900003", "Q99900004"),
                "P577": stated({"time": "+1999-05-00T00:00:00Z", "precision": 10}),
                "P2047": stated({"amount": "+92"}),
                "P345": stated("tt9990001"),
            },
        }
    }
}
MOVIE = {
    "@context": "https://schema.org",
    "@type": "Movie",
    "name": "The Harbour Clock",
    "datePublished": "1999-05-02",
    "duration": "PT1H32M",
    "director": {"@type": "Person", "name": "Ilse Maran"},
    "actor": [{"@type": "Person", "name": "Ada Holm"}, {"@type": "Person", "name": "Bo Lake"}],
    "countryOfOrigin": "Germany",
    "aggregateRating": {"@type": "AggregateRating", "ratingValue": 7.5, "ratingCount": 31},
    "sameAs": "https://www.imdb.com/title/tt9990001",
}
MARC = """<collection xmlns="http://www.loc.gov/MARC21/slim"><record><leader>00000ngm a2200000 i 4500</leader>
<controlfield tag="001">7</controlfield>
<datafield tag="245" ind1="0" ind2="0"><subfield code="a">The harbour clock</subfield></datafield>
<datafield tag="264" ind1=" " ind2="0"><subfield code="c">1999</subfield></datafield>
<datafield tag="700" ind1="1" ind2=" "><subfield code="a">Maran, Ilse</subfield><subfield code="4">fmd</subfield>
</datafield>
</record></collection>
"""
MODS = """<modsCollection xmlns="http://www.loc.gov/mods/v3"><mods>
<titleInfo displayLabel="Original title"><title>Die Hafenuhr</title></titleInfo>
<name type="personal"><namePart type="family">Maran</namePart><namePart type="given">Ilse</namePart>
<role><roleTerm type="text">film director</roleTerm><roleTerm type="code">fmd</roleTerm></role></name>
<genre>drama</genre><physicalDescription><extent unit="minutes">92 minutes</extent></physicalDescription>
<originInfo><dateCreated>1999</dateCreated></originInfo>
<recordInfo><recordIdentifier>7</recordIdentifier></recordInfo></mods></modsCollection>
"""
EFG = """<?xml version="1.0" encoding="UTF-8"?>
<efg:efgEntity xmlns:efg="http://www.europeanfilmgateway.eu/efg"><efg:avcreation>
<efg:avManifestation><efg:identifier scheme="ID">m-7</efg:identifier><efg:duration>00:08:36</efg:duration>
<efg:format><efg:gauge>35 mm</efg:gauge><efg:colour hasColor="false">Black &amp; White</efg:colour></efg:format>
</efg:avManifestation>
<efg:identifier scheme="ID">c-7</efg:identifier><efg:countryOfReference>DE</efg:countryOfReference>
<efg:title lang="de"><efg:text>Die Hafenuhr</efg:text><efg:relation>Original title</efg:relation></efg:title>
<efg:title lang="en"><efg:text>The Harbour Clock</efg:text><efg:relation>Translated title</efg:relation></efg:title>
<efg:keywords lang="en" type="Subject"><efg:term>clocks</efg:term></efg:keywords>
<efg:keywords lang="en" type="Form"><efg:term>Documentary film</efg:term></efg:keywords>
<efg:productionYear>1925-1930</efg:productionYear>
<efg:relPerson><efg:identifier>p-1</efg:identifier><efg:name>Maran, Ilse</efg:name><efg:type>Director</efg:type>
</efg:relPerson>
<efg:relPerson><efg:name>Lake, Bo</efg:name><efg:type>Director of photography</efg:type></efg:relPerson>
<efg:relCorporate><efg:name>Nordfilm</efg:name><efg:type>Production company</efg:type></efg:relCorporate>
</efg:avcreation></efg:efgEntity>
"""
OSCARS = (
    "Ceremony Year Class CanonicalCategory Category Film FilmId Name Nominees NomineeIds Winner Detail Note Citation",
    "1 1999 Acting ACTRESS ACTRESS Fog tt9990001 Ada_Holm Ada_Holm nm9990004 True The_Pilot",
    "1 1999 Title BEST_PICTURE PICTURE Fog|Clock tt9990001|tt9990002 Quay_Films Quay_Films co9990001",
)
FILM = "film:imdb.tt9990001"
SAMPLES = {
    "imdb-basics": Sample(
        "title.basics.tsv",
        table(
            "tconst titleType primaryTitle originalTitle isAdult startYear endYear runtimeMinutes genres",
            "tt9990001 movie The_Harbour_Clock Die_Hafenuhr 0 1999 . 92 Drama,Comedy",
            "tt9990002 short Fog Fog 0 2001 . . .",
        ),
        [
            f'{FILM} fg:runtimeMinutes 92 ; fg:genre fgv:drama , fgv:comedy ; fg:title/fg:titleText "Die Hafenuhr"@und',
            f"{FILM} skos:exactMatch <https://www.imdb.com/title/tt9990001>",
        ],
    ),
    "imdb-crew": Sample(
        "title.crew.tsv",
        table("tconst directors writers", "tt9990001 nm9990001,nm9990002 .", "tt9990002 nm9990003 nm9990001"),
        [
            f"?credit fg:film {FILM} ; fg:role rel:fmd ; fg:agent person:imdb.nm9990002",
            "?credit fg:film film:imdb.tt9990002 ; fg:role rel:aus ; fg:agent person:imdb.nm9990001",
        ],
    ),
    "imdb-principals": Sample(
        "title.principals.tsv",
        table(
            "tconst ordering nconst category job characters",
            'tt9990001 1 nm9990004 actress . ["The_Pilot","A_Cook"]',
            "tt9990001 2 nm9990005 composer . .",
        ),
        [
            f'?credit fg:film {FILM} ; fg:role rel:act ; fg:characterName "The Pilot"@und , "A Cook"@und',
            f"?credit fg:film {FILM} ; fg:role rel:cmp ; fg:agent person:imdb.nm9990005",
        ],
    ),
    "imdb-ratings": Sample(
        "title.ratings.tsv",
        table("tconst averageRating numVotes", "tt9990001 7.4 1204"),
        [f"?figure fg:describes {FILM} ; fg:variable fgv:ratingScore ; fg:value 7.4"],
    ),
    "imdb-akas": Sample(
        "title.akas.tsv",
        table(
            "titleId ordering title region language types attributes isOriginalTitle",
            "tt9990001 1 Die_Hafenuhr . . original . 1",
            "tt9990001 2 L'horloge_du_port FR fr imdbDisplay . 0",
        ),
        [
            f"{FILM} fg:title ?title . ?title fg:titleType fgv:original",
            f'{FILM} fg:title ?title . ?title fg:titleText "L\'horloge du port"@und ; fg:territory country:FR',
        ],
    ),
    "imdb-names": Sample(
        "name.basics.tsv",
        table(
            "nconst primaryName birthYear deathYear primaryProfession knownForTitles",
            "nm9990001 Ilse_Maran 1950 . director tt9990001",
        ),
        ['person:imdb.nm9990001 fg:name "Ilse Maran"@und ; fg:birthDate ?born'],
    ),
    "wikidata": Sample(
        "found.wikidata.json",
        json.dumps(WIKIDATA, indent=1),
        [
            '?film fg:title/fg:titleText "The Harbour Clock"@en ; fg:runtimeMinutes 92',
            "?film skos:exactMatch <https://www.imdb.com/title/tt9990001>",
            "?credit fg:role rel:act ; fg:agent person:wikidata.Q99900004",
        ],
    ),
    "schemaorg": Sample(
        "movie.jsonld",
        json.dumps(MOVIE, indent=1),
        [
            "?film fg:runtimeMinutes 92 ; fg:productionCountry country:DE",
            '?credit fg:role rel:act ; fg:agent/fg:name "Bo Lake"@und',
            "?figure fg:variable fgv:voteCount ; fg:value 31",
        ],
    ),
    "marc": Sample(
        "films.marcxml", MARC, ['?credit fg:role rel:fmd ; fg:agent/fg:name "Ilse Maran"@und ; fg:film/fg:title ?title']
    ),
    "efg": Sample(
        "record.xml",
        EFG,
        [
            '?film fg:title ?title ; fg:genre fgv:documentary ; fg:date ?date . ?title fg:titleText "Die Hafenuhr"@und',
            "?version fg:versionOf ?film ; fg:colour fgv:blackAndWhite ; fg:gauge fgv:film35mm",
            '?credit fg:role rel:cng ; fg:agent/fg:name "Bo Lake"@und ; fg:film/fg:productionCountry country:DE',
            '?credit fg:role rel:prn ; fg:agent/fg:name "Nordfilm"@und',
        ],
    ),
    "oscars": Sample(
        "oscars.csv",
        table(*OSCARS),
        [
            f"?result fg:film {FILM} ; fg:outcome fgv:won ; fg:recipient person:imdb.nm9990004",
            f'?credit fg:film {FILM} ; fg:role rel:act ; fg:characterName "The Pilot"@und',
            "?result fg:film film:imdb.tt9990002 ; fg:outcome fgv:nominated ; fg:award/fg:name ?name",
        ],
    ),
    "mods": Sample(
        "films.mods.xml",
        MODS,
        [
            '?credit fg:role rel:fmd ; fg:agent/fg:name "Ilse Maran"@und ; fg:film ?film . ?film fg:genre fgv:drama',
            "?film fg:title ?title ; fg:runtimeMinutes 92 . ?title fg:titleType fgv:original",
        ],
    ),
    "spreadsheet": Sample(
        "plain.csv",
        "Title,Original title,Year,Minutes,Director,Writer,Cast,Company,Country,Language,Genre\n"
        '"Harbour Clock, The",Die Hafenuhr,1999,92,Ilse Maran,Bo Lake,Ada Holm; Cy Reed,Quay Films,'
        "Germany,German,Drama\n",
        [
            '?film fg:title/fg:titleText "The Harbour Clock"@und ; fg:genre fgv:drama',
            '?credit fg:role rel:act ; fg:agent/fg:name "Cy Reed"@und',
        ],
        named=True,
    ),
}


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    start(str(folder))
    return folder


def test_each_bundled_mapping_has_a_sample() -> None:
    assert {path.stem for path in Path(root(), "imports").glob("*.rq")} == set(SAMPLES)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_bundled_mapping_is_found_by_itself_and_states_what_its_cells_say(
    name: str, collection: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sample = SAMPLES[name]
    path = tmp_path / sample.name
    path.write_text(sample.text, encoding="utf-8")
    assert main(["-C", str(collection), "import", str(path), *(["--with", name] if sample.named else [])]) in {0, 1}
    assert f"Mapping: {name}, which comes with filmgraph." in capsys.readouterr().err
    with filmgraph.open(collection) as graph:
        for pattern in sample.patterns:
            assert len(graph.query(f"{PREFIXES} SELECT * {{ {pattern} }}").to_rows()) > 0, pattern
    assert main(["-C", str(collection), "check"]) == 0, capsys.readouterr().out


def test_the_files_of_one_catalogue_speak_of_the_same_film(
    collection: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("imdb-basics", "imdb-ratings", "wikidata", "schemaorg"):
        path = tmp_path / SAMPLES[name].name
        path.write_text(SAMPLES[name].text, encoding="utf-8")
        main(["-C", str(collection), "import", str(path)])
    capsys.readouterr()
    with filmgraph.open(collection) as graph:
        films = graph.query(
            f"{PREFIXES} SELECT DISTINCT ?film "
            '{ ?film fg:title/fg:titleText ?text FILTER(STR(?text) = "The Harbour Clock") }'
        )
        assert len(films.to_rows()) == 1
