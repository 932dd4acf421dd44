"""Import a table or records into a collection, each fact cited to its cell."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from filmgraph.cli._session import settings_of
from filmgraph.errors import BadParameterError
from filmgraph.files import atomic
from filmgraph.importing import report
from filmgraph.importing.importer import Wishes, folders_of, import_file, plan, proposed
from filmgraph.text.printable import printable

if TYPE_CHECKING:
    from collections.abc import Sequence


@click.command(
    params=[
        click.Argument(["files"], metavar="FILE...", nargs=-1, required=True),
        click.Option(["--with", "mapping"], metavar="MAPPING", default="", help="A mapping: a file, or a name."),
        click.Option(["--as", "slug"], metavar="SLUG", default="", help="What the source is called in its IRI."),
        click.Option(["--propose"], is_flag=True, help="Write a first mapping for FILE, and import nothing."),
        click.Option(["-o", "--output", "path"], metavar="MAPPING", help="Where --propose writes it."),
        click.Option(
            ["--sample"],
            type=click.IntRange(1, 1_000_000),
            metavar="N",
            help="Show the facts of N records with their cells, and import nothing.",
        ),
        click.Option(["--strict"], is_flag=True, help="Import nothing where a part of FILE cannot be read."),
        click.Option(["--encoding"], default="", metavar="NAME", help="The encoding of FILE, where it is not UTF-8."),
        click.Option(["--title"], default="", metavar="TEXT", help="The title of the source; by default FILE's name."),
        click.Option(["--publisher"], default="", metavar="TEXT", help="Who published it."),
        click.Option(["--date"], default="", metavar="EDTF", help="When."),
    ]
)
@click.pass_context
def command(  # noqa: PLR0913 -- one for each option
    ctx: click.Context,
    *,
    files: Sequence[str],
    mapping: str,
    slug: str,
    propose: bool,
    path: str | None,
    sample: int | None,
    strict: bool,
    encoding: str,
    title: str,
    publisher: str,
    date: str,
) -> None:
    """Import FILE into the collection that -C names: each fact is cited to its very cell.

    Without --with, a mapping is proposed from the headers, and used. What no mapping takes is told.

    \b
    Example:  filmgraph -C my-films import films.csv
    Python:   filmgraph.importing.importer.import_file(Path("my-films"), "films.csv", Wishes())
    """  # noqa: D301  \b is click's mark for lines that are not to be joined
    wishes = Wishes(
        mapping=mapping,
        slug=slug,
        encoding=encoding,
        strict=strict,
        title=title,
        publisher=publisher,
        date=date,
    )
    if slug and len(files) > 1:
        raise BadParameterError("One slug cannot be that of several files.", query="import", name="as")
    if propose:
        text = "".join(proposed(file, wishes).text for file in files)
        if path:
            atomic.write(path, [text.encode()])
        else:
            click.echo(printable(text, keep="\n"), nl=False)
        return
    root = settings_of(ctx).collection
    folders = folders_of(root)
    if sample:
        for file in files:
            click.echo(
                printable(report.sample(plan(file, wishes, folders=folders, sample=sample)), keep="\n"), nl=False
            )
        return
    if root is None:
        raise BadParameterError(
            "An import goes into a collection of your own.",
            query="import",
            name="collection",
            hint="Name its folder: filmgraph -C my-films import FILE. To start one: filmgraph new my-films",
        )
    complete = True
    for file in files:
        done = import_file(Path(root), file, wishes, folders=folders)
        click.echo(printable(report.summary(done), keep="\n"), nl=False, err=True)
        complete = complete and done.complete
    ctx.exit(0 if complete else 1)
