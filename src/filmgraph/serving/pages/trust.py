"""The trust panel: a switch for each document, with the address of each position."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

if TYPE_CHECKING:
    from filmgraph.serving.pages.site import Document, ServedSite
    from filmgraph.serving.protocol.request import HttpRequest

MOST = 40
"""How many documents have a switch."""


class Switch(NamedTuple):
    """A document with its state, ``counts``, ``alone`` or ``out``, and the address that selects each state."""

    document: Document
    state: str
    counts: str
    alone: str
    out: str


class Trust(NamedTuple):
    """All switches of a page; ``chosen`` is whether any document is excluded, ``reset`` leads back to all."""

    switches: list[Switch]
    chosen: bool
    reset: str
    fields: list[tuple[str, str]]

    @classmethod
    def of(cls, site: ServedSite, request: HttpRequest) -> Trust:
        """Return the switches of a page."""
        only, without = set(request.all("only-source")), set(request.all("not-source"))
        others = [(key, value) for key, value in request.query if key not in {"only-source", "not-source"}]

        def address(alone: set[str], out: set[str]) -> str:
            pairs = [("only-source", one) for one in sorted(alone)] + [("not-source", one) for one in sorted(out)]
            query = urlencode([*others, *pairs])
            return f"{request.path}?{query}" if query else request.path

        switches = []
        for one in list(site.documents.values())[: 0 if site.static else MOST]:
            slug = one.slug
            state = "out" if slug in without else "alone" if slug in only else "counts"
            switches.append(
                Switch(
                    one,
                    state,
                    address(only - {slug}, without - {slug}),
                    address(only | {slug}, without - {slug}),
                    address(only - {slug}, without | {slug}),
                )
            )
        fields = [("only-source", one) for one in sorted(only)] + [("not-source", one) for one in sorted(without)]
        return cls(switches, bool(only or without), address(set(), set()), fields)
