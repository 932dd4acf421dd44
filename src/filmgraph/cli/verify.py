"""Ask again what a receipt records, and say what has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from filmgraph.cli._ending import FINDINGS, FINE
from filmgraph.cli._input import file_bytes
from filmgraph.cli._options import memory_option, timeout_option
from filmgraph.cli._session import open_graph, settings_of
from filmgraph.cli._values import FILE
from filmgraph.errors import FileError, FilmgraphError, StoreUnavailableError
from filmgraph.graph import Graph
from filmgraph.receipt.record import Receipt
from filmgraph.text.printable import printable
from filmgraph.text.utf8 import decoded

if TYPE_CHECKING:
    from filmgraph.store.origin import Origin


@click.command(
    params=[
        click.Argument(["file"], type=FILE),
        timeout_option(),
        memory_option(),
        click.Option(["--allow-service"], is_flag=True, help="Let SERVICE reach other endpoints."),
    ]
)
@click.pass_context
def command(ctx: click.Context, file: str, *, timeout: float | None, memory: int | None, allow_service: bool) -> int:
    """Ask again what the receipt FILE records, and say what has changed since.

    The same data is asked as then; -C and --store name other data. An endpoint is asked only where --store names it.
    Exit code 0 where the rows are the same, 1 where they are not, 2 where it could not be found out.

    \b
    Example:  filmgraph verify awards.receipt.json
    Python:   graph.verify(receipt)
    """  # noqa: D301  \b is click's mark for lines that are not to be joined
    receipt = Receipt.from_json(decoded(file_bytes(file, "The receipt"), file), path=file)
    if receipt.service and not allow_service:
        raise FileError(
            "The query of this receipt asks other endpoints.", path=file, hint="Allow it with --allow-service."
        )
    settings = settings_of(ctx)
    named = settings.store is not None or settings.collection is not None
    with open_graph(ctx) if named else _open(receipt.data) as opened:
        graph = opened
        if memory is not None:
            graph.limit_memory(memory * 1_000_000)
        if timeout is not None:
            graph = graph.within(timeout, labels=True)
        verdict = graph.verify(receipt, question_now=_today(graph, receipt))
    for line in verdict.text().splitlines():
        click.echo(printable(line, keep="\t"))
    return FINE if verdict.same else FINDINGS


def _open(data: Origin) -> Graph:
    if data.kind == "endpoint":
        # Whoever wrote the receipt does not decide where this machine connects to.
        raise StoreUnavailableError(
            f"The receipt is of the endpoint {data.shown}.",
            store=data.shown,
            hint=f"Name it if it is to be asked: filmgraph --store {data.shown} verify …",
        )
    try:
        return Graph.open_again(data)
    except StoreUnavailableError as error:
        error.hint = "The receipt was made there. If the data lies elsewhere now, name it: filmgraph --store … verify …"
        raise


def _today(graph: Graph, receipt: Receipt) -> str | None:
    """Return the present text of a receipt's question; None if it can no longer be asked."""
    if not receipt.question:
        return None
    try:
        return graph.text_of(receipt.question, receipt.parameters)
    except FilmgraphError:
        return None
