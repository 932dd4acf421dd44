"""Location of the quoted words of an assertion in its document."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from filmgraph.passages.matching import Comparable, Span
from filmgraph.passages.underquoting import turning_word

if TYPE_CHECKING:
    from filmgraph.importing.assertions.assertion import Assertion
    from filmgraph.passages.texts import SourceText


class FoundPassage(NamedTuple):
    """A passage, and the number of places where its words occur."""

    span: Span
    places: int


class DocumentText:
    """The text of a document, searchable regardless of spacing, quotes and dashes.

    Args:
        source: The document with its text.
    """

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self._exact = Comparable(source.text)
        self._caseless: Comparable | None = None

    def find(self, assertion: Assertion) -> FoundPassage | None:
        """Find the passage of an assertion: at the position given if its words are there, else by search.

        Of several places the first is taken around which no word turns what they say round.
        """
        given = self._given(assertion)
        if given is not None:
            return FoundPassage(given, 1)
        places = self._places(assertion.words)
        if not places:
            return None
        straight = (one for one in places if not turning_word(self.source.text, *one))
        return FoundPassage(next(straight, places[0]), len(places))

    def mention(self, names: list[str], near: Span) -> Span | None:
        """Find a name before a passage, the nearest one, else the first after it."""
        found = sorted(place for name in names for place in self._places(name))
        before = [place for place in found if place.start <= near.start]
        return before[-1] if before else next(iter(found), None)

    def _places(self, words: str) -> list[Span]:
        if not words.strip():
            return []
        found = self._exact.find(words)
        if found:
            return found
        if self._caseless is None:
            self._caseless = Comparable(self.source.text, caseless=True)
        return self._caseless.find(words)

    def _given(self, assertion: Assertion) -> Span | None:
        start, end = assertion.start, assertion.end
        if not 0 <= start < end <= len(self.source.text) or assertion.written not in {"", self.source.text}:
            return None
        stands = Comparable(self.source.text[start:end], caseless=True).folded.split()
        said = Comparable(assertion.words, caseless=True).folded.split()
        return Span(start, end) if stands == said or not said else None
