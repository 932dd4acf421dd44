"""The report of a check: its findings, and what was looked at."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.errors import FindingsError

if TYPE_CHECKING:
    from filmgraph.passages.support import Support


class Severity(StrEnum):
    """How bad a finding is, worst first."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


class Finding(NamedTuple):
    """One thing that is wrong, or worth knowing.

    `citations` are the passages that state it, shortest list that is known; `file` is `path` or `path:line`.
    `node` is a full IRI, `label` its label; `property` and `value` are written for people. `shape` names the shape or
    the check, `advice` says what to do.
    """

    severity: Severity
    message: str
    advice: str
    shape: str
    node: str | None = None
    label: str | None = None
    property: str | None = None
    value: str | None = None
    citations: tuple[str, ...] = ()
    file: str | None = None


class Counts(NamedTuple):
    """Counts of what was looked at.

    `idle` are the shapes that no node was in reach of; `by_pyshacl` those that pySHACL applied because the compiler
    does not claim them, each with the reason.
    """

    shapes: int = 0
    focus_nodes: int = 0
    sources: int = 0
    checks: int = 0
    questions: int = 0
    passages: int = 0
    idle: tuple[str, ...] = ()
    engine: str = "sparql"
    by_pyshacl: tuple[tuple[str, str], ...] = ()


class Report(NamedTuple):
    """The report of `check`: findings, worst first, and what it looked at.

    `support` says how much of what the graphs state is in their passages; None where no texts were at hand.

    >>> Report((), Counts(shapes=1, focus_nodes=3)).conforms
    True
    """

    findings: tuple[Finding, ...]
    counts: Counts
    support: Support | None = None

    @property
    def conforms(self) -> bool:
        """Whether nothing is violated. Warnings and what is worth knowing do not count."""
        return not self.of(Severity.VIOLATION)

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        """The findings of one severity."""
        return tuple(finding for finding in self.findings if finding.severity is severity)

    def raise_for_findings(self, *, at_least: Severity = Severity.VIOLATION) -> None:
        """Raise where there is a finding that is as bad or worse.

        Raises:
            FindingsError: There is. It carries this report.
        """
        bad = [finding for finding in self.findings if finding.severity.rank <= at_least.rank]
        if bad:
            raise FindingsError(f"{len(bad)} findings; the first: {bad[0].message}", report=self)
