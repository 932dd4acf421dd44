"""A report as text of 80 columns, or as JSON."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING

from filmgraph.rdf.citation import Citation, is_citation
from filmgraph.rdf.namespaces import compact
from filmgraph.text.printable import printable
from filmgraph.validation.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.passages.support import Support
    from filmgraph.validation.report import Counts, Finding, Report

_WIDTH = 80
_SHOWN = 5
_NAMED = 12
_INDENT = " " * 11
_WORDS = {Severity.VIOLATION: "Error", Severity.WARNING: "Warning", Severity.INFO: "Note"}


def text(report: Report, *, every: bool = False) -> str:
    """A report for people.

    Args:
        report: The report.
        every: Show all findings of a kind, not the first five.
    """
    groups: dict[tuple[Severity, str, str], list[Finding]] = {}
    for found in report.findings:
        groups.setdefault((found.severity, found.shape, found.message), []).append(found)
    blocks = ["\n".join(_group(list(group), every=every)) for group in groups.values()]
    return "\n\n".join([*blocks, "\n".join(_summary(report))]) + "\n"


def as_json(report: Report) -> str:
    """A report for programs: `conforms`, `counts`, `findings` and, where texts were at hand, `support`."""
    findings = [{**found._asdict(), "severity": str(found.severity)} for found in report.findings]
    whole: dict[str, object] = {"conforms": report.conforms, "counts": report.counts._asdict(), "findings": findings}
    if report.support:
        counted = report.support._asdict()
        del counted["findings"], counted["only_explained"]
        whole["support"] = {"checked": report.support.checked, **counted}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _group(group: list[Finding], *, every: bool) -> Iterator[str]:
    first = group[0]
    yield from _wrapped(f"{_WORDS[first.severity]}: ", first.message)
    for found in group if every else group[:_SHOWN]:
        yield from _one(found)
    if len(group) > _SHOWN and not every:
        yield f"  … and {len(group) - _SHOWN:,} more like this: --all shows them."
    if first.advice:
        yield from _wrapped("  What to do: ", first.advice)
    yield f"  ({first.shape})"


def _one(found: Finding) -> Iterator[str]:
    if found.node:
        name = compact(found.node)
        label = f"{found.label} ({name})" if found.label and found.label != name else name
        yield from _wrapped("  - ", label)
    if found.property or found.value:
        yield from _wrapped("    ", " = ".join(part for part in (found.property, found.value) if part))
    places = [*([found.file] if found.file else []), *[_passage(iri) for iri in found.citations[:3]]]
    if len(found.citations) > len(places):
        places.append("…")
    if places:
        yield from _wrapped("    in ", ", ".join(places))


def _passage(iri: str) -> str:
    if not is_citation(iri):
        return compact(iri)
    citation = Citation.parse(iri)
    return f"{citation.slug}#char={citation.start},{citation.end}"


def _summary(report: Report) -> Iterator[str]:
    numbers = [(len(report.of(severity)), word.lower()) for severity, word in _WORDS.items()]
    said = ", ".join(_many(number, word) for number, word in numbers)
    yield f"{'Nothing is wrong' if report.conforms else 'Something is wrong'}: {said}."
    yield from _wrapped("", _looked_at(report.counts))
    yield from _supported(report.support)
    idle = report.counts.idle
    if len(idle) > _NAMED:
        yield from _wrapped("", f"{len(idle)} shapes had nothing to check: --format json names them.")
    elif idle:
        yield from _wrapped("", f"Shapes with nothing to check: {', '.join(idle)}.")
    for shape, reason in report.counts.by_pyshacl:
        yield from _wrapped("", f"pySHACL applied {shape}: {reason}.")


def _looked_at(counts: Counts) -> str:
    parts = [
        f"{_many(counts.shapes, 'shape')} on {_many(counts.focus_nodes, 'node')}",
        f"{_many(counts.sources, 'source')} by itself"
        if counts.sources == 1
        else f"{counts.sources:,} sources each by itself",
        _many(counts.checks, "check") + " of the evidence",
    ]
    if counts.questions:
        parts.append(_many(counts.questions, "question"))
    if counts.passages:
        parts.append(_many(counts.passages, "passage") + " against the texts")
    engine = "pySHACL" if counts.engine == "pyshacl" else "SPARQL queries"
    return f"Checked {', '.join(parts[:-1])} and {parts[-1]}, with {engine}."


def _supported(support: Support | None) -> Iterator[str]:
    """The counts of triples, each with what it is a part of."""
    if support is None:
        yield "No passage was read: --sources DIR says where the texts are."
        return
    yield from _wrapped(
        "",
        f"Against the texts: {support.triples:,} triples of {_many(support.citations, 'citation')}, of which "
        f"{support.citations_read:,} were read.",
    )
    for name, number, parts in (
        ("checked", support.checked, {}),
        ("  supported", support.supported, {}),
        ("  explained", support.explained, support.explained_by),
        ("  unsupported", support.unsupported, {}),
        ("skipped", support.skipped, support.skipped_as),
        ("not read", support.unread, {}),
    ):
        said = ", ".join(f"{part} {count:,}" for part, count in parts.items())
        start = f"{name:<14}{number:>7,}"
        yield from _wrapped(f"{start}  ", said) if said else [start]


def _many(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def _wrapped(start: str, content: str) -> list[str]:
    """Lines of at most 80 columns; what has no spaces is broken rather than lost."""
    indent = " " * len(start) if start.strip() in {"", "-", "in"} else "    "
    lines = textwrap.wrap(
        printable(content), _WIDTH, initial_indent=start, subsequent_indent=indent, break_on_hyphens=False
    )
    return lines or [start.rstrip()]
