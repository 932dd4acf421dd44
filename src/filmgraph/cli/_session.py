"""Opening the graph and the catalogue that ``-C`` and ``--store`` name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.cli._group import Settings
from filmgraph.graph import Graph, catalogue_at
from filmgraph.opening import open_store

if TYPE_CHECKING:
    import click

    from filmgraph.catalogue import Catalogue

_CATALOGUE = "filmgraph.catalogue"


def settings_of(ctx: click.Context) -> Settings:
    """Return the settings of ``-C`` and ``--store``."""
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
    return Graph(open_store(settings.store or settings.collection), catalogue=open_catalogue(ctx))


def open_catalogue(ctx: click.Context) -> Catalogue:
    """The questions that can be asked, without opening what they ask: once for a command.

    Raises:
        StoreUnavailableError: There is no such collection.
    """
    kept = ctx.find_root().meta
    if _CATALOGUE not in kept:
        settings = settings_of(ctx)
        kept[_CATALOGUE] = catalogue_at(settings.store, settings.collection)
    catalogue: Catalogue = kept[_CATALOGUE]
    return catalogue
