"""Subjects of a film as headings, and those that no heading can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from filmgraph.exporters.library.agents import Agent, agents
from filmgraph.exporters.library.words import CitedText, capital, clean, is_proper

if TYPE_CHECKING:
    from filmgraph.exporters.film.record import DescribedNode, Record
    from filmgraph.exporters.film.resolver import Resolved


_ABOUT_ONLY = frozenset({"event", "meeting", "topic"})
"""Kinds of which a film that shows one is not about it: a holiday, a microphone in the frame."""


class Subject(NamedTuple):
    """A heading. ``kind`` is person, family, organisation, place, meeting, event or topic."""

    kind: str
    text: str
    iri: str
    citations: tuple[str, ...]
    agent: Agent | None = None
    date: str = ""
    place: str = ""


class Subjects(NamedTuple):
    """Headings, and what makes none: what has no name of its own, and what is only shown and is no person or place."""

    headings: list[Subject]
    described: list[CitedText]
    unlabelled: int


def subjects(record: Record) -> Subjects:
    """The subjects of a film: first those that it is about, then those that it shows."""
    values: dict[str, Resolved] = {}
    about = {value.value.value for value in record.film.all("about") if isinstance(value.value, NamedNode)}
    for value in (*record.film.all("about"), *record.film.all("depicts")):
        if isinstance(value.value, NamedNode):
            values.setdefault(value.value.value, value)
    nodes = record.things(values)
    people = agents(record, [iri for iri, node in nodes.items() if _kind(node) == "agent"])
    headings: list[Subject] = []
    described: list[CitedText] = []
    unlabelled = 0
    for iri, value in values.items():
        heading = _heading(record, nodes[iri], people.get(iri), value.citations)
        label = clean(record.known_label(iri))
        if heading and (iri in about or heading.kind not in _ABOUT_ONLY):
            headings.append(heading)
        elif label:
            described.append(CitedText(capital(label), value.citations, iri=iri))
        else:
            unlabelled += 1
    return Subjects(_once(headings), described, unlabelled)


def _heading(record: Record, node: DescribedNode, agent: Agent | None, citations: tuple[str, ...]) -> Subject | None:
    label = clean(record.known_label(node.iri))
    kind = _kind(node)
    if agent:
        kind = {"group": "topic"}.get(agent.kind, agent.kind)
        return Subject(kind, agent.heading, node.iri, citations, agent) if agent.name else None
    if not label or kind == "unnamed":
        return None
    if kind == "place":
        return Subject(kind, label, node.iri, citations) if is_proper(label) else None
    if kind == "event":
        place = clean(record.known_label(node.value("place")))
        return Subject(kind, capital(label), node.iri, citations, date=clean(node.text("date") or ""), place=place)
    return Subject(kind, capital(label), node.iri, citations)


def _kind(node: DescribedNode) -> str:
    classes = node.classes
    if classes & {"Person", "Group", "Organisation", "Agent"}:
        return "agent"
    if "Place" in classes:
        return "place"
    if not classes:
        return "topic"
    # A node that joins others has a composed label, which is no heading.
    if not node.all("name"):
        return "unnamed"
    if classes & {"EventSeries", "EventEdition"}:
        return "meeting"
    return "event" if "HistoricEvent" in classes else "topic"


def _once(headings: list[Subject]) -> list[Subject]:
    """Things of the same heading as one: it is the heading that a catalogue shows."""
    merged: dict[tuple[str, str], Subject] = {}
    for heading in headings:
        key = (heading.kind, heading.text.casefold())
        first = merged.get(key)
        citations = tuple(sorted({*first.citations, *heading.citations})) if first else heading.citations
        merged[key] = (first or heading)._replace(citations=citations)
    return list(merged.values())
