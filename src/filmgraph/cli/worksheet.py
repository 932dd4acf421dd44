"""Write a worksheet for who reads documents: facts with the words that state them."""

from __future__ import annotations

from importlib import import_module

import click

from filmgraph.cli._session import settings_of
from filmgraph.cli._texts import opened
from filmgraph.cli._values import FILE
from filmgraph.errors import OutputError
from filmgraph.importing.assertions import worksheet
from filmgraph.passages.sources import read_sources
from filmgraph.text.printable import printable


@click.command(
    params=[
        click.Option(
            ["-o", "--output", "path"],
            type=FILE,
            metavar="FILE",
            required=True,
            help="A file that ends in .xlsx, .csv or .tsv.",
        ),
        click.Option(["--force"], is_flag=True, help="Write it even where FILE is there already."),
    ]
)
@click.pass_context
def command(ctx: click.Context, path: str, *, force: bool) -> None:
    """Write an empty worksheet to FILE: a row for each fact, with the words of the document that state it.

    The column *what* offers what can be said. Fill it in, and import it: filmgraph -C my-films import film.xlsx

    \b
    Example:  filmgraph -C my-films worksheet -o film.xlsx
    Python:   filmgraph.importing.assertions.worksheet.write("film.xlsx", ["programme"])
    """  # noqa: D301  \b is click's mark for lines that are not to be joined
    if not force and import_module("os").path.exists(path):
        raise OutputError(
            "The file is there already, and may be filled in.", path=path, hint="Name another, or add --force."
        )
    settings = settings_of(ctx)
    documents: list[str] = []
    if settings.collection or settings.store:
        store = opened(settings)
        try:
            documents = sorted(source.slug for source in read_sources(store).values())
        finally:
            store.close()
    worksheet.write(path, documents)
    click.echo(printable(f"Wrote {path}. Fill in its rows, then: filmgraph -C DIR import {path}"), err=True)
