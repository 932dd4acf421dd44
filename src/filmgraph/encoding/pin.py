"""Pinning a draft: text fragments become citations with offsets.

A draft is TriG whose citations are text fragments: ``<press-kit#:~:text=first%20words,last%20words>``, or
``<#:~:text=…>`` relative to an ``@base``. Pinning writes the offsets in their place and leaves every other character as
it stands, comments and layout included. Inside a graph, ``HERE`` in the name of a node stands for the slug and the
offsets of that graph's citation: measurement nodes are named after their passage.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.encoding.fragment import LONGEST, MARK, TextFragment
from filmgraph.encoding.tokens import TOKEN
from filmgraph.errors import CitationError
from filmgraph.passages.matching import Comparable, Span
from filmgraph.passages.passage import excerpt
from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from filmgraph.passages.texts import SourceText

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_HERE = re.compile(r"(?<![A-Za-z])HERE(?![A-Za-z])")
_MOST_SHOWN = 8


class Problem(NamedTuple):
    """Something in a draft that can't be pinned, with its 1-based place in the draft."""

    line: int
    column: int
    message: str
    hint: str

    def __str__(self) -> str:
        return f"{self.line}:{self.column}: {self.message}\n{self.hint}".rstrip()


class Pinned(NamedTuple):
    """The outcome of pinning: the text with offsets, how many citations it got, and what went wrong."""

    text: str
    pinned: int
    problems: list[Problem]


class _Replacement(NamedTuple):
    start: int
    end: int
    text: str


def pin(draft: str, texts: Mapping[str, SourceText]) -> Pinned:
    """Replace the text fragments of a draft by offsets.

    Args:
        draft: TriG.
        texts: The texts at hand, by slug.

    Returns:
        The pinned text; where there are problems, the fragments that caused them are left as they stand.

    >>> from filmgraph.passages.texts import SourceText
    >>> letter = SourceText.of("a-letter", "Ann wrote in May. She never wrote again.")
    >>> pin("<a-letter#:~:text=She,again> { }  # the end", {"a-letter": letter}).text
    '<https://w3id.org/filmgraph/source/a-letter.1f5a1b4d#char=18,39> { }  # the end'
    """
    return _Pinning(draft, texts).run()


class _Pinning:
    """One run over one draft."""

    def __init__(self, draft: str, texts: Mapping[str, SourceText]) -> None:
        self.draft = draft
        self.texts = texts
        self.base: SourceText | None = None
        self.count = 0
        self.problems: list[Problem] = []
        self.comparable: dict[tuple[str, bool], Comparable] = {}

    def run(self) -> Pinned:
        parts: list[str] = []
        position = 0
        for replacement in self._replacements():
            parts += [self.draft[position : replacement.start], replacement.text]
            position = replacement.end
        return Pinned("".join([*parts, self.draft[position:]]), self.count, self.problems)

    def _replacements(self) -> Iterator[_Replacement]:
        """Yield the replacements of a draft's text fragments, in document order."""
        base_follows = False
        last_place = here = ""
        for token in TOKEN.finditer(self.draft):
            kind = token.lastgroup
            if kind == "comment":
                continue
            if kind == "iri":
                iri = _ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)), token["iri"])
                if base_follows:
                    yield from self._read_base(token, iri)
                elif MARK in iri:
                    found = self._place(token, iri)
                    last_place = f"{found[0].slug}-{found[1].start}-{found[1].end}" if found else "HERE"
                    if found:
                        yield _Replacement(token.start(), token.end(), self._reference(*found))
            elif kind == "brace":
                here = last_place if token[0] == "{" else ""
            if MARK not in token[0]:
                last_place = ""
            if kind in {"iri", "name"} and MARK not in token[0] and here and _HERE.search(token[0]):
                yield _Replacement(token.start(), token.end(), _HERE.sub(here, token[0]))
            base_follows = kind == "base"

    def _read_base(self, token: re.Match[str], iri: str) -> Iterator[_Replacement]:
        """Remember the base; one without its digest is completed."""
        name = iri.removeprefix(PREFIXES["source"])
        slug, _, digest = name.partition(".")
        self.base = self.texts.get(slug) if iri != name else None
        if self.base is None:
            return
        if not digest:
            yield _Replacement(token.start(), token.end(), f"<{self.base.iri}>")
        elif iri != self.base.iri:
            self._complain(token, f"<{iri}> is not the source at hand, which is <{self.base.iri}>.", "Correct @base.")

    def _place(self, token: re.Match[str], iri: str) -> tuple[SourceText, Span] | None:
        """The source and the stretch that a fragment names, or a problem."""
        path = iri.partition("#")[0]
        slug = path.removeprefix(PREFIXES["source"]).partition(".")[0]
        source = self.texts.get(slug) if slug else self.base
        if source is None:
            known = ", ".join(sorted(self.texts)) or "none"
            if slug:
                self._complain(token, f"There is no text at hand of a source {slug!r}.", f"At hand: {known}.")
            else:
                self._complain(
                    token,
                    "The fragment does not say of which source.",
                    f"Write <SLUG#{MARK}…>, or @base <{PREFIXES['source']}SLUG> . before it. At hand: {known}.",
                )
            return None
        try:
            fragment = TextFragment.parse(iri)
        except (CitationError, UnicodeDecodeError) as exc:
            self._complain(token, str(exc), getattr(exc, "hint", None) or "Check the percent-encoding.")
            return None
        span = self._only(token, source, fragment)
        return (source, span) if span else None

    def _only(self, token: re.Match[str], source: SourceText, fragment: TextFragment) -> Span | None:
        """The only place that a fragment fits, with case if possible and without it otherwise."""
        found = fragment.find(self._comparable(source, caseless=False))
        found = found or fragment.find(self._comparable(source, caseless=True))
        short = [span for span in found if span.end - span.start <= LONGEST]
        if len(short) == 1:
            return short[0]
        text = source.text
        if short:
            lines = [f"  {span.start},{span.end}: {excerpt(text, *span)}" for span in short[:_MOST_SHOWN]]
            lines += [f"  and {len(short) - _MOST_SHOWN} more"] if len(short) > _MOST_SHOWN else []
            self._complain(
                token,
                f"The fragment fits {len(short)} passages of {source.slug}.",
                "\n".join([*lines, "Say which by what stands around it: text=before-,start,end,-after"]),
            )
        elif found:
            span = found[0]
            self._complain(
                token,
                f"The passage is {span.end - span.start} characters long, and may have {LONGEST}.",
                f"  {span.start},{span.end}\nCite the smallest span that states the fact.",
            )
        else:
            self._complain(token, f"The fragment fits no passage of {source.slug}.", _diagnosis(fragment, source))
        return None

    def _comparable(self, source: SourceText, *, caseless: bool) -> Comparable:
        key = source.slug, caseless
        if key not in self.comparable:
            self.comparable[key] = Comparable(source.text, caseless=caseless)
        return self.comparable[key]

    def _reference(self, source: SourceText, span: Span) -> str:
        """The citation, relative to the base where that is its source."""
        self.count += 1
        if source is self.base:
            return f"<#char={span.start},{span.end}>"
        return f"<{source.citation(*span)}>"

    def _complain(self, token: re.Match[str], message: str, hint: str) -> None:
        line_start = self.draft.rfind("\n", 0, token.start()) + 1
        line = self.draft.count("\n", 0, token.start()) + 1
        self.problems.append(Problem(line, token.start() - line_start + 1, message, hint))


def _diagnosis(fragment: TextFragment, source: SourceText) -> str:
    """Describe which parts of a text fragment occur where, and which nowhere."""
    text = Comparable(source.text, caseless=True)
    lines: list[str] = []
    for name, words in fragment._asdict().items():
        found = text.find(words) if words else []
        if words and not found:
            lines.append(f"  {name} {words!r} stands nowhere in {source.slug}{_longest_start(words, text)}")
        elif found:
            places = ", ".join(str(span.start) for span in found[:_MOST_SHOWN])
            lines.append(f"  {name} {words!r} stands at {places}")
    lines.append("Copy the words from the text; prefix and start, start and end, end and suffix follow each other.")
    return "\n".join(lines)


def _longest_start(words: str, text: Comparable) -> str:
    """Up to where a piece fits: the usual fault is one word."""
    parts = words.split()
    for count in range(len(parts) - 1, 0, -1):
        found = text.find(" ".join(parts[:count]))
        if found:
            place = excerpt(text.original, *found[0])
            return f"; its first {count} of {len(parts)} words do, at {found[0].start}: {place}"
    return ""
