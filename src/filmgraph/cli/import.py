"""Import a table or records into a collection, each fact cited to its cell."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from filmgraph.cli._places import naming_a_collection, refuse_one_place
from filmgraph.cli._session import settings_of
from filmgraph.cli._values import FILE, TEXT, Count
from filmgraph.errors import BadParameterError
from filmgraph.files import atomic
from filmgraph.importing import documents, report
from filmgraph.importing.assertions import reporting as asserting
from filmgraph.importing.assertions.intake import assertions_in, sent_back, take
from filmgraph.importing.importer import ImportOptions, import_file, plan, proposed
from filmgraph.importing.mappings import folders_of
from filmgraph.importing.sources import slug_of
from filmgraph.text.printable import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from filmgraph.importing.importer import ImportReport

_PAUSE = 0.1


@click.command(
    params=[
        click.Argument(["files"], type=FILE, metavar="FILE...", nargs=-1, required=True),
        click.Option(["--with", "mapping"], type=FILE, metavar="MAPPING", help="A mapping: a file, or a name."),
        click.Option(["--as", "slug"], type=TEXT, metavar="SLUG", help="What the source is called in its IRI."),
        click.Option(["--propose"], is_flag=True, help="Write a first mapping for FILE, and import nothing."),
        click.Option(
            ["-o", "--output", "path"],
            type=FILE,
            metavar="FILE",
            help="Where --propose writes the mapping, or where a worksheet is sent back; by default to itself.",
        ),
        click.Option(
            ["--sample"],
            type=Count(1, 1_000_000),
            metavar="N",
            help="Show the facts of N records with their cells, and import nothing.",
        ),
        click.Option(["--strict"], is_flag=True, help="Import nothing where a part of FILE cannot be read."),
        click.Option(
            ["--keep-unsupported"],
            is_flag=True,
            help="Put rows or claims aside in review/ whose passage does not say them; they never enter.",
        ),
        click.Option(
            ["--replace"],
            is_flag=True,
            help="Take the place of what was imported under the slug, and say what changed.",
        ),
        click.Option(["--encoding"], type=TEXT, metavar="NAME", help="The encoding of FILE, where it is not UTF-8."),
        click.Option(["--title"], type=TEXT, metavar="TEXT", help="The title of the source; by default FILE's name."),
        click.Option(["--publisher"], type=TEXT, metavar="TEXT", help="Who published it."),
        click.Option(["--date"], type=TEXT, metavar="EDTF", help="When."),
    ]
)
@click.pass_context
def command(  # noqa: PLR0913 -- one for each option
    ctx: click.Context,
    *,
    files: Sequence[str],
    mapping: str | None,
    slug: str | None,
    propose: bool,
    path: str | None,
    sample: int | None,
    strict: bool,
    keep_unsupported: bool,
    replace: bool,
    encoding: str | None,
    title: str | None,
    publisher: str | None,
    date: str | None,
) -> None:
    """Import FILE into the collection that -C names: each fact is cited to its very cell.

    Without --with, a mapping is proposed from the headers, and used. What no mapping takes is told. The facts of a
    worksheet, and what a language model extracted, are cited to the passages of the documents that they name, once
    these say them.

    \b
    Example:  filmgraph -C my-films import films.csv
    Python:   filmgraph.importing.importer.import_file(Path("my-films"), "films.csv", ImportOptions())
    """  # noqa: D301  \b is click's mark for lines that are not to be joined
    _refuse_lost(ctx, files, path, propose=propose)
    options = ImportOptions(
        mapping=mapping or "",
        slug=slug or "",
        encoding=encoding or "",
        strict=strict,
        replace=replace,
        title=title or "",
        publisher=publisher or "",
        date=date or "",
    )
    if slug and len(files) > 1:
        raise BadParameterError("One slug cannot be that of several files.", query="import", name="as")
    if propose:
        text = "".join(proposed(file, options).text for file in files)
        if path:
            atomic.write(path, [text.encode()])
        else:
            click.echo(printable(text, keep="\n"), nl=False)
        return
    root = settings_of(ctx).collection
    folders = folders_of(root)
    asserted = (
        {}
        if mapping
        else {file: found for file in files if (found := assertions_in(file, encoding=encoding or "")) is not None}
    )
    if sample and not asserted:
        for file in files:
            click.echo(
                printable(report.sample(plan(file, options, folders=folders, sample=sample)), keep="\n"), nl=False
            )
        return
    if root is None:
        raise BadParameterError(
            "An import goes into a collection of your own.",
            query="import",
            name="collection",
            hint=naming_a_collection("import"),
        )
    complete = True
    for file in files:
        if file in asserted:
            kept = take(
                Path(root),
                asserted[file][:sample],
                slug=slug or slug_of(file),
                keep_unsupported=keep_unsupported,
                strict=strict,
                dry=bool(sample),
            )
            sent = "" if sample else sent_back(file, kept, to=path or "")
            summary, whole = asserting.summary(kept, sent), kept.complete
        elif not mapping and documents.is_document(file):
            summary, whole = _document(Path(root), file, options), True
        else:
            done = _import(Path(root), file, options, folders)
            summary, whole = report.summary(done), done.complete
        click.echo(printable(summary, keep="\n"), nl=False, err=True)
        complete = complete and whole
    ctx.exit(0 if complete else 1)


def _refuse_lost(ctx: click.Context, files: Sequence[str], path: str | None, *, propose: bool) -> None:
    """Refuse an output that would overwrite what is read, or hold more than one mapping."""
    if propose and path and len(files) > 1:
        raise click.UsageError("A mapping is of one file: propose them one by one.", ctx)
    for file in files:
        refuse_one_place(ctx, path, reads={"the file that is read": file})


def _document(root: Path, file: str, options: ImportOptions) -> str:
    """Take a document in, and say what can be done with it."""
    made = documents.document(
        file,
        slug=options.slug,
        title=options.title,
        publisher=options.publisher,
        date=options.date,
        kinds=documents.source_kinds(str(root)),
    )
    known = documents.take(root, made)
    what = "is there already" if known else f"has {len(made.text):,} character{'s' * (len(made.text) != 1)}"
    return f"{made.slug} {what}. Its facts are said in a worksheet: filmgraph -C {root} worksheet -o film.xlsx\n"


def _import(root: Path, file: str, options: ImportOptions, folders: Sequence[Path]) -> ImportReport:
    """Import a file, and say on a terminal how far it is."""
    shown = _ProgressLine(file) if sys.stderr.isatty() else None
    try:
        return import_file(root, file, options, folders=folders, progress=shown)
    finally:
        if shown is not None:
            shown.clear()


class _ProgressLine:
    """A line on the terminal that says how far an import is."""

    def __init__(self, file: str) -> None:
        self._file = printable(Path(file).name)
        self._last = 0.0

    def __call__(self, what: str, done: int, total: int, /) -> None:
        now = time.monotonic()
        if now - self._last > _PAUSE:
            self._last = now
            of = f" record {done:,} of {total:,}" if total else ""
            sys.stderr.write(f"\r\x1b[K{self._file}: {what}{of}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away."""
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
