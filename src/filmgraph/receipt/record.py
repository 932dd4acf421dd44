"""The receipt of an answer: what was asked, of which data, what came back, and who says so, as JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph

from filmgraph.answers.rows import MAX_WITNESSES
from filmgraph.errors import FileError
from filmgraph.receipt.bibliography import bibtex, cited, csl
from filmgraph.receipt.identity import identity
from filmgraph.receipt.rows import Rows, result_of, rows_of
from filmgraph.store import manifest
from filmgraph.store.origin import BUNDLED, Origin
from filmgraph.version import __version__
from filmgraph.why.explain import explain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from filmgraph.answers.answer import Answer
    from filmgraph.rdf.results import Explanation
    from filmgraph.store.base import Store

FORM = 2
_FORMER = 1
"""The form in which a receipt told what was asked by its location alone; it is still read."""
KEPT = 10_000
"""Of an answer with more rows only the digest is kept."""


class Engine(NamedTuple):
    """What answered: versions, and a digest of the code that derives facts. An endpoint's engine is not known."""

    filmgraph: str
    pyoxigraph: str
    code: str

    @classmethod
    def here(cls) -> Engine:
        """The one that runs."""
        return cls(__version__, pyoxigraph.__version__, manifest.code())


class AnswerEvidence(NamedTuple):
    """What a receipt keeps of the explanations of an answer: all citations, and how many rows have none, and why."""

    citations: list[str]
    unexplained: int
    reasons: list[str]

    @classmethod
    def of(cls, explanations: Sequence[Explanation]) -> AnswerEvidence:
        """The evidence of an answer, from the explanations of its rows."""
        citations = {iri for one in explanations for witness in one.witnesses for iri in witness}
        reasons = [one.unexplained for one in explanations if one.unexplained]
        return cls(sorted(citations), len(reasons), list(dict.fromkeys(reasons)))


class Receipt(NamedTuple):
    """The record of an answer.

    Attributes:
        made: When, in UTC.
        query: The SPARQL that was run.
        question: The name of the question; empty where a query was brought.
        parameters: The values that it was asked with.
        only_source: The IRIs of the sources that counted alone.
        not_source: The IRIs of those that did not count.
        service: Whether ``SERVICE`` was allowed.
        data: What was asked.
        engine: What answered.
        rows: The rows; None where there were too many to keep.
        total: How many there were.
        digest: Their digest.
        citations: All citations that support them.
        max_witnesses: How many witnesses of a row count towards these.
        unexplained: How many rows could not be explained.
        reasons: Why not, each reason once.
        csl: The sources cited, as CSL-JSON.
        bibtex: The same as BibTeX.
    """

    made: str
    query: str
    question: str
    parameters: dict[str, str]
    only_source: list[str]
    not_source: list[str]
    service: bool
    data: Origin
    engine: Engine
    rows: Rows | None
    total: int
    digest: str
    citations: list[str]
    max_witnesses: int
    unexplained: int
    reasons: list[str]
    csl: list[dict[str, object]]
    bibtex: str

    def to_json(self) -> str:
        """The receipt as JSON, to be read by people too."""
        record: dict[str, object] = {"receipt": FORM, **self._asdict()}
        record["data"], record["engine"] = self.data._asdict(), self.engine._asdict()
        record["rows"] = self.rows._asdict() if self.rows else None
        return json.dumps(record, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str, *, path: str) -> Receipt:
        """Read a receipt.

        Raises:
            FileError: It is none, was altered, or a later filmgraph made it.
        """
        try:
            record: dict[str, Any] = json.loads(text)
        except ValueError as error:
            place = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else "no place known"
            raise FileError(
                f"This is no receipt, or only a part of one: it ends or breaks off at {place}.",
                path=path,
                hint="ask and query write one with --receipt.",
            ) from error
        try:
            form = record.pop("receipt")
            if form not in {FORM, _FORMER}:
                raise FileError(f"This receipt is of form {form}, and this filmgraph reads form {FORM}.", path=path)
            if form == _FORMER:
                record |= {"data": _former(**record["data"]), "max_witnesses": MAX_WITNESSES, "reasons": []}
            else:
                record["data"] = Origin(**record["data"])
            record["engine"] = Engine(**record["engine"])
            if record["rows"] is not None:
                rows = record["rows"]
                record["rows"] = Rows(tuple(rows["variables"]), tuple(map(tuple, rows["rows"])), rows["ordered"])
            receipt = cls(**record)
            altered = receipt.rows is not None and receipt.rows.digest() != receipt.digest
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise FileError("This is no receipt.", path=path, hint="ask and query write one with --receipt.") from error
        if altered:
            raise FileError("This receipt was altered: its rows do not have the digest that it states.", path=path)
        return receipt


def _former(kind: Any, location: str, digest: str) -> Origin:
    """What a receipt of the former form says of its data: it told the bundled collection by its location."""
    if kind == "collection" and location == BUNDLED:
        return Origin("bundled", "", digest, location)
    return Origin(kind, location, digest, location)


def record(
    whole: Store,
    store: Store,
    answer: Answer,
    *,
    asked: tuple[str, Mapping[str, object]] = ("", {}),
    trusted: tuple[Sequence[str], Sequence[str]] = ((), ()),
    service: bool = False,
) -> Receipt:
    """Make the receipt of an answer.

    Args:
        whole: The store, with all its documents.
        store: What answered: the same, or what remains of it.
        answer: The answer.
        asked: The name of the question, and the values of its parameters.
        trusted: The IRIs of the sources that counted alone, and of those that did not count.
        service: Whether ``SERVICE`` was allowed.

    Raises:
        FileError: The data cannot be read again to digest it.
        StoreError: The store could not answer.
    """
    result = result_of(answer)
    rows = rows_of(result, answer.query)
    found = answer.explanations
    if found is None:
        found = explain(store, answer.query, result, max_witnesses=answer.max_witnesses)
    evidence = AnswerEvidence.of(found)
    sources = cited(whole, evidence.citations)
    return Receipt(
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        query=answer.query,
        question=asked[0],
        parameters={name: str(value) for name, value in asked[1].items()},
        only_source=list(trusted[0]),
        not_source=list(trusted[1]),
        service=service,
        data=identity(whole),
        engine=Engine.here(),
        rows=rows if len(rows.rows) <= KEPT else None,
        total=len(rows.rows),
        digest=rows.digest(),
        citations=evidence.citations,
        max_witnesses=answer.max_witnesses,
        unexplained=evidence.unexplained,
        reasons=evidence.reasons,
        csl=csl(sources),
        bibtex=bibtex(sources),
    )
