"""The pages as files: ``filmgraph serve --static`` and ``filmgraph export -f site``."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from tests.conftest import SOURCE_A, written
from tests.serving.conftest import TEXT
from tests.serving.reading import Read

from filmgraph.cli import main
from filmgraph.serving.protocol.settings import ServeSettings
from filmgraph.serving.static_site import write_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PUBLIC = "https://museum.example/films"
CASES = f"""<{SOURCE_A}#char=0,9> {{
  person:Ada fg:name "Ada" . person:ada fg:name "ada" . <https://w3id.org/filmgraph/id/../up> fg:name "Up" . }}"""


@pytest.fixture(scope="module")
def folder(collection_with_text: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("written") / "site"
    write_site(settings_of(collection_with_text), target)
    return target


def settings_of(collection: Path, **more: str) -> ServeSettings:
    return ServeSettings(collection=str(collection), sources=str(collection / "sources"), **more)  # type: ignore[arg-type]


def pages(folder: Path) -> Iterator[tuple[Path, Read]]:
    found = sorted(folder.rglob("*.html"))
    assert len(found) > 20
    for path in found:
        yield path, Read(path.read_text("utf-8"))


def test_every_link_is_relative_and_leads_to_a_file_and_a_place_in_it(folder: Path) -> None:
    ids = {path: set(read.ids) for path, read in pages(folder)}
    for path, read in pages(folder):
        for link in [*read.links, *read.loaded]:
            place = urlsplit(link)
            if place.scheme:
                assert place.scheme in {"https", "http"}, link
                continue
            assert not link.startswith("/"), (path, link)
            target = (path.parent / unquote(place.path)).resolve() if place.path else path
            assert target.is_file(), (path, link)
            assert target.is_relative_to(folder)
            if place.fragment:
                assert place.fragment in ids[target], (path, link)


def test_nothing_on_a_page_needs_a_server(folder: Path) -> None:
    for path, read in pages(folder):
        assert read.wrong == [] or path.name.endswith(".whole.html"), path
        text = path.read_text("utf-8")
        assert "/sparql" not in text, path
        assert 'class="trust"' not in text, path
    assert "Content-Security-Policy" in (folder / "index.html").read_text("utf-8")
    assert 'type="module"' not in (folder / "index.html").read_text("utf-8")  # which browsers load from servers only


def test_a_fact_leads_to_its_passage_in_the_text(folder: Path) -> None:
    film = (folder / "id/film/night-ferry.html").read_text("utf-8")
    start = TEXT.index("Night Ferry")
    assert f"../../sources/log/passages/{start}-{start + 11}.html" in film
    passage = Read((folder / f"sources/log/passages/{start}-{start + 11}.html").read_text("utf-8"))
    assert passage.marks == ["Night Ferry"]
    document = (folder / "sources/log.html").read_text("utf-8")
    assert f'id="c{start}-{start + 11}"' in document
    assert f'href="../../log.html#c{start}-{start + 11}"' in (
        folder / f"sources/log/passages/{start}-{start + 11}.html"
    ).read_text("utf-8")


def test_names_are_found_by_an_index_and_without_scripts_in_a_list(folder: Path) -> None:
    index = (folder / "search-index.js").read_text("utf-8")
    assert ',"film","id/film/night-ferry.html",' in index
    assert "id/film/night-ferry.html" in Read((folder / "search.html").read_text("utf-8")).links


def test_pages_say_what_needs_a_server(folder: Path) -> None:
    assert "filmgraph serve" in (folder / "about.html").read_text("utf-8")
    assert '<form class="fields"' not in (folder / "questions" / "films.html").read_text("utf-8")
    assert "This page is a file" in (folder / "questions" / "films.html").read_text("utf-8")
    assert "about.html" in (folder / "index.html").read_text("utf-8")


def test_data_lie_beside_the_pages(folder: Path) -> None:
    turtle = (folder / "id/film/night-ferry.ttl").read_text("utf-8")
    assert "night-ferry" in turtle
    assert (folder / "sources/log.jsonld").is_file()
    assert list((folder / "questions").glob("*.csv"))


def test_a_second_command_writes_the_same_bytes(
    folder: Path, collection_with_text: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = tmp_path / "again"
    assert main(["-C", str(collection_with_text), "export", "-f", "site", "-o", str(again)]) == 0
    said = capsys.readouterr()
    assert (said.out, "pages" in said.err) == ("", True)
    assert {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()} == {
        path.relative_to(again): path.read_bytes() for path in again.rglob("*") if path.is_file()
    }


def test_a_public_address_is_told_and_names_that_only_case_tells_apart_have_files_of_their_own(tmp_path: Path) -> None:
    root = written(tmp_path / "collection", {"data/case.trig": CASES})
    target = tmp_path / "site"
    command = ["-C", str(root), "serve", "--static", str(target), "--public-url", PUBLIC]
    assert main(command) == 0
    addresses = re.findall(r"<loc>(.*?)</loc>", (target / "sitemap.xml").read_text("utf-8"))
    assert len(addresses) > 20
    assert all((target / address.removeprefix(f"{PUBLIC}/")).is_file() for address in addresses)
    assert f"Sitemap: {PUBLIC}/sitemap.xml" in (target / "robots.txt").read_text("utf-8")
    files = [path for path in target.rglob("*.html") if re.search(r">[Aa]da</h1>", path.read_text("utf-8"))]
    assert len({path.as_posix().casefold() for path in files}) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["collection", "site"]


def test_a_folder_of_something_else_is_left_alone(
    collection_with_text: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "letter").write_text("dear", "utf-8")
    assert main(["-C", str(collection_with_text), "serve", "--static", str(tmp_path)]) == 2
    assert "was not made by this command" in capsys.readouterr().err


def test_a_document_is_one_page_that_needs_no_other_file(
    collection_with_text: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "log.html"
    assert main(["-C", str(collection_with_text), "export", "log", "-f", "page", "-o", str(target)]) == 0
    text = target.read_text("utf-8")
    read = Read(text)
    assert read.loaded == []
    assert read.marks == ["Night Ferry"]
    assert all(link.startswith(("#", "https://", "http://")) for link in read.links)
    assert {link[1:] for link in read.links if link.startswith("#")} <= set(read.ids)
    policy = re.search(r'Policy" content="(.*?)"', text)
    assert policy is not None
    for part in re.findall(r"<(?:style|script)>(.*?)</(?:style|script)>", text, re.DOTALL):
        digest = b64encode(hashlib.sha256(part.encode()).digest()).decode()
        assert digest.replace("+", "&#43;") in policy[1].replace("+", "&#43;")
    assert main(["-C", str(collection_with_text), "export", "logg", "-f", "page"]) == 2
    assert "log" in capsys.readouterr().err
