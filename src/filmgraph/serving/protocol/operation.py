"""SPARQL query operations (`SPARQL 1.1 Protocol, 2.1 <https://www.w3.org/TR/sparql11-protocol/#query-operation>`_)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.errors import QueryRefusedError, QuerySyntaxError
from filmgraph.serving.protocol.reply import HttpError
from filmgraph.serving.protocol.request import read_form, truth
from filmgraph.sparql.query import Edit, edit, parse

if TYPE_CHECKING:
    from filmgraph.serving.protocol.request import HttpRequest
    from filmgraph.sparql.query import Query

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_SCHEME = r"<[A-Za-z][A-Za-z0-9+.-]*:"
_READ_ONLY = "Nothing can be changed here: this is a service for questions."


class Operation(NamedTuple):
    """A query operation: the query, the dataset that the protocol names, and other parameters."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()

    def all(self, name: str) -> list[str]:
        """Return all values of an option."""
        return [value for key, value in self.options if key == name and value]

    def first(self, name: str) -> str:
        """Return the first value of an option; empty where there is none."""
        return next(iter(self.all(name)), "")

    def flag(self, name: str) -> bool:
        """Whether an option is set to a true value.

        Raises:
            HttpError: It is neither true nor false (400).
        """
        return truth(name, self.first(name))


def operation(request: HttpRequest) -> Operation:
    """Parse a query operation from a request; its ``query`` is empty where a GET has none.

    Raises:
        HttpError: It is none: no query or several (400), an update (403), another media type (415).
    """
    given = list(request.query)
    query = ""
    if request.method == "POST":
        kind, _, parameters = request.content_type.lower().partition(";")
        kind = kind.strip()
        if "charset=" in parameters and "utf-8" not in parameters and "utf8" not in parameters:
            raise HttpError(415, "The request is not in UTF-8.", hint="Send it with charset=utf-8.")
        if kind == UPDATE:
            raise HttpError(403, _READ_ONLY)
        if kind not in {FORM, QUERY}:
            said = f"{kind} is no way to send a query." if kind else "The request does not say what its body is."
            hint = f"Send the query itself as {QUERY}, or a form as {FORM}."
            raise HttpError(415, said, hint=hint, headers=(("Accept-Post", f"{QUERY}, {FORM}"),))
        text = _decoded(request.body)
        if kind == QUERY:
            query = text
            if any(key == "query" for key, _ in given):
                raise HttpError(400, "There is a query in the body and another in the address.")
        else:
            given += read_form(text)
    queries = [value for key, value in given if key == "query"]
    if any(key == "update" for key, _ in given):
        raise HttpError(400 if queries or request.method == "GET" else 403, _READ_ONLY)
    if len(queries) > 1:
        raise HttpError(400, f"There are {len(queries)} queries.", hint="Send one at a time.")
    query = query or next(iter(queries), "")
    if not query.strip() and (request.method == "POST" or queries):
        raise HttpError(400, "There is no query.", hint="Give it as the parameter query.")
    return Operation(
        query,
        tuple(value for key, value in given if key == "default-graph-uri"),
        tuple(value for key, value in given if key == "named-graph-uri"),
        tuple(pair for pair in given if pair[0] not in {"query", "default-graph-uri", "named-graph-uri"}),
    )


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HttpError(400, f"The request is not UTF-8: byte {error.start + 1} begins no character.") from None


def with_dataset(text: str, default: tuple[str, ...], named: tuple[str, ...]) -> str:
    """Return a query with the dataset that the protocol names in place of its ``FROM`` clauses (2.1.4).

    >>> with_dataset("SELECT * FROM <http://example.org/a> { ?s ?p ?o }", ("http://example.org/b",), ())
    'SELECT * FROM <http://example.org/b> { ?s ?p ?o }'
    >>> with_dataset("ASK {}", (), ("http://example.org/b",))
    'ASK FROM NAMED <http://example.org/b> {}'

    Raises:
        HttpError: One of the graphs is no IRI (400).
        QuerySyntaxError: The text is not SPARQL 1.1.
    """
    if not default and not named:
        return text
    for iri in (*default, *named):
        if ":" not in iri or any(character in '<>"{}|^`\\' or character <= " " for character in iri):
            raise HttpError(400, f"{iri!r} is not the IRI of a graph.")
    query = parse(text)
    clauses = " ".join([*(f"FROM <{iri}>" for iri in default), *(f"FROM NAMED <{iri}>" for iri in named)])
    old = query.body.all("DatasetClause")
    if old:
        first, *others = old
        return edit(text, [Edit(first.start, first.end, clauses), *(Edit(one.start, one.end, "") for one in others)])
    where = query.body.find("WhereClause")
    place = where.start if where is not None else _end(query)
    return edit(text, [Edit(place, place, f"{clauses} ")]) if where is not None else f"{text} {clauses}"


def _end(query: Query) -> int:
    return query.body.end


def with_base(text: str, base: str) -> str:
    """Return a query with a BASE for its relative IRIs, where it declares none (2.1.3).

    >>> with_base("ASK { <a> ?p ?o }", "http://example.org/"), with_base("ASK {}", "http://example.org/")
    ('BASE <http://example.org/> ASK { <a> ?p ?o }', 'ASK {}')
    """
    query = parse(text)
    relative = any(token.kind == "IRIREF" and not re.match(_SCHEME, token.text) for token in query.tokens)
    return f"BASE <{base}> {text}" if relative and query.base is None else text


def graphs_of(text: str) -> list[str]:
    """Return the resolved IRIs of a query's ``FROM`` and ``FROM NAMED`` clauses.

    >>> graphs_of("PREFIX x: <http://example.org/> ASK FROM x:a FROM NAMED <http://example.org/b> {}")
    ['http://example.org/a', 'http://example.org/b']
    """
    query = parse(text)
    return [
        _resolved(query, text[one.start : one.end].rsplit(maxsplit=1)[-1]) for one in query.body.all("DatasetClause")
    ]


def _resolved(query: Query, written: str) -> str:
    if written.startswith("<"):
        return written[1:-1]
    prefix, _, name = written.partition(":")
    return query.prefixes.get(prefix, "") + name


def bounded(text: str, most: int) -> str:
    r"""Limit a query to one solution more than ``most``, so that an excess can be detected.

    >>> bounded("SELECT ?s { ?s ?p ?o } LIMIT 5", 10), bounded("SELECT ?s { ?s ?p ?o }", 10)
    ('SELECT ?s { ?s ?p ?o } LIMIT 5', 'SELECT ?s { ?s ?p ?o }\nLIMIT 11')
    """
    query = parse(text)
    if query.form == "ask":
        return text
    for clause in query.body.all("LimitOffset"):
        words = text[clause.start : clause.end].split()
        if words[0].upper() == "LIMIT":
            large = int(words[1]) > most
            return edit(text, [Edit(clause.start, clause.end, f"LIMIT {most + 1}")]) if large else text
    return edit(text, [Edit(query.body.end, query.body.end, f"\nLIMIT {most + 1}")])


def readable(text: str) -> str:
    """Return the syntax error of a query as text; empty where it parses.

    >>> readable("ASK {}")
    ''
    """
    try:
        parse(text)
    except (QuerySyntaxError, QueryRefusedError) as error:
        return str(error)
    return ""
