"""Write the graph, or one film, in an RDF or library format."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

import click

from filmgraph import exporters
from filmgraph.cli._places import refuse_one_place
from filmgraph.cli._session import open_catalogue, open_graph
from filmgraph.cli._values import FILE, TEXT
from filmgraph.files.identity import is_stream
from filmgraph.text.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator


@click.command(
    params=[
        click.Argument(["thing"], type=TEXT, metavar="[THING]", required=False),
        click.Option(
            ["-f", "--format", "format_name"],
            type=TEXT,
            metavar="FORMAT",
            help="turtle, jsonld, marcxml …; see --list.",
        ),
        click.Option(
            ["-o", "--output", "path"], type=FILE, metavar="FILE", help="Write to FILE; its ending names the format."
        ),
        click.Option(
            ["--citations"],
            type=click.Choice(["claims", "rdf12", "none", "full"]),
            help="How RDF says who states each fact; full: every citation, in MARC.",
        ),
        click.Option(["--context"], type=click.Choice(["inline", "link"]), default="inline", help="Of jsonld."),
        click.Option(
            ["--form"], type=click.Choice(["compact", "expanded", "flattened"]), default="compact", help="Of jsonld."
        ),
        click.Option(["--list", "listed"], is_flag=True, help="List the formats, what each keeps and what it loses."),
    ]
)
@click.pass_context
def command(
    ctx: click.Context,
    thing: str | None,
    format_name: str | None,
    path: str | None,
    citations: str | None,
    context: str,
    form: str,
    listed: bool,  # noqa: FBT001  an option
) -> None:
    """Write the graph, or one THING of it, in FORMAT.

    THING is a full IRI, a prefixed name, or a name or title in any language.
    What the format has no place for is said on standard error.

    With -f site, everything is a folder of web pages; with -f page, THING is the slug of a document, and a web page.

    \b
    Example:  filmgraph export "Last Train Home" -f jsonld -o film.jsonld
              filmgraph export -f site -o site
    Python:   graph.export("jsonld", "film.jsonld", "Last Train Home")
    """  # noqa: D301  \b is click's mark for lines that are not to be joined
    collection = open_catalogue(ctx).collection
    if listed:
        for line in _lines(collection):
            click.echo(line)
        for line in import_module("filmgraph.cli._pages").listed():
            click.echo(line)
        return
    path = None if path == "-" else path
    if format_name in {"site", "page"}:
        import_module("filmgraph.cli._pages").export_pages(ctx, format_name, thing, path)
        return
    refuse_one_place(ctx, path)
    if format_name is not None:
        exporter = exporters.find(format_name, collection)
    else:
        exporter = exporters.find("turtle") if path is None or is_stream(path) else exporters.of_file(path, collection)
    with open_graph(ctx) as graph:
        losses = graph.export(
            exporter,
            sys.stdout.buffer if path is None else path,
            thing,
            citations=citations or "",
            form=form,
            context=context,
        )
    if losses:
        said = "; ".join(str(loss).replace("; ", ", ") for loss in losses)
        click.echo(printable(f"{exporter.name} has no place for: {said}."), err=True)


def _lines(collection: str) -> Iterator[str]:
    for exporter in exporters.all_exporters(collection):
        yield f"{exporter.name}  {exporter.media_type}  {' '.join(f'.{ending}' for ending in exporter.endings)}"
        yield f"  {exporter.summary}"
        yield f"  keeps  {exporter.keeps}"
        yield f"  loses  {exporter.loses}"
