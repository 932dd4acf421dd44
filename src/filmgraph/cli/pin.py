"""Turn the text fragments of a draft into exact offsets."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from pyoxigraph import RdfFormat

from filmgraph.cli._ending import FAILED, FINE
from filmgraph.cli._input import file_bytes
from filmgraph.cli._texts import own_folder, recorded_texts, sources_option
from filmgraph.cli._values import FILE, FilePath
from filmgraph.collection.folder import Collection
from filmgraph.collection.resources import root
from filmgraph.encoding.pin import pin
from filmgraph.encoding.unpin import unpin
from filmgraph.errors import FileError, UnknownSourceError
from filmgraph.files import atomic
from filmgraph.rdf.files import parse_bytes
from filmgraph.text.printable import printable

if TYPE_CHECKING:
    from filmgraph.cli._group import Settings
    from filmgraph.passages.texts import SourceText


@click.command(short_help="Turn the text fragments of a draft into exact offsets.")
@click.argument("draft", type=FILE)
@sources_option
@click.option("-o", "--output", "path", type=FilePath(path_type=Path), metavar="FILE", help="Write to FILE.")
@click.option("--undo", is_flag=True, help="The other way: offsets become words again.")
@click.pass_obj
def command(settings: Settings, draft: str, folder: Path | None, path: Path | None, *, undo: bool) -> int:
    """Turn the text fragments of DRAFT (a file, or - for standard input) into exact offsets.

    DRAFT is TriG whose citations are written <SLUG#:~:text=first%20words,last%20words>. Nothing else changes. Where a
    fragment fits nothing or several passages, that is said of each, nothing is written, and the exit code is 2.

    \b
    Example:  filmgraph pin press-kit.draft.trig --sources texts -o data/press-kit.trig
    Python:   filmgraph.encoding.pin.pin(draft, texts)
    """  # noqa: D301  \b is click's mark for lines that are not to be joined
    texts = _texts(settings, folder)
    text = _read(draft)
    if undo:
        reverted = unpin(text, texts)
        for citation in reverted.left:
            click.echo(f"No words name this passage alone: {citation}", err=True)
        _write(reverted.text, path, draft)
        return FINE
    outcome = pin(text, texts)
    for problem in outcome.problems:
        click.echo(printable(f"{draft}:{problem}\n", keep="\n"), err=True)
    if outcome.problems:
        count = len(outcome.problems)
        click.echo(f"{count} of {count + outcome.pinned} fragments cannot be pinned. Nothing was written.", err=True)
        return FAILED
    _write(outcome.text, path, draft)
    return FINE


def _texts(settings: Settings, folder: Path | None) -> dict[str, SourceText]:
    """The texts of the sources that the collection records; its facts may still be unwritten or wrong."""
    folder = folder or own_folder(settings)
    if folder is None:
        raise UnknownSourceError("No texts are at hand.", name="", hint="Say where they lie with --sources DIR.")
    return recorded_texts(Collection(settings.collection or root()), folder)


def _read(draft: str) -> str:
    """The draft as it stands, line ends included."""
    try:
        return file_bytes(draft, "The draft").decode("utf-8")
    except UnicodeDecodeError as exc:
        raise FileError("The draft is not UTF-8.", path=draft, hint="Save the file as UTF-8.") from exc


def _write(text: str, path: Path | None, draft: str) -> None:
    """Write what parses, and states something where it is to replace a file.

    Raises:
        RdfSyntaxError: The draft is no TriG.
        FileError: It states nothing.
        OutputError: The file cannot be written.
    """
    stated = sum(1 for _ in parse_bytes(text.encode(), RdfFormat.TRIG, path=draft))
    if not text.strip() or (path is not None and not stated):
        raise FileError("The draft states nothing, so nothing was written.", path=draft)
    if path is None:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
        return
    atomic.write(path, [text.encode()])
