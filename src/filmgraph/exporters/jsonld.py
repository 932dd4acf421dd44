"""JSON-LD: a film as a tree with the passages that state each fact, or every graph as it is."""

from __future__ import annotations

import json
from itertools import groupby
from typing import IO, TYPE_CHECKING, Any

from filmgraph.errors import BadParameterError
from filmgraph.exporters.film import extract
from filmgraph.exporters.film.exporter import Exporter, Loss, Request
from filmgraph.exporters.linked import claims, context, expanded, framed
from filmgraph.exporters.linked.terms import facts
from filmgraph.files.sorted_lines import kept, sorted_lines
from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HAS_SELECTOR = PREFIXES["oa"] + "hasSelector"
FORMS = ("compact", "expanded", "flattened")
CITATIONS = ("", "claims", "none")


def write(request: Request, out: IO[bytes]) -> list[Loss]:
    """Write the export.

    Of one thing: its facts, each once, as the default graph, and each citation as a named graph that holds what it
    states. Of everything: every named graph as it is, in expanded form whatever form was asked for; memory does not
    grow with its size.

    Raises:
        BadParameterError: There is no such form, or JSON-LD cannot write citations in that way.
        MissingDependencyError: PyLD is not installed, and the form is not ``expanded``.
    """
    options = request.options
    _check("citations", options.citations, CITATIONS)
    _check("form", options.form, FORMS)
    _check("context", options.context, ("inline", "link"))
    if not request.thing:
        expanded.write(_everything(request), out)
        return []
    terms = context.committed()
    default, graphs = _graphs(request, context.by_language(terms))
    if options.form == "expanded":
        expanded.write(((name, map(expanded.json_text, nodes)) for name, nodes in [("", default), *graphs]), out)
        return []
    if options.form == "flattened":
        everything = [*default, *({"@id": name, "@graph": members} for name, members in graphs)]
        document: dict[str, Any] = {"@graph": framed.compacted(everything, terms)}
    else:
        document = _tree(default, graphs, request.thing, terms)
    words = context.LINK if options.context == "link" else context.used(document, terms)
    out.write(_text(framed.ordered(document), words).encode())
    return []


def _text(document: dict[str, Any], words: str | dict[str, Any]) -> str:
    """The document indented for people, its context on one line, so that a reader's first screen shows the film."""
    data = json.dumps({"@context": None} | document, ensure_ascii=False, indent=2)
    return data.replace("null", json.dumps(words, ensure_ascii=False), 1) + "\n"


def _tree(
    default: list[dict[str, Any]], graphs: list[tuple[str, list[dict[str, Any]]]], thing: str, terms: dict[str, Any]
) -> dict[str, Any]:
    film, written = framed.tree(default, thing, terms)
    rest = {node["@id"]: node for node in default if node["@id"] not in written}
    _nest_selectors(rest)
    for name, members in graphs:
        rest[name] = rest.get(name, {"@id": name}) | {"@graph": members}
    if rest:
        film["evidence"] = framed.compacted([rest[name] for name in sorted(rest)], terms)
    return film


def _nest_selectors(nodes: dict[str, dict[str, Any]]) -> None:
    """Put the first and last position of a passage into the record of its citation."""
    selectors: set[str] = set()
    for node in nodes.values():
        if _HAS_SELECTOR in node:
            found = [nodes.get(value["@id"], value) for value in node[_HAS_SELECTOR]]
            node[_HAS_SELECTOR] = found
            selectors.update(value["@id"] for value in found if len(value) > 1)
    for name in selectors:
        nodes.pop(name, None)


def _graphs(
    request: Request, texts: frozenset[str]
) -> tuple[list[dict[str, Any]], list[tuple[str, list[dict[str, Any]]]]]:
    """The nodes of the default graph, and those of each citation."""
    quads = list(extract.quads(request))
    cited = [quad for quad in quads if extract.is_citation_graph(quad.graph_name)]
    triples = {quad.triple for quad in quads}
    if request.options.citations == "claims":
        triples.update(claims.claims(cited))
    default = list(expanded.nodes(extract.triples(f"{triple} .\n" for triple in triples), texts=texts))
    if request.options.citations:
        return default, []
    by_graph = sorted(cited, key=lambda quad: str(quad.graph_name))  # stable: each graph keeps its order
    return default, [
        (expanded.identifier(name), list(expanded.nodes(group, texts=texts)))
        for name, group in groupby(by_graph, key=lambda quad: quad.graph_name)
    ]


def _everything(request: Request) -> Iterator[tuple[str, Iterator[bytes]]]:
    how = request.options.citations
    if how:
        with kept(extract.lines(request)) as quads:
            yield from _as_default(fact.triple for fact in facts(quads))
            if how == "claims":
                quads.seek(0)
                yield from _as_default(line[:-3] for line in claims.claim_lines(facts(quads)))
        return
    split = (str(quad).rpartition(" ") for quad in extract.everything(request.store))
    ordered = sorted_lines(f"{graph}\t{triple}\n" for triple, _, graph in split)
    pairs = (line[:-1].partition("\t")[::2] for line in ordered)
    for graph, nodes in expanded.lines(pairs):
        yield graph[1:-1] if graph[0] == "<" else graph, nodes


def _as_default(triples: Iterable[str]) -> Iterator[tuple[str, Iterator[bytes]]]:
    return expanded.lines(("", triple) for triple in triples)


def _check(name: str, value: str, possible: tuple[str, ...]) -> None:
    if value not in possible:
        raise BadParameterError(
            f"JSON-LD has no {name} {value!r}.",
            query="export",
            name=name,
            hint=f"Choose one of {', '.join(filter(None, possible))}.",
        )


EXPORTER = Exporter(
    name="jsonld",
    summary="JSON-LD: a film as a tree for web developers, with the passages that state each fact.",
    media_type="application/ld+json",
    endings=("jsonld",),
    keeps="every fact once in the film's tree, and again in the named graph of each citation",
    loses="nothing",
    write=write,
)
