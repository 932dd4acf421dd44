"""What a graph can say for its answers: the passages themselves, why there are no rows, and receipts."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from filmgraph.answers.answer import RowsAnswer, TruthAnswer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from filmgraph.answers.answer import Answer
    from filmgraph.passages.quoting import Quoted
    from filmgraph.receipt.record import Receipt
    from filmgraph.receipt.verification import Verdict
    from filmgraph.store.base import Store


class Account:
    """What `Graph` can do with an answer that it gave.

    Args:
        store: What is queried.
        whole: The store in which names are found, where the one that is queried is a part of it.
    """

    def __init__(self, store: Store, *, whole: Store | None = None) -> None:
        self.store = store
        self._whole = whole or store
        self._trusted: tuple[list[str], list[str]] = ([], [])

    def quote(self, answer: Answer, sources: Path | None) -> Quoted:
        """Let the footnotes of an answer with evidence carry the passages themselves.

        Args:
            answer: The answer; its ``passages`` are filled.
            sources: The folder with the texts of the sources, found by their SHA-256; None where there is none.

        Returns:
            What was found, and the sources whose texts are not at hand.

        Raises:
            UnknownSourceError: There is no folder ``sources``.
            StoreError: The store could not answer.
        """
        cited = dict.fromkeys(iri for row in answer.to_rows() for witness in row.why for iri in witness)
        found: Quoted = import_module("filmgraph.passages.quoting").quoted(self._whole, cited, sources)
        answer.passages.update(found.passages)
        return found

    def why_empty(self, answer: Answer, *, seconds: float = 3.0) -> str:
        """Why an answer has no rows, only zeros, or is no; empty where it is none of these, or nothing is known.

        Args:
            answer: An answer of this graph.
            seconds: How long may be spent on it.

        Raises:
            StoreError: The store could not do its work.
        """
        if not answer.query or not _is_empty(answer):  # before anything is imported
            return ""
        silence = import_module("filmgraph.empty.silence")
        if any(self._trusted) and (elsewhere := silence.elsewhere(self._whole, answer.query, seconds=seconds)):
            return str(elsewhere)
        reason: str = silence.silence(
            self.store,
            answer.query,
            zeros=isinstance(answer, RowsAnswer) and len(answer) == 1,
            seconds=seconds,
            asked=answer.asked if isinstance(answer, RowsAnswer) else None,
        )
        return reason

    def receipt(
        self,
        answer: Answer,
        *,
        question: str = "",
        parameters: Mapping[str, object] | None = None,
        service: bool = False,
    ) -> Receipt:
        """The record of an answer: the query, the data and the engine, the rows, and the sources cited.

        Args:
            answer: An answer of this graph.
            question: The name of the question that it answers; by default that which it was asked with.
            parameters: The values that the question was asked with; by default likewise.
            service: Whether ``SERVICE`` was allowed.

        Raises:
            FileError: The data cannot be read again to digest it.
            StoreError: The store could not answer.
        """
        asked = answer.asked if isinstance(answer, RowsAnswer) and not question else None
        if asked is not None:
            question, parameters = asked.name, parameters if parameters is not None else asked.values
        made: Receipt = import_module("filmgraph.receipt.record").record(
            self._whole,
            self.store,
            answer,
            asked=(question, parameters or {}),
            trusted=self._trusted,
            service=service,
        )
        return made

    def verify(self, receipt: Receipt, *, question_now: str | None = None) -> Verdict:
        """Ask again what a receipt records, and compare.

        Args:
            receipt: The receipt.
            question_now: What its question asks today; None where that is not known.

        Raises:
            QueryError: The query of the receipt is refused.
            FileError: The data cannot be read.
            StoreError: The store could not answer.
        """
        module = import_module("filmgraph.receipt.verification")
        verdict: Verdict = module.verify(self._whole, receipt, question_now=question_now)
        return verdict


def _is_empty(answer: Answer) -> bool:
    """Whether an answer has no rows, is no, or may be a count of nothing: one row of zeros."""
    if not isinstance(answer, RowsAnswer):
        return not answer if isinstance(answer, TruthAnswer) else not len(answer)
    zeros = all(term is None or getattr(term, "value", "") == "0" for row in answer for term in row)
    return len(answer) == 0 or (len(answer) == 1 and zeros)
