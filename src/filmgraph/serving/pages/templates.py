"""Jinja templates; every value is escaped unless a template marks it as safe."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from filmgraph.serving.pages.assets import address
from filmgraph.text.printable import printable
from filmgraph.version import __version__

if TYPE_CHECKING:
    from filmgraph.serving.pages.site import ServedSite
    from filmgraph.serving.protocol.request import HttpRequest

_FOLDER = Path(__file__).parent.parent / "templates"

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'"
)
"""What pages that are files say themselves, since their host may not."""
_LARGE = {"thing.html", "conflicts.html"}  # pages with thousands of lines, and with no text whose spaces count
_INDENTED = re.compile(r"\n\s+")


@lru_cache(1)
def environment() -> Environment:
    """Return the Jinja environment of the templates."""
    made = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals |= {"asset": address, "version": __version__}
    made.filters["printable"] = lambda text: printable(str(text), keep="\n\t")
    made.filters["thousands"] = lambda number: f"{int(number):,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
    return made


def rendered(name: str, *, site: ServedSite | None, request: HttpRequest, **values: object) -> str:
    """Render a page from its template.

    Args:
        name: The file of its template.
        site: What is served, where that is known.
        request: The request that it answers.
        **values: What the template shows.
    """
    prefix = site.prefix if site is not None else ""
    static = site is not None and site.static
    finder = 'data-index="/search-index.js"' if static else f'data-suggest="{prefix}/suggest"'
    text = (
        environment()
        .get_template(name)
        .render(site=site, request=request, prefix=prefix, finder=finder, policy=_POLICY, **values)
    )
    return _INDENTED.sub("\n", text) if name in _LARGE else text
