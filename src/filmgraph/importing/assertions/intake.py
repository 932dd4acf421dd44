"""Import of a file of assertions into a collection: resolve, judge, and write atomically."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from filmgraph.errors import DataError, FilmgraphError
from filmgraph.files import atomic
from filmgraph.importing.assertions import extractions, worksheet
from filmgraph.importing.assertions.assertion import Assertion, JudgedAssertion
from filmgraph.importing.assertions.certainty import remarks_of, unasserted
from filmgraph.importing.assertions.judgement import CitedMeaning, judged, quads_of
from filmgraph.importing.assertions.meaning import NotUnderstoodError, meant, named
from filmgraph.importing.assertions.passage import DocumentText
from filmgraph.importing.assertions.things import NamedNodeOf, Things
from filmgraph.importing.sources import check_collection
from filmgraph.opening import open_store
from filmgraph.passages.matching import Span
from filmgraph.passages.sources import read_sources
from filmgraph.passages.texts import find_texts
from filmgraph.rdf.files import parse
from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.text.folding import fold
from filmgraph.text.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filmgraph.importing.assertions.meaning import Meant
    from filmgraph.passages.sources import Source
    from filmgraph.rdf.citation import Citation
    from filmgraph.store.base import Store

_LONGEST = 800
_TITLE = "title"


class AssertionReport(NamedTuple):
    """The result of importing assertions: verdicts, the number of facts added, and the file of rejected ones."""

    slug: str
    judged: list[JudgedAssertion]
    facts: int
    passages: int
    changed: bool
    unsupported_file: str = ""

    @property
    def counts(self) -> Counter[str]:
        """Count the assertions by verdict."""
        return Counter(one.fate for one in self.judged)

    @property
    def complete(self) -> bool:
        """Whether every assertion was accepted."""
        return all(one.fate == "supported" for one in self.judged)


class _Placed(NamedTuple):
    """An assertion whose passage was found and whose names were resolved."""

    number: int
    text: DocumentText
    meant: Meant
    meaning: CitedMeaning
    note: str


def assertions_in(path: str, *, encoding: str = "") -> list[Assertion] | None:
    """Read the assertions of a worksheet or a model's output; None where the file is neither.

    Raises:
        FileError: It cannot be read.
    """
    rows = worksheet.rows_of(path, encoding=encoding)
    return extractions.assertions_of(path, encoding=encoding) if rows is None else worksheet.assertions_of(rows)


def sent_back(path: str, report: AssertionReport, *, to: str = "") -> str:
    """Write the worksheet with remarks on rejected rows; return its path, or nothing for other files.

    Raises:
        OutputError: It cannot be written.
    """
    return worksheet.send_back(path, report.judged, to) if path.lower().endswith(worksheet.ENDINGS) else ""


def take(
    root: Path,
    assertions: list[Assertion],
    *,
    slug: str,
    keep_unsupported: bool = False,
    strict: bool = False,
    dry: bool = False,
) -> AssertionReport:
    """Add to a collection the assertions that their passages support.

    Args:
        root: The folder of the collection.
        assertions: What somebody says.
        slug: What their file is called; its facts go into ``data/<slug>.asserted.trig``.
        keep_unsupported: Put what does not enter aside, in ``review/<slug>.csv``.
        strict: Take nothing where one of them does not enter.
        dry: Judge them, and write nothing.

    Raises:
        DataError: The folder is no collection, a file of it is wrong, or with ``strict`` one does not enter.
        OutputError: A file cannot be written; each is there whole or not at all.
    """
    check_collection(root)
    place = root / "data" / f"{slug}.asserted.trig"
    store = open_store(root)
    try:
        run = _Intake(store, root, own=_stated(place))
        results, entered = run.judge(assertions)
        content = _trig(entered)
    finally:
        store.close()
    wrong = next((one for one in results if one.fate != "supported"), None)
    if strict and wrong is not None:
        raise DataError(
            f"{wrong.assertion.where}: {wrong.reason}", path=slug, hint="Mend it, or import the rest without --strict."
        )
    before = place.read_bytes() if place.exists() else b""
    if content != before and not dry:
        if content:
            atomic.write(place, [content])
        else:
            place.unlink()
    return AssertionReport(
        slug=slug,
        judged=results,
        facts=len({str(triple) for one in entered for triple in one.triples}),
        passages=len({str(one.citation) for one in entered}),
        changed=content != before,
        unsupported_file=_write_review(root, slug, results) if keep_unsupported and not dry else "",
    )


def _stated(place: Path) -> frozenset[ox.Quad]:
    """Return the quads of a fact file; none where it does not exist."""
    return frozenset(parse(place)) if place.exists() else frozenset()


class _Intake:
    """The import of one file of assertions into one collection."""

    def __init__(self, store: Store, root: Path, *, own: frozenset[ox.Quad]) -> None:
        self._store = store
        self._sources = read_sources(store)
        folder = root / "sources"
        digests = {one.slug: one.sha256 for one in self._sources.values()}
        self._texts = find_texts(folder, digests) if folder.is_dir() else {}
        self._documents: dict[str, DocumentText] = {}
        self._things = Things(store, own)
        self._results: dict[int, JudgedAssertion] = {}
        self._titles: dict[str, set[str]] = defaultdict(set)
        self._named_films: dict[str, str] = {}

    def judge(self, assertions: list[Assertion]) -> tuple[list[JudgedAssertion], list[CitedMeaning]]:
        """Return the verdict on each assertion, and the meanings that enter the collection."""
        for what in assertions:
            if _gives_title(what) and not what.about:
                self._titles[what.document].add(what.value)
        said = (text for what in assertions for text in (what.about, *what.value.split(";")))
        self._things.prepare(text.strip() for text in said)
        placed = [one for number, what in enumerate(assertions) if (one := self._placed(number, what)) is not None]
        holdings = judged(self._store, self._texts, [one.meaning for one in placed], self._things)
        entered: list[_Placed] = []
        remarks: dict[str, tuple[tuple[str, str], ...]] = {}
        for one, holding in zip(placed, holdings, strict=True):
            what = assertions[one.number]
            if holding.missing:
                self._results[one.number] = JudgedAssertion(what, "unsupported", " ".join(holding.missing))
            elif remarks.setdefault(str(one.meaning.citation), _manner(one.meaning)) != _manner(one.meaning):
                reason = "Another row is as sure of the same words in another way. Give this one words of its own."
                self._results[one.number] = JudgedAssertion(what, "not understood", reason)
            else:
                note = " ".join([one.note, *holding.notes]).strip()
                self._results[one.number] = JudgedAssertion(what, "supported", "", note)
                entered.append(one)
        results = [self._results[number] for number in range(len(assertions))]
        return results, [*(one.meaning for one in entered), *self._naming(entered)]

    def _placed(self, number: int, assertion: Assertion) -> _Placed | None:
        try:
            return self._understood(number, assertion)
        except FilmgraphError as error:
            hint = f" {' '.join(error.hint.split())}" if error.hint else ""
            self._results.setdefault(number, JudgedAssertion(assertion, "not understood", f"{error.message}{hint}"))
            return None

    def _understood(self, number: int, assertion: Assertion) -> _Placed | None:
        if not assertion.words.strip():
            raise NotUnderstoodError("It names no words of the document.")
        if not assertion.document.strip() and not assertion.written and len(self._texts) != 1:
            raise NotUnderstoodError("It names no document.", hint=f"There are: {', '.join(sorted(self._texts))}.")
        text = self._document(assertion.document) or self._with_text(assertion.written)
        found = text.find(assertion) if text else None
        if text is None or found is None:
            self._results[number] = JudgedAssertion(assertion, "invented", self._why_invented(assertion, text))
            return None
        span = found.span
        if span.end - span.start > _LONGEST:
            raise NotUnderstoodError(f"The passage has {span.end - span.start} characters, and may have {_LONGEST}.")
        source = self._sources[text.source.iri]
        words = text.source.text[span.start : span.end]
        remarks = remarks_of(assertion.certainty)
        stance = unasserted(remarks)
        subject = self._subject(assertion, text, source)
        understood = meant(assertion, self._things, words, subject=subject, stance=stance)
        needs = self._needs(text, understood.about, source, span)
        note = "" if found.places == 1 else f"It stands {found.places} times; this is taken as its place: {span.start}."
        meaning = CitedMeaning(
            text.source.citation(*span),
            understood.triples,
            needs,
            (*(() if stance else remarks), *((("derivation", "computed"),) if understood.computed else ())),
            understood.spelled,
            understood.about,
        )
        return _Placed(number, text, understood, meaning, note)

    def _document(self, name: str) -> DocumentText | None:
        slugs = [
            slug
            for slug, text in self._texts.items()
            if name.strip() in {slug, text.iri, text.iri.rpartition("/")[2]}
            or fold(name) in {slug, fold(self._sources[text.iri].title)}
            or Path(name.strip()).stem.casefold() == slug
        ]
        if not name.strip() and len(self._texts) == 1:
            slugs = list(self._texts)
        if len(slugs) != 1:
            return None
        if slugs[0] not in self._documents:
            self._documents[slugs[0]] = DocumentText(self._texts[slugs[0]])
        return self._documents[slugs[0]]

    def _with_text(self, written: str) -> DocumentText | None:
        """The document whose text a file has under another name."""
        slug = next((slug for slug, text in self._texts.items() if written and text.text == written), None)
        return self._document(slug) if slug else None

    def _subject(self, assertion: Assertion, text: DocumentText, source: Source) -> str:
        """Infer the subject of a row that does not name one.

        That is the film whose title it gives, the only film whose title its file gives of this document, what the whole
        document is about, or the only film of the collection that the document names.
        """
        if assertion.about:
            return ""
        if _gives_title(assertion):
            return assertion.value
        titles = self._titles.get(assertion.document, set())
        if len(titles) == 1:
            return next(iter(titles))
        if len(source.about) == 1:
            return f"<{next(iter(source.about))}>"
        if text.source.slug not in self._named_films:
            start = Span(0, 0)
            films = [iri for iri, names in self._things.films().items() if text.mention(names, start)]
            self._named_films[text.source.slug] = f"<{films[0]}>" if len(films) == 1 else ""
        return self._named_films[text.source.slug]

    def _why_invented(self, assertion: Assertion, text: DocumentText | None) -> str:
        if text is None:
            near = nearest(assertion.document, self._texts)
            hint = f"Did you mean {near[0]}?" if near else "Add it: filmgraph -C DIR sources add FILE"
            known = any(one.slug == assertion.document.strip() for one in self._sources.values())
            return (
                f"The text of {assertion.document!r} is not at hand."
                if known
                else (f"The collection has no document {assertion.document!r}. {hint}")
            )
        return f"These words do not stand in {text.source.slug}."

    def _needs(self, text: DocumentText, about: NamedNodeOf, source: Source, span: Span) -> tuple[Citation, ...]:
        """Return the passage that names the subject, where the quoted words do not."""
        if about.node.value in source.about and about.known:
            return ()
        names = [name for name in (about.called, *self._things.names(about.node)) if name]
        place = text.mention(names, span)
        if place is None or (span[0] <= place.start and place.end <= span[1]):
            return ()
        return (text.source.citation(*place),)

    def _naming(self, entered: Iterable[_Placed]) -> Iterator[CitedMeaning]:
        """Yield the names of new things, each cited to the passage that gives it."""
        done: set[ox.NamedNode] = set()
        for one in entered:
            about = one.meant.about
            if about.known or about.node in done:
                continue
            done.add(about.node)
            span = Span(one.meaning.citation.start, one.meaning.citation.end)
            place = one.text.mention([about.called], span)
            if place is not None and about.called:
                yield CitedMeaning(one.text.source.citation(*place), tuple(named(about)))


def _manner(meaning: CitedMeaning) -> tuple[tuple[str, str], ...]:
    """Return the remarks of a citation that hold for all that its passage states."""
    return tuple(remark for remark in meaning.remarks if remark[0] != "derivation")


def _gives_title(assertion: Assertion) -> bool:
    return fold(assertion.what) == _TITLE and bool(assertion.value)


def _trig(meanings: list[CitedMeaning]) -> bytes:
    """Serialize a fact file: the passages of each document in order, with their citation records."""
    quads = dict.fromkeys(quad for one in meanings for quad in quads_of(one))
    by_graph: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        by_graph[quad.graph_name.value].append(quad)  # type: ignore[union-attr]  # each has a named graph
    order = {str(one.citation): (one.citation.source, one.citation.start, one.citation.end) for one in meanings}
    ordered = [
        quad
        for graph in sorted(by_graph, key=lambda iri: order.get(iri, ("~", 0, 0)))
        for quad in sorted(by_graph[graph], key=str)
    ]
    return ox.serialize(ordered, format=ox.RdfFormat.TRIG, prefixes=_PREFIXES) or b"" if ordered else b""


_PREFIXES = {
    name: PREFIXES[name]
    for name in (
        *("award", "country", "credit", "edtf", "fg", "fgv", "figure", "film", "graph", "group", "language", "org"),
        *("person", "place", "rel", "release", "result", "screening", "series", "source", "title", "xsd"),
    )
}


def _write_review(root: Path, slug: str, results: list[JudgedAssertion]) -> str:
    """Write rejected assertions to a worksheet for correction; return its path, or nothing."""
    left = [one for one in results if one.fate != "supported"]
    place = root / "review" / f"{slug}.csv"
    if left:
        place.parent.mkdir(exist_ok=True)
        worksheet.write_results(str(place), left)
    elif place.exists():
        place.unlink()
    return str(place) if left else ""
