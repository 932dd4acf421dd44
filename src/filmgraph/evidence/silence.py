"""What a person is told of an empty answer, in bounded time and with what was perhaps meant."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from filmgraph.answers import Solutions
from filmgraph.errors import FilmgraphError, QueryTimeoutError
from filmgraph.evidence.absence import absence
from filmgraph.namespaces import FG
from filmgraph.nearest import nearest
from filmgraph.sparql.checks import has_aggregates
from filmgraph.sparql.query import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Quad

    from filmgraph.answers import Triples, Truth
    from filmgraph.evidence.absence import Absence
    from filmgraph.store.base import Store

_MOST = 20_000  # names that a mistyped one is compared with
_SUGGESTED = 3


class _Hurried:
    """A store that answers until a moment, and no longer."""

    def __init__(self, store: Store, seconds: float) -> None:
        self.location = store.location
        self._store = store
        self._seconds = seconds
        self._end = monotonic() + seconds

    def query(self, text: str, *, timeout: float | None = None) -> Solutions | Triples | Truth:
        left = self._end - monotonic()
        if left <= 0:
            raise QueryTimeoutError("The time is up.", store=self.location, seconds=self._seconds)
        return self._store.query(text, timeout=min(left, timeout or left))

    def quads(self) -> Iterator[Quad]:
        return self._store.quads()

    def close(self) -> None:
        """The store is somebody else's."""


def silence(store: Store, text: str, *, zeros: bool, seconds: float) -> str:
    """Why a query has an empty answer, in a sentence or two.

    Args:
        store: What answered.
        text: The query, as it was run.
        zeros: The answer is one row of zeros, which is empty only where it counts something.
        seconds: How long may be spent on it.

    Raises:
        FilmgraphError: The store could not do its work.
    """
    if zeros and not has_aggregates(parse(text).body):
        return ""
    hurried = _Hurried(store, seconds)
    try:
        found = absence(hurried, text)
    except QueryTimeoutError:
        return f"Why there is nothing was not found out within {seconds:g} seconds."
    try:
        meant = _meant(hurried, text, found) if found.kind == "unknown" else []
    except FilmgraphError:
        meant = []  # a reason without a suggestion is a reason
    return found.message + (f" Did you mean {' or '.join(meant)}?" if meant else "")


def _meant(store: Store, text: str, found: Absence) -> list[str]:
    """What the store has that looks like a name which nothing has, as a query would write it."""
    written = found.term
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
    rows = _rows(store, f"SELECT DISTINCT ?x {{ {anywhere} FILTER ({inside}) }} LIMIT {_MOST}")
    names = [row[0].value for row in rows if isinstance(row[0], NamedNode)]
    near = nearest(iri[len(namespace) :], [name[len(namespace) :] for name in names], count=_SUGGESTED)
    head = next((f"{one}:" for one, known in query.prefixes.items() if known == namespace), None)
    return [f"{head}{name}" if head is not None else f"<{namespace}{name}>" for name in near]


def _literals(store: Store, written: str) -> list[str]:
    """Literals of the same text in another language or of another type, else of a text that looks like it."""
    text = _rows(store, f"SELECT (STR({written}) AS ?x) {{}}")[0][0]
    wanted = text.value if isinstance(text, Literal) else ""
    said = f"?s ?p ?x FILTER (isLiteral(?x) && ?p != <{FG}foldedName>)"
    same = f"SELECT DISTINCT ?x {{ {said} FILTER (LCASE(STR(?x)) = LCASE(STR({written}))) }}"
    rows = _rows(store, same) or _rows(store, f"SELECT DISTINCT ?x {{ {said} }} LIMIT {_MOST}")
    literals = {row[0].value: row[0] for row in rows if isinstance(row[0], Literal)}
    near = nearest(wanted, literals, count=_SUGGESTED)
    return [str(literals[name]) for name in sorted(near, key=lambda name: name != wanted)]


def _rows(store: Store, text: str) -> list[tuple[object, ...]]:
    found = store.query(text)
    return list(found.rows) if isinstance(found, Solutions) else []
