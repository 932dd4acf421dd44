"""Routes: path patterns and their handlers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from filmgraph.serving.protocol.reply import HttpReply

READ = ("GET", "HEAD")


class Route(NamedTuple):
    """``{name}`` in a pattern stands for one segment of a path, ``{name...}`` for the rest.

    >>> Route("/sources/{slug}/passages/{place}", print).match("/sources/imdb/passages/3-9")
    {'slug': 'imdb', 'place': '3-9'}
    >>> Route("/id/{rest...}", print).match("/id/film/night-ferry")
    {'rest': 'film/night-ferry'}
    """

    pattern: str
    handler: Callable[..., HttpReply | Any]
    methods: tuple[str, ...] = READ

    def match(self, path: str) -> dict[str, str] | None:
        """Return the parameters of a matching path; None where the pattern does not match."""
        found = _compiled(self.pattern).fullmatch(path)
        return found.groupdict() if found else None

    @property
    def allowed(self) -> str:
        """Return the value of the ``Allow`` header."""
        return ", ".join((*self.methods, "OPTIONS"))


@lru_cache(None)
def _compiled(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)(\.\.\.)?\}", pattern)
    text = re.escape(parts[0])
    for name, rest, literal in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        text += f"(?P<{name}>{'.+' if rest else '[^/]+'})" + re.escape(literal)
    return re.compile(text, re.DOTALL)
