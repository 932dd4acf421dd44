"""Content negotiation of media types (`RFC 9110, 12.5.1 <https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1>`_)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.serving.protocol.reply import HttpError

if TYPE_CHECKING:
    from collections.abc import Sequence


class Range(NamedTuple):
    """A media range with its quality value."""

    type: str
    subtype: str
    weight: float

    def precision(self, media_type: str) -> int:
        """Return how specifically the range matches a type: 0 no match, 1 ``*/*``, 2 ``text/*``, 3 the type itself."""
        main, _, sub = media_type.partition(";")[0].partition("/")
        if self.type == "*":
            return 1
        if self.type != main.strip():
            return 0
        return 2 if self.subtype == "*" else 3 * (self.subtype == sub.strip())


@lru_cache(256)
def ranges(accept: str) -> tuple[Range, ...]:
    """Parse the media ranges of an ``Accept`` header, skipping malformed ones.

    >>> ranges("text/turtle;q=0.5, */*;q=0.1")
    (Range(type='text', subtype='turtle', weight=0.5), Range(type='*', subtype='*', weight=0.1))
    """
    found = []
    for part in accept.split(",")[:50]:
        name, *parameters = (piece.strip() for piece in part.split(";"))
        main, slash, sub = name.lower().partition("/")
        if not slash or not main or not sub or (main == "*" and sub != "*"):
            continue
        found.append(Range(main, sub, _weight(parameters)))
    return tuple(found)


def _weight(parameters: Sequence[str]) -> float:
    for one in parameters:
        key, _, value = one.partition("=")
        if key.strip().lower() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def weight(accept: str, media_type: str) -> float:
    """Return the quality value of a media type: the most specific matching range decides.

    >>> weight("text/*;q=0.3, text/html;q=0.7, */*;q=0.5", "text/csv")
    0.3
    """
    naming = [(one.precision(media_type), one.weight) for one in ranges(accept) if one.precision(media_type)]
    return max(naming)[1] if naming else 0.0


def preferred(accept: str, offers: Sequence[str]) -> str:
    """Return the offer with the highest quality value; the first of equals.

    >>> preferred("application/ld+json;q=0.9, text/turtle", ["text/html", "application/ld+json", "text/turtle"])
    'text/turtle'
    >>> preferred("", ["text/html", "text/turtle"])
    'text/html'

    Raises:
        HttpError: It wants none of them (406).
    """
    wanted = accept.strip() or "*/*"
    best = max(offers, key=lambda offer: weight(wanted, offer))
    if weight(wanted, best) <= 0:
        raise HttpError(
            406, "None of the media types that you accept can be had here.", hint=f"There are: {', '.join(offers)}."
        )
    return best
