"""Finding the texts of sources for commands that read them: ``--sources``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from filmgraph.collection.folder import Collection
from filmgraph.collection.resources import root
from filmgraph.opening import open_store
from filmgraph.passages.sources import read_sources
from filmgraph.passages.texts import SourceText, find_texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from filmgraph.cli._group import Settings
    from filmgraph.store.base import Store

    Command = Callable[..., Any]


def sources_option(command: Command) -> Command:
    """``--sources``."""
    return click.option(
        "--sources",
        "folder",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="The folder with the texts; by default the collection's own sources/.",
    )(command)


def opened(settings: Settings) -> Store:
    """The store that ``-C`` and ``--store`` name."""
    return open_store(settings.store or settings.collection)


def texts_at_hand(settings: Settings, store: Store, folder: Path | None) -> dict[str, SourceText]:
    """The texts in a folder, by slug; without one, those in the collection's folder ``sources``, if there is one.

    Raises:
        UnknownSourceError: The folder does not exist.
    """
    folder = folder or own_folder(settings)
    if folder is None:
        return {}
    return find_texts(folder, {source.slug: source.sha256 for source in read_sources(store).values()})


def own_folder(settings: Settings) -> Path | None:
    """The folder of texts inside the collection."""
    own = Path(Collection(settings.collection or root()).root) / "sources"
    return own if own.is_dir() else None
