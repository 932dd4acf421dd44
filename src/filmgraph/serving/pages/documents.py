"""Page content for a document: its text with cited passages marked and their facts, or a map of positions."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from filmgraph.answers.grid import text_of
from filmgraph.coverage.coverage import coverage_of
from filmgraph.errors import UnknownSourceError
from filmgraph.passages.facts import CitedFact, Evidence
from filmgraph.passages.sources import Source, read_sources
from filmgraph.rdf.citation import Citation
from filmgraph.rdf.namespaces import FG, PREFIXES
from filmgraph.serving.pages.words import local
from filmgraph.text.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from filmgraph.coverage.coverage import Kind, SourceCoverage, Stretch
    from filmgraph.rdf.results import Term
    from filmgraph.serving.pages.site import Document, ServedSite

_UNTOLD = {PREFIXES["rdf"] + "type", FG + "earliest", FG + "latest", FG + "foldedName"}
MOST = 3000
"""How many passages of a document a page shows."""
SEVERAL, SOME = 6000, 300
"""A document with more passages than the first number has no map, and only the second number of them is shown."""
_BROKEN = 60  # a line of so many characters was broken because it was full
_PER_PAGE = 12_000
"""About how many code points of a text a page shows."""


class Piece(NamedTuple):
    """A run of text of one kind; ``anchors`` are the passages that begin here, ``passages`` those that include it."""

    text: str
    kind: Kind
    anchors: list[str]
    passages: list[str]
    reason: str = ""


class ValueInWords(NamedTuple):
    """A property and its value, as text to display."""

    property: str
    value: str
    value_path: str


class FactsInWords(NamedTuple):
    """The facts that a passage states of one subject, as text to display."""

    subject: str
    subject_path: str
    said: list[ValueInWords]


class CitedPassage(NamedTuple):
    """A cited passage with its anchor, its position and its facts."""

    anchor: str
    place: str
    path: str
    facts: list[FactsInWords]


class Block(NamedTuple):
    """A paragraph: its pieces, and the passages that begin in it."""

    pieces: list[Piece]
    cited: list[CitedPassage]


class Share(NamedTuple):
    """The coverage of a document: percentages by kind, and runs in thousandths of its length."""

    cited: int
    left_out: int
    open: int
    runs: list[tuple[int, int, str]]


class Part(NamedTuple):
    """A page's portion of a document; ``number`` of ``total``."""

    blocks: list[Block]
    number: int
    total: int


def named(site: ServedSite, slug: str) -> Document:
    """Return the document with a slug.

    Raises:
        UnknownSourceError: There is none.
    """
    found = site.document(slug)
    if found is None:
        slugs = [one.slug for one in site.documents.values()]
        raise UnknownSourceError(f"There is no document {slug!r}.", name=slug, choices=nearest(slug, slugs))
    return found


@lru_cache(64)
def is_large(site: ServedSite, document: Document) -> bool:
    """Whether a document has more passages than a page can tell of, such as a table of a million rows.

    Raises:
        StoreError: The store could not answer.
    """
    return len(_first(site, document)) > SEVERAL


def _first(site: ServedSite, document: Document) -> list[Citation]:
    """Return the citations of a document, in order; one more than ``SEVERAL`` of very many."""
    several = SEVERAL + 1
    rows = site.rows(
        f"SELECT DISTINCT ?g {{ {_of(document)} FILTER EXISTS {{ GRAPH ?g {{ ?s ?p ?o }} }} }} LIMIT {several}"
    )
    rows = rows or site.rows(f"SELECT DISTINCT ?g {{ GRAPH ?g {{}} {_named_so(document)} }} LIMIT {several}")
    return sorted(Citation.parse(row[0].value) for row in rows if isinstance(row[0], NamedNode))


@lru_cache(8)
def passages_of(site: ServedSite, document: Document) -> dict[Citation, list[CitedFact]]:
    """Return the passages of a document with their facts, in order; only the first ones of very many.

    Raises:
        StoreError: The store could not answer.
    """
    pattern = _of(document)
    if is_large(site, document):
        pattern = f"VALUES ?g {{ {' '.join(f'<{one}>' for one in _first(site, document)[:SOME])} }}"
    rows = site.rows(f"SELECT ?g ?s ?p ?o {{ {pattern} GRAPH ?g {{ ?s ?p ?o }} }}") or site.rows(
        f"SELECT ?g ?s ?p ?o {{ GRAPH ?g {{ ?s ?p ?o }} {_named_so(document)} }}"
    )
    found: dict[Citation, list[CitedFact]] = {}
    for graph, subject, predicate, value in rows:
        if isinstance(graph, NamedNode) and isinstance(subject, NamedNode) and isinstance(predicate, NamedNode):
            assert value is not None  # noqa: S101 -- it is bound
            found.setdefault(Citation.parse(graph.value), []).append(CitedFact(subject, predicate, value))
    ordered = sorted(found.items())[:MOST]
    return {citation: sorted(facts, key=str) for citation, facts in ordered}


def passage_of(site: ServedSite, citation: Citation) -> list[CitedFact]:
    """Return the facts of one passage.

    Raises:
        StoreError: The store could not answer.
    """
    return [
        CitedFact(subject, predicate, value)
        for subject, predicate, value in site.rows(
            f"SELECT ?s ?p ?o {{ GRAPH <{citation}> {{ ?s ?p ?o }} }} ORDER BY ?s ?p ?o"
        )
        if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode) and value is not None
    ]


def _of(document: Document) -> str:
    """Return a pattern for the citations of a document, found through an index of their records."""
    return f"?g <{PREFIXES['oa']}hasSource> <{document.iri}> ."


def _named_so(document: Document) -> str:
    """Return a filter for the citations of a document in a store without citation records."""
    return f'FILTER(STRSTARTS(STR(?g), "{document.iri}#char="))'


def coverage(site: ServedSite, document: Document, facts: dict[Citation, list[CitedFact]]) -> SourceCoverage:
    """Compute which stretches of a document are cited, left out or open.

    Raises:
        StoreError: The store could not answer.
    """
    known = read_sources(site.graph.store).get(document.iri)
    source = known or Source(document.iri, "", document.length, frozenset(), ())
    nothing: frozenset[str] = frozenset()
    evidence = Evidence(
        facts=facts,
        malformed={},
        sources={document.iri: source},
        remarks={},
        names={},
        persons=nothing,
        proper=nothing,
        typed=nothing,
        concepts=nothing,
        labels={},
        identifiers={},
    )
    texts = {document.slug: site.texts[document.iri]} if document.iri in site.texts else {}
    return next(one for one in coverage_of(evidence, texts) if one.source.iri == document.iri)


def summary(site: ServedSite, document: Document) -> tuple[int, Share | None]:
    """Return the number of cited passages of a document, and its coverage; None of one with very many passages.

    Raises:
        StoreError: The store could not answer.
    """
    cited = _first(site, document)
    if len(cited) > SEVERAL:
        return SEVERAL, None
    return len(cited), share(coverage(site, document, {citation: [] for citation in cited}))


def share(covered: SourceCoverage) -> Share:
    """Return coverage as percentages and runs to draw."""
    runs: list[tuple[int, int, str]] = []
    whole = max(covered.length, 1)
    for one in covered.stretches:
        kind = {"cited": "cited", "left out": "left", "open": "open", "blank": "open"}[one.kind]
        start, end = one.start * 1000 // whole, -(-one.end * 1000 // whole)
        if runs and runs[-1][2] == kind and runs[-1][0] + runs[-1][1] >= start:
            runs[-1] = (runs[-1][0], max(end, runs[-1][0] + runs[-1][1]) - runs[-1][0], kind)
        else:
            runs.append((start, max(end - start, 1), kind))
    percents = [round(100 * covered.share(kind)) for kind in ("cited", "left out", "open")]
    return Share(percents[0], percents[1], percents[2], runs)


def counts(
    site: ServedSite, document: Document, facts: dict[Citation, list[CitedFact]], covered: SourceCoverage
) -> dict[str, object]:
    """Return the template values of a document's record: its length, its passages and facts, and how much is cited."""
    return {
        "document": document,
        "has_text": document.iri in site.texts,
        "share": None if is_large(site, document) else share(covered),
        "passages": len(facts),
        "length": covered.length,
        "facts": sum(map(len, facts.values())),
    }


def parts(text: str) -> list[tuple[int, int]]:
    r"""Return the spans of a text's parts: whole paragraphs, a page's worth each.

    >>> parts("one\n\ntwo")
    [(0, 8)]
    """
    found: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        end = text.find("\n\n", start + _PER_PAGE)
        end = len(text) if end < 0 or len(text) - end < _PER_PAGE // 4 else end + 2
        found.append((start, end))
        start = end
    return found or [(0, 0)]


def part(
    site: ServedSite, document: Document, facts: dict[Citation, list[CitedFact]], covered: SourceCoverage, number: int
) -> Part:
    """Return one part of a document: paragraphs with their passages, or without a text the passages alone."""
    words = _Words(site, facts)
    text = site.texts.get(document.iri)
    if text is None:
        size = 150
        anchors = list(facts)
        total = max(1, -(-len(anchors) // size))
        number = min(max(number, 1), total)
        return Part(
            [Block([], [words.cited(one) for one in anchors[(number - 1) * size : number * size]])], number, total
        )
    bounds = parts(text.text)
    number = min(max(number, 1), len(bounds))
    return Part(_blocks(text.text, bounds[number - 1], covered, words), number, len(bounds))


def whole(
    site: ServedSite, document: Document, facts: dict[Citation, list[CitedFact]], covered: SourceCoverage
) -> Part:
    """Return a whole document as a single part."""
    words = _Words(site, facts)
    text = site.texts.get(document.iri)
    if text is None:
        return Part([Block([], [words.cited(one) for one in facts])], 1, 1)
    return Part(_blocks(text.text, (0, len(text.text)), covered, words), 1, 1)


def _blocks(text: str, bounds: tuple[int, int], covered: SourceCoverage, words: _Words) -> list[Block]:
    return [_block(covered.stretches, text, first, last, words) for first, last in _paragraphs(text, *bounds)]


def part_at(site: ServedSite, document: Document, position: int, facts: dict[Citation, list[CitedFact]]) -> int:
    """Return the number of the part that contains a position."""
    text = site.texts.get(document.iri)
    if text is None:
        return next((place // 150 + 1 for place, one in enumerate(facts) if one.start >= position), 1)
    return next((number for number, (start, end) in enumerate(parts(text.text), 1) if start <= position < end), 1)


def anchor(citation: Citation) -> str:
    """Return the HTML anchor of a passage."""
    return f"c{citation.start}-{citation.end}"


class _Words:
    """Facts as text to display; labels are looked up once for all of them."""

    def __init__(self, site: ServedSite, facts: dict[Citation, list[CitedFact]]) -> None:
        self._site, self._facts = site, facts
        iris = {
            term.value
            for stated in facts.values()
            for fact in stated
            for term in (fact.subject, fact.predicate, fact.object)
            if isinstance(term, NamedNode)
        }
        self._labels = site.labels(iris)

    def cited(self, citation: Citation) -> CitedPassage:
        by_subject: dict[str, list[CitedFact]] = {}
        for fact in self._facts.get(citation, []):
            if fact.predicate.value not in _UNTOLD:
                by_subject.setdefault(fact.subject.value, []).append(fact)
        stated = [
            FactsInWords(self._label(facts[0].subject), self._site.path(iri), [self._said(fact) for fact in facts])
            for iri, facts in by_subject.items()
        ]
        place = f"{citation.start}–{citation.end}"  # noqa: RUF001 -- a range takes an en dash
        return CitedPassage(anchor(citation), place, self._site.path(str(citation)), stated)

    def has(self, citation: Citation) -> bool:
        return citation in self._facts

    def _said(self, fact: CitedFact) -> ValueInWords:
        value = fact.object
        path = self._site.path(value.value) if isinstance(value, NamedNode) else ""
        return ValueInWords(self._label(fact.predicate), self._label(value), path)

    def _label(self, term: Term) -> str:
        if isinstance(term, NamedNode):
            return self._labels.get(term.value) or local(term.value)
        return text_of(term, self._labels)


def stated(site: ServedSite, citation: Citation, facts: list[CitedFact]) -> CitedPassage:
    """Return one passage with its facts as text to display."""
    return _Words(site, {citation: facts}).cited(citation)


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = text.find("\n\n", start, end)
        stop = end if stop < 0 else stop + 2
        while stop < end and text[stop].isspace():
            stop += 1
        yield start, stop
        start = stop


def _block(stretches: Sequence[Stretch], text: str, start: int, end: int, words: _Words) -> Block:
    pieces, cited = [], []
    shown = _flowing(text[start:end])
    for one in stretches:
        first, last = max(start, one.start), min(end, one.end)
        if first >= last:
            continue
        begin = [citation for citation in one.citations if citation.start == first and words.has(citation)]
        cited += [words.cited(citation) for citation in begin]
        pieces.append(
            Piece(
                shown[first - start : last - start].rstrip("\n")
                if last == end
                else shown[first - start : last - start],
                one.kind,
                [anchor(citation) for citation in begin],
                [anchor(citation) for citation in one.citations],
                one.reasons[0] if one.reasons else "",
            )
        )
    return Block(pieces, cited)


def _flowing(text: str) -> str:
    r"""Join lines that were broken at the margin, without changing the number of characters.

    >>> _flowing("short\nlines\n" + "x " * 40 + "\nrun on")[12:].count("\n")
    0
    """
    lines = text.split("\n")
    return "".join(
        line + ("" if number == len(lines) - 1 else " " if len(line) >= _BROKEN else "\n")
        for number, line in enumerate(lines)
    )
