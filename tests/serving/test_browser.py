"""The pages in a real browser: Debian's Chromium, driven by Playwright.

The tests skip without the package ``playwright`` or without a Chromium on the PATH. axe-core looks for barriers where
FILMGRAPH_TEST_AXE names its ``axe.min.js``.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from filmgraph.serving.protocol.settings import ServeSettings
from filmgraph.serving.static_site import page_of, write_site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.serving.conftest import Server

playwright = pytest.importorskip("playwright.sync_api", reason="the package playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
if CHROMIUM is None:
    pytest.skip("there is no chromium on the PATH", allow_module_level=True)

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAIT = 60_000
FILM = "id/film/last-train-home"
COUNTED = "sparql?query=SELECT+%3Fc+(COUNT(%3Fs)+AS+%3Fn)+%7B+%3Fs+a+%3Fc+%7D+GROUP+BY+%3Fc&why=true"
PAGES = [
    "",
    "about",
    FILM,
    "id/person/lixin-fan",
    "id/org/eyesteelfilm",
    "id/edition/san-francisco.2010",
    "id/place/china",
    "sources",
    "sources/imdb",
    "sources/imdb/passages/32-54",
    "questions",
    "questions/timeline",
    "questions/ratings?not-source=imdb",
    "questions/runtimes?film=nobody",
    "conflicts",
    "sparql",
    COUNTED,
    "sparql?query=SELEC",
    "search?q=zhang",
    "search?q=nobody+of+that+name",
    "nothing",
]
FILES = ["index", "about", "id/film/night-ferry", "sources", "sources/log", "questions", "questions/films", "conflicts",
         "search", "log"]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=CHROMIUM, args=QUIET, timeout=WAIT)
        yield chromium
        chromium.close()


class Watched:
    """A page of the browser, with all that it complains of and all that it asks of other machines."""

    def __init__(self, browser: Any, server: Server, **options: Any) -> None:
        self.context = browser.new_context(base_url=server.address, **options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(WAIT)
        self.complaints: list[str] = []
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.elsewhere: list[str] = []
        self.page.on("request", lambda request: self._asked(request.url, server.address))

    def _asked(self, url: str, address: str) -> None:
        if not url.startswith((address, "data:")):
            self.elsewhere.append(url)


@pytest.fixture
def watched(browser: Any, server: Server) -> Iterator[Watched]:
    made = Watched(browser, server)
    yield made
    made.context.close()
    assert (made.complaints, made.elsewhere) == ([], [])


def test_a_name_is_found_while_it_is_typed(watched: Watched) -> None:
    page = watched.page
    page.goto("")
    page.get_by_role("combobox").press_sequentially("lixin")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/id/person/lixin-fan")
    page.go_back()
    assert page.get_by_role("heading", level=1).inner_text().startswith("What documents say")


def test_a_mark_opens_its_passages_and_escape_gives_the_focus_back(watched: Watched) -> None:
    page = watched.page
    page.goto(FILM)
    mark = page.locator("a.mark").first
    mark.focus()
    page.keyboard.press("Enter")
    card = page.get_by_role("dialog", name="Who says so")
    assert "characters" in card.inner_text()
    page.keyboard.press("Escape")
    assert card.count() == 0
    assert mark.evaluate("one => one === document.activeElement")


def test_without_scripts_a_mark_opens_its_passages_too(browser: Any, server: Server) -> None:
    made = Watched(browser, server, java_script_enabled=False)
    made.page.goto(FILM)
    made.page.locator("a.mark").first.click()
    note = made.page.locator(".notes li:target")
    assert "characters" in note.inner_text()
    assert note.bounding_box()["y"] < made.page.viewport_size["height"]
    made.context.close()


def test_a_document_that_is_left_out_takes_its_rows_with_it(watched: Watched) -> None:
    page = watched.page
    page.goto("questions/ratings")
    before = page.locator("table.answer tbody tr").count()
    page.get_by_text("Whom do you trust?").click()
    page.get_by_role("row", name="Last Train Home (2009)").get_by_role("link", name="not at all").click()
    page.wait_for_url("**not-source=imdb**")
    assert page.locator("table.answer tbody tr").count() < before


def test_a_broken_query_says_where_and_a_good_one_gives_a_file(watched: Watched) -> None:
    page = watched.page
    page.goto("sparql")
    write(page, "SELECT ?s WHERE { ?s ?p }")
    page.get_by_role("button", name="Run").click()
    assert "ine 1" in page.get_by_role("alert").inner_text()
    write(page, "SELECT DISTINCT ?class { ?thing a ?class } LIMIT 5")
    page.get_by_role("button", name="Run").click()
    page.locator("table.answer").wait_for()
    with page.expect_download() as loading:
        page.get_by_role("link", name="csv", exact=True).click()
    assert Path(loading.value.path()).read_text("utf-8").startswith("class")
    watched.complaints[:] = [one for one in watched.complaints if "400" not in one]  # the browser notes the status


@pytest.fixture(scope="module")
def files(collection_with_text: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages as files, and a document as one page."""
    folder = tmp_path_factory.mktemp("files") / "site"
    settings = ServeSettings(collection=str(collection_with_text))
    write_site(settings, folder)
    (folder / "log.html").write_text(page_of(settings, "log"), encoding="utf-8")
    return folder


def addresses(server: Server, files: Path) -> list[str]:
    """All kinds of pages: of a server, and as files."""
    return [*(server.address + path for path in PAGES), *((files / f"{name}.html").as_uri() for name in FILES)]


@pytest.mark.parametrize(
    ("width", "letters"), [(320, "100%"), (768, "100%"), (1440, "100%"), (720, "100%"), (768, "200%")]
)
def test_nothing_is_wider_than_the_window(browser: Any, server: Server, files: Path, width: int, letters: str) -> None:
    """720 points are a window of 1440 at 200 %; letters can be made larger alone."""
    made = Watched(browser, server, viewport={"width": width, "height": 900})
    wider = []
    for address in addresses(server, files):
        made.page.goto(address)
        made.page.evaluate("size => { document.documentElement.style.fontSize = size }", letters)
        if made.page.evaluate("document.documentElement.scrollWidth") > width:
            wider.append(address)
    made.context.close()
    assert wider == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier(browser: Any, server: Server, files: Path, scheme: str) -> None:
    axe = os.environ.get("FILMGRAPH_TEST_AXE")
    if not axe:
        pytest.skip("FILMGRAPH_TEST_AXE does not name axe-core's axe.min.js")
    made = Watched(browser, server, color_scheme=scheme)
    rules = Path(axe).read_text("utf-8")
    wrong = {}
    for address in addresses(server, files):
        made.page.goto(address)
        made.page.evaluate(rules)  # evaluated by the driver: the page's own policy stays as it is
        for one in made.page.evaluate("axe.run()")["violations"]:
            wrong[address, one["id"]] = [node["html"][:120] for node in one["nodes"][:3]]
    made.context.close()
    assert wrong == {}


def test_with_the_keyboard_alone_the_content_is_reached_at_once_and_each_place_is_seen(watched: Watched) -> None:
    page = watched.page
    page.goto(FILM)
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    assert skip.evaluate("one => one === document.activeElement && one.getBoundingClientRect().left >= 0")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(12):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => { const one = document.activeElement, box = one.getBoundingClientRect();
            return [getComputedStyle(one).outlineStyle, box.top >= 0 && box.bottom <= innerHeight] }"""
        )
        assert seen == ["solid", True]


def write(page: Any, query: str) -> None:
    """Write a query into the plain field, or into the editor where it is built."""
    field = page.locator("textarea[name=query]")
    if not field.evaluate("one => one.hidden"):
        field.fill(query)
        return
    page.get_by_role("textbox", name="Query, in SPARQL").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(query)


def editor(page: Any) -> Any:
    if not page.locator("textarea[data-editor]").evaluate("one => one.hidden"):
        pytest.skip("the editor is not built; see web/package.json")
    return page.get_by_role("textbox", name="Query, in SPARQL")


def test_the_editor_completes_names_and_declares_their_prefix(watched: Watched) -> None:
    page = watched.page
    page.goto("sparql")
    field = editor(page)
    field.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT ?t { ?film fg:titleTe")
    page.locator("[role=option][aria-selected=true]").wait_for()
    page.wait_for_timeout(300)  # the editor takes no key as an answer that comes sooner than 75 ms after its list
    page.keyboard.press("Enter")
    written = page.locator("textarea[data-editor]")
    playwright.expect(written).to_have_value(
        re.compile("fg:titleText")
    )  # to wait by a function, the page must allow eval
    assert "PREFIX fg: <https://w3id.org/filmgraph/ns#>" in written.input_value()


def test_the_editor_shows_errors_at_their_place_and_sends_with_the_keyboard(watched: Watched) -> None:
    page = watched.page
    page.goto("sparql")
    field = editor(page)
    field.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT ?s WHERE { ?s ?p  ")
    page.locator(".cm-lintRange-error, .cm-lintPoint-error").first.wait_for()
    page.keyboard.press("Control+a")
    page.keyboard.type("ASK { ?s ?p ?o }")
    page.keyboard.press("Control+Enter")
    page.locator(".verdict").wait_for()
    assert page.locator(".verdict").inner_text().startswith("Yes")


def test_tab_leaves_the_editor(watched: Watched) -> None:
    page = watched.page
    page.goto("sparql")
    editor(page).click()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") != "editor"


def test_pages_that_are_files_are_searched_without_a_server(browser: Any, files: Path) -> None:
    folder = files
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto((folder / "questions.html").as_uri())
    page.get_by_role("combobox").press_sequentially("direct")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/thing/fmd-*.html")
    page.goto(f"{(folder / 'search.html').as_uri()}?q=DIRECT")
    page.get_by_role("heading", name="found").wait_for()
    page.close()
    assert complaints == []


PICTURE = Path(__file__).resolve().parents[2] / "docs" / "film-page.png"


def test_the_picture_of_the_readme_is_of_the_page_as_it_is(
    browser: Any, server: Server, request: pytest.FixtureRequest
) -> None:
    context = browser.new_context(
        base_url=server.address, viewport={"width": 1120, "height": 700}, color_scheme="light", reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(FILM)
    page.locator("a.mark").nth(2).click()
    card = page.get_by_role("dialog", name="Who says so")
    assert "characters" in card.inner_text()
    shot = page.screenshot()
    context.close()
    if request.config.getoption("--update-golden"):
        PICTURE.write_bytes(shot)
    kept = PICTURE.read_bytes()
    assert kept[:8] == shot[:8] == b"\x89PNG\r\n\x1a\n"
    assert kept[16:24] == shot[16:24]  # width and height
    assert len(kept) < 150_000
    assert 0.7 < len(kept) / len(shot) < 1.4, "make it anew with --update-golden, and look at it"
    assert "](docs/film-page.png)" in (PICTURE.parent.parent / "README.md").read_text("utf-8")
