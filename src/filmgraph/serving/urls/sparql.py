"""``/sparql``: the SPARQL endpoint, and a query editor for browsers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from filmgraph.errors import FilmgraphError, QueryError
from filmgraph.serving.pages.answers import view
from filmgraph.serving.pages.notes import PageNotes
from filmgraph.serving.pages.templates import rendered
from filmgraph.serving.pages.trust import Trust
from filmgraph.serving.protocol.negotiation import preferred
from filmgraph.serving.protocol.operation import bounded, graphs_of, operation, with_base, with_dataset
from filmgraph.serving.protocol.reply import HTML, HttpError, HttpReply
from filmgraph.serving.protocol.route import Route
from filmgraph.serving.urls._answering import checked, file_formats, negotiated, written
from filmgraph.serving.urls._description import DESCRIPTIONS, service
from filmgraph.serving.urls._quick import quick
from filmgraph.sparql.query import parse

if TYPE_CHECKING:
    from filmgraph.answers.answer import Answer
    from filmgraph.serving.pages.site import ServedSite
    from filmgraph.serving.protocol.operation import Operation
    from filmgraph.serving.protocol.request import HttpRequest

_FG = "PREFIX fg: <https://w3id.org/filmgraph/ns#>\n\n"
_CLASSES = """\
SELECT ?class (COUNT(?thing) AS ?things) WHERE {
  ?thing a ?class
}
GROUP BY ?class
ORDER BY DESC(?things)"""
_CREDITS = """\
SELECT ?person ?role ?film WHERE {
  ?credit a fg:Credit ; fg:agent ?person ; fg:role ?role ; fg:film ?film
}
ORDER BY ?person
LIMIT 100"""
_PASSAGES = """\
SELECT ?person ?citation WHERE {
  GRAPH ?citation { ?person a fg:Person }
}
LIMIT 50"""
_DOCUMENTS = """\
SELECT ?document (COUNT(*) AS ?facts) WHERE {
  GRAPH ?citation { ?s ?p ?o }
  BIND(STRBEFORE(STR(?citation), "#char") AS ?document)
}
GROUP BY ?document
ORDER BY DESC(?facts)"""
EXAMPLES = (
    ("How many things of each class there are", _CLASSES),
    ("Who did what", _FG + _CREDITS),
    ("Which passages name a person", _FG + _PASSAGES),
    ("How many facts each document states", _DOCUMENTS),
)


def sparql(site: ServedSite, request: HttpRequest) -> HttpReply:
    """Answer a query; without one return the editor page or the service description."""
    asked = operation(request)
    browser = "text/html" in request.accept and not asked.first("format")
    if not asked.query:
        if browser:
            return HttpReply(_page(site, request, asked))
        return service(site, request, preferred(request.accept, DESCRIPTIONS))
    if browser and preferred(request.accept, ["text/html", "application/sparql-results+json"]) == "text/html":
        return _shown(site, request, asked)
    why = asked.flag("why")
    found = quick(site, request, asked)
    if found is not None:
        return found
    form = parse(asked.query).form
    offer = negotiated(request.accept, asked.first("format"), rows=form in {"select", "ask"}, evidence=why, page=False)
    answer = _answer(site, request, asked, why=why)
    return written(answer, offer, download="answer" if asked.flag("download") else "")


def _answer(site: ServedSite, request: HttpRequest, asked: Operation, *, why: bool) -> Answer:
    most = site.settings.limits.rows
    for iri in graphs_of(asked.query):
        if not site.has_graph(iri):
            raise HttpError(
                400, f"There is no graph <{iri}> here.", hint="Nothing is fetched from elsewhere. Leave the FROM out."
            )
    text = with_dataset(with_base(asked.query, f"{request.base}/sparql"), asked.default_graphs, asked.named_graphs)
    graph = site.trusting(request._replace(query_string=urlencode(asked.options)))
    # A limit that nobody asked for would make the search for evidence longer.
    return checked(graph.query(text if why else bounded(text, most), why=why), most)


def _shown(site: ServedSite, request: HttpRequest, asked: Operation) -> HttpReply:
    try:
        answer = _answer(site, request, asked, why=asked.flag("why"))
    except QueryError as error:
        return HttpReply(_page(site, request, asked, error=error), HTML, 400)
    except HttpError as error:
        return HttpReply(_page(site, request, asked, error=error), HTML, error.status)
    return HttpReply(_page(site, request, asked, answer=answer))


def _page(
    site: ServedSite,
    request: HttpRequest,
    asked: Operation,
    *,
    answer: Answer | None = None,
    error: FilmgraphError | None = None,
) -> str:
    notes = PageNotes(site, most=6)
    shown = view(site, answer, notes) if answer is not None else None
    reason = ""
    if answer is not None and shown is not None and not shown.total and not shown.verdict:
        reason = site.trusting(request).why_empty(answer)
    query = asked.query or EXAMPLES[0][1]
    lasting = urlencode([("query", asked.query), *asked.options])
    return rendered(
        "sparql.html",
        site=site,
        request=request,
        query=query,
        why=asked.flag("why"),
        examples=[(name, text, urlencode({"query": text, "why": "true"})) for name, text in EXAMPLES],
        error=error,
        view=shown,
        reason=reason,
        downloads=[
            (one.name, one.summary, f"/sparql?{lasting}&format={one.name}&download=1") for one in file_formats(answer)
        ]
        if answer is not None
        else [],
        notes=notes,
        trust=Trust.of(site, request),
        permalink=f"/sparql?{lasting}",
    )


ROUTES = (
    Route("/sparql", sparql, ("GET", "HEAD", "POST")),
    Route("/sparql/", sparql, ("GET", "HEAD", "POST")),
)
