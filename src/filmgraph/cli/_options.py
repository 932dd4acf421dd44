"""Options that several commands have."""

from __future__ import annotations

import click

from filmgraph import formats


def _complete_format(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    return [name for name in formats.names() if name.startswith(incomplete.lower())]


def output_options() -> list[click.Parameter]:
    """``-f`` and ``-o``."""
    return [
        click.Option(
            ["-f", "--format", "format_name"],
            metavar="FORMAT",
            shell_complete=_complete_format,
            help="table, csv, tsv, json, xml, markdown, html; for triples turtle, trig, jsonld …",
        ),
        click.Option(["-o", "--output", "path"], metavar="FILE", help="Write to FILE; its ending names the format."),
    ]


def answer_options() -> list[click.Parameter]:
    """``-f``, ``-o``, ``--why`` and ``--timeout``."""
    return [
        *output_options(),
        click.Option(["--why"], is_flag=True, help="Say which passages support each row."),
        click.Option(
            ["--timeout"],
            type=click.FloatRange(min=0, min_open=True),
            metavar="SECONDS",
            help="Stop after so long.",
        ),
    ]
