"""Mappings proposed for tables of several languages, used as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import filmgraph
from filmgraph.cli import main
from filmgraph.collection.starter import start
from filmgraph.importing.functions import key
from filmgraph.importing.headers import MEANINGS

if TYPE_CHECKING:
    from pathlib import Path

GERMAN = """Nr.;Filmtitel;Originaltitel;Herstellungsjahr;Regisseur/in;Kamera;Spieldauer in Minuten;Produktionsland;\
Originalsprache;Genre;Herstellerfirma;Kosten in Euro;IMDb-Bewertung
F-01;Fenster, Das;The Window;1971;Maran, Ilse | Brandt, Otto;Jo Lee;92;BRD;Deutsch;Spielfilm;Nordfilm;1,5 Mio.;7,1
F-02;Der Wald;;ca. 1980;Otto Brandt;;1 Std. 40 Min.;Deutschland / Österreich;Französisch;Krimi;;850.000;6,0
"""
FRENCH = """id,titre,année,réalisateur,durée (min),pays,société de production,genre
a1,"Mer, La",1999,"Duval, Anne",88,France,Ciné Sud,drame
a2,Le Port,2001,Jean Roux,1h 35,Belgique,Ciné Sud; Nord Films,documentaire
"""
SPANISH = """Título\tAño\tDirector/a\tGuion\tDuración\tPaís\tRecaudación
La noche\t2010\tAna Ruiz\tAna Ruiz; Pedro Gil\t95 min\tEspaña\t$1,250,000
El tren\t2011\tJosé Díaz\t\t1:42\tMéxico\t
"""
ENGLISH = """Inventory number|Movie Title|Yr|Directed by|Starring|Run time|Country|Genre(s)|Worldwide Box Office ($)
1|The Harbor (1999)|1999|Ann Lee & Bo Poe|Jo Lee, Max Ray, Al Fox|1h 32m|USA, UK|Sci-Fi, Action|$1.2M
2|Lantern, A|2000|Ann Lee|Cy Fry|88 minutes|Germany|Comedy|850,000
"""
TABLES = {
    "filme.csv": (
        GERMAN,
        {"Das Fenster", "The Window", "Ilse Maran", "Otto Brandt", "92", "100", "Germany", "Austria", "1500000"},
        {"850000", "7.1", "Nordfilm", "1980~", "French", "fiction", "crime"},
    ),
    "films.csv": (
        FRENCH,
        {"La Mer", "Anne Duval", "88", "95", "France", "Belgium", "Ciné Sud", "Nord Films"},
        {"drama", "documentary"},
    ),
    "peliculas.tsv": (
        SPANISH,
        {"La noche", "Ana Ruiz", "Pedro Gil", "José Díaz", "95", "102", "Spain", "Mexico", "1250000"},
        set(),
    ),
    "list.csv": (
        ENGLISH,
        {"The Harbor", "A Lantern", "Ann Lee", "Bo Poe", "Max Ray", "92", "88", "United States", "United Kingdom"},
        {"Germany", "science fiction", "action", "comedy", "1200000", "850000"},
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_with_headers_of_its_language_is_imported_as_it_is(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text, *said = TABLES[name]
    folder, table = tmp_path / "own", tmp_path / name
    start(str(folder))
    table.write_text(text, encoding="utf-8")
    assert main(["-C", str(folder), "import", str(table)]) == 0, capsys.readouterr().err
    capsys.readouterr()
    main(["-C", str(folder), "check", "--sources", str(folder / "sources")])
    assert "unsupported       0" in capsys.readouterr().out
    values = set()
    for row in filmgraph.open(folder).query("SELECT DISTINCT ?o { ?s ?p ?o }").to_rows().to_dict()["o"]:
        values.add(str(row))
    assert {one for some in said for one in some} <= values


def test_every_header_is_written_as_headers_are_compared() -> None:
    assert len(MEANINGS) > 300
    assert [header for header in MEANINGS if key(header) != header] == []
