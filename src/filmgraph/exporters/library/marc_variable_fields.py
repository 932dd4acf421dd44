"""The variable fields of a MARC record of a film, by the rules for moving images."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from filmgraph.exporters.library import general_notes as general
from filmgraph.exporters.library.codes import country_code, language_code
from filmgraph.exporters.library.marc_field import MarcField, field
from filmgraph.exporters.library.marc_fixed_fields import running_time
from filmgraph.exporters.library.words import capital, plain_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filmgraph.exporters.film.losses import Losses
    from filmgraph.exporters.library.agents import Agent
    from filmgraph.exporters.library.credits import Credit
    from filmgraph.exporters.library.description import Description
    from filmgraph.exporters.library.events import Event
    from filmgraph.exporters.library.subjects import Subject

_DAY = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?(?:-(\d\d))?[~?%]?", re.ASCII)
_DISTRIBUTION = {
    "TheatricalRelease": "Cinemas",
    "Release": "Release",
    "HomeVideoRelease": "Home video",
    "StreamingWindow": "Streaming",
}
_GENRES = {"documentary": "Documentary films", "fiction": "Fiction films"}
"""Genres that are terms of the Library of Congress; the rest are local terms."""

_SUBJECTS = {"place": ("651", " 7"), "meeting": ("611", "27"), "event": ("647", " 7"), "topic": ("650", " 7")}


def variable_fields(found: Description, losses: Losses) -> Iterator[MarcField]:
    """All data fields of a film, in no particular order."""
    yield field("024", "7 ", ("a", found.iri), ("2", "uri"))
    yield field("040", "  ", ("a", "filmgraph"), ("b", "eng"), ("e", "rda"), ("c", "filmgraph"))
    yield from _coded(found)
    yield from _titles(found)
    yield from _publication(found)
    yield from _physical(found)
    yield from _notes(found, losses)
    yield from _happened(found)
    yield from (_subject(heading) for heading in found.subjects.headings)
    yield from _genres(found)
    yield from _names(found)
    losses.add(len(found.related), "film that documents name beside it", many="films that documents name beside it")


def _coded(found: Description) -> Iterator[MarcField]:
    codes = [("a", language_code(term.code, term.iri)) for term in found.languages]
    codes += [("j", language_code(term.code, term.iri)) for term in found.subtitles]
    spoken = tuple(sorted({c for term in (*found.languages, *found.subtitles) for c in term.citations}))
    yield field("041", "1 " if found.subtitles else "0 ", *codes, citations=spoken)
    for term in found.languages:
        if len(term.code) == 3:  # noqa: PLR2004 -- a code of ISO 639-3
            source = ("2", "iso639-3")
            yield field("041", "07", ("a", term.code), source, citations=term.citations)
    countries = [("a", code) for term in found.countries if (code := country_code(term.code))]
    if len(countries) > 1:
        stated = tuple(sorted({c for term in found.countries for c in term.citations}))
        yield field("044", "  ", *countries, citations=stated)
    if found.date.text:
        start, _, end = found.date.text.partition("/")
        yield field("046", "  ", ("k", start), ("l", end), ("2", "edtf"), citations=found.date.citations)
    for event in found.events:
        days = _days(event.date)
        if days and event.kind in {"Broadcast", "Shoot"}:
            indicators = ("2" if len(days) > 1 else "0") + ("1" if event.kind == "Broadcast" else "0")
            places = [("p", place) for place in event.places]
            yield field("033", indicators, *(("a", day) for day in days), *places, citations=event.citations)


def _titles(found: Description) -> Iterator[MarcField]:
    main, *others = found.titles
    skipped = f"0{main.skipped}"
    yield field("245", skipped, ("a", main.text), citations=main.citations, vernacular=main.vernacular)
    for title in others:
        lead = f"{capital(title.kind)}:" if title.kind else ""
        text = capital(title.text[title.skipped :])
        indicators = "1 " if lead else "3 "
        # The title in its own script belongs to $a, whatever comes before it.
        made = field("246", indicators, ("a", text), citations=title.citations, vernacular=title.vernacular)
        yield made._replace(subfields=((("i", lead), *made.subfields) if lead else made.subfields))


def _publication(found: Description) -> Iterator[MarcField]:
    for country in found.countries:
        yield field("257", "  ", ("a", country.text), ("1", country.iri), citations=country.citations)
    companies = [credit for credit in found.named if credit.code == "prn" and not credit.part]
    citations = {c for credit in companies for c in credit.citations} | set(found.date.citations)
    names = [("b", credit.agent.name) for credit in companies]
    yield field("264", " 0", *names, ("c", plain_date(found.date.text)), citations=tuple(sorted(citations)))
    for event in found.events:
        if event.kind in _DISTRIBUTION and (event.date or event.outlets):
            places = [("a", place) for place in event.places]
            outlets = [("b", outlet) for outlet in event.outlets] or [("b", "[distributor not identified]")]
            what = ("3", _DISTRIBUTION[event.kind])
            when = ("c", plain_date(event.date))
            yield field("264", " 2", what, *places, *outlets, when, citations=event.citations)


def _physical(found: Description) -> Iterator[MarcField]:
    minutes = found.minutes.text
    colours = ", ".join(colour.text for colour in found.colours)
    citations = {*found.minutes.citations, *(c for colour in found.colours for c in colour.citations)}
    extent = f"1 motion picture ({minutes} min.)" if minutes else "1 motion picture"
    yield field("300", "  ", ("a", extent), ("b", colours), citations=tuple(sorted(citations)))
    yield field("306", "  ", ("a", running_time(minutes)), citations=found.minutes.citations)
    yield field("336", "  ", ("a", "two-dimensional moving image"), ("b", "tdi"), ("2", "rdacontent"))
    yield field("337", "  ", ("a", "unspecified"), ("b", "z"), ("2", "rdamedia"))
    yield field("338", "  ", ("a", "unspecified"), ("b", "zu"), ("2", "rdacarrier"))


def _notes(found: Description, losses: Losses) -> Iterator[MarcField]:
    for note in (*general.style(found), *general.general_notes(found, losses, "500 notes")):
        yield field("500", "  ", ("a", note.text), citations=note.citations)
    people = general.credit_sentences(found, cast=False)
    cited = tuple(sorted({citation for note in people for citation in note.citations}))
    yield field("508", "  ", ("a", _one_note(note.text for note in people)), citations=cited)
    cast = general.cast_list(found)
    lead, indicator = ("On screen: ", "0 ") if found.is_documentary else ("", "1 ")
    yield field("511", indicator, ("a", f"{lead}{cast.text}" if cast.text else ""), citations=cast.citations)
    for review in found.reviews:
        yield field("510", "3 ", ("a", review.text), citations=review.citations)
    for certificate in found.certificates:
        yield field("521", "8 ", ("a", capital(certificate.text)), citations=certificate.citations)
    language = general.language_note(found)
    yield field("546", "  ", ("a", language.text), citations=language.citations)
    for award in found.awards:
        yield field("586", "  ", ("a", award.text), citations=award.citations)
    for source in found.sources.all():
        link = "" if source.full == source.iri else f" <{source.iri}>"
        yield field("588", "0 ", ("a", source.full + link))


def _one_note(texts: Iterable[str]) -> str:
    """Sentences as one: ``Film director, Ada Holm; film editor, Ada Holm``."""
    first, *rest = [*texts] or [""]
    return "; ".join([first, *(text[:1].lower() + text[1:] for text in rest)])


def _happened(found: Description) -> Iterator[MarcField]:
    for event in found.events:
        if event.kind not in _DISTRIBUTION and event.is_recorded:
            yield _event(event)
        elif event.kind in _DISTRIBUTION and not (event.date or event.outlets):
            yield field("500", "  ", ("a", event.text), citations=event.citations)


def _event(event: Event) -> MarcField:
    places = [("p", place) for place in event.places]
    return field("518", "  ", ("o", event.what), ("d", plain_date(event.date)), *places, citations=event.citations)


def _subject(heading: Subject) -> MarcField:
    source = (("2", "local"), ("1", heading.iri))
    if heading.agent and heading.kind in {"person", "family", "organisation"}:
        tag, indicator = ("610", "2") if heading.kind == "organisation" else ("600", _entry(heading.agent))
        name = _heading(heading.agent)
        return field(
            tag, f"{indicator}7", *name, *source, citations=heading.citations, vernacular=heading.agent.vernacular
        )
    tag, indicators = _SUBJECTS[heading.kind]
    more = (("c", heading.place), ("d", plain_date(heading.date))) if tag == "647" else ()
    return field(tag, indicators, ("a", heading.text), *more, *source, citations=heading.citations)


def _genres(found: Description) -> Iterator[MarcField]:
    for genre in found.genres:
        known = _GENRES.get(genre.iri.rpartition("/")[2], "")
        source = (("2", "lcgft"),) if known else (("2", "local"), ("1", genre.iri))
        yield field("655", " 7", ("a", known or capital(genre.text)), *source, citations=genre.citations)


def _names(found: Description) -> Iterator[MarcField]:
    """One entry per name with all its roles; credits for a part of the film apart, with the part in ``$3``."""
    entries: dict[tuple[str, str], list[Credit]] = {}
    for credit in found.named:
        entries.setdefault((credit.agent.iri, credit.part), []).append(credit)
    for (iri, part), credits_ in entries.items():
        agent = credits_[0].agent
        body = agent.kind in {"organisation", "group"}
        roles = [("e", role) for role in dict.fromkeys(credit.role for credit in credits_)]
        codes = [("4", code) for code in dict.fromkeys(credit.code for credit in credits_) if code]
        citations = tuple(sorted({c for credit in credits_ for c in credit.citations}))
        made = field(
            "710" if body else "700",
            f"{'2' if body else _entry(agent)} ",
            *_heading(agent),
            *roles,
            *codes,
            ("1", iri),
            citations=citations,
            vernacular=agent.vernacular,
        )
        yield made._replace(subfields=((("3", capital(part)), *made.subfields) if part else made.subfields))


def _heading(agent: Agent) -> tuple[tuple[str, str], ...]:
    return (("a", agent.heading), ("c", agent.suffix)) if agent.suffix else (("a", agent.heading),)


def _entry(agent: Agent) -> str:
    """The first indicator of a personal name: family, surname first, or as it stands."""
    if agent.kind == "family":
        return "3"
    return "1" if agent.surname else "0"


def _days(edtf: str) -> list[str]:
    """The days of a date as field 033 has them: ``200911--``; two for a range, none for what it can't write."""
    days: list[str] = []
    for part in edtf.split("/"):
        match = _DAY.fullmatch(part)
        if not match:
            return []
        year, month, day = match.groups()
        days.append(f"{year}{month or '--'}{day or '--'}")
    return days
