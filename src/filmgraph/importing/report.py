"""The report of an import, as text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from filmgraph.answers.grid import exact_text
from filmgraph.collection.resources import root as tool
from filmgraph.importing.replacing import shortened
from filmgraph.rdf.namespaces import PREFIXES, compact

if TYPE_CHECKING:
    from filmgraph.importing.identity import MatchCount
    from filmgraph.importing.importer import ImportPlan, ImportReport
    from filmgraph.importing.mapping import CitedTriple
    from filmgraph.importing.replacing import Change

_SHOWN = 10
_FEW = 3
_KINDS = {"person": "People", "org": "Companies", "series": "Festivals"}
_UNCHANGED = "; nothing has changed"
_TYPE = PREFIXES["rdf"] + "type"


def summary(report: ImportReport) -> str:
    """Return a report as lines of text."""
    matches = report.matches
    done = f"{_count(report.records, 'record')}, {_count(report.statements, 'fact')}"
    lines = [
        f"{report.slug}: {done} from {_count(report.cells, 'cell')}{_UNCHANGED if not report.changed else ''}.",
        f"Films: {_told(matches.films)}.",
        *(
            f"{_KINDS[kind]}: {_told(count)}."
            for kind, count in matches.others.items()
            if count.certain or count.open or count.decided
        ),
    ]
    if report.mapping:
        lines.insert(1, f"Mapping: {_name_of(report.mapping)}.")
    if report.change is not None:
        lines += _difference(report.change)
    elif report.beside:
        lines.append(f"It stands beside {', '.join(report.beside)}; --replace takes the place of what was before.")
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
    if report.shared:
        lines.append(f"{_count(len(report.shared), 'record')} with the key of another:")
        lines += [f"  {one.where}: {one.message}" for one in report.shared[:_FEW]]
        if len(report.shared) > _FEW:
            lines.append(f"  and {len(report.shared) - _FEW:,} more")
    return "\n".join(lines) + "\n"


def sample(plan: ImportPlan) -> str:
    """Return the facts of a few records, each with the cell that states it."""
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


def _name_of(mapping: str) -> str:
    """Return the name of a bundled mapping, or the path of any other."""
    path = Path(mapping)
    return f"{path.stem}, which comes with filmgraph" if path.parent == Path(tool(), "imports") else mapping


def _difference(change: Change) -> list[str]:
    """Return lines that describe the differences from earlier imports."""
    counts = [
        _count(len(change.changed), "value") + " changed",
        f"{len(change.new):,} new",
        f"{len(change.gone):,} gone",
        f"{change.same:,} as before",
    ]
    lines = [f"In place of {', '.join(change.replaced)}: {', '.join(counts)}."]
    shown = [
        f"  {shortened(one.subject)} {shortened(one.predicate)}: {_values(one.before)}, now {_values(one.now)}"
        for one in change.changed
    ]
    shown += [f"  new: {' '.join(map(shortened, fact))}" for fact in change.new]
    shown += [f"  gone: {' '.join(map(shortened, fact))}" for fact in change.gone]
    lines += shown[:_SHOWN]
    if len(shown) > _SHOWN:
        lines.append(f"  and {len(shown) - _SHOWN:,} more")
    return lines


def _values(terms: tuple[str, ...]) -> str:
    return ", ".join(map(shortened, terms))


def _told(count: MatchCount) -> str:
    return f"{count.certain} certain, {count.open} open, {count.decided} decided, {count.new} new"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
