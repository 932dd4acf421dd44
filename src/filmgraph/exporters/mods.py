"""MODS 3.8, with the citations of each element in its extension."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING
from xml.etree import ElementTree as ET

from filmgraph.exporters.film.exporter import Exporter, Loss, Request
from filmgraph.exporters.film.films import films
from filmgraph.exporters.film.losses import Losses
from filmgraph.exporters.film.unwritten import accounted
from filmgraph.exporters.library.codes import country_code, language_code
from filmgraph.exporters.library.description import describe
from filmgraph.exporters.library.general_notes import (
    cast_list,
    credit_sentences,
    general_notes,
    language_note,
    making,
    style,
)
from filmgraph.exporters.library.xml import XSI, child, numbered, write_records
from filmgraph.rdf.namespaces import FG

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filmgraph.exporters.library.agents import Agent
    from filmgraph.exporters.library.credits import Credit
    from filmgraph.exporters.library.description import Description
    from filmgraph.exporters.library.events import Event
    from filmgraph.exporters.library.subjects import Subject

_MODS = "http://www.loc.gov/mods/v3"
_NAMESPACES = {
    "xmlns": _MODS,
    "xmlns:xsi": XSI,
    "xsi:schemaLocation": f"{_MODS} http://www.loc.gov/standards/mods/v3/mods-3-8.xsd",
}
_EVENT_TYPES = {"Broadcast": "broadcast", "StreamingWindow": "publication", "Screening": "screening"}
_NAME_TYPES = {"person": "personal", "family": "family", "organisation": "corporate", "group": "corporate"}
_RELATORS = "http://id.loc.gov/vocabulary/relators"


class _Mods:
    """One record in the making.

    Args:
        found: The film.
        losses: Where to count what has no place.
    """

    def __init__(self, found: Description, losses: Losses) -> None:
        self.root = ET.Element("mods", {"version": "3.8"})
        self._found = found
        self._losses = losses
        self._names = numbered("f")
        self._cited: list[tuple[str, tuple[str, ...]]] = []

    def add(
        self, name: str, citations: tuple[str, ...], text: str = "", attributes: dict[str, str] | None = None
    ) -> ET.Element:
        """Add an element of the record and remember who states it."""
        given = dict(attributes or {})
        if citations:
            given["ID"] = next(self._names)
            self._cited.append((given["ID"], citations))
        return child(self.root, name, text, given)

    def build(self) -> ET.Element:
        """The record."""
        self._titles()
        for credit in self._found.named:
            self._name(credit)
        child(self.root, "typeOfResource", "moving image")
        for genre in self._found.genres:
            authority = "lcgft" if genre.iri.endswith("/documentary") else ""
            text = "Documentary films" if authority else genre.text
            self.add("genre", genre.citations, text, {"authority": authority})
        self._origin()
        self._languages()
        self._physical()
        for audience in self._found.certificates:
            self.add("targetAudience", audience.citations, audience.text)
        self._notes()
        for heading in self._found.subjects.headings:
            self._subject(heading)
        beside = len(self._found.related)
        self._losses.add(beside, "film that documents name beside it", many="films that documents name beside it")
        child(self.root, "identifier", self._found.iri, {"type": "uri"})
        self._extension()
        self._record_info()
        return self.root

    def _titles(self) -> None:
        for place, title in enumerate(self._found.titles):
            attributes = {"type": "alternative" if place else "", "displayLabel": title.kind.capitalize()}
            info = self.add("titleInfo", title.citations, attributes={**attributes, "xml:lang": title.language})
            if title.skipped:
                child(info, "nonSort", title.text[: title.skipped])
            child(info, "title", title.text[title.skipped :])
            if title.vernacular:
                native = {"type": "alternative", "xml:lang": title.own_language}
                child(self.add("titleInfo", title.citations, attributes=native), "title", title.vernacular)

    def _name(self, credit: Credit) -> None:
        element = self.add("name", credit.citations, attributes={"type": _NAME_TYPES[credit.agent.kind]})
        _name_parts(element, credit.agent)
        if credit.agent.vernacular:
            other = child(element, "alternativeName", attributes={"altType": "vernacular"})
            child(other, "namePart", credit.agent.vernacular)
        role = child(element, "role")
        own = {"authority": "marcrelator", "authorityURI": _RELATORS, "valueURI": credit.role_iri}
        child(role, "roleTerm", credit.role, {"type": "text", **(own if credit.role_iri.startswith(_RELATORS) else {})})
        if credit.code:
            child(role, "roleTerm", credit.code, {"type": "code", "authority": "marcrelator"})
        if credit.remark:
            child(element, "description", credit.remark)
        child(element, "nameIdentifier", credit.agent.iri, {"type": "uri"})

    def _origin(self) -> None:
        found = self._found
        citations = _all(term.citations for term in found.countries) + found.date.citations
        if citations:
            origin = self.add("originInfo", tuple(sorted(set(citations))), attributes={"eventType": "production"})
            for country in found.countries:
                place = child(origin, "place")
                child(place, "placeTerm", country.text, {"type": "text"})
                code = country_code(country.code)
                if code:
                    child(place, "placeTerm", code, {"type": "code", "authority": "marccountry"})
            for company in [credit for credit in found.named if credit.code == "prn"]:
                child(origin, "publisher", company.agent.name)
            if found.date.text:
                child(origin, "dateCreated", found.date.text, {"encoding": "edtf", "keyDate": "yes"})
        for event in found.events:
            if event.kind in {"TheatricalRelease", "Release", "HomeVideoRelease", *_EVENT_TYPES}:
                self._published(event)

    def _published(self, event: Event) -> None:
        kind = _EVENT_TYPES.get(event.kind, "distribution")
        if not (event.places or event.outlets or event.date):  # the schema wants one of them
            if kind != "screening":  # these have notes anyway
                self.add("note", event.citations, event.text, {"type": kind})
            return
        label = {"eventType": kind, "displayLabel": event.what}
        origin = self.add("originInfo", event.citations, attributes=label)
        for place in event.places:
            child(child(origin, "place"), "placeTerm", place, {"type": "text"})
        for outlet in event.outlets:
            child(origin, "publisher", outlet)
        if event.date and kind in {"broadcast", "screening"}:
            child(origin, "dateOther", event.date, {"encoding": "edtf", "type": kind})
        elif event.date:
            child(origin, "dateIssued", event.date, {"encoding": "edtf"})

    def _languages(self) -> None:
        for part, terms in (("spoken", self._found.languages), ("subtitle", self._found.subtitles)):
            for term in terms:
                language = self.add("language", term.citations, attributes={"objectPart": part})
                child(language, "languageTerm", term.text, {"type": "text"})
                code = language_code(term.code, term.iri)
                if code:
                    child(language, "languageTerm", code, {"type": "code", "authority": "iso639-2b"})
                if len(term.code) == 3:  # noqa: PLR2004 -- a code of ISO 639-3
                    child(language, "languageTerm", term.code, {"type": "code", "authority": "iso639-3"})

    def _physical(self) -> None:
        minutes, colours = self._found.minutes, self._found.colours
        if minutes.text:
            physical = self.add("physicalDescription", minutes.citations)
            child(physical, "extent", f"{minutes.text} minutes", {"unit": "minutes"})
        for colour in colours:
            child(self.add("physicalDescription", colour.citations), "note", colour.text, {"type": "colour"})

    def _notes(self) -> None:
        found = self._found
        kinds = (
            ("creation/production credits", credit_sentences(found, cast=False)),
            ("performers", [cast_list(found)]),
            ("language", [language_note(found)]),
            ("awards", found.awards),
            ("exhibitions", [event for event in found.events if event.kind == "Screening"]),
            ("venue", making(found)),
            ("citation/reference", found.reviews),
            ("", [*style(found), *general_notes(found, self._losses, "notes")]),
        )
        for kind, notes in kinds:
            for note in notes:
                if note.text:
                    self.add("note", note.citations, note.text, {"type": kind})

    def _subject(self, heading: Subject) -> None:
        subject = self.add("subject", heading.citations)
        if heading.agent and heading.kind in _NAME_TYPES:
            name = child(subject, "name", attributes={"type": _NAME_TYPES[heading.kind]})
            _name_parts(name, heading.agent)
            child(name, "nameIdentifier", heading.iri, {"type": "uri"})
            return
        kind = {"place": "geographic", "meeting": "name"}.get(heading.kind, "topic")
        if kind == "name":
            child(child(subject, "name", attributes={"type": "conference"}), "namePart", heading.text)
            return
        child(subject, kind, heading.text, {"valueURI": heading.iri})
        if heading.date:
            child(subject, "temporal", heading.date, {"encoding": "edtf"})
        if heading.place:
            child(subject, "geographic", heading.place)

    def _extension(self) -> None:
        if not self._cited:
            return
        extension = child(self.root, "extension", attributes={"displayLabel": "Citations"})
        block = child(extension, "fg:citations", attributes={"xmlns:fg": FG})
        for name, citations in self._cited:
            element = child(block, "fg:stated", attributes={"element": name})
            for citation in citations:
                child(element, "fg:statedIn", citation)

    def _record_info(self) -> None:
        info = child(self.root, "recordInfo")
        child(info, "recordIdentifier", self._found.iri)
        for source in self._found.sources.all():
            link = "" if source.full == source.iri else f" <{source.iri}>"
            child(info, "recordInfoNote", f"Source of description: {source.full}{link}", {"type": "source"})
        child(child(info, "languageOfCataloging"), "languageTerm", "eng", {"type": "code", "authority": "iso639-2b"})


def write(request: Request, out: IO[bytes]) -> list[Loss]:
    """Write the films: one as a ``mods`` document, several as a ``modsCollection``."""
    found = films(request)
    losses = Losses()
    records = (_Mods(describe(request.store, film), losses).build() for film in found)
    write_records(out, records, "modsCollection", _NAMESPACES, alone=len(found) == 1)
    return losses.all()


def _name_parts(element: ET.Element, agent: Agent) -> None:
    if agent.surname:
        child(element, "namePart", agent.surname, {"type": "family"})
        child(element, "namePart", agent.given, {"type": "given"})
        if agent.suffix:
            child(element, "namePart", agent.suffix, {"type": "termsOfAddress"})
    else:
        child(element, "namePart", agent.name)


def _all(citations: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({citation for some in citations for citation in some}))


EXPORTER = Exporter(
    name="mods",
    summary="MODS 3.8, with the citations of each element in its extension.",
    media_type="application/mods+xml",
    endings=("mods", "mods.xml"),
    keeps="titles, names with roles, dates, subjects, notes, and the citations of every element",
    loses="figures but of the making, ratings; awards are notes; lives and family ties of people",
    write=accounted(write),
    per_film=True,
)
