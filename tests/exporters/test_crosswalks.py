"""Formats that are data: a file of queries/export is a format, and its query says what is in it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from filmgraph.errors import FileError, FrontMatterError, UnknownThingError
from filmgraph.exporters import Request, find, names, of_file
from filmgraph.exporters.crosswalks import crosswalk
from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from filmgraph.store.base import Store

FERRY = PREFIXES["film"] + "night-ferry"
FILMS = """
<urn:a#char=0,10> {
  film:night-ferry a fg:Film ; fg:runtimeMinutes 85 ; fg:date "1999"^^edtf:EDTF .
  remark:a.one a fg:Remark ; fg:film film:night-ferry .
  remark:a.two a fg:Remark ; fg:about film:night-ferry .
}
<urn:b#char=0,10> { film:night-ferry fg:runtimeMinutes 87 ; fg:date "1999-05-03"^^edtf:EDTF . }
<urn:b#char=20,30> { film:night-ferry fg:runtimeMinutes 87 . film:other a fg:Film . person:ada a fg:Person . }
<urn:c#char=0,10> { film:night-ferry fg:runtimeMinutes 87 . }
graph:citations {
  <urn:a#char=0,10> oa:hasSource <urn:a> . <urn:b#char=0,10> oa:hasSource <urn:b> .
  <urn:b#char=20,30> oa:hasSource <urn:b> . <urn:c#char=0,10> oa:hasSource <urn:c> .
}
"""
FILE = """#+ summary: A film and its length.
#+ media_type: text/turtle
#+ endings: [plain.ttl]
#+ keeps: length and date
#+ loses: everything else
#+ syntax: turtle

PREFIX fg: <https://w3id.org/filmgraph/ns#>
PREFIX ex: <https://example.org/terms#>
CONSTRUCT { $film ex:minutes ?minutes ; ex:first ?first }
WHERE { $film a fg:Film . OPTIONAL { $film fg:runtimeMinutes ?minutes } OPTIONAL { $film fg:earliest ?first } }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[str], str]:
    """A collection with one crosswalk of its own."""

    def make(text: str) -> str:
        path = tmp_path / "queries" / "export" / "plain.rq"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
        return str(tmp_path)

    return make


def test_a_file_in_the_folder_is_a_format(folder: Callable[[str], str], store_of: Callable[[str], Store]) -> None:
    collection, out = folder(FILE), io.BytesIO()
    exporter = find("plain", collection)
    losses = exporter.write(Request(store_of(FILMS), FERRY), out)
    assert "plain" in names(collection)
    assert "plain" not in names()
    assert of_file("film.plain.ttl", collection).name == "plain"
    assert of_file("film.ttl", collection).name == "turtle"
    written = {(triple.predicate.value, getattr(triple.object, "value", "")) for triple in _read(out)}
    assert written == {("https://example.org/terms#minutes", "87"), ("https://example.org/terms#first", "1999-05-03")}
    assert [str(loss) for loss in losses] == [
        "4 citations",
        "1 other value of date",
        "1 other value of runtime in minutes",
        "2 remarks",
        "2 values that stand nowhere: 1 of date, 1 of runtime minutes",
    ]


def test_without_a_thing_every_film_is_written(folder: Callable[[str], str], store_of: Callable[[str], Store]) -> None:
    out = io.BytesIO()
    find("plain", folder(FILE.replace("ex:first ?first", "a ex:Film"))).write(Request(store_of(FILMS)), out)
    assert {getattr(triple.subject, "value", "") for triple in _read(out)} == {FERRY, PREFIXES["film"] + "other"}


def test_what_is_no_film_is_refused(store_of: Callable[[str], Store]) -> None:
    with pytest.raises(UnknownThingError, match="no film"):
        find("bibframe").write(Request(store_of(FILMS), PREFIXES["person"] + "ada"), io.BytesIO())


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("summary", "sumary", r"plain\.rq:1:4: Unknown key 'sumary'"),
        ("#+ keeps: length and date\n", "", "no keeps"),
        ("syntax: turtle", "syntax: prose", r"plain\.rq:6:\d+: There is no syntax 'prose'"),
        ("syntax: turtle", "syntax: json", "needs a context"),
        ("CONSTRUCT {", "CONSTRUCT {{", r"plain\.rq:10:"),
        ("CONSTRUCT { $film ex:minutes ?minutes ; ex:first ?first }", "SELECT *", "CONSTRUCT"),
        ("$film", "?film", "one parameter"),
    ],
)
def test_what_is_wrong_in_a_file_is_said_with_its_place(
    folder: Callable[[str], str], old: str, new: str, message: str
) -> None:
    with pytest.raises((FrontMatterError, FileError), match=message):
        find("plain", folder(FILE.replace(old, new)))


def test_bundled_crosswalks_are_found_by_their_names() -> None:
    assert set(crosswalk.paths()) <= set(names())
    assert crosswalk.paths()


def _read(out: io.BytesIO) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(out.getvalue(), ox.RdfFormat.TURTLE)]


GOLDEN = {"bibframe": "ttl", "ebucoreplus": "ttl", "fiafcore": "ttl", "schemaorg": "jsonld"}


@pytest.mark.parametrize("name", GOLDEN)
def test_a_film_is_what_was_read_by_eye(name: str, night_ferry: Store, golden: Callable[[str, bytes], bytes]) -> None:
    out = io.BytesIO()
    find(name).write(Request(night_ferry, FERRY), out)
    expected = golden(f"export/{name}.{GOLDEN[name]}", out.getvalue())
    if GOLDEN[name] == "ttl":
        assert _triples(out.getvalue()) == _triples(expected)  # no blank nodes, so the same graph is the same set
    else:
        assert out.getvalue() == expected


@pytest.mark.parametrize("name", GOLDEN)
def test_two_thousand_credits_are_written(name: str, store_of: Callable[[str], Store]) -> None:
    credit = (
        "credit:big.{0} a fg:Credit ; fg:film film:big ; fg:agent person:p{0} ; fg:role rel:fmp .\n"
        'person:p{0} a fg:Person ; fg:name "Person {0}"@en .\n'
    )
    # Ten thousand take some seconds per format; what grows with the square shows with two thousand, too.
    store = store_of(
        "<urn:a#char=0,9> { film:big a fg:Film . " + "".join(credit.format(number) for number in range(2_000)) + "}"
    )
    out = io.BytesIO()
    find(name).write(Request(store, PREFIXES["film"] + "big"), out)
    assert out.getvalue().count(b"Person 1999") == 1


def _triples(data: bytes) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(data, ox.RdfFormat.TURTLE)}
