"""Finding the texts of sources for commands that read them: ``--sources``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from filmgraph.cli._values import FilePath
from filmgraph.collection.folder import Collection
from filmgraph.collection.resources import root
from filmgraph.opening import open_store
from filmgraph.passages.sources import read_sources
from filmgraph.passages.texts import SourceText, Texts, find_texts, read_digests
from filmgraph.text.printable import printable

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
        type=FilePath(path_type=Path),
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
    return _found(folder, {source.slug: source.sha256 for source in read_sources(store).values()})


def recorded_texts(collection: Collection, folder: Path) -> dict[str, SourceText]:
    """The texts in a folder of the sources that a collection records; its facts may still be unwritten or wrong.

    Raises:
        UnknownSourceError: The folder does not exist.
        RdfSyntaxError: The record of the sources does not parse.
    """
    return _found(folder, read_digests(Path(collection.root) / "data" / "sources.ttl"))


def _found(folder: Path, digests: dict[str, str]) -> Texts:
    texts = find_texts(folder, digests)
    for problem in (*texts.refused.values(), *texts.unread):
        click.echo(printable(f"Note: {problem}"), err=True)
    return texts


def own_folder(settings: Settings) -> Path | None:
    """The folder of texts inside the collection."""
    own = Path(Collection(settings.collection or root()).root) / "sources"
    return own if own.is_dir() else None
