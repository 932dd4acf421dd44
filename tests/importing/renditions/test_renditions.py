"""Documents that are no text: their renditions, and what cannot be read."""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from tests.cli.conftest import run
from tests.importing.renditions import examples
from tests.importing.renditions.examples import EXAMPLES, PAGE

from filmgraph.collection.starter import start
from filmgraph.importing import renditions
from filmgraph.rdf.locator import Outline, fragment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ran

    Run = Callable[..., Ran]

__all__ = ["run"]  # the fixture


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    start(tmp_path / "own")
    return tmp_path / "own"


def test_every_converter_has_an_example() -> None:
    assert {one.name for one in renditions.converters()} == set(EXAMPLES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_rendition_has_the_words_in_their_order_and_is_always_the_same(name: str) -> None:
    converter = next(one for one in renditions.converters() if one.name == name)
    made = renditions.rendered(converter, EXAMPLES[name], f"film.{name}")
    wanted = ["Quayside Film Days", "The Salt Clock", "Mirela Tavish", "Programme", "Fog", "Zoë Lake"]
    places = [made.text.find(words) for words in wanted]
    assert -1 not in places, made.text
    assert places == sorted(places) or name == "pdf"
    assert renditions.rendered(converter, EXAMPLES[name], f"film.{name}") == made
    assert all(0 <= one.start < len(made.text) for one in made.landmarks)
    named = [one.name for one in made.landmarks if one.kind == "section"]
    assert named == (["Quayside Film Days", "Programme"] if name != "pdf" else [])


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_document_is_added_and_its_passages_are_found_by_page_or_heading(
    run: Run, collection: Path, tmp_path: Path, name: str
) -> None:
    path = tmp_path / f"days.{name}"
    path.write_bytes(EXAMPLES[name])
    added = run("-C", collection, "sources", "add", path, "--publisher", "Quayside")
    assert added.code == 0, added.err
    text = next((collection / "sources").glob("days.*.txt")).read_text(encoding="utf-8")
    record = (collection / "data" / "sources.ttl").read_text(encoding="utf-8")
    assert f'fg:originalSha256 "{hashlib.sha256(EXAMPLES[name]).hexdigest()}"' in record
    assert "fg:converter" in record
    assert run("-C", collection, "check", "--sources", collection / "sources").code == 0
    place = text.index("Fog")
    where = "page 2" if name == "pdf" else "section Programme"
    assert where in run("-C", collection, "cite", f"days#char={place},{place + 3}").out


def test_import_takes_documents_as_well(run: Run, collection: Path, tmp_path: Path) -> None:
    path = tmp_path / "days.pdf"
    path.write_bytes(EXAMPLES["pdf"])
    imported = run("-C", collection, "import", path)
    assert (imported.code, "days has " in imported.err) == (0, True)
    assert "days is there already" in run("-C", collection, "import", path).err
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    assert run("-C", collection, "import", page).code == 0


def test_facts_of_a_page_are_cited_by_its_page(run: Run, collection: Path, tmp_path: Path) -> None:
    path = tmp_path / "days.pdf"
    path.write_bytes(EXAMPLES["pdf"])
    run("-C", collection, "sources", "add", path, "--publisher", "Quayside")
    sheet = tmp_path / "film.csv"
    sheet.write_text('document,words,about,what,value\ndays,"Fog, 78 minutes",Fog,runtime,78\n', encoding="utf-8")
    assert run("-C", collection, "import", sheet).code == 0
    assert "page 2" in run("-C", collection, "ask", "runtimes", "--film", "Fog", "--why").out


def test_main_text_leaves_out_what_stands_around_it(run: Run, collection: Path, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    run("-C", collection, "sources", "add", path, "--as", "main")
    run("-C", collection, "sources", "add", path, "--as", "all", "--whole")
    main, whole = (
        next((collection / "sources").glob(f"{slug}.*")).read_text(encoding="utf-8") for slug in ("main", "all")
    )
    assert ("Imprint" in main, "Imprint" in whole) == (False, True)
    assert "hidden" not in whole
    assert "Mirela Tavish about" in " ".join(main.split())


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b" " * (120 * 1024**2))
    return out.getvalue()


BAD: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a scanned PDF": ("scan.pdf", lambda: examples.pdf([[], []]), "its pages are images"),
    "an encrypted PDF": ("locked.pdf", lambda: examples.pdf([["Fog"]], encrypted=True), "protected by a password"),
    "a PDF that is cut off": ("cut.pdf", lambda: EXAMPLES["pdf"][:40], "no PDF, or it is damaged"),
    "a PDF that is none": ("none.pdf", lambda: b"Fog, 78 minutes", "no PDF, or it is damaged"),
    "a DOCX that is cut off": ("cut.docx", lambda: EXAMPLES["docx"][:2000], "no DOCX document, or it is cut off"),
    "a DOCX that is another packed file": ("zip.docx", lambda: EXAMPLES["epub"], "no DOCX document, or it is damaged"),
    "a DOCX with a password": ("locked.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1", "protected by a password"),
    "a DOCX that is a bomb": ("bomb.docx", bomb, "would unpack from"),
    "an EPUB that is a DOCX": ("word.epub", lambda: EXAMPLES["docx"], "no EPUB"),
    "an EPUB that is encrypted": (
        "locked.epub",
        lambda: examples.book(examples.CHAPTERS, encrypted=True),
        "protected against copying",
    ),
    "an EPUB without chapters": ("empty.epub", lambda: examples.book({}), "has no text"),
    "a page without text": ("empty.html", lambda: b"<html><body><script>1</script></body></html>", "has no text"),
    "an empty page": ("empty.htm", lambda: b"", "cannot be read"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_told_and_nothing_is_written(
    run: Run, collection: Path, tmp_path: Path, name: str
) -> None:
    called, content, said = BAD[name]
    path = tmp_path / called
    path.write_bytes(content())
    before = {one: one.read_bytes() for one in collection.rglob("*") if one.is_file()}
    refused = run("-C", collection, "sources", "add", path)
    assert (refused.code, said in refused.err, called in refused.err) == (2, True, True), refused.err
    assert "Traceback" not in refused.err
    assert {one: one.read_bytes() for one in collection.rglob("*") if one.is_file()} == before


def test_a_locator_is_written_as_its_standard_writes_it() -> None:
    found = {
        locator: (one.conforms_to.rpartition("/")[2], one.value)
        for locator in (
            "row 12, column Director",
            "page 3",
            "line 4, /title",
            "/films/film[1]/Year",
            "record 1, 001",
            "record 2, 700[2] $a",
        )
        if (one := fragment(locator)) is not None
    }
    assert found == {
        "row 12, column Director": ("rfc7111", "row=12"),
        "page 3": ("rfc8118", "page=3"),
        "line 4, /title": ("rfc6901", "/title"),
        "/films/film[1]/Year": ("rfc3023", "xpointer(/films/film[1]/Year)"),
        "record 1, 001": ("", "001"),
        "record 2, 700[2] $a": ("", "700[1]$a"),
    }
    assert Outline.parse("").at(0) == ""


TEXT = "<h1>Fog</h1><p>78 minutes</p>"
AROUND = {
    "a page with main": f"<nav>Menu</nav><main>{TEXT}<aside>Also</aside></main><footer>End</footer>",
    "a page with one article": "<div>Menu</div><article><header><h1>Fog</h1></header><p>78 minutes</p></article>",
    "a page that names its menus": f'<div class="site-nav">Menu</div>{TEXT}<ul id="social">x</ul>',
    "a page with roles": f'<div role="navigation">Menu</div>{TEXT}<div role="contentinfo">x</div>',
}


@pytest.mark.parametrize("name", AROUND)
def test_the_main_text_of_a_page_keeps_headings_and_leaves_menus_out(name: str) -> None:
    html = next(one for one in renditions.converters() if one.name == "html")
    made = html.convert(f"<html><body>{AROUND[name]}</body></html>".encode(), False)
    assert made.text == "Fog\n\n78 minutes\n"
    assert [one.name for one in made.landmarks] == ["Fog"]


def test_a_page_that_is_nothing_but_a_menu_is_kept_whole() -> None:
    html = next(one for one in renditions.converters() if one.name == "html")
    assert html.convert(b"<html><body><nav>Fog, 78 minutes</nav></body></html>", False).text == "Fog, 78 minutes\n"


def test_words_divided_at_the_end_of_a_line_are_found_whole() -> None:
    from filmgraph.passages.matching import Comparable  # noqa: PLC0415 -- one test needs it

    assert Comparable("the man\u00adagement of films").find("management")
