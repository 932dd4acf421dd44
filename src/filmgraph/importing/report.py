"""The report of an import, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.answers.grid import exact_text
from filmgraph.rdf.namespaces import PREFIXES, compact

if TYPE_CHECKING:
    from filmgraph.importing.importer import ImportPlan, ImportReport
    from filmgraph.importing.mapping import CitedTriple

_SHOWN = 10
_UNCHANGED = "; nothing has changed"
_TYPE = PREFIXES["rdf"] + "type"


def summary(report: ImportReport) -> str:
    """A report as lines of text."""
    matches = report.matches
    done = f"{_count(report.records, 'record')}, {_count(report.statements, 'fact')}"
    lines = [
        f"{report.slug}: {done} from {_count(report.cells, 'cell')}{_UNCHANGED if not report.changed else ''}.",
        f"Films: {matches.certain} certain, {matches.open} open, {matches.decided} decided, {matches.new} new.",
    ]
    if matches.open:
        lines.append(f"Decide in matches/{report.slug}.csv what is open, and import again.")
    if report.losses:
        lines.append("Not taken:")
        lines += [f"  {loss.column}: {_count(loss.cells, 'cell')}, {loss.reason}" for loss in report.losses]
    if report.problems:
        lines.append(f"Left out, {_count(len(report.problems), 'part')} of the file:")
        lines += [f"  {problem.where}: {problem.message}" for problem in report.problems[:_SHOWN]]
        if len(report.problems) > _SHOWN:
            lines.append(f"  and {len(report.problems) - _SHOWN} more")
    return "\n".join(lines) + "\n"


def sample(plan: ImportPlan) -> str:
    """The facts of a few records, each with the cell that states it."""
    lines: list[str] = []
    last = 0
    for statement in plan.statements:
        if statement.record != last:
            last = statement.record
            lines.append(f"{'' if not lines else chr(10)}Record {last}")
        lines.append(f"  {_fact(statement)}")
        lines += [f"      {cell.locator}: {cell.text}" for cell in statement.cells]
    return "\n".join(lines) + "\n"


def _fact(statement: CitedTriple) -> str:
    subject, predicate, value = statement.triple.subject, statement.triple.predicate, statement.triple.object
    verb = "a" if predicate.value == _TYPE else compact(predicate.value)
    return f"{exact_text(subject, {})} {verb} {exact_text(value, {})}"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
