"""Findings of the comparison of facts with the texts of their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.passages.support import Doubt, Support, check_support
from filmgraph.validation.report import Finding, Severity

if TYPE_CHECKING:
    from pathlib import Path

    from filmgraph.store.base import Store

_UNSUPPORTED = "The passage does not say what its graph states."


def against_texts(store: Store, folder: Path) -> tuple[Support, list[Finding]]:
    """Hold every citation against its text.

    Args:
        store: The facts.
        folder: Where the texts lie, found by their SHA-256.

    Raises:
        UnknownSourceError: The folder does not exist.
        StoreError: The store could not answer.
    """
    report = check_support(store, folder)
    return report, [_finding(found) for found in report.findings]


def _finding(found: Doubt) -> Finding:
    unsupported = found.kind == "unsupported" and found.node
    return Finding(
        severity=Severity.WARNING if found.kind == "underquoted" else Severity.VIOLATION,
        message=_UNSUPPORTED if unsupported else found.message,
        advice=found.hint,
        shape=f"evidence-{found.kind}",
        node=found.node or None,
        label=found.label or None,
        property=found.property or None,
        value=found.value or None,
        citations=(found.citation,) if found.citation else (),
    )
