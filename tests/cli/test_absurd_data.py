"""Data that nobody means, taken by every command: numbers without end, texts of controls, terms in odd places."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from filmgraph import exporters
from filmgraph.collection.starter import start

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ran

ENDLESS = "9" * 5000
HEAD = """@base <https://w3id.org/filmgraph/source/tide-letter.2abdc568> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix fg: <https://w3id.org/filmgraph/ns#> .
@prefix fgv: <https://w3id.org/filmgraph/vocab/> .
@prefix figure: <https://w3id.org/filmgraph/id/figure/> .
@prefix film: <https://w3id.org/filmgraph/id/film/> .
@prefix release: <https://w3id.org/filmgraph/id/release/> .
@prefix title: <https://w3id.org/filmgraph/id/title/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<#char=30,40> { film:the-salt-clock a fg:Film . """
DATA = {
    "running times": f"""film:the-salt-clock fg:runtimeMinutes {ENDLESS}, -74, 1e400, 1e999999999, "NaN"^^xsd:double ;
        fg:runtime "PT{ENDLESS}M"^^xsd:duration, "P"^^xsd:duration, "-PT7M"^^xsd:duration,
        "PT1.2.3S"^^xsd:duration .""",
    "figures": f"""figure:z a fg:Figure ; fg:of film:the-salt-clock ; fg:unit fgv:minute ;
        fg:value {ENDLESS}, "much"^^xsd:integer, 1e999, 1e999999999, "INF"^^xsd:double, "1/0"^^xsd:decimal .""",
    "dates": f"""release:x a fg:Release ; fg:film film:the-salt-clock ; fg:date ""^^edtf:EDTF, "{ENDLESS}"^^edtf:EDTF,
        "Y{ENDLESS}"^^edtf:EDTF, "0000"^^edtf:EDTF, "2022-00-00"^^edtf:EDTF, "../.."^^edtf:EDTF, "²"^^edtf:EDTF .""",
    "titles": """film:the-salt-clock fg:title title:z . title:z a fg:Title ;
        fg:titleText ""@en, " "@en, "\\u0000"@en, "\\u001b[31mx\\u0007\\u202e\\uFFFE"@en, "x"@en-aaaaaaaa-bbbbbbbb .""",
    "terms": """film:the-salt-clock fg:title film:the-salt-clock, "x" ; fg:country 5 ; a fg:Title, fg:Person ;
        fg:says <<( film:the-salt-clock a fg:Film )>> .
        <urn:x> a fg:Film . <mailto:a%20b?x=%22> a fg:Film . <https://w3id.org/filmgraph/id/film/> a fg:Film .""",
}
WHOLE = (
    ["check"],
    ["show", "The Salt Clock", "--why"],
    ["coverage"],
    ["coverage", "-f", "json"],
    ["ask", "conflicts", "-o", "conflicts.xlsx"],
    ["ask", "runtimes", "--why"],
    ["ask", "how long is The Salt Clock?"],
)


@pytest.fixture
def collection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    start(tmp_path / "films")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "films"


@pytest.mark.parametrize("name", DATA)
def test_every_command_and_format_takes_absurd_data(run: Callable[..., Ran], collection: Path, name: str) -> None:
    (collection / "data" / "z.trig").write_text(f"{HEAD}{DATA[name]} }}\n", encoding="utf-8")
    of_formats = [
        ["export", "-f", one.name, "-o", f"out-{one.name}"] for one in exporters.all_exporters(str(collection))
    ]
    assert len(of_formats) > 15
    for typed in (*WHOLE, *of_formats):
        code, _, err = run("-C", "films", *typed)
        assert code in {0, 1, 2}, typed
        assert "at fault" not in err, (typed, err[:300])
        assert "Traceback" not in err, typed
        written = collection.parent / typed[-1]
        if typed[0] == "export" and code == 0 and written.read_bytes().startswith(b"<?xml"):
            ET.fromstring(written.read_bytes())  # noqa: S314 -- filmgraph wrote it


@pytest.mark.parametrize("citation", [f"1,{ENDLESS}", f"{ENDLESS},2", "9,1", "-1,3", "1,2,3", "²,³"])
def test_a_citation_that_is_none_is_told_with_its_file(
    run: Callable[..., Ran], collection: Path, citation: str
) -> None:
    facts = HEAD.replace("30,40", citation)
    (collection / "data" / "z.trig").write_text(f"{facts} }}\n", encoding="utf-8")
    code, _, err = run("-C", "films", "info")
    assert code == 2
    assert "z.trig" in err
    assert "at fault" not in err
    assert len(err) < 1000


@pytest.mark.parametrize("length", [ENDLESS, '"²"', "-5", '""'])
def test_a_length_that_is_none_takes_nothing_down(run: Callable[..., Ran], collection: Path, length: str) -> None:
    path = collection / "data" / "sources.ttl"
    path.write_text(path.read_text().replace("fg:charLength 236", f"fg:charLength {length}"))
    for typed in (["info"], ["check"], ["coverage"], ["cite", "tide-letter#char=30,40"], ["sources"]):
        code, _, err = run("-C", "films", *typed)
        assert code in {0, 1, 2}, typed
        assert "at fault" not in err, (typed, err[:300])


def test_a_source_without_a_digest_takes_nothing_down(run: Callable[..., Ran], collection: Path) -> None:
    path = collection / "data" / "sources.ttl"
    path.write_text("\n".join(line for line in path.read_text().splitlines() if "fg:sha256" not in line))
    for typed in (["check"], ["coverage"], ["cite", "tide-letter#char=30,40"], ["sources"]):
        assert "at fault" not in run("-C", "films", *typed).err, typed
