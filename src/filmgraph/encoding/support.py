"""Whether passages say what their graphs state.

Every fact of every citation is held against the words of its passage: deterministically, value by value. What is read
from elsewhere is *explained*: a further passage that the citation needs spells it, the document as a whole is about the
thing, the voice that speaks is meant, or the author names a way of deriving it. Everything else is *unsupported*.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.citation import Citation
from filmgraph.encoding.claims import Claims
from filmgraph.encoding.facts import read_evidence
from filmgraph.encoding.fit import misfits
from filmgraph.encoding.texts import find_texts
from filmgraph.encoding.wording import Wording
from filmgraph.errors import CitationError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from filmgraph.encoding.claims import Claim
    from filmgraph.encoding.facts import Evidence, Fact, Remarks
    from filmgraph.encoding.texts import SourceText
    from filmgraph.store.base import Store

DERIVATIONS: dict[str, frozenset[str]] = {
    "fromDocumentDate": frozenset({"date"}),
    "fromAntecedent": frozenset({"thing", "name"}),
    "fromContext": frozenset({"thing", "name", "date"}),
    "computed": frozenset({"number", "duration", "date"}),
}
"""The ways of deriving a value that `fg:derivation` can name, and the kinds of values that each can explain."""


class Finding(NamedTuple):
    """Something that keeps a fact or a citation from being believed.

    ``kind`` is ``text`` (the text is not at hand, or is another), ``passage`` (the citation does not fit its text) or
    ``unsupported`` (the passage does not say it).
    """

    kind: str
    citation: str
    node: str
    value: str
    message: str
    hint: str


class Support(NamedTuple):
    """How much of what the graphs state is in their passages; counts are of triples.

    ``explained_by`` and ``skipped_as`` break two of the counts down.
    """

    citations: int
    citations_read: int
    supported: int
    explained: int
    unsupported: int
    skipped: int
    unread: int
    explained_by: dict[str, int]
    skipped_as: dict[str, int]
    findings: list[Finding]

    @property
    def checked(self) -> int:
        """The triples that were held against a passage."""
        return self.supported + self.explained + self.unsupported

    @property
    def conforms(self) -> bool:
        """Whether there is no finding; to have checked nothing is one."""
        return not self.findings


def check_support(store: Store, folder: Path) -> Support:
    """Hold the facts of a store against the texts in a folder, found by their SHA-256.

    Raises:
        UnknownSourceError: The folder does not exist.
        StoreError: The store could not answer.
    """
    evidence = read_evidence(store)
    digests = {source.slug: source.sha256 for source in evidence.sources.values()}
    return support_of(evidence, find_texts(folder, digests))


def support_of(evidence: Evidence, texts: Mapping[str, SourceText]) -> Support:
    """Hold facts against the texts at hand, by slug."""
    run = _Run(evidence, texts)
    run.check_sources()
    for citation, facts in evidence.facts.items():
        run.check(citation, facts)
    return run.outcome()


class _Run:
    """One check of one collection."""

    def __init__(self, evidence: Evidence, texts: Mapping[str, SourceText]) -> None:
        self.evidence = evidence
        self.texts = {text.iri: text for text in texts.values()}
        self.claims = Claims(evidence)
        self.counts: Counter[str] = Counter()
        self.explained_by: Counter[str] = Counter()
        self.skipped_as: Counter[str] = Counter()
        self.findings: list[Finding] = []

    def check_sources(self) -> None:
        """Each source's text is at hand and is the one that its record names."""
        cited = Counter(citation.source for citation in self.evidence.facts)
        for iri, message in self.evidence.malformed.items():
            self._find("passage", iri, message=message, hint="Write the graph's name as SOURCE#char=START,END.")
        for iri in sorted({*cited, *self.evidence.sources}):
            source = self.evidence.sources.get(iri)
            text = self.texts.get(iri)
            if source is None:
                self._find("text", iri, message="The source has no record with its SHA-256.", hint="Add it to sources.")
            elif text is None:
                self._find(
                    "text",
                    iri,
                    value=source.sha256,
                    message=f"No text in the folder has this SHA-256, so {cited[iri]} citations were not read.",
                    hint="Put the text that was cited there; a text that differs by one character is another source.",
                )
            elif source.length is not None and source.length != len(text.text):
                self._find(
                    "text",
                    iri,
                    value=str(source.length),
                    message=f"The record gives another length than the text has: {len(text.text)} characters.",
                    hint="Correct fg:charLength.",
                )

    def check(self, citation: Citation, facts: list[Fact]) -> None:
        """One citation: its place in the text, then each of its facts."""
        self.counts["citations"] += 1
        text = self.texts.get(citation.source)
        if text is None:
            self.counts["unread"] += len(facts)
            return
        try:
            passage = Wording(text.passage(citation))
        except CitationError as error:
            self._find("passage", str(citation), message=error.message, hint=error.hint or "")
            self.counts["unread"] += len(facts)
            return
        self.counts["read"] += 1
        for message in misfits(citation, text.text):
            self._find("passage", str(citation), message=message, hint="Find the passage again: filmgraph locate")
        remarks = self.evidence.remarks.get(str(citation))
        needed = self._needed(citation, remarks) if remarks else []
        for fact in facts:
            self._judge(citation, fact, facts, passage, needed, remarks)

    def _needed(self, citation: Citation, remarks: Remarks) -> list[Wording]:
        """The passages that a citation needs, and those that they need."""
        found: dict[str, Wording] = {}
        waiting = list(remarks.needs)
        while waiting:
            iri = waiting.pop(0)
            if iri in found or iri == str(citation):
                continue
            try:
                found[iri] = self._other_passage(citation, iri)
            except CitationError as error:
                self._find("passage", str(citation), message=error.message, hint="Correct its fg:needs.")
                continue
            further = self.evidence.remarks.get(iri)
            waiting += further.needs if further else ()
        return list(found.values())

    def _other_passage(self, citation: Citation, iri: str) -> Wording:
        other = Citation.parse(iri)
        if other.source != citation.source:
            raise CitationError(f"It needs <{iri}>, which is a passage of another source.")
        return Wording(self.texts[other.source].passage(other))

    def _judge(
        self,
        citation: Citation,
        fact: Fact,
        graph: list[Fact],
        passage: Wording,
        needed: list[Wording],
        remarks: Remarks | None,
    ) -> None:
        reading = self.claims.of(fact, graph, [passage, *needed])
        reasons: set[str] = set()
        unsupported = False
        for claim in reading.claims:
            missing = claim.missing([passage])
            if not missing:
                continue
            reason = self._explanation(citation, claim, passage, needed, remarks)
            if reason:
                reasons.add(reason)
                continue
            unsupported = True
            self._find(
                "unsupported",
                str(citation),
                node=self.evidence.label(fact.subject),
                value=claim.value,
                message=_complaint(claim.missing([passage, *needed]), predicate=self.evidence.label(fact.predicate)),
                hint="Correct the value or the passage; or say where it is read from: fg:needs ANOTHER PASSAGE, "
                f"or fg:derivation {' or '.join(_derivations(claim))}.",
            )
        if unsupported:
            self.counts["unsupported"] += 1
        elif reading.skipped:
            self.counts["skipped"] += 1
            self.skipped_as[reading.skipped] += 1
        elif reasons:
            self.counts["explained"] += 1
            self.explained_by.update(reasons)
        else:
            self.counts["supported"] += 1

    def _explanation(
        self, citation: Citation, claim: Claim, passage: Wording, needed: list[Wording], remarks: Remarks | None
    ) -> str | None:
        """Why a value that the passage does not spell may stand, or None."""
        if needed and not claim.missing([passage, *needed]):
            return "needs"
        source = self.evidence.sources.get(citation.source)
        if claim.kind == "thing" and source and claim.node in source.about:
            return "subject of the document"
        if remarks is None:
            return None
        if claim.kind == "thing" and claim.node in remarks.speakers and passage.words.speaks():
            return "the speaker"
        named = (name for name in remarks.derivations if claim.kind in DERIVATIONS.get(name, ()))
        return next(named, None)

    def _find(self, kind: str, citation: str, *, message: str, hint: str, node: str = "", value: str = "") -> None:
        self.findings.append(Finding(kind, citation, node, value, message, hint))

    def outcome(self) -> Support:
        """The counts; to have checked nothing is a finding."""
        counts = self.counts
        if not counts["supported"] + counts["explained"] + counts["unsupported"]:
            self._find(
                "text", "", message="Nothing was checked.", hint="Is there a fact, and is the text of a source at hand?"
            )
        return Support(
            citations=counts["citations"],
            citations_read=counts["read"],
            supported=counts["supported"],
            explained=counts["explained"],
            unsupported=counts["unsupported"],
            skipped=counts["skipped"],
            unread=counts["unread"],
            explained_by=dict(sorted(self.explained_by.items())),
            skipped_as=dict(sorted(self.skipped_as.items())),
            findings=self.findings,
        )


def _complaint(missing: list[str], *, predicate: str) -> str:
    return f"The passage does not say {' nor '.join(missing)} ({predicate})."


def _derivations(claim: Claim) -> list[str]:
    return [f"fgv:{name}" for name, kinds in DERIVATIONS.items() if claim.kind in kinds]
