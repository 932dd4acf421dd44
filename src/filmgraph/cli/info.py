"""Versions, counts, and where things are."""

from __future__ import annotations

import platform

import click
import pyoxigraph

from filmgraph.version import __version__


@click.command(short_help="Versions, counts, and where things are.")
def command() -> None:
    """Print versions, counts, and where things are.

    \b
    Example:  filmgraph info
    """  # noqa: D301  \b is click's mark for lines that are not to be joined
    for name, value in (
        ("filmgraph", __version__),
        ("Python", platform.python_version()),
        ("pyoxigraph", pyoxigraph.__version__),
    ):
        click.echo(f"{name:<12} {value}")
