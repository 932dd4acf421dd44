"""The shape of a request: its text without what differs from one attempt to the next."""

from __future__ import annotations

import re
from time import monotonic
from urllib.parse import unquote_plus

_DIFFERS = re.compile(r"(<[^<>\s]*>)|#[^\n]*|\s+|\d+")  # what is between < and > may have a # that is no comment
_MOST = 200
_REMEMBERED = 30.0  # seconds


def shape(target: str, body: bytes = b"") -> str:
    """Return the shape of a request: comments at the end of a query, spaces and numbers do not count, IRIs do.

    >>> shape("/sparql?query=ASK+%7B+%7D+%23+1") == shape("/sparql?query=ASK%20%7B%7D%23+2")
    True
    >>> prefix = b"PREFIX fg: <https://w3id.org/filmgraph/ns#>"
    >>> shape("/sparql", prefix + b" ASK { ?s a fg:Film } # 1")
    '/sparqlPREFIXfg:<https://w3id.org/filmgraph/ns#>ASK{?safg:Film}'
    >>> shape("/sparql", prefix + b" ASK { ?s a fg:Film }") == shape("/sparql", prefix + b" ASK { ?s a fg:Person }")
    False
    """
    return _DIFFERS.sub(r"\1", unquote_plus(f"{target} {body.decode('utf-8', 'replace')}"))


class SlowShapes:
    """The shapes of requests that were ended because too many took long.

    >>> slow = SlowShapes()
    >>> slow.add("ASK{}")
    >>> "ASK{}" in slow, "ASK{?s?p?o}" in slow
    (True, False)
    """

    def __init__(self) -> None:
        self._until: dict[str, float] = {}

    def add(self, one: str) -> None:
        """Remember a shape for a while."""
        self._until.pop(one, None)
        self._until[one] = monotonic() + _REMEMBERED
        if len(self._until) > _MOST:
            del self._until[next(iter(self._until))]

    def __contains__(self, one: str) -> bool:
        return self._until.get(one, 0.0) > monotonic()
