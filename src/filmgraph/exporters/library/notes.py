"""Notes for what catalogues have no field for: sentences made of facts, never the words of a document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from filmgraph.exporters.library.words import CitedText, capital, clean, listed, plain_date, plain_number
from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from filmgraph.exporters.film.record import DescribedNode, Record
    from filmgraph.exporters.library.sources import Sources

_DURATION = r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?"
_UNITS = ("d", "h", "min", "s")
_RECORDED = frozenset({"budget", "footage", "lengthOfFilming", "nominations", "timeInTheMaking", "wins"})
_INNER_QUOTES = str.maketrans("“”", "‘’")  # noqa: RUF001  quotes within quotes are single


class Award(NamedTuple):
    """The result of an award: a line for people, and the edition of the festival or prize."""

    text: str
    won: bool
    ceremony: str
    citations: tuple[str, ...]


class FigureNote(NamedTuple):
    """A figure in a sentence: ``of`` is what it describes where that is another thing than the film."""

    text: str
    citations: tuple[str, ...]
    of: str
    variable: str

    @property
    def is_of_the_film(self) -> bool:
        """Whether it belongs into a record of a moving image: how the film was made, and how many prizes it has."""
        return not self.of and self.variable.removeprefix(PREFIXES["fgv"]) in _RECORDED


class PartNote(NamedTuple):
    """A clip, trailer, song or still; ``is_known`` where it has a name of its own or a running time."""

    text: str
    citations: tuple[str, ...]
    is_known: bool


def awards(record: Record) -> list[Award]:
    """The award results of a film, prizes first."""
    nodes = record.nodes("AwardResult")
    named = {node.iri: _known(record, node, "award") for node in nodes}
    found = [_award(record, node, named) for node in nodes]
    return sorted(found, key=lambda award: (not award.won, award.text, award.citations))


def _award(record: Record, node: DescribedNode, named: Mapping[str, str]) -> Award:
    award = _known(record, node, "award")
    date = plain_date(clean(node.text("date") or ""))
    conferrer, conferring = _conferrer(record, node)
    ceremony = _known(record, node, "ceremony") or ", ".join(filter(None, (conferrer, date)))
    outcome = _known(record, node, "outcome")
    won = outcome in {"", "won"}
    if award.casefold() == outcome.casefold() or (ceremony and ceremony.startswith(f"{award},")):
        award = ""
    award = award.removesuffix(f" of {ceremony.partition(', ')[0]}")  # RIDM, 2009, prize
    text = ", ".join(part for part in (ceremony, award or ("" if ceremony else "Award")) if part)
    section = clean(node.text("section") or "")
    if section and section.casefold() not in text.casefold():
        text += f" (section: {section})"
    recipients = [value.value for value in node.all("recipient") if isinstance(value.value, NamedNode)]
    names = [clean(record.known_label(iri)) for iri in recipients if iri.value != record.film.iri]
    if any(names):
        text += f", awarded to {listed(name for name in names if name)}"
    twins = [
        named.get(value.value.value, "") for value in node.all("maybeSameAs") if isinstance(value.value, NamedNode)
    ]
    if any(twins):
        text += f" (perhaps the same as {' or '.join(sorted(filter(None, twins)))})"
    citations = tuple(sorted({*node.citations(), *conferring}))
    return Award(text if won else f"{capital(outcome)}: {text}", won, node.text("ceremony") or "", citations)


def _conferrer(record: Record, node: DescribedNode) -> tuple[str, tuple[str, ...]]:
    """Return the body that confers an award, with its sources; nothing if the ceremony already says so."""
    award = node.value("award")
    if _known(record, node, "ceremony") or not isinstance(award, NamedNode):
        return "", ()
    conferred = record.things([award.value])[award.value].all("conferredBy")
    names = [clean(record.known_label(one.value)) for one in conferred]
    return listed(name for name in names if name), tuple(citation for one in conferred for citation in one.citations)


def figures(record: Record, sources: Sources) -> list[FigureNote]:
    """One sentence per figure; figures that say the same are one, with all who say it."""
    merged: dict[tuple[str, str, str], list[DescribedNode]] = {}
    for node in record.nodes("Figure"):
        if "Rating" not in node.classes:
            about = node.text("describes") or ""
            other = "" if about in {"", record.film.iri} else about
            merged.setdefault((_figure(record, node), other, node.text("variable") or ""), []).append(node)
    return [
        FigureNote(*_said(text, nodes, sources)[:2], other, variable)
        for (text, other, variable), nodes in sorted(merged.items())
        if text
    ]


def _figure(record: Record, node: DescribedNode) -> str:
    variable = _known(record, node, "variable") or "figure"
    number = _number(record, node)
    if not number:
        return ""
    described = node.value("describes")
    of = clean(record.known_label(described)) if node.text("describes") != record.film.iri else ""
    parts = [f"{capital(variable)}{f' of {of}' if of else ''}: {number}", _known(record, node, "territory")]
    date = plain_date(clean(node.text("date") or ""))
    return ", ".join(part for part in (*parts, date) if part)


def _number(record: Record, node: DescribedNode) -> str:
    value, low, high = (plain_number(clean(node.text(name) or "")) for name in ("value", "lowerBound", "upperBound"))
    hedge, unit = _known(record, node, "hedge"), _known(record, node, "unit")
    if unit and unit.removesuffix("s") in _known(record, node, "variable").casefold():
        unit = ""  # Nominations: 12, not 12 nominations
    if value:
        number = f"{hedge} {value}".strip()
        unit = {"people": "person"}.get(unit, unit.removesuffix("s")) if value == "1" else unit
    elif low and high:
        number = f"{hedge} {low} to {high}".strip()
    elif low or high:
        number = f"at least {low}" if low else f"at most {high}"
        if hedge:
            return f"{hedge} {unit} ({number})".replace("  ", " ")
    else:
        return ""
    return f"{number} {unit}".strip()


def ratings(record: Record, sources: Sources) -> list[CitedText]:
    """One sentence per rating."""
    merged: dict[str, list[DescribedNode]] = {}
    for node in record.nodes("Rating"):
        value, scale, votes = (plain_number(clean(node.text(n) or "")) for n in ("value", "scaleMax", "sampleSize"))
        outlet = _known(record, node, "outlet")
        if value:
            text = f"Rated {value}{f' of {scale}' if scale else ''}{f' on {outlet}' if outlet else ''}"
            merged.setdefault(text + (f", {votes} votes" if votes else ""), []).append(node)
    return [_said(text, nodes, sources) for text, nodes in sorted(merged.items())]


def reviews(record: Record) -> list[CitedText]:
    """Return the reviews of the film as citations by author and date: critic (date), title, outlet."""
    found: dict[str, set[str]] = {}
    for node in record.nodes("Review"):
        author, outlet = (_known(record, node, name) for name in ("author", "outlet"))
        date = plain_date(clean(node.text("date") or ""))
        name = clean(node.text("name") or "")
        title = f"“{name.translate(_INNER_QUOTES)}”" if name else ""
        whose = f"{author} ({date})" if author and date else author or date
        text = ", ".join(part for part in (whose, title, outlet) if part)
        if text:
            found.setdefault(text, set()).update(node.citations())
    return [CitedText(text, tuple(sorted(citations))) for text, citations in sorted(found.items())]


def parts(record: Record) -> list[PartNote]:
    """The clips, trailers, songs and stills of a film."""
    found: list[PartNote] = []
    for node in record.nodes("Part"):
        kind = _known(record, node, "partType") or "part"
        name = clean(node.text("name") or "")
        named = bool(name) and name.casefold() != kind.casefold()
        text = capital(kind) + (f": {name}" if named else "")
        runtime = plain_duration(node.text("runtime") or "")
        found.append(PartNote(text + (f" ({runtime})" if runtime else ""), node.citations(), named or bool(runtime)))
    return sorted(found)


def plain_duration(duration: str) -> str:
    """An ISO 8601 duration of days, hours, minutes and seconds as people read it.

    >>> plain_duration("PT2M37S"), plain_duration("P3DT15H"), plain_duration("P1Y")
    ('2 min 37 s', '3 d 15 h', '')
    """
    match = re.fullmatch(_DURATION, duration, re.ASCII)
    if match is None:
        return ""
    return " ".join(f"{amount} {unit}" for amount, unit in zip(match.groups(), _UNITS, strict=True) if amount)


def _said(text: str, nodes: Iterable[DescribedNode], sources: Sources) -> CitedText:
    stated = [
        statement for node in nodes for statement in node.all("value") + node.all("lowerBound") + node.all("upperBound")
    ]
    by = sources.names(sorted({source for value in stated for source in value.sources}))
    return CitedText(f"{text} ({by})" if by else text, tuple(sorted({c for node in nodes for c in node.citations()})))


def _known(record: Record, node: DescribedNode, name: str) -> str:
    value = node.value(name)
    if isinstance(value, Literal):
        return clean(value.value)
    return clean(record.known_label(value)) if value is not None else ""
