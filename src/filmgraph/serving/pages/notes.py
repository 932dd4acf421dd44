"""Notes: the passages behind the marks of a page, each note once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from filmgraph.answers.footnotes import shortened
from filmgraph.lookup.glossary import StoreGlossary
from filmgraph.passages.passage import excerpt
from filmgraph.rdf.citation import Citation, is_citation, source_slug
from filmgraph.rdf.namespaces import CITATIONS_GRAPH, FG, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from filmgraph.serving.pages.site import ServedSite

_AT_ONCE = 400
_Key = tuple[tuple[tuple[str, ...], ...], int, str]
_AROUND, _QUOTED = 30, 120  # so much of a text around a passage, and of the passage itself: the page has it whole
LISTED = 2
"""How many passages a note lists before it counts the rest."""


class Passage(NamedTuple):
    """A citation as people read it; ``words`` and what stands around them only where the text is at hand.

    ``place`` are its characters; ``locator`` is where people look, such as *page 3*. ``marks`` are remarks of the
    citation: who speaks, at which place in the original, with which stance.
    """

    iri: str
    path: str
    document: str
    title: str
    publisher: str
    date: str
    place: str
    locator: str = ""
    speakers: tuple[str, ...] = ()
    stance: str = ""
    before: str = ""
    words: str = ""
    after: str = ""


class Note(NamedTuple):
    """What a mark opens: several witnesses, each enough by itself, each of passages that count together."""

    number: int
    witnesses: list[list[Passage]]
    more: int
    unexplained: str


class Mark:
    """What stands beside a fact and opens its note: a number, given when the page first shows it."""

    __slots__ = ("_notes", "key")

    def __init__(self, notes: PageNotes, key: _Key) -> None:
        self._notes, self.key = notes, key

    def __str__(self) -> str:
        return str(self._notes.number(self.key))


class PageNotes:
    """Collects what a page cites, and looks it all up at once.

    Args:
        site: Where the passages are looked up.
        most: How many witnesses a note lists.
    """

    def __init__(self, site: ServedSite, *, most: int = LISTED) -> None:
        self._site, self._most = site, most
        self._shown: dict[_Key, int] = {}

    def mark(self, witnesses: Sequence[Sequence[str]], *, more: int = 0, unexplained: str = "") -> Mark | None:
        """The mark of the note for some witnesses; None where there is nothing to say."""
        listed = tuple(tuple(one) for one in witnesses if one)
        if not listed and not unexplained:
            return None
        return Mark(self, (listed[: self._most], more + max(len(listed) - self._most, 0), unexplained))

    def number(self, key: _Key) -> int:
        """The number of a note, in the order in which the page shows them."""
        return self._shown.setdefault(key, len(self._shown) + 1)

    def cited(self, graphs: Iterable[str]) -> Mark | None:
        """The same for graphs each of which is enough; those of different documents come first."""
        ordered = sorted(set(graphs))
        firsts = {iri.partition("#")[0]: iri for iri in reversed(ordered)}
        chosen = [*sorted(firsts.values()), *(iri for iri in ordered if iri not in firsts.values())]
        return self.mark([[iri] for iri in chosen])

    def all(self) -> list[Note]:
        """The notes that were shown so far, in the order of their numbers."""
        iris = sorted({iri for witnesses, _, _ in self._shown for one in witnesses for iri in one})
        found = passages(self._site, iris)
        return [
            Note(number, [[found[iri] for iri in one] for one in witnesses], more, unexplained)
            for (witnesses, more, unexplained), number in self._shown.items()
        ]


def passages(site: ServedSite, iris: Sequence[str]) -> dict[str, Passage]:
    """The passages of citations, looked up together.

    Raises:
        StoreError: The store could not answer.
    """
    parsed = {iri: Citation.parse(iri) for iri in iris if is_citation(iri)}
    glossary = StoreGlossary(site.graph.store)
    lines = glossary.sources(sorted({one.source for one in parsed.values()}))
    locators = glossary.locators(sorted(parsed))
    speakers, stances = _remarks(site, sorted(parsed))
    found = {}
    for iri in iris:
        citation = parsed.get(iri)
        if citation is None:
            found[iri] = Passage(iri=iri, path=site.path(iri), document=iri, title=iri, publisher="", date="", place="")
            continue
        line = lines.get(citation.source)
        before, words, after = _words(site, citation)
        found[iri] = Passage(
            iri=iri,
            path=site.path(iri),
            document=source_slug(citation.source),
            title=line.title if line else source_slug(citation.source),
            publisher=line.publisher if line else "",
            date=line.date if line else "",
            place=f"{citation.start}–{citation.end}",  # noqa: RUF001 -- a range takes an en dash
            locator=locators.get(iri, ""),
            speakers=tuple(speakers.get(iri, ())),
            stance=stances.get(iri, ""),
            before=before,
            words=words,
            after=after,
        )
    return found


def _words(site: ServedSite, citation: Citation) -> tuple[str, str, str]:
    text = site.texts.get(citation.source)
    if text is None or citation.end > len(text.text):
        return "", "", ""
    found = excerpt(text.text, citation.start, citation.end, width=_AROUND)
    return found.before, shortened(found.passage, _QUOTED), found.after


def _remarks(site: ServedSite, iris: Sequence[str]) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Who speaks in which passage, and which stance it takes, in words."""
    said: list[tuple[str, str, str]] = []
    for start in range(0, len(iris), _AT_ONCE):
        values = " ".join(f"<{iri}>" for iri in iris[start : start + _AT_ONCE])
        text = (
            f"SELECT ?c ?p ?who {{ VALUES ?c {{ {values} }} VALUES ?p {{ <{FG}accordingTo> <{FG}stance> }}"
            f" GRAPH <{CITATIONS_GRAPH}> {{ ?c ?p ?who }} }}"
        )
        for citation, predicate, who in site.rows(text):
            if isinstance(citation, NamedNode) and isinstance(predicate, NamedNode):
                value = who.value if isinstance(who, (NamedNode, Literal)) else ""
                said.append((citation.value, predicate.value, value))
    labels = site.labels(value for _, _, value in said if value.startswith(("http://", "https://", "urn:")))
    speakers: dict[str, list[str]] = {}
    stances: dict[str, str] = {}
    for citation_iri, predicate_iri, value in sorted(said):
        if predicate_iri == FG + "accordingTo":
            speakers.setdefault(citation_iri, []).append(labels.get(value, value))
        elif predicate_iri == FG + "stance":
            stances[citation_iri] = labels.get(value, value)
    return speakers, stances


RDFS_LABEL = PREFIXES["rdfs"] + "label"
