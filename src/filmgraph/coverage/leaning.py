"""The basis of facts that no single passage spells out: a further passage, a heading, a computation."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from filmgraph.rdf.citation import Citation, source_slug
from filmgraph.rdf.namespaces import compact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from filmgraph.passages.facts import Evidence
    from filmgraph.passages.support import Explained

_FACTS = 3
"""So many facts are shown for each reason."""


def leaning_lines(explained: Sequence[Explained], evidence: Evidence, *, width: int = 80) -> Iterator[str]:
    """The facts that are explained in every passage that states them, by what explains them, the most common first.

    Args:
        explained: The facts, as `support_of` finds them.
        evidence: Where labels are known.
        width: The width of the terminal.
    """
    yield f"{len(explained):,} facts that no passage spells by itself, by what they rest on"
    for reason, count in Counter(_reason(found) for found in explained).most_common():
        yield f"  {count:>5,}  {reason}"
        of_reason = [found for found in explained if _reason(found) == reason]
        for found in of_reason[:_FACTS]:
            fact = found.fact
            source, _, passage = found.citations[0].partition("#")
            where = evidence.place(Citation.parse(found.citations[0]))
            place = f"{source_slug(source)}, {where}" if where else f"{source_slug(source)}#{passage}"
            said = f"{evidence.label(fact.subject)}: {compact(fact.predicate.value)} {evidence.label(fact.object)}"
            room = max(20, width - len(place) - 12)
            yield f"         {said if len(said) <= room else said[: room - 1] + '…'}  {place}"
        if count > _FACTS:
            yield f"         and {count - _FACTS:,} more"


def leaning_json(explained: Sequence[Explained]) -> list[dict[str, Any]]:
    """The facts for programs: IRIs, the passages that state each, and why it may stand."""
    return [
        {
            "subject": found.fact.subject.value,
            "predicate": found.fact.predicate.value,
            "object": str(found.fact.object),
            "citations": list(found.citations),
            "reasons": list(found.reasons),
        }
        for found in explained
    ]


def _reason(found: Explained) -> str:
    return " or ".join(found.reasons)
