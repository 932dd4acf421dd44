"""Text fragments: passages named by their own words, as drafts have them.

The form is ``:~:text=[prefix-,]start[,end][,-suffix]``
(`URL Fragment Text Directives, 3.2 <https://wicg.github.io/scroll-to-text-fragment/#syntax>`_), each part
percent-encoded. Unlike a browser, which takes the first place that fits, filmgraph asks for the only one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote

from filmgraph.errors import CitationError
from filmgraph.passages.matching import Comparable, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK = ":~:text="
LONGEST = 800
"""No passage is longer than this (product contract 2.5)."""
_MOST_PARTS = 2


class TextFragment(NamedTuple):
    """A passage by its words: where it starts, where it ends, and what stands before and after it.

    >>> TextFragment.parse(":~:text=Before-,the%20first%20words,the%20last")
    TextFragment(start='the first words', end='the last', prefix='Before', suffix='')
    """

    start: str
    end: str = ""
    prefix: str = ""
    suffix: str = ""

    @classmethod
    def parse(cls, fragment: str) -> TextFragment:
        """Read a text fragment, with or without ``#`` before it.

        Raises:
            CitationError: It has no text, more than one directive, or more parts than the form allows.
        """
        _, mark, directive = fragment.partition(MARK)
        if not mark:
            raise CitationError(f"{fragment!r} is no text fragment.", hint=f"Write #{MARK}first%20words,last%20words")
        if "&text=" in directive:
            raise CitationError("The fragment names several passages.", hint="Give each passage a graph of its own.")
        parts = directive.split(",")
        prefix = parts.pop(0)[:-1] if len(parts) > 1 and parts[0].endswith("-") else ""
        suffix = parts.pop()[1:] if len(parts) > 1 and parts[-1].startswith("-") else ""
        if len(parts) > _MOST_PARTS:
            raise CitationError(
                f"The fragment has {len(parts)} parts, and can have two: start,end.",
                hint="Write a comma that belongs to the text as %2C.",
            )
        words = [unquote(part, errors="strict").strip() for part in (*parts, prefix, suffix)]
        if len(parts) == 1:
            words.insert(1, "")
        if not words[0]:
            raise CitationError("The fragment has no text.", hint=f"Write #{MARK}first%20words,last%20words")
        return cls(*words)

    def find(self, text: Comparable) -> list[Span]:
        """Every passage of a text that the fragment fits, in order."""
        starts = [span for span in text.find(self.start) if _follows(text, self.prefix, span)]
        if not self.end:
            return [span for span in starts if _precedes(text, self.suffix, span)]
        ends = [span for span in text.find(self.end) if _precedes(text, self.suffix, span)]
        return list(_pairs(starts, ends))

    def __str__(self) -> str:
        parts = [
            f"{_encode(self.prefix)}-" if self.prefix else "",
            _encode(self.start),
            _encode(self.end),
            f"-{_encode(self.suffix)}" if self.suffix else "",
        ]
        return MARK + ",".join(part for part in parts if part)


def _pairs(starts: list[Span], ends: list[Span]) -> Iterator[Span]:
    """Each start with the first end that stands after it."""
    for start in starts:
        end = next((end for end in ends if end.start >= start.end), None)
        if end is not None:
            yield Span(start.start, end.end)


def _reach(words: str) -> int:
    """How far to look for words: what is folded away makes the original longer."""
    return 4 * len(words) + 100


def _follows(text: Comparable, prefix: str, span: Span) -> bool:
    if not prefix:
        return True
    near = text.original[max(0, span.start - _reach(prefix)) : span.start]
    before = Comparable(near, caseless=text.caseless).folded.rstrip()
    return before.endswith(Comparable(prefix.strip(), caseless=text.caseless).folded)


def _precedes(text: Comparable, suffix: str, span: Span) -> bool:
    if not suffix:
        return True
    near = text.original[span.end : span.end + _reach(suffix)]
    after = Comparable(near, caseless=text.caseless).folded.lstrip()
    return after.startswith(Comparable(suffix.strip(), caseless=text.caseless).folded)


def _encode(words: str) -> str:
    return quote(words, safe="!$'()*+.:;=?@_~/").replace("-", "%2D")
