"""Versions, counts, and where things are."""

from __future__ import annotations

import platform

import click
import pyoxigraph
from pyoxigraph import Literal

from filmgraph.answers.answer import RowsAnswer
from filmgraph.cli._options import output_options
from filmgraph.cli._output import Output
from filmgraph.cli._places import refuse_one_place
from filmgraph.cli._session import open_graph
from filmgraph.files import cache
from filmgraph.rdf.results import Solutions
from filmgraph.version import __version__

_FACTS = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
_GRAPHS = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"


@click.command(params=output_options())
@click.pass_context
def command(ctx: click.Context, format_name: str | None, path: str | None) -> None:
    """Print versions, counts, and where things are.

    \b
    Example:  filmgraph info
    Python:   filmgraph.__version__, graph.store.origin.shown
    """  # noqa: D301  \b is click's mark for lines that are not to be joined
    output = Output.of(format_name, path)
    refuse_one_place(ctx, output.path)
    with open_graph(ctx) as graph:
        counts = {}
        for name, text in (("triples", _FACTS), ("named graphs", _GRAPHS)):
            answer = graph.query(text)
            assert isinstance(answer, RowsAnswer)  # noqa: S101  a SELECT answers with rows
            counts[name] = answer[0]["n"]
        rows = [
            ("filmgraph", Literal(__version__)),
            ("Python", Literal(platform.python_version())),
            ("pyoxigraph", Literal(pyoxigraph.__version__)),
            ("store", Literal(graph.store.origin.shown)),
            ("questions", Literal(graph.catalogue.folder or graph.catalogue.general)),
            ("number of questions", Literal(len(graph.catalogue))),
            *counts.items(),
            ("cache", Literal(cache.folder() or "none")),
        ]
    output.write(RowsAnswer(Solutions(("what", "value"), [(Literal(name), value) for name, value in rows])))
