"""Explanations for values that a passage does not spell: a further passage, the document, the voice, a derivation."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from filmgraph.passages.reckoning import is_reckoned
from filmgraph.passages.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from filmgraph.passages.claims import Claim
    from filmgraph.passages.facts import Evidence, Remarks
    from filmgraph.passages.texts import SourceText
    from filmgraph.rdf.citation import Citation

DERIVATIONS: dict[str, frozenset[str]] = {
    "fromDocumentDate": frozenset({"date"}),
    "fromAntecedent": frozenset({"thing", "name"}),
    "fromContext": frozenset({"thing", "name", "date", "time"}),
    "fromDescription": frozenset({"thing"}),
    "fromHeading": frozenset({"thing", "name"}),
    "fromSubject": frozenset({"thing"}),
    "fromOtherDocument": frozenset({"thing"}),
    "computed": frozenset({"number", "duration", "date"}),
}
"""The ways of deriving a value that `fg:derivation` can name, and the kinds of values that each can explain."""


class Explanations:
    """Explains the claims of citations.

    Args:
        evidence: The records of sources, and which things have proper names.
        texts: The texts at hand, by the IRI of their source.
    """

    def __init__(self, evidence: Evidence, texts: Mapping[str, SourceText]) -> None:
        self.evidence = evidence
        self.texts = texts
        self.documents: dict[str, Wording] = {}

    def reason(self, citation: Citation, claim: Claim, passages: list[Wording], remarks: Remarks) -> str | None:
        """Return the reason why a value may stand that the passage does not spell; None where there is none."""
        if not claim.missing(passages):
            return "needs"
        source = self.evidence.sources.get(citation.source)
        if claim.kind == "thing" and source and claim.node in source.about:
            return "subject of the document"
        if claim.kind == "thing" and source and claim.node in source.publishers:
            return "publisher of the document"
        if claim.kind == "thing" and claim.node in remarks.speakers and passages[0].words.speaks():
            return "the speaker"
        named = (name for name in remarks.derivations if claim.kind in DERIVATIONS.get(name, ()))
        return next((name for name in named if self._is_possible(name, citation, claim, passages)), None)

    def _is_possible(self, derivation: str, citation: Citation, claim: Claim, passages: list[Wording]) -> bool:
        """Whether a derivation that the author names is possible for a claim.

        A name, or a thing that has a proper name, stands somewhere in the document, or in another where the author says
        so; a number is implied by the words; and a date can be reckoned from dates of the passages and of the document.
        """
        if derivation == "fromOtherDocument":
            others = [self._document(iri) for iri in self.texts if iri != citation.source]
            return bool(others) and not claim.missing(others)
        if claim.kind == "name" or (claim.kind == "thing" and claim.node in self.evidence.proper):
            return not claim.missing([self._document(citation.source)])
        if claim.kind == "number":
            return any(Fraction(claim.value) in passage.implied for passage in passages)
        if claim.kind == "date":
            source = self.evidence.sources.get(citation.source)
            return is_reckoned(claim.value, passages, sorted(source.dates) if source else [])
        return True

    def _document(self, source: str) -> Wording:
        """Return the wording of a whole document, cached."""
        if source not in self.documents:
            self.documents[source] = Wording(self.texts[source].text)
        return self.documents[source]


def inapplicable(claim: Claim, remarks: Remarks) -> str:
    """Return why the derivation that an author named does not apply; empty where none was named."""
    if not any(claim.kind in DERIVATIONS.get(name, ()) for name in remarks.derivations):
        return ""
    if claim.kind == "number":
        return ", and its words do not imply it"
    return ", and it cannot be reckoned" if claim.kind == "date" else ", nor does any other of the document"


def advice(claim: Claim) -> str:
    """Return the hint for a value that the passage does not support."""
    derivations = [f"fgv:{name}" for name, kinds in DERIVATIONS.items() if claim.kind in kinds]
    derived = f", or fg:derivation {' or '.join(derivations)}" if derivations else ""
    return f"Correct the value or the passage; or say where it is read from: fg:needs ANOTHER PASSAGE{derived}."
