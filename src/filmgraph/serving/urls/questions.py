"""``/questions`` and below: the questions of the catalogue, each with a form and its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from filmgraph.answers.picture import picture, svg
from filmgraph.errors import AmbiguousNameError, FilmgraphError, ParameterError, UnknownThingError
from filmgraph.serving.pages import questions as pages
from filmgraph.serving.pages.answers import PAGE, view
from filmgraph.serving.pages.notes import PageNotes
from filmgraph.serving.pages.templates import rendered
from filmgraph.serving.pages.trust import Trust
from filmgraph.serving.protocol.negotiation import weight
from filmgraph.serving.protocol.reply import HTML, JSON, HttpReply
from filmgraph.serving.protocol.route import Route
from filmgraph.serving.urls._answering import checked, file_formats, negotiated, written

if TYPE_CHECKING:
    from filmgraph.answers.answer import RowsAnswer
    from filmgraph.catalogue import Question
    from filmgraph.graph import Graph
    from filmgraph.serving.pages.site import ServedSite
    from filmgraph.serving.protocol.request import HttpRequest

SVG = "image/svg+xml"
_RESERVED = {"why", "only-source", "not-source", "format", "download", "page"}


def listed(site: ServedSite, request: HttpRequest) -> HttpReply:
    """List all questions, by topic."""
    return HttpReply(rendered("questions.html", site=site, request=request, topics=site.topics))


def question(site: ServedSite, request: HttpRequest, name: str) -> HttpReply:
    """Show a question with its answer; an ending such as ``.json`` or ``.csv`` selects a format."""
    stem, dot, ending = name.partition(".")
    found = site.graph.catalogue.question(stem if dot else name)
    values = _shown(site, found, request)
    if dot or not weight(request.accept, "text/html") or request.first("format"):
        return _data(site, request, found, values, ending or request.first("format"))
    return _page(site, request, found, values)


def _values(found: Question, request: HttpRequest) -> dict[str, str]:
    """Return the submitted parameter values, without empty fields, one for each parameter."""
    names = {one.name for one in found.parameters}
    values = {}
    for key, value in request.query:
        name = key.replace("-", "_")
        if value.strip() and key not in _RESERVED:
            values[name if name in names else key] = value.strip()
    return values


def _shown(site: ServedSite, found: Question, request: HttpRequest) -> dict[str, str]:
    """Return the values to ask with: those submitted, or on a static page the example's."""
    given = _values(found, request)
    return given or dict(found.example) if site.static else given


def _data(site: ServedSite, request: HttpRequest, found: Question, values: dict[str, str], ending: str) -> HttpReply:
    graph = site.trusting(request)
    why = request.flag("why") or ending == "receipt"
    if ending == "svg":
        drawn = svg(_checked(site, graph, found, values))
        return HttpReply(drawn, SVG)
    if ending == "receipt":
        return _receipt(site, graph, found, values)
    offer = negotiated(request.accept, ending, rows=True, evidence=why, page=False)
    answer = checked(graph.ask_with(found.name, values, why=why), site.settings.limits.rows)
    return written(answer, offer, download=found.name if request.flag("download") else "")


def _receipt(site: ServedSite, graph: Graph, found: Question, values: dict[str, str]) -> HttpReply:
    answer = graph.ask_with(found.name, values, why=True)
    receipt = graph.receipt(answer, question=found.name, parameters=values)
    receipt = receipt._replace(data=receipt.data._replace(path="", shown=site.title))
    headers = (("Content-Disposition", f'attachment; filename="{found.name}.receipt.json"'),)
    return HttpReply(receipt.to_json(), JSON, headers=headers, lasting=False)


def _page(site: ServedSite, request: HttpRequest, found: Question, values: dict[str, str]) -> HttpReply:
    notes = PageNotes(site, most=6)
    trust = Trust.of(site, request)
    first = max(request.number("page"), 1) - 1
    wrong, status, shown, reason, answer, drawn = ("", "", ""), 200, None, "", None, None
    text, failure = found.sparql, None
    try:
        graph = site.trusting(request)
        text = graph.text_of(found.name, values)
        answer = _checked(site, graph, found, values)
        shown = view(site, answer, notes, first=first * PAGE)
        drawn = picture(answer) if found.chart and shown.total else None
        reason = "" if shown.total else graph.why_empty(answer) or "Nothing in these documents answers this."
    except (ParameterError, UnknownThingError, AmbiguousNameError) as error:
        status, wrong = (
            200 if site.static else 400,
            (_field(found, values, error), _plain(found, error), error.hint or ""),
        )
        failure = error if not wrong[0] else None
    query = urlencode([*values.items(), *trust.fields])
    address = f"/questions/{found.name}"
    return HttpReply(
        rendered(
            "question.html",
            site=site,
            request=request,
            question=found,
            fields=pages.fields(site, found, values, wrong),
            failure=failure,
            view=shown,
            reason=reason,
            text=text.strip(),
            command=found.command if site.static and not values else pages.command(found, values, trust.fields),
            call=found.call if site.static and not values else pages.call(found, values, trust.fields),
            downloads=[
                (
                    one.name,
                    one.summary,
                    f"{address}.{one.name}?{query}{'&' if query else ''}download=1&why={str(one.evidence).lower()}",
                )
                for one in (file_formats(answer) if answer is not None else [])
            ],
            receipt=f"{address}.receipt?{query}" if answer is not None else "",
            picture=drawn if drawn and drawn.svg else None,
            chart=f"{address}.svg?{query}",
            page=first + 1,
            pages=-(-shown.total // PAGE) if shown else 1,
            notes=notes,
            trust=trust,
            sparql=f"/sparql?{urlencode({'query': text.strip(), 'why': 'true'})}",
        ),
        HTML,
        status,
    )


def _checked(site: ServedSite, graph: Graph, found: Question, values: dict[str, str]) -> RowsAnswer:
    answer = graph.ask_with(found.name, values, why=True)
    checked(answer, site.settings.limits.rows)
    return answer


def _field(found: Question, values: dict[str, str], error: FilmgraphError) -> str:
    """Return the name of the parameter that an error concerns; empty where it is none."""
    if isinstance(error, ParameterError):
        return error.name if any(one.name == error.name for one in found.parameters) else ""
    name = error.name if isinstance(error, (UnknownThingError, AmbiguousNameError)) else ""
    return next((key for key, value in values.items() if value == name), "")


def _plain(found: Question, error: FilmgraphError) -> str:
    """Return the error message without the option's name, which the form field shows."""
    text = error.message
    for one in found.parameters:
        text = text.replace(f"{one.option} of '{found.name}'", one.name.replace("_", " "))
    return text


ROUTES = (Route("/questions", listed), Route("/questions/{name}", question))
