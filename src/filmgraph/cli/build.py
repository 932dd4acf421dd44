"""Build an on-disk store from a collection of any size."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import click

from filmgraph.cli._session import settings_of
from filmgraph.cli._values import FILE, Count
from filmgraph.collection.build.build import COMPACTED_UP_TO, build
from filmgraph.collection.resources import root
from filmgraph.text.printable import printable

if TYPE_CHECKING:
    from collections.abc import Callable

_OWN = "store"
_OF_THE_BUNDLED = "filmgraph-store"
_PAUSE = 0.1
_WIDTH = 30


@click.command(
    params=[
        click.Option(
            ["-o", "--output", "target"],
            type=FILE,
            metavar="DIR",
            help=f"The folder of the store; by default {_OWN} in the collection's folder,"
            f" of the bundled collection {_OF_THE_BUNDLED} in the current one.",
        ),
        click.Option(["--force"], is_flag=True, help="Build it even if no file has changed."),
        click.Option(["--verify"], is_flag=True, help="Read the store through, and build it again if it is damaged."),
        click.Option(
            ["--compact/--no-compact"],
            default=None,
            help="Arrange it for reading: half as long again, and checks and exports are several times as fast."
            f" By default up to {COMPACTED_UP_TO:,} statements.",
        ),
        click.Option(["--readers"], type=Count(0, 64), metavar="N", help="Read in N processes; 0: in this one."),
    ]
)
@click.pass_context
def command(
    ctx: click.Context,
    target: str | None,
    force: bool,  # noqa: FBT001  an option
    compact: bool | None,  # noqa: FBT001  an option
    verify: bool,  # noqa: FBT001  an option
    readers: int | None,
) -> None:
    """Build an on-disk store from a collection, for fast answers at any size.

    It is made beside its place and put there whole: an older store stays until then. If no file has changed, nothing is
    done. Every command reads it with --store DIR, and -C finds the one in the collection's own folder by itself.

    \b
    Example:  filmgraph -C my-films build -o my-films.store
    Python:   filmgraph.build("my-films", "my-films.store")
    """  # noqa: D301  \b is click's mark for lines that are not to be joined
    settings = settings_of(ctx)
    if settings.store is not None:
        raise click.UsageError("A store is built from a collection (-C), not from --store.", ctx)
    if target is None:
        target = f"{settings.collection}/{_OWN}" if settings.collection else _OF_THE_BUNDLED
    start = time.monotonic()
    shown = _Shown() if sys.stderr.isatty() else None
    try:
        built = build(
            settings.collection or root(),
            target,
            workers=readers,
            force=force,
            compact=compact,
            verify=verify,
            progress=shown,
        )
    finally:
        if shown is not None:
            shown.clear()
    if built.new:
        took = time.monotonic() - start
        said = f"Built {target} from {built.statements:,} statements in {took:.1f} seconds."
        if compact is None and built.statements > COMPACTED_UP_TO:
            said += "\nIf it will be checked or exported: --force --compact takes longer, and makes these faster."
    else:
        said = f"{target} is up to date{', and whole' if verify else ''}."
    click.echo(printable(said), err=True)


class _Shown:
    """A line on the terminal that says how far it is."""

    def __init__(self) -> None:
        self._last = 0.0
        self._write: Callable[[str], object] = sys.stderr.write

    def __call__(self, done: int, total: int, what: str, /) -> None:
        now = time.monotonic()
        if now - self._last >= _PAUSE:
            self._last = now
            share = done / total if total else 1.0
            filled = round(share * _WIDTH)
            self._write(f"\r\x1b[K{'█' * filled}{'·' * (_WIDTH - filled)} {share:4.0%}  {what}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away."""
        self._write("\r\x1b[K")
        sys.stderr.flush()
