"""Parsing of endpoint replies: results, or an error in the endpoint's own words."""

from __future__ import annotations

import json
import re
from html import unescape
from traceback import clear_frames
from typing import TYPE_CHECKING

import pyoxigraph as ox

from filmgraph.errors import QueryFailedError, StoreError, StoreUnavailableError
from filmgraph.rdf.results import Solutions, Triples, Truth
from filmgraph.text.printable import printable

if TYPE_CHECKING:
    from filmgraph.store.endpoint.connection import EndpointReply

ROWS = "application/sparql-results+json, application/sparql-results+xml;q=0.9"
GRAPH = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.8"

_LINES = 3
_CHARACTERS = 400
_UNSEEN = re.compile(r"<(script|style|head)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_ERROR = 400
_VIRTUOSO_ASK = "__ASK_RETVAL"  # Virtuoso answers ASK in JSON with a row of this column
_BUSY = frozenset({429, 502, 503, 504})
_HINTS = {
    401: "Set FILMGRAPH_USER and FILMGRAPH_PASSWORD, or FILMGRAPH_TOKEN, in the environment.",
    403: "Do the credentials in the environment allow queries?",
    404: "Is the URL that of the SPARQL endpoint itself? It often ends in /sparql or /query.",
    405: "Is the URL that of the SPARQL endpoint itself? It takes no POST.",
    413: "The query is too long for this endpoint.",
}
_NO_RESULTS = "Its server has a fault, or is no SPARQL endpoint. https://www.w3.org/TR/sparql11-results-json/"
_STARTS = {
    b"\x1f\x8b": "is compressed, which nobody asked for",
    b"\xff\xfe": "is UTF-16, and should be UTF-8",
    b"\xfe\xff": "is UTF-16, and should be UTF-8",
}
_RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/xml": ox.QueryResultsFormat.XML,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
_RDF = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/x-turtle": ox.RdfFormat.TURTLE,
    "text/rdf+n3": ox.RdfFormat.TURTLE,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}


def results(reply: EndpointReply, *, graph: bool, location: str) -> Solutions | Triples | Truth:
    """Parse the reply to a query.

    Args:
        reply: All that it sent.
        graph: Whether the query asked for triples.
        location: The endpoint, as messages name it.

    Raises:
        QueryFailedError: It refused, failed in the middle, or sent something else than was asked for.
        StoreUnavailableError: It is overloaded, or there is no endpoint.
    """
    if reply.status >= _ERROR:
        raise _refused(reply, location)
    _check_whole(reply, location)
    media_type = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    known = media_type in (_RDF if graph else _RESULTS)
    if not known or not 200 <= reply.status < 300:  # noqa: PLR2004  -- success in HTTP
        what = f"status {reply.status} and " if reply.status != 200 else ""  # noqa: PLR2004
        raise _failed(
            f"{location} answered with {what}{media_type or 'no content type'} instead of results",
            reply,
            location,
            "Is the URL that of the SPARQL endpoint itself, not of its web page?",
        )
    try:
        found = _triples(reply.body, _RDF[media_type]) if graph else _rows(reply.body, _RESULTS[media_type])
    except (SyntaxError, ValueError, OSError) as error:
        clear_frames(error.__traceback__)  # they hold rows of the engine, which only this thread may let go of
        raise _misread(reply, location, str(error)) or _damaged(reply, location) from error
    if not graph and _after_the_end(reply.body):
        raise _damaged(reply, location)
    return found


def _rows(body: bytes, results_format: ox.QueryResultsFormat) -> Solutions | Truth:
    found = ox.parse_query_results(body, results_format)
    if isinstance(found, ox.QueryBoolean):
        return Truth(bool(found))
    names = tuple(variable.value for variable in found.variables)
    if names == (_VIRTUOSO_ASK,):
        return Truth(any(isinstance(value, ox.Literal) and value.value in {"1", "true"} for (value,) in found))
    return Solutions(names, [tuple(row) for row in found])


def _triples(body: bytes, rdf_format: ox.RdfFormat) -> Triples:
    # Some engines send a triple more than once.
    return Triples(list(dict.fromkeys(quad.triple for quad in ox.parse(body, rdf_format))))


def _after_the_end(body: bytes) -> bool:
    """Whether anything follows the results, where the parser stops."""
    tail = body.rstrip()[-1:]
    return tail not in (b"}", b">") and not body.startswith(b"?")


def _check_whole(reply: EndpointReply, location: str) -> None:
    """Check for the headers in which Virtuoso says that results are incomplete."""
    if reply.headers.get("x-sparql-maxrows"):
        raise QueryFailedError(
            f"{location} gave only the first {reply.headers['x-sparql-maxrows']} rows.",
            store=location,
            status=reply.status,
            hint="Ask for less, or let its administrator raise ResultSetMaxRows.",
        )
    if reply.headers.get("x-sql-state"):
        said = printable(reply.headers.get("x-sql-message", "it took too long"))[:_CHARACTERS]
        raise QueryFailedError(
            f"{location} gave only a part of the answer: {said}", store=location, status=reply.status, body=said
        )


def _refused(reply: EndpointReply, location: str) -> StoreError:
    said = cleaned(reply.body)
    reason = f"{reply.status} {reply.reason}".strip()
    if reply.status in _BUSY:
        return StoreUnavailableError(
            f"The endpoint {location} cannot answer now ({reason}){_quoted(said)}",
            store=location,
            hint="Try again later, or ask for less.",
        )
    what = "refused the query" if reply.status < 500 else "failed"  # noqa: PLR2004  -- RFC 9110, 15.6
    return QueryFailedError(
        f"The endpoint {location} {what} ({printable(reason)}){_quoted(said)}",
        store=location,
        status=reply.status,
        body=said,
        hint=_HINTS.get(reply.status),
    )


def _misread(reply: EndpointReply, location: str, problem: str) -> QueryFailedError | None:
    """Return the error for a reply that came whole and is not what it says; None where it may have broken off."""
    try:
        text = reply.body.decode()
    except UnicodeDecodeError as error:
        if error.end >= len(reply.body) - 3:
            return None  # cut off within a character
        line = reply.body.count(b"\n", 0, error.start) + 1
        what = next(
            (said for start, said in _STARTS.items() if reply.body.startswith(start)),
            f"is no UTF-8: line {line} has the byte 0x{reply.body[error.start]:02X}, as Latin-1 has it",
        )
        return _failed(f"The answer of {location} {what}", reply, location, _NO_RESULTS, said="")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or "head" not in found:
        return None  # an error in place of results: its words are quoted
    what = f"is JSON, and no results of SPARQL: {printable(problem).rstrip('.')}"
    return _failed(f"The answer of {location} {what}", reply, location, _NO_RESULTS, said="")


def _damaged(reply: EndpointReply, location: str) -> QueryFailedError:
    """Return the error for a damaged reply, quoting the end of its body, which likely names the reason."""
    text = reply.body[-2 * _CHARACTERS :].decode("utf-8", "replace")
    if not re.match(r'\s*\{\s*"(error|message)"', text):
        text = re.split(r"[\[\]{}>]", text)[-1]
        if '"' in text:
            text = ""  # results that are cut off, and not a message after them
    said = cleaned(text.encode()).lstrip(". ")  # the point that ended the last triple
    wordy = len(re.findall(r"[A-Za-z]{3,}", said)) > 1
    return _failed(
        f"The answer of {location} breaks off or is damaged after {len(reply.body):,} bytes",
        reply,
        location,
        "The endpoint may have a time limit of its own. Ask for less, or have it raised.",
        said=said if wordy else "",
    )


def _failed(what: str, reply: EndpointReply, location: str, hint: str, *, said: str | None = None) -> QueryFailedError:
    said = cleaned(reply.body) if said is None else said
    return QueryFailedError(f"{what}{_quoted(said)}", store=location, status=reply.status, body=said, hint=hint)


def _quoted(said: str) -> str:
    return f": {said}" if said else "."


def cleaned(body: bytes) -> str:
    r"""Return the first lines of an error message, without markup and control characters.

    >>> cleaned(b"<html><head><title>x</title></head><h1>Error</h1>\n<p>Out&nbsp;of \x1b[31mmemory</p></html>")
    'Error Out of \\x1b[31mmemory'
    """
    text = body[:20_000].decode("utf-8", "replace")
    if re.search(r"<[!/a-zA-Z?]", text):
        text = unescape(re.sub(r"<[^<>]*>", " ", _UNSEEN.sub(" ", text)))
    lines = [" ".join(line.split()) for line in text.splitlines()]
    said = " ".join([line for line in lines if line][:_LINES])
    return printable(said if len(said) <= _CHARACTERS else said[:_CHARACTERS] + "…")
