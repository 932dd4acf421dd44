"""List the documents, and how much of each is cited; or add some."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from filmgraph.cli._help import PlainHelp
from filmgraph.cli._options import output_options
from filmgraph.cli._output import Output
from filmgraph.cli._places import naming_a_collection, refuse_one_place
from filmgraph.cli._session import open_graph, settings_of
from filmgraph.cli._values import FILE, TEXT
from filmgraph.errors import BadParameterError
from filmgraph.text.printable import printable

if TYPE_CHECKING:
    from collections.abc import Sequence


class SourcesGroup(PlainHelp, click.Group):
    """The list of the documents, and what can be done with them."""


class AddCommand(PlainHelp, click.Command):
    """The command that adds documents."""


@click.group(cls=SourcesGroup, invoke_without_command=True, subcommand_metavar="[add FILE...]", params=output_options())
@click.pass_context
def command(ctx: click.Context, format_name: str | None, path: str | None) -> None:
    """List the documents: who published them, how long they are, and how much of each is cited.

    \b
    Example:  filmgraph sources
    Python:   graph.sources()
    """  # noqa: D301  \b is click's mark for lines that are not to be joined
    if ctx.invoked_subcommand is None:
        output = Output.of(format_name, path)
        refuse_one_place(ctx, output.path)
        with open_graph(ctx) as graph:
            output.write(graph.sources())


@command.command(
    "add",
    cls=AddCommand,
    params=[
        click.Argument(["files"], type=FILE, metavar="FILE...", nargs=-1, required=True),
        click.Option(
            ["--as", "slug"], type=TEXT, metavar="SLUG", help="What it is called in its IRI; by default FILE's name."
        ),
        click.Option(["--title"], type=TEXT, metavar="TEXT", help="Its title."),
        click.Option(["--publisher"], type=TEXT, metavar="TEXT", help="Who published it."),
        click.Option(["--date"], type=TEXT, metavar="EDTF", help="When: 2022-05-14, 2022-05, 2022~."),
        click.Option(
            ["--basis"], type=TEXT, metavar="TEXT", help="The words of the document in which its date stands."
        ),
        click.Option(["--kind"], type=TEXT, metavar="KIND", help="What kind of document it is: press kit, interview …"),
        click.Option(
            ["--whole"], is_flag=True, help="Of a page or a book all text; by default without menus, footers, contents."
        ),
        click.Option(["--encoding"], type=TEXT, metavar="NAME", help="The encoding of FILE, where it is not UTF-8."),
    ],
)
@click.pass_context
def add(ctx: click.Context, /, files: Sequence[str], encoding: str | None, *, whole: bool, **said: str | None) -> None:
    """Add documents to the collection that -C names: each text goes into sources/, its record into data/sources.ttl.

    Of HTML, PDF, DOCX and EPUB a rendition as text is kept, whose pages and headings are known; that needs
    filmgraph[documents].

    What no option says of a document is asked for on a terminal.

    \b
    Example:  filmgraph -C my-films sources add programme.txt --title "Film Week, programme" --date 2022-05
    Python:   filmgraph.importing.sources.add(Path("my-films"), document("programme.txt", title="Film Week"))
    """  # noqa: D301  \b is click's mark for lines that are not to be joined
    root = settings_of(ctx).collection
    if root is None:
        raise _bad("collection", "Documents go into a collection of your own.", naming_a_collection("sources add"))
    alone = [name for name in ("slug", "title", "basis") if said[name] is not None]
    if alone and len(files) > 1:
        name = "as" if alone[0] == "slug" else alone[0]
        raise _bad(name, f"--{name} cannot be that of several files.", "Add them one by one.")
    documents = import_module("filmgraph.importing.documents")
    kinds = documents.source_kinds(root)
    for file in files:
        made = documents.document(file, encoding=encoding or "", whole=whole, kinds=kinds, **_given(file, said, kinds))
        known = documents.take(Path(root), made)
        iri = made.iri
        name = iri.rpartition("/")[2]
        what = "is there already" if known else f"has {len(made.text):,} character{'s' * (len(made.text) != 1)}"
        click.echo(printable(f"source:{name} {what}. Its facts go into data/{made.slug}.trig, which begins:"))
        click.echo(printable(f"@base <{iri}> ."))
        if made.date and not made.basis and not known:
            click.echo(printable(f"Note: {_NO_BASIS}"), err=True)


_NO_BASIS = "the date rests on no passage; check asks for one. Name its words with --basis, or write fg:basis."
_ASKED = {"title": "Title", "publisher": "Publisher", "date": "Date (EDTF, such as 2022-05)", "kind": "Kind"}


def _given(file: str, said: dict[str, str | None], kinds: dict[str, str]) -> dict[str, str]:
    """Collect a document's record from options, and on a terminal by optional prompts."""
    given = {name: value for name, value in said.items() if value is not None}
    if sys.stdin is None or not sys.stdin.isatty() or not sys.stderr.isatty():
        return given
    for name, asked in _ASKED.items():
        if name not in given:
            more = f" ({', '.join(sorted(kinds))})" if name == "kind" else ""
            default = Path(file).stem if name == "title" else ""
            text = f"{asked}{more} of {file}"
            given[name] = click.prompt(printable(text), default=default, show_default=bool(default), err=True)
    return given


def _bad(name: str, message: str, hint: str) -> BadParameterError:
    return BadParameterError(message, query="sources add", name=name, hint=hint)
