"""Verifying a receipt: asking again what it records, and saying what has changed."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from filmgraph.answers.grid import text_of
from filmgraph.lookup.glossary import StoreGlossary
from filmgraph.receipt.identity import identity
from filmgraph.receipt.record import AnswerEvidence, Engine
from filmgraph.receipt.rows import rows_of, shown
from filmgraph.sparql.reading import ready
from filmgraph.trust.restriction import restricted
from filmgraph.why.explain import explain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from filmgraph.receipt.record import Receipt
    from filmgraph.receipt.rows import Rows
    from filmgraph.store.base import Store

_SHOWN = 20
"""So many rows that came, and so many that went, are shown."""


class Verdict(NamedTuple):
    """The outcome of a verification.

    Attributes:
        same: Whether the rows are the same.
        added: Rows that are new, as in TSV.
        removed: Rows that are there no longer.
        notes: What else has changed, each a sentence.
        total: How many rows there are now.
        was: How many there were.
        words: What people call the terms in the rows.
    """

    same: bool
    added: list[str]
    removed: list[str]
    notes: list[str]
    total: int
    was: int
    words: Mapping[str, str] = MappingProxyType({})

    def text(self) -> str:
        """The verdict for people."""
        rows = f"{self.total} row{'' if self.total == 1 else 's'}"
        lines = [f"Same: {rows}." if self.same else f"Changed: {rows}, and there were {self.was}."]
        for mark, changed in (("+", self.added), ("-", self.removed)):
            lines += [f"{mark} {self._said(row)}" for row in changed[:_SHOWN]]
            if len(changed) > _SHOWN:
                lines.append(f"{mark} and {len(changed) - _SHOWN} more")
        return "\n".join([*lines, *self.notes]) + "\n"

    def _said(self, row: str) -> str:
        return "\t".join(self.words.get(cell, cell) for cell in row.split("\t"))


def verify(store: Store, receipt: Receipt, *, question_now: str | None = None) -> Verdict:
    """Ask a store what a receipt records, and compare.

    Args:
        store: What is asked.
        receipt: The receipt.
        question_now: What the question of the receipt asks today; None where that is not known.

    Raises:
        QueryError: The query of the receipt is refused.
        FileError: The data cannot be read.
        StoreError: The store could not answer.
    """
    text, _ = ready(receipt.query, {}, allow_service=receipt.service)
    part = store
    if receipt.only_source or receipt.not_source:
        part = restricted(store, only=receipt.only_source, without=receipt.not_source)
    result = part.query(text)
    rows = rows_of(result, text)
    same = rows.digest() == receipt.digest
    added, removed = _differences(receipt.rows, rows) if receipt.rows else ([], [])
    notes = []
    if not same and receipt.rows is None:
        notes.append("The receipt keeps only the digest of its rows, so which have changed cannot be shown.")
    elif not same and not added and not removed:
        notes.append("The same rows come in another order.")
    now = AnswerEvidence.of(explain(part, text, result, max_witnesses=receipt.max_witnesses))
    came, went = set(now.citations) - set(receipt.citations), set(receipt.citations) - set(now.citations)
    if came or went:
        notes.append(f"Other passages support them: {len(came)} came, {len(went)} went.")
    if now.unexplained != receipt.unexplained:
        notes.append(f"{now.unexplained} of them cannot be explained, and it was {receipt.unexplained}.")
    if question_now is not None and question_now != receipt.query:
        notes.append(f"The question {receipt.question} runs another query today; the recorded one was asked.")
    notes += _surroundings(store, receipt)
    if not receipt.is_sealed:
        notes.append(
            "The receipt is of a former form, without a digest over all of it: only its rows are known to stand."
        )
    words = _words(store, [*added[:_SHOWN], *removed[:_SHOWN]])
    return Verdict(
        same=same, added=added, removed=removed, notes=notes, total=len(rows.rows), was=receipt.total, words=words
    )


def _words(store: Store, rows: list[str]) -> dict[str, str]:
    """Of each term in some rows what people call it."""
    cells = {cell for row in rows for cell in row.split("\t")}
    iris = sorted(cell[1:-1] for cell in cells if cell.startswith("<") and not cell.startswith("<<"))
    labels = StoreGlossary(store).labels(iris) if iris else {}
    return {f"<{iri}>": text_of(NamedNode(iri), labels) for iri in iris}


def _differences(before: Rows, now: Rows) -> tuple[list[str], list[str]]:
    """The rows that came and that went, each as often as it did."""
    if before.variables != now.variables:
        return [shown(row) for row in now.rows], [shown(row) for row in before.rows]
    old, new = Counter(before.rows), Counter(now.rows)
    return [shown(row) for row in (new - old).elements()], [shown(row) for row in (old - new).elements()]


def _surroundings(store: Store, receipt: Receipt) -> list[str]:
    """Yield the changes in data and engine."""
    now, engine = identity(store), Engine.here()
    notes = []
    if not now.digest or not receipt.data.digest:
        notes.append(f"Whether the data has changed is not known: {now.shown} has no digest.")
    elif now.digest != receipt.data.digest:
        notes.append("The data has changed.")
    if now.kind != "endpoint":
        for name, was, is_ in (
            ("filmgraph", receipt.engine.filmgraph, engine.filmgraph),
            ("pyoxigraph", receipt.engine.pyoxigraph, engine.pyoxigraph),
        ):
            if was != is_:
                notes.append(f"It was made with {name} {was}; this is {is_}.")
        if receipt.engine.code != engine.code:
            notes.append("filmgraph derives labels and days from the data by other code than then.")
    return notes
