"""Replies that are kept: the data do not change while they are served, so the same request gets the same reply."""

from __future__ import annotations

from collections import OrderedDict
from hashlib import blake2b
from typing import NamedTuple


class Kept(NamedTuple):
    """A whole reply, and its body compressed where that was asked for."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


class Replies:
    """The replies that were asked for last, as far as they fit.

    Args:
        most: How many bytes they may have together.

    >>> replies = Replies(12)
    >>> for name in "abcde":
    ...     replies.keep(name, Kept(200, [], b"123"))
    >>> [replies.get(name) is not None for name in "abcde"]
    [False, True, True, True, True]
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._kept: OrderedDict[str, Kept] = OrderedDict()

    def get(self, key: str) -> Kept | None:
        """The reply to a request, if it is here."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def keep(self, key: str, reply: Kept) -> None:
        """Keep a reply, and let go of those that were not asked for longest."""
        if len(reply.body) > self._most // 4 or key in self._kept:
            return
        self._kept[key] = reply
        self._size += len(reply.body)
        while self._size > self._most:
            self._size -= len(self._kept.popitem(last=False)[1].body)


def key_of(state: str, *parts: str | bytes) -> str:
    """What tells requests on one state of the data apart; it is the entity tag of the reply, too."""
    digest = blake2b(state.encode(), digest_size=16)
    for part in parts:
        digest.update(b"\0" + (part if isinstance(part, bytes) else part.encode("utf-8", "replace")))
    return digest.hexdigest()
