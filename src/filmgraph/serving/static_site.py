"""Static site generation: ``filmgraph serve --static DIR``.

Each page is what `filmgraph.serving.urls.answer` gives for its address; links are followed from page to page. A page is
a file of its path with the ending ``.html``, data have their own ending, so that a host that leaves endings out has the
addresses of the server. Links are relative, so that the folder works under any path, and opened as files.
"""

from __future__ import annotations

import json
from collections import deque
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from filmgraph.errors import FilmgraphError
from filmgraph.files.folder import made_whole
from filmgraph.rdf.namespaces import BASE
from filmgraph.serving.file_names import FileNames
from filmgraph.serving.pages.assets import ASSETS, asset
from filmgraph.serving.pages.documents import named
from filmgraph.serving.pages.single import single_page
from filmgraph.serving.pages.templates import rendered
from filmgraph.serving.preparation import prepared
from filmgraph.serving.protocol.request import HttpRequest
from filmgraph.serving.urls import answer, crawling, open_site
from filmgraph.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from filmgraph.serving.pages.finding import NamedHit
    from filmgraph.serving.pages.site import ServedSite
    from filmgraph.serving.protocol.settings import ServeSettings

MARK = "filmgraph-site.json"
"""The file that tells that a folder was made here."""
INDEX = "search-index.js"
"""The names, as browsers look them up."""
_FOUND, _ELSEWHERE = 200, 303
_TOLD = 500


class WrittenSite(NamedTuple):
    """The result of writing a site: counts of pages and files, and their size in bytes."""

    pages: int
    files: int
    size: int


def write_site(
    settings: ServeSettings, target: Path, *, on_page: Callable[[int], None] = lambda _: None
) -> WrittenSite:
    """Write all pages into a folder, atomically.

    Args:
        settings: What is served. ``public_url`` is where the folder will be; without it no page names its own address.
        target: The folder; one that was written so before is replaced.
        on_page: Is given the number of files so far, now and then.

    Raises:
        OutputError: The folder cannot be written, or holds something else.
        StoreUnavailableError: There is no such store.
        FilmgraphError: A page cannot be made.
    """
    with made_whole(target, MARK) as folder, prepared(settings._replace(static=True)) as ready:
        return _Writer(open_site(ready), folder, on_page).write()


def page_of(settings: ServeSettings, slug: str) -> str:
    """Return a document as one self-contained page.

    Args:
        settings: What is served.
        slug: The slug of the document.

    Raises:
        UnknownSourceError: There is no such document.
        StoreUnavailableError: There is no such store.
    """
    with prepared(settings) as ready:
        site = open_site(ready)
        return single_page(site, named(site, slug), HttpRequest("GET", "/"))


class _Writer:
    """A crawler that follows links from page to page and writes each as a file."""

    def __init__(self, site: ServedSite, folder: Path, on_page: Callable[[int], None]) -> None:
        self._site, self._folder, self._on_page = site, folder, on_page
        self._files = FileNames(site)
        self._base = site.settings.public_url or BASE.rstrip("/")
        self._waiting: deque[str] = deque()
        self._names: dict[str, str] = {}
        self._addresses: list[str] = []
        self._written = self._size = 0

    def write(self) -> WrittenSite:
        named = self._site.finder.everything()
        for url in ("/", "/sources", "/questions", "/conflicts", *(one.hit.path for one in named)):
            self._follow(url)
        self._put(INDEX, self._index(named))
        self._names["search.html"] = "/search"
        self._page(
            "search.html",
            rendered(
                "search.html",
                site=self._site,
                request=self._request("/search"),
                text="",
                hits=[one.hit for one in sorted(named, key=lambda one: one.hit.label.casefold())],
                most=0,
            ),
        )
        while self._waiting:
            self._visit(self._waiting.popleft())
        if self._site.settings.public_url:
            self._put("sitemap.xml", crawling.map_of(sorted(f"{self._base}/{name}" for name in self._addresses)))
            self._put("robots.txt", crawling.welcome(self._base))
        self._put(MARK, json.dumps({"made by": f"filmgraph {__version__}", "pages": len(self._addresses)}) + "\n")
        return WrittenSite(len(self._addresses), self._written, self._size)

    def _follow(self, url: str) -> None:
        name = self._files.of(url)
        if name not in self._names:
            self._names[name] = url
            self._waiting.append(url)

    def _request(self, url: str) -> HttpRequest:
        place = urlsplit(url)
        return HttpRequest("GET", unquote(place.path), place.query, accept="text/html, */*;q=0.1", base=self._base)

    def _visit(self, url: str) -> None:
        name = self._files.of(url)
        if url.startswith(f"{ASSETS}/"):
            found = asset(urlsplit(url).path.removeprefix(f"{ASSETS}/"))
            if found is not None:
                self._put(name, found[0])
            return
        reply = answer(self._site, self._request(url))
        if reply.status == _ELSEWHERE:
            self._moved(name, dict(reply.headers)["Location"])
            return
        body = reply.body if isinstance(reply.body, (str, bytes)) else "".join(reply.body)
        if reply.status != _FOUND:
            raise FilmgraphError(f"The page {url} cannot be made: status {reply.status}.")
        if reply.media_type.startswith("text/html") and isinstance(body, str) and name.endswith(".html"):
            self._page(name, body)
        else:
            self._put(name, body)

    def _page(self, name: str, body: str) -> None:
        page, links = self._files.linked(body, name)
        for one in links:
            if one != f"/{INDEX}":
                self._follow(one)
        self._addresses.append(name)
        self._put(name, page)

    def _moved(self, name: str, target: str) -> None:
        body = f'<!DOCTYPE html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=" href="{target}">'
        page, links = self._files.linked(body, name)
        for one in links:
            self._follow(one)
        self._put(name, page.replace('url=" href="', "url="))

    def _index(self, named: list[NamedHit]) -> str:
        lines = [[one.hit.label, one.hit.kind, self._files.of(one.hit.path), one.names] for one in named]
        rows = ",\n".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) for line in lines)
        return f"globalThis.filmgraphNames = [\n{rows}\n];\n"

    def _put(self, name: str, body: str | bytes) -> None:
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = body if isinstance(body, bytes) else body.encode("utf-8", "replace")
        path.write_bytes(data)
        self._written += 1
        self._size += len(data)
        if self._written % _TOLD == 0:
            self._on_page(self._written)
