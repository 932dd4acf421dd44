"""Start a collection of your own, with a small example."""

from __future__ import annotations

import click

from filmgraph.catalogue.parameter import quoted
from filmgraph.cli._values import FILE
from filmgraph.collection.starter import start
from filmgraph.text.printable import printable


@click.command(params=[click.Argument(["folder"], type=FILE, metavar="DIR")])
def command(folder: str) -> None:
    """Make a collection in DIR to start from.

    It holds the ontology, the shapes, the vocabularies, and an example: an invented film in two invented documents.

    \b
    Example:  filmgraph new my-films
    Python:   filmgraph.starter.start("my-films")
    """  # noqa: D301  \b is click's mark for lines that are not to be joined
    start(folder)
    name = quoted(folder)
    click.echo(
        printable(
            f"Made {folder}. See what is in it, and whether it is right:\n"
            f"  filmgraph -C {name} ask\n"
            f"  filmgraph -C {name} check",
            keep="\n",
        ),
        err=True,
    )
