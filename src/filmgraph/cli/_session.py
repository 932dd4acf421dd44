"""What the options before a command open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.cli._group import Settings
from filmgraph.graph import Graph, catalogue_at

if TYPE_CHECKING:
    import click

    from filmgraph.catalogue import Catalogue


def settings_of(ctx: click.Context) -> Settings:
    """What ``-C`` and ``--store`` say."""
    root = ctx.find_root()
    # A shell that completes what is typed parses it, and runs nothing.
    settings: Settings = root.obj or Settings(root.params.get("collection"), root.params.get("store"))
    return settings


def open_graph(ctx: click.Context) -> Graph:
    """Open what ``-C`` and ``--store`` name.

    Raises:
        StoreUnavailableError: There is none.
        FileError: A data file is wrong.
    """
    settings = settings_of(ctx)
    return Graph.open(settings.store, collection=settings.collection)


def open_catalogue(ctx: click.Context) -> Catalogue:
    """The questions that can be asked, without opening what they ask."""
    settings = settings_of(ctx)
    return catalogue_at(settings.store, settings.collection)
