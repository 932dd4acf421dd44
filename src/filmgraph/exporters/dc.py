"""Qualified Dublin Core in XML: one element per statement, the terms of DCMI."""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING
from xml.etree import ElementTree as ET

from filmgraph.exporters.film.exporter import Exporter, Loss, Request
from filmgraph.exporters.film.films import films
from filmgraph.exporters.film.losses import Losses
from filmgraph.exporters.film.unwritten import accounted
from filmgraph.exporters.library.description import describe
from filmgraph.exporters.library.general_notes import general_notes, language_note, making, style
from filmgraph.exporters.library.words import CitedText, plain_date
from filmgraph.exporters.library.xml import XSI, child, write_records
from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.exporters.library.description import Description

_NAMESPACES = {"xmlns:dcterms": PREFIXES["dcterms"], "xmlns:xsi": XSI}
_W3CDTF = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
_PUBLISHERS = frozenset({"prn", "fds", "brd"})
_EVENT_TERMS = {
    "TheatricalRelease": "issued",
    "Release": "issued",
    "HomeVideoRelease": "issued",
    "Broadcast": "available",
    "StreamingWindow": "available",
}


def write(request: Request, out: IO[bytes]) -> list[Loss]:
    """Write the films: one ``qualifieddc`` as a document, several within a ``records`` element."""
    found = films(request)
    losses = Losses()
    records = (_record(describe(request.store, film), losses) for film in found)
    write_records(out, records, "records", _NAMESPACES, alone=len(found) == 1)
    return losses.all()


def _record(found: Description, losses: Losses) -> ET.Element:
    root = ET.Element("qualifieddc")
    for name, text, scheme, language in (*_identity(found), *_people(found), *_rest(found)):
        attributes = {"xsi:type": f"dcterms:{scheme}" if scheme else "", "xml:lang": "" if scheme else language}
        child(root, f"dcterms:{name}", text, attributes)
    for note in general_notes(found, losses, "description"):
        child(root, "dcterms:description", note.text)
    for source in found.sources.all():
        child(root, "dcterms:source", source.iri, {"xsi:type": "dcterms:URI"})
        if source.full != source.iri:
            child(root, "dcterms:source", source.full)
    losses.add(len(_cited(found)), "citation", "source, by their documents")
    return root


_Element = tuple[str, str, str, str]


def _identity(found: Description) -> Iterator[_Element]:
    main, *others = found.titles
    yield "title", main.text, "", main.language
    for title in (main, *others):
        if title is not main:
            yield "alternative", title.text, "", title.language
        if title.vernacular:
            yield "alternative", title.vernacular, "", title.own_language
    yield "identifier", found.iri, "URI", ""
    yield "type", "MovingImage", "DCMIType", ""
    for genre in found.genres:
        yield "type", genre.text, "", "en"
    if found.minutes.text:
        yield "extent", f"{found.minutes.text} minutes", "", "en"
    for colour in found.colours:
        yield "format", colour.text, "", "en"
    for term in found.languages:
        yield "language", term.code or term.text, "ISO639-3" if len(term.code) == 3 else "", "en"  # noqa: PLR2004
    yield from _dates(found)


def _dates(found: Description) -> Iterator[_Element]:
    if found.date.text:
        yield "created", *_dated(found.date.text)
    for event in found.events:
        if event.kind in _EVENT_TERMS and event.date:
            yield _EVENT_TERMS[event.kind], *_dated(event.date)


def _people(found: Description) -> Iterator[_Element]:
    makers = list(dict.fromkeys(credit.agent.name for credit in found.directors))
    for name in makers:
        yield "creator", name, "", ""
    seen: set[tuple[str, str]] = {("creator", name) for name in makers}
    for credit in found.named:
        if credit.agent.name in makers and credit.code in {"fmd", "fmk", "drt"}:
            continue
        if credit.code in _PUBLISHERS:
            element = ("publisher", credit.agent.name)
        else:
            element = ("contributor", f"{credit.agent.name} ({', '.join(filter(None, (credit.role, credit.remark)))})")
        if element not in seen:
            seen.add(element)
            yield *element, "", ""


def _rest(found: Description) -> Iterator[_Element]:
    for heading in found.subjects.headings:
        yield ("spatial" if heading.kind == "place" else "subject"), heading.text, "", ""
    for certificate in found.certificates:
        yield "audience", certificate.text, "", "en"
    for review in found.reviews:
        yield "isReferencedBy", f"Review: {review.text}", "", ""
    for film in found.related:
        yield "relation", film.text, "", ""
    yield from (("description", note.text, "", "en") for note in _descriptions(found))


def _descriptions(found: Description) -> Iterator[CitedText]:
    countries = [term.text for term in found.countries]
    if countries:
        yield CitedText(f"Produced in {'; '.join(countries)}")
    if language_note(found).text:
        yield language_note(found)
    yield from style(found)
    for award in found.awards:
        yield CitedText(f"{'Award: ' if award.won else ''}{award.text}")
    yield from (CitedText(event.text) for event in found.events if event.kind not in {"Production", "Shoot"})
    yield from making(found)


def _dated(edtf: str) -> tuple[str, str, str]:
    """A date as W3CDTF has it; any other in words."""
    if _W3CDTF.fullmatch(edtf) and not edtf.startswith("0000"):
        return edtf, "W3CDTF", ""
    return plain_date(edtf), "", "en"


def _cited(found: Description) -> set[str]:
    fields = (found.titles, found.credits, found.events, found.awards, found.figures, found.ratings, found.reviews)
    return {citation for field in fields for item in field for citation in item.citations}


EXPORTER = Exporter(
    name="dc",
    summary="Qualified Dublin Core in XML, for repositories and harvesters.",
    media_type="application/dc+xml",
    endings=("dc.xml",),
    keeps="titles, people with their roles, dates, subjects, awards and figures as text, the documents used",
    loses="which passage states what; identities of people; ratings, figures but of the making; events are sentences",
    write=accounted(write),
    per_film=True,
)
