"""Page content for disagreements between sources, grouped by thing and property."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from filmgraph.answers.grid import text_of
from filmgraph.serving.pages.notes import Passage, passages

if TYPE_CHECKING:
    from filmgraph.graph import Graph
    from filmgraph.serving.pages.site import ServedSite

_CONFLICT = "conflict"


class Side(NamedTuple):
    """A value, and the passages that state it."""

    value: str
    passages: list[Passage]


class Difference(NamedTuple):
    """The differing values of one property; ``kind`` is ``conflict`` where two exclude each other."""

    kind: str
    property: str
    sides: list[Side]


class Dispute(NamedTuple):
    """The differences about one thing."""

    label: str
    path: str
    differences: list[Difference]

    @property
    def conflicts(self) -> int:
        """Return the number of properties whose values conflict."""
        return sum(1 for one in self.differences if one.kind == _CONFLICT)


def conflicts(site: ServedSite, graph: Graph) -> list[Dispute]:
    """Group the pairs that the question ``conflicts`` returns, by thing and property.

    Raises:
        UnknownQueryError: The collection has no such question.
        StoreError: The store could not answer.
    """
    answer = graph.ask_with("conflicts", {}, why=True, max_witnesses=4)
    terms = {term.value for row in answer for term in row if isinstance(term, NamedNode)}
    labels = answer.glossary.labels(sorted(terms))
    found = passages(site, sorted({iri for row in answer for witness in row.why for iri in witness}))
    sides: dict[tuple[str, str], dict[str, dict[str, Passage]]] = {}
    kinds: dict[tuple[str, str], str] = {}
    names: dict[str, str] = {}
    for row in answer:
        about = row["about"]
        thing = about.value if isinstance(about, NamedNode) else ""
        names[thing] = text_of(about, labels)
        key = thing, text_of(row["property"], labels)
        cited = list(dict.fromkeys(iri for witness in row.why for iri in witness))
        one, other = (str(getattr(row[name], "value", "")) for name in ("source", "otherSource"))
        for column, iris in zip(("value", "other"), _sides(cited, one, other), strict=True):
            side = sides.setdefault(key, {}).setdefault(text_of(row[column], labels), {})
            side.update((iri, found[iri]) for iri in iris)
        kind = text_of(row["kind"], labels)
        kinds[key] = kind if kinds.get(key) != _CONFLICT else _CONFLICT
    disputes: dict[str, Dispute] = {}
    for (thing, name), values in sides.items():
        listed = [Side(_grouped(value), list(cited.values())) for value, cited in sorted(values.items(), key=_order)]
        dispute = disputes.setdefault(thing, Dispute(names[thing], site.path(thing), []))
        dispute.differences.append(Difference(kinds[thing, name], name, listed))
    for dispute in disputes.values():
        dispute.differences.sort(key=lambda one: (one.kind != _CONFLICT, one.property))
    return sorted(disputes.values(), key=lambda dispute: (-dispute.conflicts, dispute.label))


def _grouped(text: str) -> str:
    """Insert thousands separators into long numbers.

    >>> _grouped("over 120000000 people"), _grouped("2009")
    ('over 120,000,000 people', '2009')
    """
    return re.sub(r"(?<![\w.,-])\d{5,}(?![\w.,-])", lambda match: f"{int(match[0]):,}", text)


def _order(item: tuple[str, object]) -> tuple[float, str]:
    """Return a sort key: the first number in a text, then the text."""
    number = re.search(r"\d+(?:\.\d+)?", item[0])
    return float(number[0]) if number else 0.0, item[0]


def _sides(cited: list[str], one: str, other: str) -> tuple[list[str], list[str]]:
    """Split passages between the two sides: by document, or by order where both sides are of one document."""
    if one != other:
        return [iri for iri in cited if iri.startswith(one)], [iri for iri in cited if iri.startswith(other)]
    return cited[::2], cited[1::2]
