"""QuickStatements for Wikidata: what can be said of a film without guessing an item.

`The format <https://www.wikidata.org/wiki/Help:QuickStatements>`_: commands line by line, parts between tabs.
An item that nobody has identified can't be linked, and is counted. A film, person … is identified by ``owl:sameAs`` or
``skos:exactMatch`` to its item in the graph; countries, languages and genres by the table below.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import IO, TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from filmgraph.exporters.film.exporter import Exporter, Loss, Request
from filmgraph.exporters.film.films import films
from filmgraph.exporters.film.losses import Losses
from filmgraph.exporters.film.unwritten import accounted
from filmgraph.exporters.library.description import describe
from filmgraph.exporters.library.words import clean, is_latin
from filmgraph.lookup.glossary import StoreGlossary
from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.rdf.results import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from filmgraph.exporters.library.description import Description
    from filmgraph.exporters.library.titles import Title
    from filmgraph.store.base import Store

FILM = "Q11424"
MINUTE = "7727"
ITEMS = {
    "iso3166-1": "AF Q889 AT Q40 AU Q408 BE Q31 BR Q155 CA Q16 CH Q39 CN Q148 CZ Q213 DE Q183 DK Q35 ES Q29 FI Q33 "
    "FR Q142 GB Q145 GR Q41 HK Q8646 HU Q28 IE Q27 IL Q801 IN Q668 IR Q794 IT Q38 JP Q17 KR Q884 MX Q96 NL Q55 NO Q20 "
    "NZ Q664 PL Q36 PT Q45 RU Q159 SE Q34 TR Q43 TW Q865 US Q30 ZA Q258",
    "language": "cmn Q9192 eng Q1860 fra Q150 deu Q188 spa Q1321 ita Q652 jpn Q5287 kor Q9176 rus Q7737 yue Q9186",
    "vocab": "documentary Q93204 drama Q130232 colour Q22006653 blackAndWhite Q838368",
}
"""The items of countries, languages and terms, by the folder and the end of their IRIs."""

PROPERTIES = {
    "P31": "instance of", "P57": "director", "P58": "screenwriter", "P86": "composer", "P136": "genre",
    "P161": "cast member", "P162": "producer", "P272": "production company", "P291": "place of publication",
    "P344": "director of photography", "P364": "original language", "P462": "colour", "P495": "country of origin",
    "P577": "publication date", "P750": "distributed by", "P854": "reference URL", "P921": "main subject",
    "P958": "section", "P1040": "film editor", "P1476": "title", "P2047": "duration",
}  # fmt: skip
"""The properties that are written, and no others."""

_ROLES = {
    "fmd": "P57", "aus": "P58", "cmp": "P86", "act": "P161", "onp": "P161", "fmp": "P162", "prn": "P272",
    "cng": "P344", "fds": "P750", "flm": "P1040",
}  # fmt: skip
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)
_CHARS = re.compile(r"#char=(\d+),(\d+)", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}", re.ASCII)
_LONGEST_LABEL, _LONGEST_TEXT = 250, 400


class _Line(NamedTuple):
    """A statement: property, value, qualifiers, and who states it."""

    name: str
    value: str
    qualifiers: tuple[str, ...]
    citations: tuple[str, ...]


def write(request: Request, out: IO[bytes]) -> list[Loss]:
    """Write the commands that make or complete the items of the films."""
    losses = Losses()
    items = _identified(request.store)
    for film in films(request):
        found = describe(request.store, film)
        subject = items.get(film, "LAST")
        lines = list(_statements(found, items, losses))
        locators = StoreGlossary(request.store).locators(sorted({one for line in lines for one in line.citations}))
        if subject == "LAST":
            out.write(b"CREATE\n")
        for command in _names(found, losses):
            out.write("\t".join((subject, *command)).encode() + b"\n")
        for line in lines:
            parts = (
                subject,
                line.name,
                line.value,
                *line.qualifiers,
                *_references(found, line.citations, locators, losses),
            )
            out.write("\t".join(parts).encode() + b"\n")
        _count(found, losses)
    return losses.all()


def _names(found: Description, losses: Losses) -> Iterator[tuple[str, str]]:
    """A label for each language that a title has; other titles are aliases."""
    taken: set[str] = set()
    for text, language in _texts(found.titles):
        if len(text) > _LONGEST_LABEL:
            losses.add(1, "title too long for Wikidata", many="titles too long for Wikidata")
        elif language not in taken and not found.titles[0].devised:
            taken.add(language)
            yield f"L{language}", _string(text)
        else:
            yield f"A{language}", _string(text)
    makers = list(dict.fromkeys(credit.agent.name for credit in found.directors))
    kind = "documentary film" if found.is_documentary else "film"
    words = [found.date.text if found.date.text.isdecimal() else "", kind]
    text = " ".join(filter(None, words)) + (f" directed by {' and '.join(makers)}" if makers else "")
    if len(text) <= _LONGEST_LABEL:
        yield "Den", _string(text)


def _texts(titles: list[Title]) -> Iterator[tuple[str, str]]:
    """Texts with the code of a language of Wikidata; a romanisation counts as a name used in English."""
    for title in titles:
        base = title.language.split("-")[0]
        romanised = "-Latn" in title.language or not _LANGUAGE.fullmatch(base)
        yield title.text, "en" if romanised and is_latin(title.text) else base or "und"
        if title.vernacular:
            yield title.vernacular, base


def _statements(found: Description, items: dict[str, str], losses: Losses) -> Iterator[_Line]:
    yield _Line("P31", FILM, (), found.titles[0].citations)
    for title in found.titles:
        text, base = title.vernacular or title.text, title.language.split("-")[0]
        original = title.kind in {"original title", "original"} or (len(found.titles) == 1 and not title.devised)
        spoken = "-Latn" not in title.language or title.vernacular
        if original and spoken and len(text) <= _LONGEST_TEXT and _LANGUAGE.fullmatch(base):
            yield _Line("P1476", f"{base}:{_string(text)}", (), title.citations)
    if found.minutes.text and Decimal(found.minutes.text) > 0:
        yield _Line("P2047", f"{found.minutes.text}U{MINUTE}", (), found.minutes.citations)
    if time := _time(found.date.text):
        yield _Line("P577", time, (), found.date.citations)
    terms = (("P495", found.countries), ("P364", found.languages), ("P136", found.genres), ("P462", found.colours))
    for name, values in terms:
        for term in values:
            item = items.get(term.iri) or _item(term.iri)
            losses.add(not item, "term without a known item", many="terms without a known item")
            if item:
                yield _Line(name, item, (), term.citations)
    yield from _linked(found, items, losses)


def _linked(found: Description, items: dict[str, str], losses: Losses) -> Iterator[_Line]:
    """Yield statements that need the Wikidata item of a person, a body or a subject."""
    for credit in found.credits:
        name, item = _ROLES.get(credit.code, ""), items.get(credit.agent.iri, "")
        if name and item and not credit.part and credit.role_iri.startswith(PREFIXES["rel"]):
            yield _Line(name, item, (), credit.citations)
        else:
            losses.add(
                1,
                "credit without a known item",
                many="credits without a known item",
            )
    for heading in found.subjects.headings:
        item = items.get(heading.iri) or (_item(heading.iri) if heading.kind == "place" else "")
        losses.add(not item, "subject without a known item", many="subjects without a known item")
        if item:
            yield _Line("P921", item, (), heading.citations)
    for event in found.events:
        time = _time(event.date)
        if event.kind in {"TheatricalRelease", "Release"} and time:
            places = [item for iri in event.territories if (item := items.get(iri) or _item(iri))]
            qualifiers = tuple(part for place in places for part in ("P291", place))
            yield _Line("P577", time, qualifiers, event.citations)
        else:
            losses.add(1, "event")


def _references(
    found: Description, citations: tuple[str, ...], locators: Mapping[str, str], losses: Losses
) -> list[str]:
    """A reference for each document that states it: its title, date, and the passage; its address where it has one."""
    parts: list[str] = []
    documents = {source.iri: source for source in found.sources.all()}
    seen: set[str] = set()
    for citation in citations:
        source = documents.get(citation.partition("#")[0])
        if source is None or source.iri in seen or len(source.title) > _LONGEST_TEXT:
            losses.add(1, "citation beyond one per document", many="citations beyond one per document")
            continue
        seen.add(source.iri)
        reference = ["S1476", f"en:{_string(source.title)}"]
        if time := _time(source.date):
            reference += ["S577", time]
        match = _CHARS.search(citation)
        if place := locators.get(citation) or (match and f"characters {match[1]} to {match[2]}"):
            reference += ["S958", _string(place)]
        if source.address:
            reference += ["S854", _string(source.address)]
        parts += [f"!{reference[0]}" if parts else reference[0], *reference[1:]]
    return parts


def _count(found: Description, losses: Losses) -> None:
    losses.add(len(found.awards), "award result")
    losses.add(len(found.figures), "figure")
    losses.add(len(found.ratings), "rating")
    losses.add(len(found.reviews), "review")
    losses.add(
        len(found.losers), "other value of a date or running time", many="other values of dates and running times"
    )
    losses.add(found.remarks, "remark")


def _identified(store: Store) -> dict[str, str]:
    """The items of Wikidata that the graph names, by the IRIs of its things."""
    same = f"<{PREFIXES['owl']}sameAs>|<{PREFIXES['skos']}exactMatch>"
    result = store.query(f'SELECT ?s ?item {{ ?s {same} ?item FILTER(CONTAINS(STR(?item), "wikidata.org/entity/Q")) }}')
    found: dict[str, str] = {}
    for thing, item in sorted(rows(result), key=str):
        if isinstance(thing, NamedNode) and isinstance(item, (NamedNode, Literal)):
            found.setdefault(thing.value, item.value.rpartition("/")[2])
    return found


def _item(iri: str) -> str:
    folder, _, end = iri.rpartition("/")
    words = ITEMS.get(folder.rpartition("/")[2], "").split()
    return dict(zip(words[::2], words[1::2], strict=True)).get(end, "")


def _time(edtf: str) -> str:
    """A date as Wikidata writes it, with its precision: 11 for a day, 10 for a month, 9 for a year.

    >>> _time("2010-09"), _time("2009"), _time("2009~")
    ('+2010-09-00T00:00:00Z/10', '+2009-00-00T00:00:00Z/9', '')
    """
    match = _DATE.fullmatch(edtf)
    if not match:
        return ""
    year, month, day = match.groups()
    return f"+{year}-{month or '00'}-{day or '00'}T00:00:00Z/{9 + bool(month) + bool(day)}"


def _string(text: str) -> str:
    return f'"{clean(text)}"'


EXPORTER = Exporter(
    name="quickstatements",
    summary="Commands of QuickStatements that make or complete items of Wikidata, with references.",
    media_type="text/x-quickstatements",
    endings=("qs", "quickstatements"),
    keeps="titles, length, dates, countries, languages, genres, and what has a known item, with references",
    loses="people, awards, subjects without a known item; figures; passages beyond one per document",
    write=accounted(write),
    per_film=True,
)
