"""``/graphs``: read access to the graphs of the store.

`SPARQL 1.1 Graph Store HTTP Protocol <https://www.w3.org/TR/sparql11-http-rdf-update/>`_.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.serving.protocol.reply import HttpError
from filmgraph.serving.protocol.route import Route
from filmgraph.serving.urls._answering import checked, negotiated, written

if TYPE_CHECKING:
    from filmgraph.serving.pages.site import ServedSite
    from filmgraph.serving.protocol.reply import HttpReply
    from filmgraph.serving.protocol.request import HttpRequest


def graph(site: ServedSite, request: HttpRequest) -> HttpReply:
    """Return the graph named by ``graph=``, or the default graph with ``default``."""
    names = [value for key, value in request.query if key == "graph"]
    default = any(key == "default" for key, _ in request.query)
    if len(names) + default != 1:
        raise HttpError(400, "Which graph? Give graph=IRI, or default.")
    if default:
        text = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    elif site.has_graph(names[0]):
        text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{names[0]}> {{ ?s ?p ?o }} }}"
    else:
        raise HttpError(404, f"There is no graph <{names[0]}>.")
    offer = negotiated(request.accept, request.first("format"), rows=False, evidence=False, page=False)
    most = site.settings.limits.rows
    return written(checked(site.graph.query(f"{text} LIMIT {most + 1}"), most), offer)


ROUTES = (Route("/graphs", graph),)
