"""What a graph can say for its answers: the passages themselves, and why there are no rows."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from filmgraph.answers import RowsAnswer, TruthAnswer

if TYPE_CHECKING:
    from pathlib import Path

    from filmgraph.answers import Answer
    from filmgraph.evidence.quoting import Quoted
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
        found: Quoted = import_module("filmgraph.evidence.quoting").quoted(self._whole, cited, sources)
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
        reason: str = import_module("filmgraph.evidence.silence").silence(
            self.store, answer.query, zeros=isinstance(answer, RowsAnswer) and len(answer) == 1, seconds=seconds
        )
        return reason


def _is_empty(answer: Answer) -> bool:
    """Whether an answer has no rows, is no, or may be a count of nothing: one row of zeros."""
    if not isinstance(answer, RowsAnswer):
        return not answer if isinstance(answer, TruthAnswer) else not len(answer)
    zeros = all(term is None or getattr(term, "value", "") == "0" for row in answer for term in row)
    return len(answer) == 0 or (len(answer) == 1 and zeros)
