"""Disagreements, grouped by what they are about; each side with its passages."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from filmgraph.answers.grid import text_of
from filmgraph.serving.pages.notes import Passage, passages

if TYPE_CHECKING:
    from filmgraph.graph import Graph
    from filmgraph.serving.pages.site import ServedSite


class Side(NamedTuple):
    """A value, and the passages that give it."""

    value: str
    passages: list[Passage]


class Difference(NamedTuple):
    """Two sides of one property; ``kind`` is ``conflict`` or ``refinement``."""

    kind: str
    property: str
    sides: tuple[Side, Side]


class Dispute(NamedTuple):
    """What is disputed about one thing."""

    label: str
    path: str
    differences: list[Difference]

    @property
    def conflicts(self) -> int:
        """How many of them exclude each other."""
        return sum(1 for one in self.differences if one.kind == "conflict")


def conflicts(site: ServedSite, graph: Graph) -> list[Dispute]:
    """What the question ``conflicts`` answers, those about one thing together; conflicts come before refinements.

    Raises:
        UnknownQueryError: The collection has no such question.
        StoreError: The store could not answer.
    """
    answer = graph.ask_with("conflicts", {}, why=True, max_witnesses=4)
    labels = answer.glossary.labels(
        sorted({term.value for row in answer for term in row if isinstance(term, NamedNode)})
    )
    found = passages(site, sorted({iri for row in answer for witness in row.why for iri in witness}))
    groups: dict[str, Dispute] = {}
    for row in answer:
        about = row["about"]
        key = about.value if isinstance(about, NamedNode) else ""
        cited = list(dict.fromkeys(iri for witness in row.why for iri in witness))
        one, other = (str(getattr(row[name], "value", "")) for name in ("source", "otherSource"))
        first, second = _sides(cited, one, other)
        sides = (
            Side(text_of(row["value"], labels), [found[iri] for iri in first]),
            Side(text_of(row["other"], labels), [found[iri] for iri in second]),
        )
        group = groups.setdefault(key, Dispute(text_of(about, labels), site.path(key), []))
        group.differences.append(Difference(text_of(row["kind"], labels), text_of(row["property"], labels), sides))
    for group in groups.values():
        group.differences.sort(key=lambda one: (one.kind != "conflict", one.property))
    return sorted(groups.values(), key=lambda group: (-group.conflicts, group.label))


def _sides(cited: list[str], one: str, other: str) -> tuple[list[str], list[str]]:
    """The passages of each side: by their document, or where both sides are of one document by their order."""
    if one != other:
        return [iri for iri in cited if iri.startswith(one)], [iri for iri in cited if iri.startswith(other)]
    return cited[::2], cited[1::2]
