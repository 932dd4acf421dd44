"""The group of all commands, which imports only the one that runs."""

from __future__ import annotations

import os
from importlib import import_module
from typing import NamedTuple

import click

from filmgraph.cli._help import PlainHelp, version_option
from filmgraph.cli._values import FILE
from filmgraph.errors import FilmgraphError

_FOLDER = os.path.dirname(__file__)


if "_FILMGRAPH_COMPLETE" in os.environ:  # a shell asks, which is no start that anybody waits for
    import_module("filmgraph.cli._shells").use_own_script()


class Settings(NamedTuple):
    """The options that stand before the command."""

    collection: str | None = None
    store: str | None = None


class LazyGroup(PlainHelp, click.Group):
    """A group whose commands are the files of this folder.

    Listing them reads the first line of each file; only the command that runs is imported.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The files of this folder whose names start with a letter."""
        del ctx
        files = os.listdir(_FOLDER)
        return sorted(name[:-3] for name in files if name.endswith(".py") and name[0] != "_")

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of that name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"filmgraph.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or name those nearest to it."""
        if args and not args[0].startswith("-") and args[0] not in self.list_commands(ctx):
            near = import_module("filmgraph.text.nearest").nearest(args[0], self.list_commands(ctx))
            hint = f"Did you mean {' or '.join(near)}?"
            if not near or _is_question(ctx, args[0]):
                hint = f"A question is asked with: filmgraph ask {args[0]}"
            raise click.UsageError(f"There is no command '{args[0]}'. {hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write one line for each command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary(name)) for name in self.list_commands(ctx)])


def summary(name: str) -> str:
    """Return the summary of a command: the first line of its module's docstring."""
    with open(os.path.join(_FOLDER, f"{name}.py"), encoding="utf-8") as file:
        return file.readline().strip().strip('"').rstrip(".")


@click.command(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with: filmgraph ask",
    params=[
        click.Option(
            ["-C", "collection"], type=FILE, metavar="DIR", help="Use the collection in DIR, not the bundled one."
        ),
        click.Option(
            ["--store"], type=FILE, metavar="PATH|URL", help="Query a built store, one RDF file, or a SPARQL endpoint."
        ),
        version_option(),
    ],
)
@click.pass_context
def root(ctx: click.Context, collection: str | None, store: str | None) -> None:
    """Ask what documents say about films, and which passage says so."""
    ctx.obj = Settings(collection, store)
    if store is not None and "://" not in store:
        note = import_module("filmgraph.store.manifest").note(store)
        if note is not None:
            _note(note)
    if collection is not None and os.path.isdir(f"{collection}/data"):
        unread = import_module("filmgraph.collection.folder").Collection(collection).unread()
        if unread:
            more = f" and {len(unread) - 1} more" if unread[1:] else ""
            _note(f"{unread[0]}{more}: nothing is read of files of this kind; facts stand in .trig and .nq files.")


def _is_question(ctx: click.Context, name: str) -> bool:
    try:
        return (
            name in import_module("filmgraph.graph").catalogue_at(ctx.params["store"], ctx.params["collection"]).names()
        )
    except FilmgraphError:  # what is wrong with the collection is said to who asks it something
        return False


def _note(text: str) -> None:
    click.echo(import_module("filmgraph.text.printable").printable(f"Note: {text}"), err=True)
