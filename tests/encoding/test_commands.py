from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from filmgraph.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.sample import Sample

    Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(sample: Sample, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on the invented collection: exit code, standard output, standard error."""
    monkeypatch.setenv("COLUMNS", "80")

    def runner(*arguments: str | Path) -> tuple[int, str, str]:
        capfd.readouterr()
        code = main(["-C", str(sample.root), *map(str, arguments)])
        return code, *capfd.readouterr()

    return runner


def test_locate_prints_the_citation_its_context_and_its_fragment(run: Run) -> None:
    code, out, err = run("locate", "film-page", "running time:  104 min")
    assert (code, err) == (0, "")
    citation, context, fragment = out.splitlines()
    assert citation.startswith("https://w3id.org/filmgraph/source/film-page.")
    assert "[Running time: 104 min]" in context
    assert fragment == "  <film-page#:~:text=Running%20time:%20104%20min>"


def test_locate_tells_when_there_are_several_places_or_none(run: Run) -> None:
    code, out, err = run("locate", "film-page", "2031")
    assert (code, err) == (0, "It stands 2 times: choose by the context.\n")
    assert out.count("#char=") == 2
    code, out, err = run("locate", "film-page", "Running time: 99 min")
    assert (code, out) == (2, "")
    assert err.startswith("It stands nowhere. Nearest:\n")
    assert "104 min" in err


def test_cite_shows_the_record_the_facts_and_the_passage(run: Run, sample: Sample) -> None:
    located = run("locate", "film-page", "She was then 41")[1].splitlines()[0]
    code, out, err = run("cite", f"film-page#{located.partition('#')[2]}")
    assert (code, err) == (0, "")
    assert "derived       fromAntecedent" in out
    assert "fg:value 41" in out
    assert "[She was then 41]" in out
    (sample.texts / "text-1.txt").unlink()
    assert "passage" not in run("cite", located)[1]


@pytest.mark.parametrize(
    ("citation", "message"),
    [
        ("film-page#char=9", "is not a citation"),
        ("gone#char=1,2", "is no source of"),
        ("film-page#char=1,99999", "ends after the end of its text"),
    ],
)
def test_cite_tells_what_is_wrong_with_a_citation(run: Run, citation: str, message: str) -> None:
    code, out, err = run("cite", citation)
    assert (code, out) == (2, "")
    assert message in err


def test_pin_writes_offsets_and_undoes_it(run: Run, sample: Sample, tmp_path: Path) -> None:
    facts = sample.root / "data" / "film-page.trig"
    draft, again = tmp_path / "draft.trig", tmp_path / "again.trig"
    assert run("pin", "--undo", facts, "-o", draft)[0] == 0
    assert "#char=" not in draft.read_text(encoding="utf-8")
    assert run("pin", draft, "-o", again)[0] == 0
    assert again.read_bytes() == facts.read_bytes()
    assert run("pin", draft)[1].encode() == facts.read_bytes()


def test_pin_names_each_fragment_that_does_not_fit_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    draft, out = tmp_path / "draft.trig", tmp_path / "out.trig"
    draft.write_text("<film-page#:~:text=2031> {}\n<film-page#:~:text=nowhere> {}\n", encoding="utf-8")
    code, _, err = run("pin", draft, "-o", out)
    assert code == 2
    assert f"{draft}:1:1: The fragment fits 2 passages of film-page." in err
    assert f"{draft}:2:1: The fragment fits no passage of film-page." in err
    assert err.endswith("2 of 2 fragments cannot be pinned. Nothing was written.\n")
    assert not out.exists()


@pytest.mark.parametrize("content", [None, b"\xff"])
def test_pin_tells_when_it_cannot_read(run: Run, tmp_path: Path, content: bytes | None) -> None:
    draft = tmp_path / "draft.trig"
    if content:
        draft.write_bytes(content)
    code, out, err = run("pin", draft)
    assert (code, out) == (2, "")
    assert str(draft) in err


def test_coverage_maps_the_sources(run: Run, sample: Sample, tmp_path: Path) -> None:
    code, out, err = run("coverage")
    assert (code, err) == (0, "")
    assert "film-page: " in out
    assert "The Salt Road" in out
    code, out, _ = run("coverage", "film-page", "-f", "json")
    assert (code, json.loads(out)["films"]) == (0, [])
    page = tmp_path / "coverage.html"
    assert run("coverage", "-o", page) == (0, "", "")
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    code, _, err = run("coverage", "film-pages")
    assert (code, err) == (2, "Error: There is no source 'film-pages'.\nThere are: film-page.\n")
    (sample.texts / "text-1.txt").unlink()
    assert "its text is not at hand" in run("coverage")[1]


def test_check_counts_what_the_passages_support(run: Run, sample: Sample) -> None:
    out = run("check", "--sources", sample.texts)[1]
    lines = {line.split()[0]: line for line in out.splitlines() if line}
    assert lines["unsupported"].split() == ["unsupported", "0"]
    assert "needs 1" in " ".join(out.split())
    sample.replace("PT104M", "PT103M")
    code, out, _ = run("check", "--sources", sample.texts)
    assert code == 1
    assert "Error: The passage does not say what its graph states.\n  - The Salt Road (film:salt-road)\n" in out
    assert "fg:runtime = PT1H43M" in out
    assert "in data/film-page.trig:" in out
    document = json.loads(run("check", "-f", "json")[1])
    assert document["support"]["unsupported"] == 1
    assert document["support"]["checked"] > 10


def test_check_says_when_no_passage_was_read(run: Run, sample: Sample) -> None:
    (sample.texts / "text-1.txt").unlink()
    sample.texts.rmdir()
    assert "No passage was read: --sources DIR says where the texts are." in run("check")[1]
    code, _, err = run("check", "--sources", sample.root / "gone")
    assert code == 2
    assert "There is no folder" in err


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"# nothing but a comment\n",
        b"no TriG at all",
        b"<urn:g> { <urn:s> <urn:p> ",
        b"x:a { x:b x:c x:d }",
    ],
    ids=["empty", "blank", "comment", "text", "cut off", "prefix"],
)
def test_pin_replaces_no_facts_by_nothing_or_by_what_is_no_trig(
    run: Run, sample: Sample, tmp_path: Path, content: bytes
) -> None:
    facts, draft = sample.root / "data" / "film-page.trig", tmp_path / "draft.trig"
    before = facts.read_bytes()
    draft.write_bytes(content)
    for undo in ([], ["--undo"]):
        code, out, err = run("pin", draft, "-o", facts, *undo)
        assert (code, out) == (2, "")
        assert str(draft) in err
    assert facts.read_bytes() == before


def test_one_text_that_is_not_utf_8_keeps_nobody_from_the_others(run: Run, sample: Sample) -> None:
    other = b"Caf\xe9"
    digest = hashlib.sha256(other).hexdigest()
    (sample.texts / "other.txt").write_bytes(other)
    sources = sample.root / "data" / "sources.ttl"
    record = f'<https://w3id.org/filmgraph/source/other.{digest[:8]}> a fg:SourceDocument ; fg:sha256 "{digest}" .\n'
    sources.write_text(sources.read_text(encoding="utf-8") + record, encoding="utf-8")
    for typed in (["coverage"], ["locate", "film-page", "The Salt Road"], ["check"]):
        code, out, err = run(*typed)
        assert code != 2
        assert "film-page" in out or typed == ["check"]
        assert "The text is not UTF-8" in out + err
        assert "other.txt" in "".join((out + err).split())  # a long path goes on in the next line
    code, _, err = run("locate", "other", "Caf")
    assert code == 2
    assert "The text is not UTF-8" in err


@pytest.mark.parametrize("end", ["1" + "0" * 8, "9" * 5000, "1" + "0" * 14])
def test_cite_refuses_what_ends_after_its_document_without_its_text_too(run: Run, sample: Sample, end: str) -> None:
    (sample.texts / "text-1.txt").unlink()
    code, out, err = run("cite", f"film-page#char=0,{end}")
    assert (code, out) == (2, "")
    assert "after the end" in err or "no document is so long" in err
    assert len(err) < 400


def test_a_record_that_names_a_fragment_keeps_nobody_from_locating_and_is_told_by_check(
    run: Run, sample: Sample
) -> None:
    records = sample.root / "data" / "sources.ttl"
    text = records.read_text(encoding="utf-8")
    iri = next(word for word in text.split() if "film-page." in word).strip("<>")
    prefix = "" if iri.startswith("http") else "https://w3id.org/filmgraph/source/"
    iri = prefix + iri.rpartition(":")[2] if prefix else iri
    named = f"\n<{iri}> <https://w3id.org/filmgraph/ns#basis> <{iri}#:~:text=104> .\n"
    records.write_text(text + named, encoding="utf-8")
    code, out, _ = run("locate", "film-page", "Running time: 104 min")
    assert code == 0
    assert "#char=" in out
    _, out, _ = run("check")
    assert "names a passage that is no citation" in out
