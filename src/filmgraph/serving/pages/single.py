"""A document as one self-contained page: its whole text with cited passages marked, and their facts."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html import escape, unescape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from filmgraph.rdf.namespaces import BASE
from filmgraph.serving.pages import documents
from filmgraph.serving.pages.assets import asset
from filmgraph.serving.pages.templates import rendered

if TYPE_CHECKING:
    from filmgraph.serving.pages.site import Document, ServedSite
    from filmgraph.serving.protocol.request import HttpRequest

_LINK = r' href="(/[^"]*)"'


def single_page(site: ServedSite, document: Document, request: HttpRequest) -> str:
    """Render a document as one page; links lead to passages within it and to the IRIs of things.

    Raises:
        StoreError: The store could not answer.
    """
    facts = documents.passages_of(site, document)
    covered = documents.coverage(site, document, facts)
    style, script = (asset(name)[0].decode() for name in ("site.css", "site.js"))  # type: ignore[index]  # both are there
    page = rendered(
        "document.html",
        site=site,
        request=request,
        layout="single.html",
        style=style,
        script=script,
        hashes=[_hash(style), _hash(script)],
        **documents.counts(site, document, facts, covered),
        part=documents.whole(site, document, facts, covered),
    )
    anchors = {site.prefix + site.path(str(one)): documents.anchor(one) for one in facts}
    return re.sub(_LINK, lambda match: _outside(unescape(match[1]), anchors, site.prefix), page)


def _outside(address: str, anchors: dict[str, str], prefix: str) -> str:
    """Rewrite a link for a page outside the server; empty where it would lead to a script."""
    if address in anchors:
        return f' href="#{anchors[address]}"'
    place = urlsplit(address.removeprefix(prefix))
    iri = BASE + unquote(place.path[1:])
    if place.path == "/thing":
        iri = parse_qs(place.query).get("iri", [""])[0]
    return f' href="{escape(iri)}"' if iri.startswith(("https://", "http://")) else ""


def _hash(text: str) -> str:
    """Return a source hash (`CSP 3, 2.3.1 <https://www.w3.org/TR/CSP3/#framework-directive-source-list>`_)."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
