"""What a language model extracted, held against its passages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.importing.assertions.conftest import FILM, TEXT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ran

    Run = Callable[..., Ran]


def extraction(kind: str, words: str, *, placed: bool = True, **attributes: str) -> dict[str, Any]:
    start = TEXT.find(words)
    interval = {"start_pos": start, "end_pos": start + len(words)} if placed and start >= 0 else None
    return {
        "extraction_class": kind,
        "extraction_text": words,
        "char_interval": interval,
        "alignment_status": "match_exact" if interval else None,
        "attributes": {"film": FILM, **attributes},
    }


def written(path: Path, *extractions: dict[str, Any]) -> Path:
    line = {"document_id": "programme", "text": TEXT, "extractions": list(extractions)}
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")
    return path


def test_the_claims_of_langextract_are_counted_by_what_their_passages_say(
    run: Run, collection: Path, tmp_path: Path
) -> None:
    path = written(
        tmp_path / "model.jsonl",
        extraction("runtime", "92 minutes"),
        extraction("director", "A film by Ilse Maran", value="Ilse Maran"),
        extraction("runtime", "92 minutes", value="95 minutes"),
        extraction("composer", "Music by Somebody Else", value="Somebody Else"),
    )
    imported = run("-C", collection, "import", path)
    assert imported.code == 1
    assert "model: 4 claims: 2 supported, 1 unsupported, 1 invented, 0 not understood." in imported.err
    assert not (collection / "review").exists()
    facts = (collection / "data" / "model.asserted.trig").read_text(encoding="utf-8")
    assert "92" in facts
    assert "95" not in facts
    assert run("-C", collection, "check", "--sources", collection / "sources").code == 0


def test_the_place_that_a_model_gives_decides_where_its_words_stand_twice(
    run: Run, collection: Path, tmp_path: Path
) -> None:
    second = TEXT.rindex("Ilse Maran")
    one = extraction("film director", "Ilse Maran") | {"char_interval": {"start_pos": second, "end_pos": second + 10}}
    imported = run("-C", collection, "import", written(tmp_path / "model.jsonl", one))
    assert (imported.code, "times" in imported.err) == (0, False)
    facts = (collection / "data" / "model.asserted.trig").read_text(encoding="utf-8")
    assert f"char\\={second}\\,{second + 10}" in facts


def test_unsupported_claims_are_put_aside_only_where_that_is_asked_for(
    run: Run, collection: Path, tmp_path: Path
) -> None:
    lines = [
        {"document": "programme", "words": "In German", "subject": FILM, "property": "language", "value": "German"},
        {"document": "programme", "words": "In German", "subject": FILM, "property": "language", "value": "French"},
        {"document": "nowhere", "words": "In German", "subject": FILM, "property": "language", "value": "German"},
    ]
    path = tmp_path / "claims.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    imported = run("-C", collection, "import", path, "--keep-unsupported")
    assert "3 claims: 1 supported, 1 unsupported, 1 invented, 0 not understood." in imported.err
    aside = (collection / "review" / "claims.csv").read_text(encoding="utf-8")
    assert ("French" in aside, "nowhere" in aside) == (True, True)
    assert "language:fra" not in (collection / "data" / "claims.asserted.trig").read_text(encoding="utf-8")


def test_a_claim_that_does_not_say_whom_it_is_about_is_about_the_film_whose_title_the_file_gives(
    run: Run, collection: Path, tmp_path: Path
) -> None:
    claims = [
        extraction("title", "THE HARBOUR CLOCK", value=FILM),
        extraction("running_time", "92 minutes"),
        extraction("director", "Ilse Maran"),
    ]
    for one in claims:
        del one["attributes"]["film"]
    line = {"document_id": "doc_1f", "text": TEXT, "extractions": claims}
    path = tmp_path / "model.jsonl"
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")
    imported = run("-C", collection, "import", path)
    assert imported.code == 0, imported.err
    shown = run("-C", collection, "show", FILM).out
    assert ("1 hour 32 minutes" in shown, "Ilse Maran, film director" in shown) == (True, True)


@pytest.mark.parametrize("second", ["{", '{"other": 1}', "[]", "null"])
def test_a_line_that_is_no_claim_is_told_and_nothing_is_written(
    run: Run, collection: Path, tmp_path: Path, second: str
) -> None:
    path = written(tmp_path / "model.jsonl", extraction("runtime", "92 minutes"))
    path.write_text(path.read_text(encoding="utf-8") + second + "\n", encoding="utf-8")
    refused = run("-C", collection, "import", path)
    assert (refused.code, "model.jsonl:2" in refused.err) == (2, True), refused.err
    assert not (collection / "data" / "model.asserted.trig").exists()


def test_json_lines_of_another_kind_are_a_table_as_before(run: Run, collection: Path, tmp_path: Path) -> None:
    path = tmp_path / "films.jsonl"
    path.write_text('{"title": "Fog", "year": 2001}\n', encoding="utf-8")
    assert "1 record" in run("-C", collection, "import", path).err
