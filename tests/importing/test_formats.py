"""Files of each format, imported with nothing but their name, and held against their texts."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from tests.importing.readers.examples import marc

import filmgraph
from filmgraph.cli import main
from filmgraph.collection.starter import start

if TYPE_CHECKING:
    from pathlib import Path

RECORD = [
    ("001", b"9"),
    ("008", b"140423s1999    xxc092 |     ||   mleng d"),
    ("245", "00\x1faFog & Été /\x1fcby somebody.".encode()),
    ("300", b"  \x1fa1 film reel (92 min.)"),
    ("700", b"1 \x1faMaran, Ilse,\x1fefilm director."),
]
FILES: dict[str, bytes] = {
    "films.csv": 'id,Title,Year,Minutes,Director\n9,"Fog & Été",1999,92,"Maran, Ilse"\n'.encode(),
    "films.tsv": "id\tTitle\tYear\tMinutes\tDirector\n9\tFog & Été\t1999\t92\tIlse Maran\n".encode(),
    "films.json": json.dumps(
        [{"id": 9, "title": "Fog & Été", "year": 1999, "runtime": "1h 32m", "director": {"name": "Ilse Maran"}}]
    ).encode(),
    "films.jsonl": json.dumps(
        {"id": 9, "title": "Fog & Été", "released": "12 March 1999", "minutes": 92, "directors": ["Ilse Maran"]}
    ).encode(),
    "films.xml": (
        '<films><film id="9"><title>Fog &amp; Été</title><year>1999</year><runtime>92</runtime>'
        "<director><name>Maran, Ilse</name></director></film></films>"
    ).encode(),
    "page.html": b'<script type="application/ld+json">'
    + json.dumps(
        {
            "@type": "Movie",
            "@id": "9",
            "name": "Fog & Été",
            "dateCreated": "1999",
            "duration": "PT92M",
            "director": {"@type": "Person", "name": "Ilse Maran"},
        }
    ).encode()
    + b"</script>",
    "records.mrc": marc(RECORD),
}


def run(*arguments: object) -> int:
    try:
        main([str(argument) for argument in arguments])
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    start(str(folder))
    return folder


@pytest.mark.parametrize("name", FILES)
def test_the_film_is_there_and_its_cells_support_it(
    name: str, collection: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name])
    assert run("-C", collection, "import", path) in {0, 1}
    answer = filmgraph.open(collection).query(
        "PREFIX fg: <https://w3id.org/filmgraph/ns#> PREFIX rel: <http://id.loc.gov/vocabulary/relators/>"
        " SELECT ?title ?minutes ?name { ?film fg:title/fg:titleText ?title ; fg:runtimeMinutes ?minutes ."
        " ?credit fg:film ?film ; fg:role rel:fmd ; fg:agent/fg:name ?name . FILTER(STRSTARTS(?title, 'Fog')) }"
    )
    rows = [
        {name: getattr(row[name], "value", None) for name in ("title", "minutes", "name")} for row in answer.to_rows()
    ]
    assert rows == [{"title": "Fog & Été", "minutes": "92", "name": "Ilse Maran"}]
    capsys.readouterr()
    run("-C", collection, "check", "--sources", collection / "sources")
    checked = capsys.readouterr().out
    assert re.search(r"unsupported +0$", checked, re.MULTILINE)
    assert "Error" not in checked


def test_figures_genres_and_countries_are_proposed_and_what_is_no_value_is_none(
    collection: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "films.csv"
    path.write_text(
        "id;Titel;Jahr;Land;Budget (€);Sprache;Genre;Bewertung;Stimmen\n"
        '1;"Uhr, die";1999;Germany / France;1.200.000;German;Drama;7,5;1204\n'
        "2;Fog;NA;Germany;NA;English;Drama;6;30\n",
        encoding="utf-8",
    )
    assert run("-C", collection, "import", path) == 0, capsys.readouterr().err
    capsys.readouterr()
    run("-C", collection, "show", "die Uhr")
    shown = capsys.readouterr().out
    for expected in ("1,200,000", "Germany", "France", "German", "drama", "1204", "7.5 points"):
        assert expected in shown
    run("-C", collection, "check", "--sources", collection / "sources")
    checked = capsys.readouterr().out
    assert "Error" not in checked
    assert re.search(r"unsupported +0$", checked, re.MULTILINE)


def test_money_of_no_currency_is_of_a_currency_that_is_not_stated(
    collection: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "films.csv"
    path.write_text("id,Title,Budget\n1,Fog,5000\n", encoding="utf-8")
    run("-C", collection, "import", path)
    capsys.readouterr()
    run("-C", collection, "show", "Fog")
    assert "of a currency that is not stated" in capsys.readouterr().out


def test_rdf_of_others_is_imported_with_each_statement_cited(
    collection: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        "@prefix s: <http://schema.org/> . @prefix e: <http://e.example/> .\n"
        'e:fog a s:Movie ; s:name "Fog" ; s:dateCreated "2001" ; s:duration "PT78M" ; s:director e:lake .\n'
        'e:lake a s:Person ; s:name "Bo Lake" .\n'
    )
    path = tmp_path / "others.ttl"
    path.write_text(text, encoding="utf-8")
    assert main(["-C", str(collection), "import", str(path)]) == 0, capsys.readouterr().err
    capsys.readouterr()
    assert main(["-C", str(collection), "show", "Fog"]) == 0
    shown = capsys.readouterr().out
    assert "Bo Lake, film director" in shown
    assert "line 3, character 29" in shown
    assert main(["-C", str(collection), "check", "--sources", str(collection / "sources")]) == 0
    assert "unsupported       0" in capsys.readouterr().out
