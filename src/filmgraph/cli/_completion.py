"""Shell completion of values: films, people, places, documents, roles and outcomes by their labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal

from filmgraph.cli._session import open_graph
from filmgraph.errors import FilmgraphError
from filmgraph.rdf.namespaces import FG, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import click

    from filmgraph.catalogue.parameter import Parameter

    Completer = Callable[[click.Context, click.Parameter, str], list[str]]

DOCUMENT = FG + "SourceDocument"
_THINGS = tuple(FG + name for name in ("Film", "Person", "Organisation", "Place", "EventSeries"))
_MOST = 200
_SECONDS = 2


def of_parameter(parameter: Parameter) -> Completer:
    """Completes the values of a question's parameter."""

    def complete(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
        values = [typed for typed, _ in parameter.values]
        if parameter.type == "boolean":
            values = ["yes", "no"]
        elif parameter.class_iri or parameter.scheme_iri:
            values = _named(ctx, [parameter.class_iri or parameter.scheme_iri], incomplete)
        return _fitting(values, incomplete)

    return complete


def documents(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """Completes the slug of a document."""
    return _fitting(_named(ctx, [DOCUMENT], incomplete), incomplete)


def things(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """Completes the name of a film, a person, an organisation, a place or a festival."""
    return _fitting(_named(ctx, _THINGS, incomplete), incomplete)


def _named(ctx: click.Context, kinds: Iterable[str], incomplete: str) -> list[str]:
    """The labels that begin so, of things of some classes or vocabularies; nothing where the store does not answer."""
    declared = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}> " for prefix in ("rdfs", "skos"))
    values = " ".join(f"<{kind}>" for kind in kinds)
    begins = f"STRSTARTS(LCASE(STR(?label)), {Literal(incomplete.lower())})"
    text = (
        f"{declared} SELECT DISTINCT ?label {{ VALUES ?above {{ {values} }} ?kind rdfs:subClassOf* ?above ."
        f" ?thing a|skos:inScheme ?kind ; rdfs:label ?label FILTER({begins}) }} ORDER BY ?label LIMIT {_MOST}"
    )
    try:
        with open_graph(ctx) as graph:
            answer = graph.query(text, timeout=_SECONDS)
    except FilmgraphError:
        return []
    return [row[0].value for row in answer.to_rows() if isinstance(row[0], Literal)]


def _fitting(values: Iterable[str], incomplete: str) -> list[str]:
    """The values that begin with what is typed."""
    start = incomplete.casefold()
    return [value for value in values if value.casefold().startswith(start) and "\n" not in value]
