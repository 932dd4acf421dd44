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
from filmgraph.receipt.seal import altered, sealed, unfit
from filmgraph.store import manifest
from filmgraph.store.origin import BUNDLED, Origin
from filmgraph.version import __version__
from filmgraph.why.explain import explain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from filmgraph.answers.answer import Answer
    from filmgraph.rdf.results import Explanation
    from filmgraph.store.base import Store

FORM = 3
_UNSEALED = 2
"""The form in which a receipt had no digest over all of it; it is still read."""
_FORMER = 1
"""The form in which, besides, it told what was asked by its location alone."""
KEPT = 10_000
"""Of an answer with more rows only the digest is kept."""


class Engine(NamedTuple):
    """The engine that answered: versions, and a digest of the code that derives facts; unknown for an endpoint."""

    filmgraph: str
    pyoxigraph: str
    code: str

    @classmethod
    def here(cls) -> Engine:
        """The one that runs."""
        return cls(__version__, pyoxigraph.__version__, manifest.code())


class AnswerEvidence(NamedTuple):
    """The evidence in a receipt: all citations of the answer, and how many rows have none, and why."""

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
        is_sealed: Whether it has a digest over all of it, as those of former forms have not.
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
    is_sealed: bool = True

    def to_json(self) -> str:
        """The receipt as JSON, to be read by people too."""
        record: dict[str, object] = {"receipt": FORM, **self._asdict()}
        record["data"], record["engine"] = self.data._asdict(), self.engine._asdict()
        record["rows"] = self.rows._asdict() if self.rows else None
        if not self.is_sealed:
            record["receipt"] = _UNSEALED
        del record["is_sealed"]
        if self.is_sealed:
            record["seal"] = sealed(json.loads(json.dumps(record)))
        text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
        # A path that is not UTF-8 is written with the escapes of JSON.
        return text.encode("utf-8", "backslashreplace").decode()

    @classmethod
    def from_json(cls, text: str, *, path: str) -> Receipt:
        """Read a receipt.

        Raises:
            FileError: It is none, was altered, or a later filmgraph made it.
        """
        record, form = _opened(text, path)
        try:
            if form == _FORMER:
                record |= {"data": _former(**record["data"]), "max_witnesses": MAX_WITNESSES, "reasons": []}
                record["data"] = record["data"]._asdict()
            problem = unfit(record)
            if problem:
                raise _no_receipt(path, problem)
            record["data"], record["engine"] = Origin(**record["data"]), Engine(**record["engine"])
            if record["rows"] is not None:
                rows = record["rows"]
                record["rows"] = Rows(tuple(rows["variables"]), tuple(map(tuple, rows["rows"])), rows["ordered"])
            receipt = cls(**record, is_sealed=form == FORM)
            wrong = receipt.rows is not None and receipt.rows.digest() != receipt.digest
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise _no_receipt(path) from error
        if wrong or (receipt.rows is not None and len(receipt.rows.rows) != receipt.total):
            raise _altered(["rows" if wrong else "total"], path)
        return receipt


def _opened(text: str, path: str) -> tuple[dict[str, Any], int]:
    """The fields of a receipt that was not altered, and its form.

    Raises:
        FileError: It is none, was altered, or a later filmgraph made it.
    """
    try:
        record: object = json.loads(text)
    except ValueError as error:
        place = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else "no place known"
        raise FileError(
            f"This is no receipt, or only a part of one: it ends or breaks off at {place}.",
            path=path,
            hint="ask and query write one with --receipt.",
        ) from error
    if not isinstance(record, dict) or type(record.get("receipt")) is not int:
        raise _no_receipt(path)
    form: int = record["receipt"]
    if form not in {FORM, _UNSEALED, _FORMER}:
        raise FileError(f"This receipt is of form {form}, and this filmgraph reads forms 1 to {FORM}.", path=path)
    seal = record.pop("seal", None)
    changed = altered(record, seal) if form == FORM or seal is not None else []
    if changed:
        raise _altered(changed, path)
    del record["receipt"]
    return record, form


def _no_receipt(path: str, problem: str = "") -> FileError:
    message = f"This is no receipt. {problem}." if problem else "This is no receipt."
    return FileError(message, path=path, hint="ask and query write one with --receipt.")


def _altered(fields: list[str], path: str) -> FileError:
    verb = "is" if len(fields) == 1 else "are"
    return FileError(
        f"This receipt was altered: {', '.join(fields)} {verb} not what was recorded.",
        path=path,
        hint="Ask anew with --receipt, or take the receipt from where it was kept.",
    )


def _former(kind: Any, location: str, digest: str) -> Origin:
    """Return the data of a form 1 receipt, which told the bundled collection by its location."""
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
