"""Show everything in a browser, and answer SPARQL over HTTP."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from filmgraph.cli._pages import write_static
from filmgraph.cli._session import settings_of
from filmgraph.cli._values import FILE, TEXT, Count, Seconds
from filmgraph.serving.protocol.settings import ServeLimits, ServeSettings
from filmgraph.serving.starting import serve

_DEFAULT = ServeLimits()


@click.command(short_help="Show everything in a browser, and answer SPARQL over HTTP.")
@click.option(
    "--host", type=TEXT, default="127.0.0.1", show_default=True, help="The address to listen on; 0.0.0.0 for all."
)
@click.option("--port", type=Count(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
@click.option("--public-url", type=TEXT, metavar="URL", help="How visitors reach it, where that is another address.")
@click.option("--open", "opens", is_flag=True, help="Open the address in a browser.")
@click.option(
    "--static",
    "folder",
    type=FILE,
    metavar="DIR",
    help="Write the pages into DIR, for any web host, and serve nothing.",
)
@click.option("--sources", type=FILE, metavar="DIR", help="The folder with the texts; by default the collection's own.")
@click.option(
    "--timeout",
    type=Seconds(),
    default=_DEFAULT.timeout,
    show_default=True,
    metavar="SECONDS",
    help="End what takes longer.",
)
@click.option(
    "--memory",
    type=Count(),
    default=_DEFAULT.memory // 1_000_000,
    show_default=True,
    metavar="MB",
    help="End what needs more.",
)
@click.option("--rows", type=Count(), default=_DEFAULT.rows, show_default=True, help="Refuse longer answers.")
@click.option(
    "--workers",
    type=Count(1, 64),
    default=_DEFAULT.workers,
    show_default=True,
    help="Processes for short queries; as many may be busy with long ones.",
)
@click.pass_context
def command(  # noqa: PLR0913, PLR0917  options arrive as arguments
    ctx: click.Context,
    host: str,
    port: int,
    public_url: str | None,
    opens: bool,  # noqa: FBT001  an option
    folder: str | None,
    sources: str | None,
    timeout: float,
    memory: int,
    rows: int,
    workers: int,
) -> None:
    """Show everything in a browser, and answer SPARQL over HTTP, until Ctrl-C.

    The first line on standard output is the address. Nothing can be changed over it, and nothing is fetched.

    \b
    Example:  filmgraph serve --port 0
              filmgraph serve --static site
    """  # noqa: D301  \b is click's mark for lines that are not to be joined
    chosen = settings_of(ctx)
    limits = ServeLimits(timeout, memory * 1_000_000, rows, workers)
    settings = ServeSettings(
        store=chosen.store,
        collection=chosen.collection,
        opened="",
        sources=sources or "",
        host=host,
        port=port,
        public_url=(public_url or "").rstrip("/"),
        limits=limits,
    )

    if folder is not None:
        write_static(settings, folder)
        return

    def announce(address: str) -> None:
        click.echo(address)
        sys.stdout.flush()
        if opens:
            import_module("webbrowser").open(address)

    serve(settings, on_ready=announce)
