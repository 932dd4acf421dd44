"""Options that several commands have."""

from __future__ import annotations

import click

from filmgraph.answers import formats
from filmgraph.cli._completion import documents
from filmgraph.cli._values import FILE, TEXT, Count, Seconds


def _keep(ctx: click.Context, param: click.Parameter, value: object) -> None:
    """Put an option where `_evidence.Wanted` finds it: commands need not take it as an argument."""
    ctx.meta[f"filmgraph.{param.name}"] = value


def _kept(*options: click.Option) -> list[click.Parameter]:
    """Let options be kept, so that no command takes them as arguments."""
    for one in options:
        one.callback, one.expose_value = _keep, False
    return [*options]


def _complete_format(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    return [name for name in formats.names() if name.startswith(incomplete.lower())]


def output_options() -> list[click.Parameter]:
    """``-f`` and ``-o``."""
    return [
        click.Option(
            ["-f", "--format", "format_name"],
            type=TEXT,
            metavar="FORMAT",
            shell_complete=_complete_format,
            help="table, csv, tsv, json, xml, markdown, html, xlsx, svg, png; for triples turtle, trig, jsonld …",
        ),
        click.Option(
            ["-o", "--output", "path"], type=FILE, metavar="FILE", help="Write to FILE; its ending names the format."
        ),
    ]


def evidence_options() -> list[click.Parameter]:
    """``--max-witnesses``, ``--passages``, ``--sources``, ``--only-source``, ``--not-source`` and ``--quiet``."""
    return _kept(
        click.Option(
            ["--max-witnesses"],
            type=Count(),
            metavar="N",
            help="List N witnesses of a row, and count the rest. [default: 10]",
        ),
        click.Option(
            ["--passages"],
            is_flag=True,
            help="Show the passages themselves, where their texts are at hand.",
        ),
        click.Option(
            ["--sources"],
            type=FILE,
            metavar="DIR",
            help="The folder with the texts; by default the collection's own sources/.",
        ),
        click.Option(
            ["--only-source"],
            type=TEXT,
            metavar="SOURCE",
            shell_complete=documents,
            multiple=True,
            help="Let only this document count. May be repeated.",
        ),
        click.Option(
            ["--not-source"],
            type=TEXT,
            metavar="SOURCE",
            shell_complete=documents,
            multiple=True,
            help="Leave this document out. May be repeated.",
        ),
        click.Option(
            ["-q", "--quiet"],
            is_flag=True,
            help="Say nothing but the answer and errors.",
        ),
    )


def timeout_option() -> click.Parameter:
    """``--timeout``."""
    return click.Option(
        ["--timeout"],
        type=Seconds(),
        metavar="SECONDS",
        help="Stop after so long: the whole answer counts, with evidence and labels.",
    )


def memory_option() -> click.Parameter:
    """``--memory``."""
    return click.Option(["--memory"], type=Count(), metavar="MB", help="Stop where the query needs more memory.")


def page_options() -> list[click.Parameter]:
    """``--limit`` and ``--offset``."""
    return _kept(
        click.Option(
            ["--limit"],
            type=Count(),
            metavar="N",
            help="Give N rows, and say how many there are.",
        ),
        click.Option(
            ["--offset"],
            type=Count(0),
            metavar="N",
            help="Leave out the first N rows.",
        ),
    )


def answer_options() -> list[click.Parameter]:
    """``-f``, ``-o``, ``--why``, ``--why-of``, ``--receipt``, a page, the limits, and those of `evidence_options`."""
    return [
        *output_options(),
        click.Option(["--why"], is_flag=True, help="Say which passages support each row."),
        *_kept(
            click.Option(
                ["--why-of"],
                type=click.IntRange(min=1),
                metavar="ROW",
                help="List all passages that one row rests on, in place of the answer.",
            )
        ),
        *evidence_options(),
        *_kept(
            click.Option(
                ["--receipt"],
                type=FILE,
                metavar="FILE",
                help="Record the answer in FILE for verify; in .bib or .csl.json the sources alone.",
            )
        ),
        *page_options(),
        timeout_option(),
        memory_option(),
    ]
