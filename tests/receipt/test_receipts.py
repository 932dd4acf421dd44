"""Receipts through the front door: written by ask and query, held against the data by verify."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.engines.faulty import Faulty, Say

import filmgraph as fg
from filmgraph.cli import main
from filmgraph.receipt.bibliography import Cited, bibtex, csl
from filmgraph.receipt.identity import identity
from filmgraph.receipt.seal import sealed
from filmgraph.store.origin import BUNDLED

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, str, str]]

PAGE = Path(__file__).resolve().parents[2] / "docs" / "receipts.md"
NAMES = "PREFIX fg: <https://w3id.org/filmgraph/ns#> SELECT ?name { ?person a fg:Person ; fg:name ?name }"


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)

    def runner(*arguments: str | Path) -> tuple[int, str, str]:
        capfd.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return code, out, err

    return runner


def resealed(kept: dict[str, object]) -> str:
    """A receipt that says something else, as if that had been recorded."""
    record = {name: value for name, value in kept.items() if name != "seal"}
    return json.dumps(record | {"seal": sealed(record)})


@pytest.fixture
def receipt(run: Run, collection: Path, tmp_path: Path) -> Path:
    path = tmp_path / "names.json"
    assert run("-C", collection, "query", "-e", NAMES, "--receipt", path)[0] == 0
    return path


def test_what_has_not_changed_is_the_same(run: Run, receipt: Path) -> None:
    assert run("verify", receipt) == (0, "Same: 2 rows.\n", "")


def test_a_receipt_names_data_engine_and_sources(receipt: Path, collection: Path) -> None:
    kept = json.loads(receipt.read_text("utf-8"))
    with fg.open(collection) as graph:
        assert kept["data"]["digest"] == identity(graph.store).digest
    assert kept["engine"]["filmgraph"] == fg.__version__
    assert [item["title"] for item in kept["csl"]] == ["Harbour Guide", "Tide Weekly"]
    assert len(kept["citations"]) == 3
    assert kept["bibtex"].count("@misc{") == 2


def test_rows_that_came_and_went_are_shown(run: Run, receipt: Path, collection: Path) -> None:
    facts = collection / "data" / "tide-weekly.trig"
    text = facts.read_text("utf-8").replace('"Åda Hølm"@da', '"Ada H."@da')
    facts.write_text(text, "utf-8")
    code, out, err = run("verify", receipt)
    assert (code, err) == (1, "")
    assert out.splitlines() == [
        "Changed: 2 rows, and there were 2.",
        '+ "Ada H."@da',
        '- "Åda Hølm"@da',
        "The data has changed.",
    ]


def test_other_data_with_the_same_rows_is_the_same(run: Run, receipt: Path, collection: Path) -> None:
    facts = collection / "data" / "tide-weekly.trig"
    facts.write_text(facts.read_text("utf-8") + "\n# reviewed\n", "utf-8")
    assert run("verify", receipt) == (0, "Same: 2 rows.\nThe data has changed.\n", "")


def test_passages_that_came_are_counted(run: Run, receipt: Path, collection: Path) -> None:
    facts = collection / "data" / "harbour-guide.trig"
    facts.write_text(
        facts.read_text("utf-8").replace(
            "#char=100,160> {", '#char=100,160> {\n  person:ada-holm a fg:Person ; fg:name "Ada Holm"@en .'
        ),
        "utf-8",
    )
    code, out, _ = run("verify", receipt)
    assert code == 0
    assert "Other passages support them: 1 came, 0 went." in out


def test_another_engine_is_named(run: Run, receipt: Path) -> None:
    kept = json.loads(receipt.read_text("utf-8"))
    kept["engine"] |= {"pyoxigraph": "0.4.0", "filmgraph": "0.0.1"}
    receipt.write_text(resealed(kept), "utf-8")
    code, out, _ = run("verify", receipt)
    assert code == 0
    assert "It was made with filmgraph 0.0.1; this is " in out
    assert "It was made with pyoxigraph 0.4.0; this is " in out


def test_a_built_store_has_the_digest_of_its_collection(
    run: Run, receipt: Path, collection: Path, tmp_path: Path
) -> None:
    fg.build(collection, tmp_path / "built")
    assert run("--store", tmp_path / "built", "verify", receipt) == (0, "Same: 2 rows.\n", "")


def test_what_remains_without_a_document_is_asked_again_without_it(run: Run, collection: Path, tmp_path: Path) -> None:
    path = tmp_path / "less.json"
    run("-C", collection, "query", "-e", NAMES, "--not-source", "tide-weekly", "--receipt", path)
    assert run("verify", path)[:2] == (0, "Same: 1 row.\n")


def test_a_question_that_changed_is_said_to_have(run: Run, collection: Path, tmp_path: Path) -> None:
    (collection / "queries").mkdir()
    question = collection / "queries" / "names.rq"
    question.write_text(f"#+ summary: Which names are there?\n\n{NAMES}\n", "utf-8")
    path = tmp_path / "asked.json"
    assert run("-C", collection, "ask", "names", "--receipt", path)[0] == 0
    question.write_text(f"#+ summary: Which names are there?\n\n{NAMES} LIMIT 1\n", "utf-8")
    code, out, _ = run("-C", collection, "verify", path)
    assert code == 0
    assert "The question names runs another query today" in out


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("ASK { ?s ?p ?o }", 1),
        ("CONSTRUCT { ?s a 1 } WHERE { ?s a <https://w3id.org/filmgraph/ns#Film> }", 1),
        (NAMES + " ORDER BY ?name", 2),
    ],
)
def test_every_form_of_query_has_a_receipt(run: Run, collection: Path, tmp_path: Path, text: str, count: int) -> None:
    path = tmp_path / "form.json"
    assert run("-C", collection, "query", "-e", text, "--receipt", path)[0] == 0
    assert json.loads(path.read_text("utf-8"))["total"] == count
    assert run("verify", path)[0] == 0


def test_an_endpoint_of_a_receipt_is_asked_only_by_who_names_it(run: Run, receipt: Path) -> None:
    kept = json.loads(receipt.read_text("utf-8"))
    url = "http://127.0.0.1:9/sparql"
    kept["data"] = {"kind": "endpoint", "path": url, "digest": "", "shown": url}
    receipt.write_text(resealed(kept), "utf-8")
    code, out, err = run("verify", receipt)
    assert (code, out) == (2, "")
    assert "--store http://127.0.0.1:9/sparql" in err


def test_a_folder_that_is_called_as_the_bundled_collection_is_another(
    run: Run, collection: Path, tmp_path: Path
) -> None:
    folder = collection.rename(tmp_path / BUNDLED)
    path = tmp_path / "names.json"
    assert run("-C", BUNDLED, "query", "-e", NAMES, "--receipt", path)[0] == 0
    data = json.loads(path.read_text("utf-8"))["data"]
    with fg.open(folder) as graph, fg.open() as bundled:
        assert data["digest"] == identity(graph.store).digest != identity(bundled.store).digest
    assert (data["kind"], data["path"]) == ("collection", BUNDLED)
    assert run("verify", path) == (0, "Same: 2 rows.\n", "")
    assert run("query", "-e", NAMES, "--receipt", path)[0] == 0
    data = json.loads(path.read_text("utf-8"))["data"]
    assert (data["kind"], data["path"], data["shown"]) == ("bundled", "", BUNDLED)


@pytest.mark.parametrize("location", [BUNDLED, ""])
def test_a_receipt_of_the_former_form_is_read(run: Run, collection: Path, tmp_path: Path, location: str) -> None:
    path = tmp_path / "names.json"
    chosen = ["-C", collection] if location != BUNDLED else []
    assert run(*chosen, "query", "-e", NAMES, "--receipt", path)[0] == 0
    kept = json.loads(path.read_text("utf-8"))
    kept["receipt"] = 1
    del kept["seal"]
    kept["data"] = {
        "kind": "collection",
        "location": location or str(collection),
        "digest": kept["data"]["digest"],
    }
    path.write_text(json.dumps(kept), "utf-8")
    code, out, _ = run("verify", path)
    assert (code, out.splitlines()[0]) == (0, f"Same: {kept['total']} rows.")
    assert "without a digest over all of it" in out


def test_a_receipt_says_that_an_endpoint_refuses_evidence(run: Run, tmp_path: Path) -> None:
    one = b'{"head":{"vars":["film"]},"results":{"bindings":[{"film":{"type":"uri","value":"urn:a"}}]}}'
    text = "PREFIX fg: <https://w3id.org/filmgraph/ns#> SELECT ?film { ?film a fg:Film }"
    server = Faulty(Say(one))
    server.refused = "VALUES (?s ?p ?o)"
    try:
        path = tmp_path / "refused.json"
        code, _, err = run("--store", server.url, "query", "-e", text, "--receipt", path, "-f", "csv")
    finally:
        server.stop()
    kept = json.loads(path.read_text("utf-8"))
    assert (code, err) == (0, "")
    assert (kept["total"], kept["unexplained"], kept["citations"]) == (1, 1, [])
    assert kept["reasons"] == [f"{server.url} refused a question about it: no questions about that"]


def test_an_answer_with_evidence_is_not_explained_again(collection: Path) -> None:
    with fg.open(collection) as graph:
        few = graph.query(NAMES, why=True, max_witnesses=1)
        receipt = graph.receipt(few)
        assert receipt.max_witnesses == 1
        assert receipt.citations == sorted({iri for row in few.to_rows() for one in row.why for iri in one})
        assert len(graph.receipt(graph.query(NAMES)).citations) > len(receipt.citations)
        assert graph.verify(receipt).notes == []


@pytest.mark.parametrize("text", ["{}", "[]", "nothing", '{"receipt": 99}', '{"receipt": 1}'])
def test_what_is_no_receipt_is_told(run: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "odd.json").write_text(text)
    code, _, err = run("verify", "odd.json")
    assert code == 2
    assert "receipt" in err


def test_an_altered_receipt_and_lost_data_are_told(run: Run, receipt: Path, collection: Path) -> None:
    text = receipt.read_text("utf-8")
    receipt.write_text(text.replace("Ada Holm", "Eve Holm"), "utf-8")
    code, _, err = run("verify", receipt)
    assert (code, "was altered" in err) == (2, True)
    receipt.write_text(text, "utf-8")
    shutil.rmtree(collection)
    assert run("verify", receipt)[0] == 2


def test_files_for_reference_managers_hold_the_sources_alone(run: Run, collection: Path, tmp_path: Path) -> None:
    run("-C", collection, "query", "-e", NAMES, "--receipt", tmp_path / "a.bib")
    run("-C", collection, "query", "-e", NAMES, "--receipt", tmp_path / "a.csl.json")
    assert (tmp_path / "a.bib").read_text("utf-8").startswith("@misc{harbour-guide.aaaaaaaa,\n")
    assert [one["id"] for one in json.loads((tmp_path / "a.csl.json").read_text("utf-8"))] == [
        "harbour-guide.aaaaaaaa",
        "tide-weekly.bbbbbbbb",
    ]


@pytest.mark.parametrize(
    ("date", "issued", "fields"),
    [
        ("2014-04-03", {"date-parts": [[2014, 4, 3]]}, ["year = {2014}", "month = apr", "day = {3}"]),
        ("2011", {"date-parts": [[2011]]}, ["year = {2011}"]),
        ("2010~", {"date-parts": [[2010]], "circa": True}, ["year = {ca. 2010}"]),
        ("2010/2011-03", {"date-parts": [[2010], [2011, 3]]}, ["year = {2010/2011-03}"]),
        ("2010-21", {"literal": "2010-21"}, ["year = {2010}"]),
        ("201X", {"literal": "201X"}, ["year = {201X}"]),
    ],
)
def test_dates_are_told_as_exactly_as_they_are_known(date: str, issued: object, fields: list[str]) -> None:
    one = Cited("urn:a", "", "A {title} of 50%", "", date, "broadcasterPage", ())
    assert csl([one])[0]["issued"] == issued
    assert all(field in bibtex([one]) for field in fields)
    assert r"{{A \{title\} of 50\%}}" in bibtex([one])


def test_reference_managers_find_the_site_of_a_page_and_the_passages() -> None:
    cited = ("https://w3id.org/filmgraph/source/log.0123abcd#char=3,9",)
    page = Cited("urn:a", "", "Ferries", "Harbour Radio", "", "broadcasterPage", cited)
    item = csl([page])[0]
    assert (item["type"], item["container-title"], item["note"]) == ("webpage", "Harbour Radio", "Characters 3-9")
    assert "container-title" not in csl([page._replace(kind="pressKit")])[0]
    assert "  howpublished = {Harbour Radio},\n  publisher = {Harbour Radio},\n" in bibtex([page])


def test_changed_rows_are_told_with_labels(run: Run, collection: Path, tmp_path: Path) -> None:
    text = NAMES.replace("SELECT ?name", "SELECT ?person ?name")
    assert run("-C", collection, "query", "-e", text, "--receipt", tmp_path / "a.json")[0] == 0
    facts = collection / "data" / "tide-weekly.trig"
    facts.write_text(facts.read_text("utf-8").replace('"Åda Hølm"@da', '"Ada H."@da'), "utf-8")
    assert '+ "Ada H."@da\tAda Holm\n' in run("verify", tmp_path / "a.json")[1]


def test_a_receipt_that_was_cut_off_and_data_that_moved_are_told(run: Run, receipt: Path, collection: Path) -> None:
    text = receipt.read_text("utf-8")
    receipt.write_text(text[:200], "utf-8")
    assert "only a part of one: it ends or breaks off at line " in run("verify", receipt)[2]
    receipt.write_text(text, "utf-8")
    collection.rename(collection.with_name("elsewhere"))
    assert "If the data lies elsewhere now, name it: filmgraph --store … verify …" in run("verify", receipt)[2]
    assert run("-C", collection.with_name("elsewhere"), "verify", receipt)[0] == 0


def test_the_page_shows_what_the_commands_print(run: Run) -> None:
    shown = re.findall(r"^```text\n\$ filmgraph (.*?)\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert len(shown) == 3
    for command, said in shown:
        code, out, err = run(*command.split())
        assert (code, err) == (0, "")
        pattern = r"\n".join(r"[\s\S]*" if line == "..." else re.escape(line) for line in said.split("\n"))
        assert re.fullmatch(pattern.removesuffix(r"\n") + r"\s*", out), (command, out)
    entry = re.findall(r"^```bibtex\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)[0]
    pattern = re.escape(entry).replace(r"\.\.\.", ".*")
    assert re.fullmatch(pattern, Path("box-office.bib").read_text("utf-8"))


FORGED: dict[type, object] = {str: "forged", int: 99, list: ["forged"], dict: {"forged": "yes"}, bool: True}


def test_every_field_that_was_altered_is_named(run: Run, receipt: Path) -> None:
    kept = json.loads(receipt.read_text("utf-8"))
    assert len(kept) > 15
    for name, value in kept.items():
        if name in {"receipt", "seal"}:
            continue
        for forged in (FORGED[type(value)], 5, None, ""):
            if forged == value:
                continue
            receipt.write_text(json.dumps(kept | {name: forged}), "utf-8")
            code, out, err = run("verify", receipt)
            assert (code, out) == (2, ""), name
            assert f"This receipt was altered: {name} is not what was recorded." in err
        receipt.write_text(json.dumps({key: one for key, one in kept.items() if key != name}), "utf-8")
        assert f"altered: {name} is" in run("verify", receipt)[2]
    receipt.write_text(json.dumps(kept | {"bibtex": "x", "total": 7, "more": 1}), "utf-8")
    assert "altered: total, bibtex, more are not" in run("verify", receipt)[2]
    seals: list[object] = [None, {}, kept["seal"] | {"all": "sha256:0"}, 5]
    for seal in seals:
        receipt.write_text(json.dumps(kept | {"seal": seal}), "utf-8")
        assert "was altered" in run("verify", receipt)[2]


def test_a_field_of_a_wrong_kind_is_refused_in_plain_words(run: Run, receipt: Path) -> None:
    kept = json.loads(receipt.read_text("utf-8")) | {"receipt": 2}
    del kept["seal"]
    for name in kept:
        if name == "receipt":
            continue
        for wrong in (5.5, [5], {"a": 5}, "5" if name != "made" else 5, True):
            receipt.write_text(json.dumps(kept | {name: wrong}), "utf-8")
            code, out, err = run("verify", receipt)
            assert code in {0, 1, 2}, (name, wrong)
            assert "at fault" not in err, (name, wrong)
            assert "Traceback" not in out + err, (name, wrong)
    receipt.write_text(json.dumps(kept | {"query": 5}), "utf-8")
    assert "The field 'query' is text, and here it is 5." in run("verify", receipt)[2]


@pytest.mark.parametrize("form", ['"1"', '"3"', "true", "1.0", "null", "[]", "-1", "4", "9" * 5000])
def test_a_form_that_is_none_is_no_receipt(run: Run, receipt: Path, form: str) -> None:
    receipt.write_text(f'{{"receipt": {form}}}', "utf-8")
    code, out, err = run("verify", receipt)
    assert (code, out) == (2, "")
    assert "receipt" in err
    assert "at fault" not in err


def test_verify_keeps_to_its_limits(run: Run, receipt: Path) -> None:
    assert run("verify", receipt, "--timeout", "600", "--memory", "4000")[0] == 0
    code, out, err = run("verify", receipt, "--timeout", "1e-9")
    assert (code, out) == (2, "")
    assert "took longer" in err


@pytest.mark.skipif(sys.platform == "darwin", reason="its file system has no such names")
def test_a_collection_whose_path_is_not_utf_8_has_receipts(run: Run, collection: Path, tmp_path: Path) -> None:
    odd = tmp_path / os.fsdecode(b"caf\xe9")
    collection.rename(odd)
    path = tmp_path / "a.receipt.json"
    assert run("-C", odd, "query", "-e", NAMES, "--receipt", path)[0] == 0
    assert path.read_bytes().decode("utf-8")
    assert run("verify", path)[0] == 0
