"""Registering documents: ``filmgraph sources add``."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest
from tests.cli.conftest import run

from filmgraph.collection.starter import start
from filmgraph.errors import BadParameterError, FileError
from filmgraph.importing.documents import document, source_kinds

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ran

    Run = Callable[..., Ran]

__all__ = ["run"]  # the fixture

TEXT = "Northwater Film Week, May 2022\nThe Paper Lighthouse, 90 minutes, Zoë Ørn\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    start(tmp_path / "films")
    return tmp_path / "films"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "Film Week 2022.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_document_is_added_with_all_that_its_record_needs(run: Run, folder: Path, file: Path) -> None:
    said = ["--title", "Film Week", "--publisher", "Northwater", "--date", "2022-05", "--kind", "press kit"]
    added = run("-C", folder, "sources", "add", file, *said, "--basis", "May 2022")
    assert added.code == 0, added.err
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    iri = f"https://w3id.org/filmgraph/source/film-week-2022.{digest[:8]}"
    assert f"@base <{iri}> ." in added.out
    record = (folder / "data" / "sources.ttl").read_text(encoding="utf-8")
    for part in (f'fg:sha256 "{digest}"', f"fg:charLength {len(TEXT)}", "fgv:pressKit", f"<{iri}#char=22,30>"):
        assert part in record
    assert (folder / "sources" / f"film-week-2022.{digest[:8]}.txt").read_text(encoding="utf-8") == TEXT
    assert run("-C", folder, "check").code == 0
    assert iri in run("-C", folder, "locate", "film-week-2022", "90 minutes").out


def test_a_document_that_is_there_is_not_added_again(run: Run, folder: Path, file: Path) -> None:
    run("-C", folder, "sources", "add", file)
    before = (folder / "data" / "sources.ttl").read_bytes()
    again = run("-C", folder, "sources", "add", file)
    assert (again.code, "is there already" in again.out) == (0, True)
    assert (folder / "data" / "sources.ttl").read_bytes() == before


def test_several_documents_are_added_at_once(run: Run, folder: Path, file: Path) -> None:
    other = file.with_name("other.txt")
    other.write_text("Another text\n", encoding="utf-8")
    assert run("-C", folder, "sources", "add", file, other, "--publisher", "Northwater").code == 0
    listed = run("-C", folder, "sources", "-f", "csv").out
    assert "film-week-2022." in listed
    assert "other." in listed
    refused = run("-C", folder, "sources", "add", file, other, "--title", "Both")
    assert (refused.code, "--title cannot be that of several files" in refused.err) == (2, True)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode("utf-8-sig"), ""),
        (TEXT.encode("utf-16"), ""),
        (TEXT.encode("utf-32"), ""),
        (TEXT.encode("cp1252"), "cp1252"),
    ],
)
def test_what_is_in_another_encoding_is_kept_as_utf_8_with_the_digest_of_both(
    tmp_path: Path, data: bytes, encoding: str
) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(data)
    made = document(str(path), encoding=encoding)
    assert made.text.lstrip("\ufeff") == TEXT
    if made.text.encode() != data:
        assert made.original == hashlib.sha256(data).hexdigest()
        assert made.converter.endswith("to UTF-8")


BAD: dict[str, tuple[bytes | None, dict[str, str], type[Exception], str]] = {
    "a file that is not there": (None, {}, FileError, "cannot be read"),
    "an empty file": (b"", {}, FileError, "is empty"),
    "nothing but blanks": (b" \n\t\n", {}, FileError, "is empty"),
    "no text": (b"%PDF-1.7\n\x00\x01\x02", {}, FileError, "no plain text: it has the character U+0000"),
    "another encoding": ("Zoë".encode("cp1252"), {}, FileError, "not in UTF-8"),
    "an unknown encoding": (b"text", {"encoding": "klingon"}, FileError, "no encoding"),
    "a bad slug": (b"text", {"slug": "Ä b"}, BadParameterError, "is no slug"),
    "a bad date": (b"text", {"date": "May 2022"}, BadParameterError, "--date cannot be 'May 2022'"),
    "an unknown kind": (b"text", {"kind": "pres kit"}, BadParameterError, "--kind cannot be 'pres kit'"),
    "words that are not there": (b"text", {"basis": "2022"}, BadParameterError, "does not stand in the text"),
    "words that stand twice": (b"2022 2022", {"basis": "2022"}, BadParameterError, "stands 2 times"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_a_document_is_told_and_nothing_is_written(
    run: Run, folder: Path, tmp_path: Path, name: str
) -> None:
    data, options, kind, said = BAD[name]
    given: Any = options
    path = tmp_path / "text.txt"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(kind, match=said.replace("(", r"\(").replace("+", r"\+")):
        document(str(path), **given)
    before = {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()}
    typed = [f"--{'as' if option == 'slug' else option}={value}" for option, value in options.items()]
    refused = run("-C", folder, "sources", "add", path, *typed)
    assert (refused.code, refused.err.startswith("Error: ")) == (2, True)
    assert {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()} == before


def test_a_slug_that_another_text_has_is_refused(run: Run, folder: Path, file: Path) -> None:
    refused = run("-C", folder, "sources", "add", file, "--as", "tide-letter")
    assert (refused.code, "has this slug, and another text" in refused.err) == (2, True)


def test_documents_do_not_go_into_the_bundled_collection(run: Run, file: Path) -> None:
    refused = run("sources", "add", file)
    assert (refused.code, "-C my-films" in refused.err) == (2, True)


def test_a_collection_may_have_kinds_of_its_own(folder: Path) -> None:
    assert source_kinds()["press kit"] == "pressKit"
    assert source_kinds(str(folder))["magazine"] == "magazinePage"
