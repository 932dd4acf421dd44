"""Measuring coverage: which stretches of the sources are cited, left out on purpose, or open."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from filmgraph.passages.facts import Evidence
    from filmgraph.passages.sources import Source
    from filmgraph.passages.texts import SourceText
    from filmgraph.rdf.citation import Citation

Kind = Literal["cited", "left out", "open", "blank"]


class Stretch(NamedTuple):
    """A stretch of a source in which the same passages overlap.

    ``kind`` is ``cited``, ``left out``, ``open`` (neither), or ``blank``: neither, and without a letter or figure,
    which only the text can tell. ``reasons`` say why it was left out.
    """

    start: int
    end: int
    kind: Kind
    citations: tuple[Citation, ...]
    reasons: tuple[str, ...]

    @property
    def length(self) -> int:
        """How many code points it has."""
        return self.end - self.start


class SourceCoverage(NamedTuple):
    """How much of a source is cited. The stretches follow each other from its start to its end."""

    source: Source
    length: int
    citations: int
    facts: int
    stretches: list[Stretch]
    has_text: bool

    def count(self, kind: Kind) -> int:
        """How many code points are of a kind."""
        return sum(stretch.length for stretch in self.stretches if stretch.kind == kind)

    def share(self, kind: Kind) -> float:
        """The share of a kind among all that is not blank."""
        whole = self.length - self.count("blank")
        return self.count(kind) / whole if whole else 0.0

    def open_stretches(self) -> list[Stretch]:
        """The open stretches, those that touch joined, the longest first."""
        return sorted(_joined(self.stretches, "open"), key=lambda stretch: (-stretch.length, stretch.start))


def coverage_of(evidence: Evidence, texts: Mapping[str, SourceText]) -> list[SourceCoverage]:
    """The coverage of every source that has a record.

    A passage counts as cited when it has facts, when another passage needs it, or when the source's record rests on it.

    Args:
        evidence: The facts and records of a store.
        texts: The texts at hand, by slug; without one, blank stretches count as open.
    """
    by_iri = {text.iri: text.text for text in texts.values()}
    cited: dict[str, dict[Citation, int]] = {iri: {} for iri in evidence.sources}
    for citation, facts in evidence.facts.items():
        cited.setdefault(citation.source, {})[citation] = len(facts)
    for citation in evidence.cited_otherwise():
        cited.setdefault(citation.source, {}).setdefault(citation, 0)
    return [
        _source(source, cited[iri], by_iri.get(iri))
        for iri, source in sorted(evidence.sources.items(), key=lambda item: item[1].slug)
    ]


def _source(source: Source, cited: Mapping[Citation, int], text: str | None) -> SourceCoverage:
    ends = [citation.end for citation in cited] + [left.citation.end for left in source.left_out]
    length = len(text) if text is not None else source.length or max(ends, default=0)
    return SourceCoverage(
        source=source,
        length=length,
        citations=sum(1 for facts in cited.values() if facts),
        facts=sum(cited.values()),
        stretches=_stretches(sorted(cited), source, length, text),
        has_text=text is not None,
    )


def _stretches(cited: Iterable[Citation], source: Source, length: int, text: str | None) -> list[Stretch]:
    """Cut the source at every start and end of a passage."""
    starts: dict[int, list[Citation]] = {}
    stops: dict[int, list[Citation]] = {}
    for citation in cited:
        starts.setdefault(citation.start, []).append(citation)
        stops.setdefault(citation.end, []).append(citation)
    left_out = {
        place: left.reason or "no reason"
        for left in source.left_out
        for place in range(left.citation.start, min(left.citation.end, length))
    }
    cuts = {0, length, *starts, *stops}
    cuts |= {place for left in source.left_out for place in (left.citation.start, left.citation.end)}
    places = sorted(place for place in cuts if 0 <= place <= length)
    running: Counter[Citation] = Counter()
    found: list[Stretch] = []
    for start, end in pairwise(places):
        running.update(starts.get(start, ()))
        for citation in stops.get(start, ()):
            del running[citation]
        reason = left_out.get(start)
        kind: Kind = "cited" if running else "left out" if reason else "open"
        if kind == "open" and text is not None and not any(map(str.isalnum, text[start:end])):
            kind = "blank"
        found.append(Stretch(start, end, kind, tuple(sorted(running)), (reason,) if reason else ()))
    return found


def _joined(stretches: Iterable[Stretch], kind: Kind) -> list[Stretch]:
    """Stretches of one kind; those with nothing but blanks between them are one."""
    found: list[Stretch] = []
    touching = False
    for stretch in stretches:
        if stretch.kind == kind:
            if touching:
                stretch = Stretch(found.pop().start, stretch.end, kind, (), ())  # noqa: PLW2901  it grows
            found.append(stretch)
            touching = True
        elif stretch.kind != "blank":
            touching = False
    return found
