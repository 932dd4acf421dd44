"""``--help`` and ``--version`` without translations: looking for those costs 3 ms at each start."""

from __future__ import annotations

import click

from filmgraph.version import __version__


def _show_help(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:  # noqa: FBT001  click's signature
    if value and not ctx.resilient_parsing:
        click.echo(ctx.get_help(), color=ctx.color)
        ctx.exit()


def _show_version(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:  # noqa: FBT001  click calls it so
    if value and not ctx.resilient_parsing:
        click.echo(f"filmgraph {__version__}")
        ctx.exit()


class PlainHelp(click.Command):
    """A command whose help option has one text."""

    def get_help_option(self, ctx: click.Context) -> click.Option:
        """The option, made once."""
        del ctx
        return HELP


def version_option() -> click.Option:
    """``--version``."""
    return _eager("--version", callback=_show_version, text="Show the version and exit.")


def _eager(*names: str, callback: object, text: str) -> click.Option:
    return click.Option(
        list(names),
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=callback,
        help=text,
    )


HELP = _eager("-h", "--help", callback=_show_help, text="Show this message and exit.")
