"""Structured data for search engines: schema.org as JSON-LD in the page head (`schema.org <https://schema.org/>`_)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filmgraph.serving.pages.thing import ThingPage

_TYPES = {
    "Film": "Movie",
    "Person": "Person",
    "Organisation": "Organization",
    "Place": "Place",
    "EventSeries": "EventSeries",
    "EventEdition": "Event",
    "Event": "Event",
}
_CREDITED = {"film director": "director", "film producer": "producer", "composer": "musicBy"}


def description(page: ThingPage, url: str, base: str) -> str:
    """Return a thing as schema.org JSON-LD, escaped for ``<script type="application/ld+json">``.

    Only what no source disputes is said, since there is no place for who says it.
    """
    kind = _TYPES.get(page.kind, "Thing")
    said: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": url,
        "url": url,
        "name": page.label,
    }
    others = sorted({name.text for name in page.names} - {page.label})
    if others:
        said["alternateName"] = others
    said["sameAs"] = page.iri
    if kind == "Movie":
        credited: dict[str, list[dict[str, str]]] = {}
        for group in page.groups:
            for row in group.rows if group.key == "Credit" else ():
                texts = [cell.values[0] for cell in row.cells[:2] if cell.values]
                if len(texts) == 2 and texts[0].text in _CREDITED:  # noqa: PLR2004 -- role and agent
                    person = {"@type": "Person", "name": texts[1].text, "@id": base + texts[1].path}
                    credited.setdefault(_CREDITED[texts[0].text], []).append(person)
        said |= credited
        for fact in page.facts:
            if fact.key == "genre":
                said["genre"] = [value.text for value in fact.values]
    text = json.dumps(said, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
