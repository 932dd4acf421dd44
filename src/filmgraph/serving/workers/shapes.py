"""The shape of a request: its text without what differs from one attempt to the next."""

from __future__ import annotations

import re
from time import monotonic
from urllib.parse import unquote_plus

_DIFFERS = re.compile(r"#[^\n]*(?:\n|\Z)|\s+|\d+")
_MOST = 200
REMEMBERED = 30.0
"""Seconds for which a request that took too long is remembered."""


def shape(target: str, body: bytes = b"") -> str:
    """Return the shape of a request: comments at the end of a query, spaces and numbers do not count.

    >>> shape("/sparql?query=ASK+%7B+%7D+%23+1") == shape("/sparql?query=ASK%20%7B%7D%23+2")
    True
    """
    return _DIFFERS.sub("", unquote_plus(f"{target} {body.decode('utf-8', 'replace')}"))


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
        self._until[one] = monotonic() + REMEMBERED
        if len(self._until) > _MOST:
            del self._until[next(iter(self._until))]

    def __contains__(self, one: str) -> bool:
        return self._until.get(one, 0.0) > monotonic()
