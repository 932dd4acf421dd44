"""QuickStatements: commands that Wikidata reads, and nothing guessed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.exporters.film_texts import FERRY, HOSTILE, TEXTS

from filmgraph.exporters import Request
from filmgraph.exporters.film.films import films
from filmgraph.exporters.quickstatements import PROPERTIES
from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable

    from filmgraph.exporters import Loss
    from filmgraph.store.base import Store

    Written = Callable[..., tuple[bytes, list[Loss]]]

TRAIN = PREFIXES["film"] + "last-train-home"
KINDS = {
    "item": r"Q[1-9]\d*",
    "text": r'[a-z]{2,3}:".{1,400}"',
    "string": r'".{1,400}"',
    "time": r"\+\d{4}-\d\d-\d\dT00:00:00Z/(9|10|11)",
    "quantity": r"\d+(\.\d+)?U7727",
}
OF = {"1476": "text", "2047": "quantity", "577": "time", "854": "string", "958": "string"}
FERRY_KNOWN = """
<urn:a#char=0,10> {
  film:night-ferry a fg:Film ; fg:title title:nf.one ; fg:date "1999-05"^^edtf:EDTF ; fg:genre fgv:documentary .
  title:nf.one a fg:Title ; fg:titleText "Night Ferry"@en ; fg:titleType fgv:original .
  credit:nf.ada a fg:Credit ; fg:film film:night-ferry ; fg:agent person:ada ; fg:role rel:fmd .
  person:ada a fg:Person ; fg:name "Ada Lake"@en .
  release:nf.dk a fg:TheatricalRelease ; fg:film film:night-ferry ; fg:territory country:DK ;
    fg:date "2000-01-02"^^edtf:EDTF .
}
graph:reference {
  film:night-ferry owl:sameAs <http://www.wikidata.org/entity/Q1> . fgv:original rdfs:label "original title"@en .
  person:ada skos:exactMatch <http://www.wikidata.org/entity/Q2> .
}
graph:citations { <urn:a#char=0,10> oa:hasSource <urn:a> . }
graph:sources { <urn:a> dcterms:title "Tide \\"Weekly\\""@en ; dcterms:source <https://example.org/tide> . }
"""


def wrong(text: str) -> list[str]:
    """What in the commands is not as Wikidata wants it."""
    found: list[str] = []
    for line in text.splitlines():
        parts = line.split("\t")
        if parts == ["CREATE"]:
            continue
        if len(parts) < 3 or not re.fullmatch(r"LAST|Q\d+", parts[0]):
            found.append(line)
        elif re.fullmatch(r"[LAD][a-z]{2,3}", parts[1]):
            found += [] if len(parts) == 3 and re.fullmatch(r'".{1,250}"', parts[2]) else [line]
        else:
            found += [line for name, value in zip(parts[1::2], parts[2::2], strict=True) if not _right(name, value)]
    return found


def _right(name: str, value: str) -> bool:
    number = re.fullmatch(r"!?[PS](\d+)", name)
    if not number or f"P{number[1]}" not in PROPERTIES:
        return False
    return bool(re.fullmatch(KINDS[OF.get(number[1], "item")], value))


def test_every_bundled_film_gives_commands_that_are_right(bundled: Store, written: Written) -> None:
    found = films(Request(bundled))
    assert TRAIN in found
    for film in found:
        assert wrong(written(bundled, "quickstatements", film)[0].decode()) == []


@pytest.mark.parametrize("text", TEXTS)
def test_a_film_of_any_kind_gives_commands_that_are_right(
    text: str, store_of: Callable[[str], Store], written: Written
) -> None:
    data, _ = written(store_of(TEXTS[text]), "quickstatements", FERRY)
    assert data.startswith(b"CREATE\nLAST\tL")
    assert wrong(data.decode()) == []


@pytest.mark.parametrize(
    "line",
    [
        "LAST\tP31\tfilm",
        "LAST\tP9999\tQ1",
        "LAST\tLen\tno quotes",
        "Q1\tP577\t2009",
        'LAST\tP31\tQ1\tS1476\t"x"',
        "P31\tQ1",
    ],
)
def test_the_check_itself_can_fail(line: str) -> None:
    assert wrong(line) == [line]


def test_what_is_known_is_linked_with_its_reference(store_of: Callable[[str], Store], written: Written) -> None:
    data, losses = written(store_of(FERRY_KNOWN), "quickstatements", FERRY)
    lines = data.decode().splitlines()
    reference = 'S1476\ten:"Tide "Weekly""\tS958\t"characters 0 to 10"\tS854\t"https://example.org/tide"'
    assert f"Q1\tP57\tQ2\t{reference}" in lines
    assert f'Q1\tP1476\ten:"Night Ferry"\t{reference}' in lines
    assert f"Q1\tP577\t+2000-01-02T00:00:00Z/11\tP291\tQ35\t{reference}" in lines
    assert 'Q1\tDen\t"documentary film directed by Ada Lake"' in lines
    assert "CREATE" not in lines
    assert list(map(str, losses)) == ["1 value that stands nowhere: 1 of label"]  # what P57 is called


def test_what_is_not_known_is_counted_and_not_guessed(bundled: Store, written: Written) -> None:
    data, losses = written(bundled, "quickstatements", TRAIN)
    assert not re.search(r"\tP(57|161|162|272|344|1040)\t", data.decode())
    assert {"credits without a known item", "figures", "award results"} <= {loss.what for loss in losses}


def test_a_name_in_chinese_is_a_label_in_chinese(store_of: Callable[[str], Store], written: Written) -> None:
    text = written(store_of(HOSTILE), "quickstatements", FERRY)[0].decode()
    assert 'LAST\tLzh\t"夜渡"\n' in text


def test_a_film_looks_as_it_did_when_it_was_reviewed(
    bundled: Store, written: Written, golden: Callable[[str, bytes], bytes]
) -> None:
    data, _ = written(bundled, "quickstatements", TRAIN)
    assert data == golden("export/last-train-home.qs", data)
