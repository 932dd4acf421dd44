"""Comparison of facts with their passages: supported, explained, or unsupported.

Every fact of every citation is held against the words of its passage: deterministically, value by value. What is read
from elsewhere is *explained*: a further passage that the citation needs spells it, the document as a whole is about the
thing, the voice that speaks is meant, or the author names a way of deriving it that is possible. Everything else is
*unsupported*.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from pyoxigraph import NamedNode

from filmgraph.errors import CitationError
from filmgraph.passages.claims import Claims, dates_missing
from filmgraph.passages.escapes import as_meant
from filmgraph.passages.explanation import Explanations, advice, inapplicable
from filmgraph.passages.facts import RDF_TYPE, Remarks, read_evidence
from filmgraph.passages.fit import misfits
from filmgraph.passages.texts import Texts, find_texts
from filmgraph.passages.underquoting import turning_word
from filmgraph.passages.wording import Wording
from filmgraph.rdf.citation import Citation, is_citation
from filmgraph.rdf.namespaces import FG, compact

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from filmgraph.passages.facts import CitedFact, Evidence
    from filmgraph.passages.sources import Source
    from filmgraph.passages.texts import SourceText
    from filmgraph.store.base import Store


_SAID = frozenset(FG + name for name in ("stance", "hedge"))
"""What says in a graph that a claim is not put plainly."""
_WORDINGS = 10_000
"""So many passages stay read: the cells of some thousand rows, and what these need."""
_NONE = Remarks()
DoubtKind = Literal["text", "passage", "unsupported", "underquoted"]


class Explained(NamedTuple):
    """A fact that no passage spells by itself: its citations, and the reasons why it may stand."""

    fact: CitedFact
    citations: tuple[str, ...]
    reasons: tuple[str, ...]


class Doubt(NamedTuple):
    """A finding against a fact or a citation.

    ``kind`` is ``text`` (the text is not at hand, or is another), ``passage`` (the citation does not fit its text),
    ``unsupported`` (the passage does not say it) or ``underquoted`` (a word just outside it may change what it says,
    which a reader has to decide). ``citation`` is a passage, or a source where its whole text is meant;
    ``node`` an IRI, ``label`` its label, ``value`` what is not said.
    """

    kind: DoubtKind
    citation: str
    message: str
    hint: str
    node: str = ""
    label: str = ""
    property: str = ""
    value: str = ""


class Support(NamedTuple):
    """The result of a check: how many triples their passages support, explain or do not support.

    ``explained_by`` and ``skipped_as`` break two of the counts down. ``only_explained`` are the facts that rest on
    explanations alone: no passage that states them spells them.
    """

    citations: int
    citations_read: int
    triples: int
    supported: int
    explained: int
    unsupported: int
    skipped: int
    unread: int
    explained_by: dict[str, int]
    skipped_as: dict[str, int]
    findings: list[Doubt]
    only_explained: list[Explained]

    @property
    def checked(self) -> int:
        """Return the number of triples compared with a passage."""
        return self.supported + self.explained + self.unsupported

    @property
    def conforms(self) -> bool:
        """Whether there are no findings but those on words outside passages."""
        return all(found.kind == "underquoted" for found in self.findings)


def check_support(store: Store, folder: Path) -> Support:
    """Check the facts of a store against the texts in a folder, which are found by SHA-256.

    Raises:
        UnknownSourceError: The folder does not exist.
        StoreError: The store could not answer.
    """
    evidence = read_evidence(store)
    # Several states of a document share a slug, under which only one text is found at a time.
    rounds: list[dict[str, str]] = [{}]
    for source in evidence.sources.values():
        free = next((one for one in rounds if source.slug not in one), None)
        if free is None:
            rounds.append(free := {})
        free[source.slug] = source.sha256
    texts = find_texts(folder, rounds[0])
    for digests in rounds[1:]:
        texts.update({text.iri: text for text in find_texts(folder, digests).values()})
    return support_of(evidence, texts)


def support_of(evidence: Evidence, texts: Mapping[str, SourceText]) -> Support:
    """Check facts against the available texts, given by slug."""
    run = _Run(evidence, texts)
    run.check_sources()
    for citation, facts in evidence.facts.items():
        run.check(citation, facts)
    return run.outcome()


@lru_cache(_WORDINGS)
def _parsed(iri: str) -> Citation | None:
    """Return the citation of an IRI; None where it is none. The cells of a row need the same few."""
    return Citation.parse(iri) if is_citation(iri) else None


class _Run:
    """A single check of one collection."""

    def __init__(self, evidence: Evidence, texts: Mapping[str, SourceText]) -> None:
        self.evidence = evidence
        self.texts = {text.iri: text for text in texts.values()}
        refused = texts.refused if isinstance(texts, Texts) else {}
        self.refused = {iri: refused[one.slug] for iri, one in evidence.sources.items() if one.slug in refused}
        self.claims = Claims(evidence)
        self.explanations = Explanations(evidence, self.texts)
        self.counts: Counter[str] = Counter()
        self.explained_by: Counter[str] = Counter()
        self.skipped_as: Counter[str] = Counter()
        self.findings: list[Doubt] = []
        self.spelled: set[CitedFact] = set()
        self.explained: dict[CitedFact, list[tuple[str, str]]] = {}
        self.seen: set[str] = set()
        # By text, which cells of a table share, and the last ones alone: a source may have millions of passages.
        self.wording = lru_cache(_WORDINGS)(Wording)

    def check_sources(self) -> None:
        """Check that each source's text is available and has the recorded digest, and the record's own passages."""
        cited = Counter(citation.source for citation in self.evidence.facts)
        for iri, message in self.evidence.malformed.items():
            self._find("passage", iri, message, "Write the graph's name as SOURCE#char=START,END.")
        for passage in sorted({one for source in self.evidence.sources.values() for one in source.malformed}):
            advice = "Write SOURCE#char=START,END, which `filmgraph locate` finds, in data/sources.ttl."
            self._find("passage", passage, "The record of a source names a passage that is no citation.", advice)
        for iri in sorted({*cited, *self.evidence.sources}):
            source, text = self.evidence.sources.get(iri), self.texts.get(iri)
            if source is None:
                self._find("text", iri, "The source has no record with its SHA-256.", "Describe it in sources.ttl.")
            elif text is None and iri in self.refused:
                self._find("text", iri, self.refused[iri], "Save the text as UTF-8, and record its SHA-256 anew.")
            elif text is None:
                self._find(
                    "text",
                    iri,
                    f"No text in the folder has this SHA-256, so {cited[iri]} citations were not read.",
                    "Put the text that was cited there; a text that differs by one character is another source.",
                    value=source.sha256,
                )
            else:
                self._check_record(source, text)

    def _check_record(self, source: Source, text: SourceText) -> None:
        if source.length not in {None, len(text.text)}:
            self._find(
                "text",
                source.iri,
                f"The record gives another length than the text has: {len(text.text)} characters.",
                "Correct fg:charLength.",
                value=str(source.length),
            )
        for left in source.left_out:
            self._passage(left.citation)
            if not left.reason:
                hint = "Say why with fg:reason: fgv:navigation, fgv:advertising, fgv:opinion…"
                self._find("passage", str(left.citation), "It was left out without a reason.", hint)
        basis = [wording for wording in map(self._passage, source.basis) if wording]
        for date in source.dates:
            missing = dates_missing(date, basis)
            if missing:
                self._find(
                    "unsupported",
                    source.iri,
                    f"No passage that the source's record rests on says {' nor '.join(missing)}.",
                    "Name the passage with fg:basis, or leave the date out.",
                    value=date,
                )

    def check(self, citation: Citation, facts: list[CitedFact]) -> None:
        """Check a citation: its position in the text, then each of its facts."""
        self.counts.update(citations=1, triples=len(facts))
        passage = self._passage(citation) if citation.source in self.texts else None
        if passage is None:
            self.counts["unread"] += len(facts)
            return
        self.counts["read"] += 1
        remarks = self.evidence.remarks.get(str(citation), _NONE)
        needed = self._needed(citation, remarks)
        for fact in facts:
            self._judge(citation, fact, facts, [passage, *needed], remarks)
        if not (remarks.manner or remarks.located or any(fact.predicate.value in _SAID for fact in facts)):
            self._check_quoting(citation)

    def _check_quoting(self, citation: Citation) -> None:
        """Check for a word just outside a passage that changes its meaning and that the author does not note."""
        word = turning_word(self.texts[citation.source].text, citation.start, citation.end)
        if word:
            self._find(
                "underquoted",
                str(citation),
                "A word just outside the passage may change what it says.",
                "Widen the passage, give what it states an fg:stance or an fg:hedge, "
                "or say with fg:support that it says it.",
                value=word,
            )

    def _passage(self, citation: Citation) -> Wording | None:
        """Return the wording of a citation; None where it does not fit its text, which is reported once."""
        iri = str(citation)
        new = iri not in self.seen
        self.seen.add(iri)
        text = self.texts[citation.source]
        located = self.evidence.remarks.get(iri, _NONE).located
        try:
            passage = text.passage(citation)
        except CitationError as error:
            if new:
                self._find("passage", iri, error.message, error.hint or "")
            return None
        for message in misfits(citation, text.text) if new and not located else ():
            self._find("passage", iri, message, "Find the passage again with: filmgraph locate")
        return self.wording(as_meant(passage) if located else passage)

    def _needed(self, citation: Citation, remarks: Remarks) -> list[Wording]:
        """Return the passages that a citation needs, transitively."""
        found: dict[str, Wording] = {}
        seen = {str(citation)}
        waiting = list(remarks.needs)
        while waiting:
            iri = waiting.pop(0)
            if iri in seen:
                continue
            seen.add(iri)
            other = _parsed(iri)
            if other is None or other.source != citation.source:
                message = f"It needs <{iri}>, which is no passage of the same source."
                self._find("passage", str(citation), message, "Correct its fg:needs.")
                continue
            wording = self._passage(other)
            if wording:
                found[iri] = wording
            waiting += self.evidence.remarks.get(iri, _NONE).needs
        return list(found.values())

    def _judge(
        self, citation: Citation, fact: CitedFact, graph: list[CitedFact], passages: list[Wording], remarks: Remarks
    ) -> None:
        reading = self.claims.of(fact, graph, passages)
        reasons: set[str] = set()
        introduced = {other.subject.value for other in graph if other.predicate.value == RDF_TYPE}
        unsupported = (
            reading.skipped == "unnamed"
            and isinstance(fact.object, NamedNode)
            and self._is_stranger(fact.object.value, introduced)
        )
        if unsupported:
            self._find_stranger(citation, fact)
        for claim in reading.claims:
            if not claim.missing(passages[:1]):
                continue
            reason = self.explanations.reason(citation, claim, passages, remarks)
            if reason not in {None, "needs"} and claim.kind == "thing" and self._is_stranger(claim.node, introduced):
                unsupported = True
                self._find_stranger(citation, fact)
                continue
            if reason:
                reasons.add(reason)
                continue
            unsupported = True
            missing = " nor ".join(claim.missing(passages))
            self._find(
                "unsupported",
                str(citation),
                f"The passage does not say {missing}{inapplicable(claim, remarks)}.",
                advice(claim),
                node=fact.subject.value,
                label=self.evidence.label(fact.subject),
                property=compact(fact.predicate.value),
                value=missing,
            )
        if unsupported:
            self.counts["unsupported"] += 1
        elif reading.skipped:
            self.counts["skipped"] += 1
            self.skipped_as[reading.skipped] += 1
        elif reasons:
            reason = " and ".join(sorted(reasons))
            self.counts["explained"] += 1
            self.explained_by[reason] += 1
            self.explained.setdefault(fact, []).append((str(citation), reason))
        else:
            self.counts["supported"] += 1
            self.spelled.add(fact)

    def _is_stranger(self, node: str, introduced: set[str]) -> bool:
        """Whether a graph mentions a node without the class that other graphs state, which suggests a typing error."""
        return node in self.evidence.typed and node not in introduced

    def _find_stranger(self, citation: Citation, fact: CitedFact) -> None:
        self._find(
            "unsupported",
            str(citation),
            "The passage does not name a node that its graph does not introduce either.",
            "Correct the node, or state its rdf:type in the same graph.",
            node=fact.subject.value,
            label=self.evidence.label(fact.subject),
            property=compact(fact.predicate.value),
            value=self.evidence.label(fact.object),
        )

    def _find(
        self,
        kind: DoubtKind,
        citation: str,
        message: str,
        hint: str,
        *,
        node: str = "",
        label: str = "",
        property: str = "",  # noqa: A002  the word of the report
        value: str = "",
    ) -> None:
        self.findings.append(
            Doubt(
                kind=kind,
                citation=citation,
                message=message,
                hint=hint,
                node=node,
                label=label,
                property=property,
                value=value,
            )
        )

    def outcome(self) -> Support:
        """Return the counts; a check that compared nothing is a finding, unless the collection is empty."""
        counts = self.counts
        if (self.evidence.sources or self.evidence.facts) and not counts["supported"] + counts["explained"] + counts[
            "unsupported"
        ]:
            self._find("text", "", "Nothing was checked.", "Is there a fact, and is the text of a source at hand?")
        return Support(
            citations=counts["citations"],
            citations_read=counts["read"],
            triples=counts["triples"],
            supported=counts["supported"],
            explained=counts["explained"],
            unsupported=counts["unsupported"],
            skipped=counts["skipped"],
            unread=counts["unread"],
            explained_by=dict(sorted(self.explained_by.items())),
            skipped_as=dict(sorted(self.skipped_as.items())),
            findings=self.findings,
            only_explained=[
                Explained(fact, tuple(iri for iri, _ in ways), tuple(sorted({reason for _, reason in ways})))
                for fact, ways in self.explained.items()
                if fact not in self.spelled
            ],
        )
