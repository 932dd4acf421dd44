"""Events in the life of a film: its making, its screenings, releases and broadcasts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from filmgraph.exporters.library.words import CitedText, capital, clean, listed, plain_date

if TYPE_CHECKING:
    from filmgraph.exporters.film.record import DescribedNode, Record
    from filmgraph.exporters.library.sources import Sources

_WORDS = {
    "Screening": "Screened",
    "TheatricalRelease": "Released in cinemas",
    "Release": "Released",
    "Broadcast": "Broadcast",
    "StreamingWindow": "Streamed",
    "HomeVideoRelease": "Released on home video",
}

_ORDER = (*_WORDS, "Shoot", "Production")


class Event(NamedTuple):
    """An event about a film: ``what`` happened in words, when (EDTF), where, and who published the film by it.

    ``at`` is the IRI of the festival edition, ``territories`` are those of the countries.
    ``losers`` are notes of the dates that lost.
    """

    kind: str
    what: str
    date: str
    places: tuple[str, ...]
    outlets: tuple[str, ...]
    at: str
    citations: tuple[str, ...]
    territories: tuple[str, ...] = ()
    losers: tuple[CitedText, ...] = ()

    @property
    def is_recorded(self) -> bool:
        """Whether catalogues record it: what was done with the film, and of its making what has a date or a set."""
        return self.kind not in {"Production", "Shoot"} or bool(self.date or (self.kind == "Shoot" and self.places))

    @property
    def text(self) -> str:
        """All of it in one sentence."""
        date = plain_date(self.date)
        parts = (self.what, *self.places, "" if self.what.endswith(f", {date}") else date)
        return ", ".join(part for part in parts if part)


def events(record: Record, sources: Sources) -> list[Event]:
    """Everything that was done with the film, and its making, by date."""
    found = [_published(record, sources, node) for node in record.nodes(*_WORDS)]
    found += [_made(record, sources, node) for node in record.nodes("Production")]
    return sorted(found, key=lambda event: (_ORDER.index(event.kind), event.date or "9999", event.what, event.places))


def _published(record: Record, sources: Sources, node: DescribedNode) -> Event:
    kind = next(kind for kind in _WORDS if kind in node.classes)
    outlets = tuple(dict.fromkeys(_labels(record, node, "distributor") + _labels(record, node, "outlet")))
    what = _WORDS[kind]
    at = node.text("partOf") or ""
    if record.known_label(at):
        what += f" at {clean(record.known_label(at))}"
    if outlets:
        what += f" on {listed(outlets)}" if kind != "HomeVideoRelease" else f" through {listed(outlets)}"
    remarks = _labels(record, node, "premiereType") + _labels(record, node, "kind")
    remarks += _labels(record, node, "hedge") + _labels(record, node, "gauge")
    if remarks:
        what += f" ({listed(remarks)})"
    return _event(record=record, sources=sources, node=node, kind=kind, what=what, outlets=outlets, at=at)


def _made(record: Record, sources: Sources, node: DescribedNode) -> Event:
    kinds = _labels(record, node, "kind")
    what = "Filmed" if kinds == ["shoot"] else capital(listed(kinds)) if kinds else "Production"
    at = node.text("partOf") or ""
    if record.known_label(at):
        what += f" ({clean(record.known_label(at))})"
    return _event(
        record=record,
        sources=sources,
        node=node,
        kind="Shoot" if "shoot" in kinds else "Production",
        what=what,
        outlets=(),
        at=at,
    )


def _event(
    record: Record, sources: Sources, node: DescribedNode, kind: str, what: str, outlets: tuple[str, ...], at: str
) -> Event:
    choice = node.one("date")
    date = choice.chosen.value.value if choice and isinstance(choice.chosen.value, Literal) else ""
    losers: list[CitedText] = []
    for other in choice.others if choice else ():
        if isinstance(other.value, Literal):
            given = plain_date(clean(other.value.value))
            losers.append(
                CitedText(f"{what}: date also given as {given} ({sources.names(other.sources)})", other.citations)
            )
    territories = tuple(value.value.value for value in node.all("territory") if isinstance(value.value, NamedNode))
    places = tuple(dict.fromkeys(_labels(record, node, "place") + _labels(record, node, "territory")))
    return Event(
        kind=kind,
        what=what,
        date=clean(date),
        places=places,
        outlets=outlets,
        at=at,
        citations=node.citations(),
        territories=territories,
        losers=tuple(losers),
    )


def _labels(record: Record, node: DescribedNode, name: str) -> list[str]:
    return [
        clean(record.known_label(value.value))
        for value in node.all(name)
        if isinstance(value.value, NamedNode) and clean(record.known_label(value.value))
    ]
