"""The message for an empty answer: its reason and suggestions, within a time limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from filmgraph.empty.absence import absence, is_empty
from filmgraph.empty.naming import Naming
from filmgraph.empty.omission import sentences
from filmgraph.empty.phrase import constants, phrase
from filmgraph.errors import FilmgraphError, QueryTimeoutError
from filmgraph.lookup.glossary import StoreGlossary
from filmgraph.rdf.namespaces import FG
from filmgraph.rdf.results import Solutions, rows
from filmgraph.sparql.checks import has_aggregates
from filmgraph.sparql.query import parse
from filmgraph.store.deadline import with_deadline
from filmgraph.text.nearest import nearest

if TYPE_CHECKING:
    from filmgraph.answers.rows import Asked
    from filmgraph.empty.absence import Absence
    from filmgraph.store.base import Store

_MOST = 20_000  # names that a mistyped one is compared with
_SUGGESTED = 3
_PART = 0.6  # of the time, at most, for what a question has without its parameters


def silence(store: Store, text: str, *, zeros: bool, seconds: float, asked: Asked | None = None) -> str:
    """Explain an empty answer in one or two sentences.

    Of a question of the catalogue it is said in the question's own words: its parameters and what was typed for them,
    labels, and variables as words. Of anybody's own query, in the query's: the part, its line, and labels beside it.

    Args:
        store: What answered.
        text: The query, as it was run.
        zeros: The answer is one row of zeros, which is empty only where it counts something.
        seconds: How long may be spent on it.
        asked: The question that it is, where it is one.

    Raises:
        FilmgraphError: The store could not do its work.
    """
    query = parse(text)
    if zeros and not has_aggregates(query.body):
        return ""
    quick = with_deadline(store, seconds)
    if asked is not None:
        try:
            given = sentences(with_deadline(store, seconds * _PART), asked)
        except QueryTimeoutError:
            given = ""
        if given:
            return given
    try:
        found = absence(quick, text)
    except QueryTimeoutError:
        return f"Why there is nothing was not found out within {seconds:g} seconds."
    naming = Naming(query, StoreGlossary(quick), asked)
    try:
        if asked is not None:
            return phrase(found, naming.of(constants(found)))
        meant = _meant(quick, text, found) if found.kind == "unknown" else []
        beside = naming.beside(constants(found)) if found.kind != "unknown" else ""
    except FilmgraphError:
        meant, beside = [], ""  # a reason without a suggestion is a reason
    return found.message + beside + (f" Did you mean {' or '.join(meant)}?" if meant else "")


def elsewhere(whole: Store, text: str, *, seconds: float) -> str:
    """Say that all documents together have an answer which the trusted ones lack; empty where they have none either.

    Args:
        whole: The store with all documents.
        text: The query.
        seconds: How long may be spent on it.

    Raises:
        StoreError: The store could not do its work.
    """
    try:
        found = with_deadline(whole, seconds * _PART).query(text)
    except QueryTimeoutError:
        return ""
    if is_empty(found):
        return ""
    number = len(found.rows) if isinstance(found, Solutions) else 0
    counted = f", in {number} row{'' if number == 1 else 's'}" if number else ""
    return f"The documents that count do not say this; all documents together do{counted}."


def _meant(store: Store, text: str, absent: Absence) -> list[str]:
    """Suggest terms of the store that resemble an unknown term, as a query would write them."""
    written = absent.term
    if written.startswith(('"', "'")):
        return _literals(store, written)
    query = parse(text)
    iri = written[1:-1] if written.startswith("<") else ""
    if not iri:
        prefix, _, local = written.partition(":")
        iri = query.prefixes.get(prefix, "") + local
    namespace = iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]
    if not namespace:
        return []
    anywhere = "{ ?x ?p1 ?o1 } UNION { ?s2 ?x ?o2 } UNION { ?s3 ?p3 ?x }"
    inside = f"isIRI(?x) && STRSTARTS(STR(?x), {Literal(namespace)})"
    found = rows(store.query(f"SELECT DISTINCT ?x {{ {anywhere} FILTER ({inside}) }} LIMIT {_MOST}"))
    names = [row[0].value for row in found if isinstance(row[0], NamedNode)]
    near = nearest(iri[len(namespace) :], [name[len(namespace) :] for name in names], count=_SUGGESTED)
    head = next((f"{one}:" for one, known in query.prefixes.items() if known == namespace), None)
    return [f"{head}{name}" if head is not None else f"<{namespace}{name}>" for name in near]


def _literals(store: Store, written: str) -> list[str]:
    """Suggest literals with the same text in another language or datatype, else with a similar text."""
    text = rows(store.query(f"SELECT (STR({written}) AS ?x) {{}}"))[0][0]
    wanted = text.value if isinstance(text, Literal) else ""
    said = f"?s ?p ?x FILTER (isLiteral(?x) && ?p != <{FG}foldedName>)"
    same = f"SELECT DISTINCT ?x {{ {said} FILTER (LCASE(STR(?x)) = LCASE(STR({written}))) }}"
    anyway = f"SELECT DISTINCT ?x {{ {said} }} LIMIT {_MOST}"
    found = rows(store.query(same)) or rows(store.query(anyway))
    literals = {row[0].value: row[0] for row in found if isinstance(row[0], Literal)}
    near = nearest(wanted, literals, count=_SUGGESTED)
    return [str(literals[name]) for name in sorted(near, key=lambda name: name != wanted)]
