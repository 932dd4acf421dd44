"""File names for pages that are written as a static site, and the links between them."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from html import escape, unescape
from posixpath import dirname, relpath
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from filmgraph import exporters
from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.serving.pages import documents
from filmgraph.serving.pages.assets import ASSETS

if TYPE_CHECKING:
    from filmgraph.serving.pages.site import ServedSite

_LINK = r'(?<=\s)(href|src|action|data-index)="(/[^"]*)"'
_SAFE = r"[A-Za-z0-9_][A-Za-z0-9._~-]{0,79}"
_LONGEST = 200
_DIGITS = 6
_HTML = ".html"
_DATA = ("/questions/", "/sources/")
"""Rooms in which a dot in the last segment begins the name of a format."""


class FileNames:
    """A stable mapping from addresses to file names, of which no two differ only in case.

    Args:
        site: What is written.
    """

    def __init__(self, site: ServedSite) -> None:
        self._site = site
        self._taken: dict[str, str] = {}
        self._names: dict[str, str] = {}

    def of(self, url: str) -> str:
        """Return the path of the file for an address, relative to the site's folder.

        Args:
            url: A path of the server, which may have a query.
        """
        if url not in self._names:
            stem, ending = self._parts(url)
            name = stem + ending
            if len(name) > _LONGEST or not all(re.fullmatch(_SAFE, part) for part in name.split("/")):
                name = f"thing/{_digest(url)}{ending}"
            if self._taken.setdefault(name.casefold(), stem) != stem:
                name = f"{stem}-{_digest(stem)}{ending}"
            self._names[url] = name
        return self._names[url]

    def linked(self, page: str, here: str) -> tuple[str, list[str]]:
        """Rewrite the links of a page to relative file names; return it with the addresses that it links to.

        Args:
            page: The page as the server gives it.
            here: Its own file.
        """
        found: list[str] = []

        def link(match: re.Match[str]) -> str:
            address, hash_, fragment = unescape(match[2]).partition("#")
            found.append(address)
            target = quote(relpath(self.of(address), dirname(here) or "."))
            return f'{match[1]}="{escape(target + hash_ + fragment)}"'

        return re.sub(_LINK, link, page), found

    def _parts(self, url: str) -> tuple[str, str]:
        """Return the name of a file without its extension, and the extension."""
        place = urlsplit(url)
        path, query = unquote(place.path), dict(parse_qsl(place.query))
        if path.startswith(f"{ASSETS}/"):
            return path[1:], ""
        if path == "/thing":
            iri, wanted = query.pop("iri", ""), query.pop("format", "")
            stem = f"thing/{_slug(iri)}-{_digest(iri)}"
            return (stem, f".{self._ending(wanted)}") if wanted else (stem + self._more(query), _HTML)
        if path.startswith("/sources/") and "at" in query:
            query = self._part(path, query.pop("at"))
        stem, dot, ending = path.strip("/").rpartition(".")
        if dot and self._is_data(path):
            return stem, f".{self._ending(ending) if path.startswith('/id/') else ending}"
        return (path.strip("/") or "index") + self._more(query), _HTML

    def _is_data(self, path: str) -> bool:
        if path.startswith("/id/"):
            known = path.rpartition(".")[2] in _endings(self._site.collection_folder)
            return known and not self._site.is_known(PREFIXES["id"] + path.removeprefix("/id/"))
        return path.startswith(_DATA) or path.count("/") == 1

    def _ending(self, wanted: str) -> str:
        """Return the usual file extension of a format, given by its name or an extension."""
        return _endings(self._site.collection_folder).get(wanted, wanted)

    def _part(self, path: str, at: str) -> dict[str, str]:
        document = self._site.document(path.removeprefix("/sources/"))
        if document is None or not at.partition("-")[0].isdigit():
            return {}
        number = documents.part_at(
            self._site, document, int(at.partition("-")[0]), documents.passages_of(self._site, document)
        )
        return {"part": str(number)} if number > 1 else {}

    @staticmethod
    def _more(query: dict[str, str]) -> str:
        """Return the part of a file name that a query string adds."""
        return "".join(
            f".{key}-{_slug(value)}" for key, value in sorted(query.items()) if (key, value) != ("part", "1")
        )


@lru_cache(4)
def _endings(folder: str) -> dict[str, str]:
    """Map each format's name and extensions to its first extension."""
    found: dict[str, str] = {}
    for one in exporters.all_exporters(folder):
        found |= dict.fromkeys((one.name, *one.endings), one.endings[0])
    return found


def _slug(text: str) -> str:
    """Return a short file-name part for an IRI or a word.

    >>> _slug("https://w3id.org/filmgraph/ns#AwardResult"), _slug("Grand Prix!")
    ('AwardResult', 'Grand-Prix')
    """
    tail = re.split(r"[/#]", text.rstrip("/#"))[-1]
    return re.sub(r"[^A-Za-z0-9]+", "-", tail).strip("-")[:40] or "x"


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=_DIGITS).hexdigest()
