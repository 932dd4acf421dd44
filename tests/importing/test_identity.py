"""Whom and what an import speaks of: certain, open, decided, new; nothing is merged silently."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

import filmgraph
from filmgraph.cli import main
from filmgraph.collection.starter import start

if TYPE_CHECKING:
    from pathlib import Path

ARCHIVE = """id,Title,Year,Minutes,Director,Company
1,Fog,2001,78,Bo Lake,Quay Films
2,Two Piers,1998,91,Ada Holm,Quay Films
"""


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    start(str(folder))
    return folder


def imported(collection: Path, slug: str, text: str, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    """What an import says."""
    path = collection.parent / f"{slug}.csv"
    path.write_text(text, encoding="utf-8")
    capsys.readouterr()
    main(["-C", str(collection), "import", str(path), *options])
    return capsys.readouterr().err


def rows(collection: Path, slug: str) -> list[dict[str, str]]:
    """The rows of a matches file."""
    with (collection / "matches" / f"{slug}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def count(collection: Path, pattern: str) -> int:
    """How many solutions a pattern has."""
    prefixes = (
        "PREFIX fg: <https://w3id.org/filmgraph/ns#> PREFIX person: <https://w3id.org/filmgraph/id/person/> "
        "PREFIX rel: <http://id.loc.gov/vocabulary/relators/> "
    )
    with filmgraph.open(collection) as graph:
        return len(graph.query(f"{prefixes} SELECT DISTINCT ?x {{ {pattern} }}").to_rows())


def test_people_and_companies_on_one_film_are_the_same(collection: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(collection, "archive", ARCHIVE, capsys)
    said = imported(
        collection, "lender", 'id,Title,Year,Minutes,Director,Company\n8,Fog,2001,78,"Lake, Bo",Quay Films\n', capsys
    )
    assert "Films: 1 certain, 0 open" in said
    assert "People: 1 certain, 0 open" in said
    assert "Companies: 1 certain, 0 open" in said
    assert count(collection, '?x a fg:Person ; fg:name ?name FILTER(STR(?name) = "Bo Lake")') == 1


def test_a_name_alone_is_not_enough_and_is_asked_once(collection: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(collection, "archive", ARCHIVE, capsys)
    other = "id,Title,Year,Director\n9,Another Film,1960,Bo Lake\n"
    said = imported(collection, "lender", other, capsys)
    assert "People: 0 certain, 1 open, 0 decided, 0 new." in said
    assert count(collection, '?x a fg:Person ; fg:name ?name FILTER(STR(?name) = "Bo Lake")') == 2
    (row,) = rows(collection, "lender")
    assert (row["key"], row["reasons"]) == ("person/bo-lake", "same name")
    assert "0 open" in imported(collection, "archive", ARCHIVE, capsys), "the other import asks already"
    decided = (collection / "matches" / "lender.csv").read_text(encoding="utf-8").replace(",,", ",person:bo-lake,", 1)
    (collection / "matches" / "lender.csv").write_text(decided, encoding="utf-8")
    assert "People: 0 certain, 0 open, 1 decided" in imported(collection, "lender", other, capsys)
    assert count(collection, '?x a fg:Person ; fg:name ?name FILTER(STR(?name) = "Bo Lake")') == 1


def test_a_decision_stays_where_its_record_is_gone_for_a_while(
    collection: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(collection, "archive", ARCHIVE, capsys)
    both = "id,Title,Year\n5,Fog,2002\n6,Sand,1990\n"
    imported(collection, "lender", both, capsys)
    path = collection / "matches" / "lender.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",,", ",new,", 1), encoding="utf-8")
    imported(collection, "lender", "id,Title,Year\n6,Sand,1990\n", capsys)
    assert [row["decision"] for row in rows(collection, "lender")] == ["new"]
    assert "1 decided" in imported(collection, "lender", both, capsys)


def test_a_title_and_a_year_are_not_enough_either(collection: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(collection, "archive", ARCHIVE, capsys)
    said = imported(collection, "lender", "id,Title,Year\n3,Fog,2001\n", capsys)
    assert "Films: 0 certain, 1 open" in said


MAPPING = """#+ summary: Films with identifiers
#+ reads: csv
#+ key: [id]
#+ about: [title]

PREFIX fg: <https://w3id.org/filmgraph/ns#>
PREFIX film: <https://w3id.org/filmgraph/id/film/>
PREFIX title: <https://w3id.org/filmgraph/id/title/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

CONSTRUCT { ?film a fg:Film ; fg:title ?node ; skos:exactMatch ?same . ?node a fg:Title ; fg:titleText ?text . } WHERE {
  BIND(IRI(CONCAT(STR(film:), ?record)) AS ?film)
  BIND(STRLANG(?title, "und") AS ?text)
  BIND(IRI(CONCAT(STR(title:), ?record)) AS ?node)
  BIND(IRI(CONCAT("https://films.example/", ?id)) AS ?same)
}
"""


def test_external_identifiers_decide(collection: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mapping = collection / "imports" / "identified.rq"
    mapping.parent.mkdir(exist_ok=True)
    mapping.write_text(MAPPING, encoding="utf-8")
    imported(collection, "one", "id,title\na1,Fog\na2,Sand\n", capsys, "--with", "identified")
    said = imported(collection, "two", "id,title\na1,Nebel\na3,Sand\n", capsys, "--with", "identified")
    assert "Films: 1 certain, 0 open, 0 decided, 1 new." in said
