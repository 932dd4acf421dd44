"""A cache of replies: the data do not change while served, so equal requests have equal replies."""

from __future__ import annotations

from collections import OrderedDict
from hashlib import blake2b
from typing import NamedTuple


class CachedReply(NamedTuple):
    """A complete reply; its body is compressed where the client asked for that."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


class ReplyCache:
    """A least-recently-used cache of replies, bounded in bytes.

    Args:
        most: How many bytes they may have together.

    >>> replies = ReplyCache(12)
    >>> for name in "abcde":
    ...     replies.keep(name, CachedReply(200, [], b"123"))
    >>> [replies.get(name) is not None for name in "abcde"]
    [False, True, True, True, True]
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._kept: OrderedDict[str, CachedReply] = OrderedDict()

    def get(self, key: str) -> CachedReply | None:
        """Return the cached reply for a key, if there is one."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def keep(self, key: str, reply: CachedReply) -> None:
        """Cache a reply, evicting those used longest ago."""
        if len(reply.body) > self._most // 4 or key in self._kept:
            return
        self._kept[key] = reply
        self._size += len(reply.body)
        while self._size > self._most:
            self._size -= len(self._kept.popitem(last=False)[1].body)


def key_of(state: str, *parts: str | bytes) -> str:
    """Return the cache key of a request for one state of the data; it is also the reply's entity tag."""
    digest = blake2b(state.encode(), digest_size=16)
    for part in parts:
        digest.update(b"\0" + (part if isinstance(part, bytes) else part.encode("utf-8", "replace")))
    return digest.hexdigest()
