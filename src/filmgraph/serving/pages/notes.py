"""Footnotes of a page: the passages behind each mark, each note listed once."""

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
"""How many witnesses a note lists before it counts the rest."""
TOGETHER = 6
"""How many passages of one witness a note lists: a sum may rest on hundreds."""


class Passage(NamedTuple):
    """A citation to display; ``words`` and their context are filled only where the text is available.

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


class NotedWitness(NamedTuple):
    """Passages that count together, and how many more are not listed."""

    passages: list[Passage]
    more: int


class Note(NamedTuple):
    """A note: alternative witnesses, each sufficient by itself."""

    number: int
    witnesses: list[NotedWitness]
    more: int
    unexplained: str

    @property
    def joint(self) -> bool:
        """Whether several passages have to be taken together."""
        return any(len(one.passages) > 1 for one in self.witnesses)


class Mark:
    """The reference mark beside a fact; its number is given when the page first shows it."""

    __slots__ = ("_notes", "key")

    def __init__(self, notes: PageNotes, key: _Key) -> None:
        self._notes, self.key = notes, key

    def __html__(self) -> str:
        """Return the link to the note, which templates take as it is: pages have hundreds."""
        number = self._notes.number(self.key)
        return f'<a class="mark" href="#n{number}" role="doc-noteref" aria-label="Note {number}">{number}</a>'


class PageNotes:
    """The notes of one page, whose passages are looked up together.

    Args:
        site: Where the passages are looked up.
        most: How many witnesses a note lists.
    """

    def __init__(self, site: ServedSite, *, most: int = LISTED) -> None:
        self._site, self._most = site, most
        self._shown: dict[_Key, int] = {}

    def mark(self, witnesses: Sequence[Sequence[str]], *, more: int = 0, unexplained: str = "") -> Mark | None:
        """Return the mark of the note for some witnesses; None where there is nothing to note."""
        listed = tuple(tuple(one) for one in witnesses if one)
        if not listed and not unexplained:
            return None
        # Sets of many passages are alike in most of them, so that one is told.
        most = self._most if not listed or len(listed[0]) <= TOGETHER else 1
        return Mark(self, (listed[:most], more + max(len(listed) - most, 0), unexplained))

    def number(self, key: _Key) -> int:
        """Return the number of a note, in order of appearance."""
        return self._shown.setdefault(key, len(self._shown) + 1)

    def cited(self, graphs: Iterable[str]) -> Mark | None:
        """Return a mark for graphs of which each is a sufficient witness; different documents come first."""
        ordered = sorted(set(graphs))
        firsts = {iri.partition("#")[0]: iri for iri in reversed(ordered)}
        chosen = [*sorted(firsts.values()), *(iri for iri in ordered if iri not in firsts.values())]
        return self.mark([[iri] for iri in chosen])

    def all(self) -> list[Note]:
        """Return the notes shown so far, in order of number."""
        iris = sorted({iri for witnesses, _, _ in self._shown for one in witnesses for iri in one[:TOGETHER]})
        found = passages(self._site, iris)
        return [
            Note(number, [_listed(one, found) for one in witnesses], more, unexplained)
            for (witnesses, more, unexplained), number in self._shown.items()
        ]


def _listed(witness: Sequence[str], found: dict[str, Passage]) -> NotedWitness:
    return NotedWitness([found[iri] for iri in witness[:TOGETHER]], max(len(witness) - TOGETHER, 0))


def passages(site: ServedSite, iris: Sequence[str]) -> dict[str, Passage]:
    """Look up the passages of citations, all together.

    Raises:
        StoreError: The store could not answer.
    """
    return site.remembered("passages", lambda missing: _looked_up(site, missing)).find(iris)


def _looked_up(site: ServedSite, iris: Sequence[str]) -> dict[str, Passage]:
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
    """Return the speakers of each passage, and the stance it takes, as text to display."""
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
