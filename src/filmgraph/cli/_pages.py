"""Pages as files: what ``serve --static`` and ``export`` share."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from filmgraph.cli._session import settings_of
from filmgraph.serving.protocol.settings import ServeSettings
from filmgraph.serving.starting import write_page, write_site
from filmgraph.text.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMATS = {
    "site": (
        "a folder of web pages that works on any web host, without a server",
        "what needs a server: SPARQL, forms",
    ),
    "page": ("a document as one web page, its passages marked", "all that the document does not state"),
}
"""What ``export`` writes as pages: what it is, and what it loses."""


def export_pages(ctx: click.Context, name: str, thing: str | None, path: str | None) -> None:
    """Write a site, or one document as a page.

    Raises:
        click.UsageError: The place or the document is missing, or one too many is named.
    """
    chosen = settings_of(ctx)
    settings = ServeSettings(store=chosen.store, collection=chosen.collection)
    if name == "site":
        if path is None or thing is not None:
            raise click.UsageError("A site is everything, in a folder: name the folder with -o, and no thing.", ctx)
        write_static(settings, path)
        return
    if thing is None:
        raise click.UsageError("A page is about one document: name it by its slug, see filmgraph sources.", ctx)
    write_page(settings, thing, path if path is not None else sys.stdout.buffer)


def write_static(settings: ServeSettings, folder: str) -> None:
    """Write a site, and say what was written."""
    shows = sys.stderr.isatty()
    written = write_site(
        settings, folder, on_page=lambda count: click.echo(f"\r{count:,} files", err=True, nl=False) if shows else None
    )
    start = "\r" if shows else ""
    said = (
        f"{start}{written.pages:,} pages, {written.files:,} files, {written.size / 1e6:.1f} MB in {printable(folder)}"
    )
    click.echo(f"{said}. Open its index.html, or copy the folder to a web host.", err=True)


def listed() -> Iterator[str]:
    """The lines of ``export --list`` about pages."""
    for name, (summary, loses) in FORMATS.items():
        yield f"{name}  text/html"
        yield f"  {summary}"
        yield "  keeps  every fact with its passages"
        yield f"  loses  {loses}"
