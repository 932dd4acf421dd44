"""A film as library formats describe it: what Dublin Core, MODS and MARC have in common."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from filmgraph.exporters.film.record import Record
from filmgraph.exporters.film.resolver import Preference, Statement, resolve
from filmgraph.exporters.library import notes as _notes
from filmgraph.exporters.library.credits import credited
from filmgraph.exporters.library.events import events
from filmgraph.exporters.library.sources import Sources
from filmgraph.exporters.library.subjects import subjects
from filmgraph.exporters.library.titles import titles
from filmgraph.exporters.library.words import CitedText, clean, plain_date, plain_number

if TYPE_CHECKING:
    from filmgraph.exporters.library.credits import Credit
    from filmgraph.exporters.library.events import Event
    from filmgraph.exporters.library.notes import Award, FigureNote, PartNote
    from filmgraph.exporters.library.subjects import Subjects
    from filmgraph.exporters.library.titles import Title
    from filmgraph.store.base import Store

_LONGEST_NUMBER = 40
"""Characters: what is longer is no running time."""
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?", re.ASCII)


class Term(NamedTuple):
    """A concept, country or language: its label, its code, its IRI, and who states it."""

    text: str
    code: str
    iri: str
    citations: tuple[str, ...]


class Description(NamedTuple):
    """All that the library formats say of one film. The first title is the one that it is entered under.

    ``date`` and ``minutes`` are the values that the resolver chose; what lost is in ``losers``, with who says it.
    """

    iri: str
    sources: Sources
    titles: list[Title]
    credits: list[Credit]
    date: CitedText
    minutes: CitedText
    countries: list[Term]
    languages: list[Term]
    subtitles: list[Term]
    genres: list[Term]
    styles: list[Term]
    colours: list[Term]
    certificates: list[Term]
    events: list[Event]
    subjects: Subjects
    awards: list[Award]
    figures: list[FigureNote]
    ratings: list[CitedText]
    reviews: list[CitedText]
    parts: list[PartNote]
    related: list[CitedText]
    losers: list[CitedText]
    remarks: int

    @property
    def named(self) -> list[Credit]:
        """The credits of those whom a source names."""
        return [credit for credit in self.credits if credit.agent.name]

    @property
    def unnamed(self) -> list[Credit]:
        """The credits of those whom no source names."""
        return [credit for credit in self.credits if not credit.agent.name]

    @property
    def directors(self) -> list[Credit]:
        """Return the directors or makers of the film."""
        return [credit for credit in self.named if credit.code in {"fmd", "fmk", "drt"}]

    @property
    def is_documentary(self) -> bool:
        """Whether anybody calls it a documentary."""
        return any(genre.iri.endswith("/documentary") for genre in self.genres)


def describe(store: Store, film: str) -> Description:
    """Read what the library formats say of a film."""
    record = Record(store, film)
    everything = [record.film, *record.titles, *record.nodes(*_ABOUT)]
    sources = Sources(record, {iri for node in everything for iri in node.sources()})
    people = credited(record)
    makers = [credit.agent.name for credit in people if credit.code in {"fmd", "fmk"} and credit.agent.name]
    date, dates = _resolved(record.film.one("date"), "Date", sources)
    minutes, runtimes = _resolved(_runtime(record), "Running time", sources, unit=" minutes")
    found = events(record, sources)
    return Description(
        iri=film,
        sources=sources,
        titles=titles(record, list(dict.fromkeys(makers))),
        credits=people,
        date=date,
        minutes=minutes,
        countries=_terms(record, "productionCountry"),
        languages=_terms(record, "language"),
        subtitles=_terms(record, "subtitleLanguage"),
        genres=_terms(record, "genre"),
        styles=_terms(record, "style"),
        colours=_terms(record, "colour"),
        certificates=_terms(record, "certificate"),
        events=found,
        subjects=subjects(record),
        awards=_notes.awards(record),
        figures=_notes.figures(record, sources),
        ratings=_notes.ratings(record, sources),
        reviews=_notes.reviews(record),
        parts=_notes.parts(record),
        related=_related(record),
        losers=[*dates, *runtimes, *(loser for event in found for loser in event.losers)],
        remarks=len(record.nodes("Remark")),
    )


_ABOUT = (
    *(
        "Credit",
        "Screening",
        "TheatricalRelease",
        "Release",
        "Broadcast",
        "StreamingWindow",
        "HomeVideoRelease",
        "Production",
    ),
    *("AwardResult", "Figure", "Rating", "Review", "Part", "Interview", "Remark"),
)


def _terms(record: Record, name: str) -> list[Term]:
    return [
        Term(clean(record.label(value.value)), record.notation(value.value) or "", value.value.value, value.citations)
        for value in record.film.all(name)
        if isinstance(value.value, NamedNode)
    ]


def _resolved(
    choice: Preference | None, what: str, sources: Sources, unit: str = ""
) -> tuple[CitedText, list[CitedText]]:
    if choice is None or not isinstance(choice.chosen.value, Literal):
        return CitedText(""), []
    shown = plain_number if unit else plain_date
    losers = [
        CitedText(
            f"{what} also given as {shown(clean(other.value.value))}{unit} ({sources.names(other.sources)})",
            other.citations,
        )
        for other in choice.others
        if isinstance(other.value, Literal)
    ]
    return CitedText(clean(choice.chosen.value.value), choice.chosen.citations), losers


def _runtime(record: Record) -> Preference | None:
    """The running time in minutes, whether a source gives it as a number or as a duration."""
    found: list[Statement] = []
    for statement in (*record.film.statements("runtimeMinutes"), *record.film.statements("runtime")):
        minutes = _minutes(statement.value.value) if isinstance(statement.value, Literal) else None
        if minutes is not None:
            found.append(statement._replace(value=Literal(minutes)))
    return resolve(found)


def _minutes(text: str) -> str | None:
    if len(text) > _LONGEST_NUMBER:
        return None
    if text.replace(".", "", 1).isascii() and text.replace(".", "", 1).isdecimal():
        return f"{Decimal(text).normalize():f}"
    match = _DURATION.fullmatch(text)
    if not match or not any(match.groups()):
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    total = Decimal((days * 24 + hours) * 60 + minutes) + Decimal(seconds) / 60
    return f"{total.quantize(Decimal('0.01')).normalize():f}"


def _related(record: Record) -> list[CitedText]:
    """The other films that sources name beside this one; of these only the ones with a title of their own."""
    links = [value for value in record.film.all("relatedFilm") if isinstance(value.value, NamedNode)]
    nodes = record.things(value.value.value for value in links if isinstance(value.value, NamedNode))
    return [
        CitedText(clean(record.label(value.value)), value.citations, iri=value.value.value)
        for value in links
        if isinstance(value.value, NamedNode) and nodes[value.value.value].all("title")
    ]
