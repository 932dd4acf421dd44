"""The report of imported assertions, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filmgraph.importing.assertions.intake import AssertionReport

_SHOWN = 20
_FATES = ("supported", "unsupported", "invented", "not understood")


def summary(report: AssertionReport, sent: str = "") -> str:
    """A report as lines of text.

    Args:
        report: What became of a file of assertions.
        sent: The worksheet in which what was wrong stands.
    """
    counts = report.counts
    told = ", ".join(f"{counts[fate]:,} {fate}" for fate in _FATES)
    unchanged = "" if report.changed else "; nothing has changed"
    lines = [
        f"{report.slug}: {_count(len(report.judged), 'claim')}: {told}.",
        f"{_count(report.facts, 'fact')} from {_count(report.passages, 'passage')}{unchanged}.",
    ]
    wrong = [one for one in report.judged if one.fate != "supported"]
    if wrong:
        lines.append("Left out:")
        lines += [f"  {one.assertion.where}: {one.fate}: {one.reason}" for one in wrong[:_SHOWN]]
        if len(wrong) > _SHOWN:
            lines.append(f"  and {len(wrong) - _SHOWN:,} more")
    noted = [one for one in report.judged if one.fate == "supported" and one.note]
    if noted:
        lines.append("To look at again:")
        lines += [f"  {one.assertion.where}: {one.note}" for one in noted[:_SHOWN]]
        if len(noted) > _SHOWN:
            lines.append(f"  and {len(noted) - _SHOWN:,} more")
    if wrong and sent:
        lines.append(f"What was wrong stands in {sent}.")
    if report.unsupported_file:
        lines.append(f"What does not enter was put aside: {report.unsupported_file}")
    return "\n".join(lines) + "\n"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
