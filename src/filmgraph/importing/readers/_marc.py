"""MARC 21 fields as cells, for every MARC serialization.

`MARC 21 Format for Bibliographic Data <https://www.loc.gov/marc/bibliographic/>`_,
`MARCspec <https://marcspec.github.io/MARCspec/marc-spec.html>`_.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.importing.readers._records import CellValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ROLES = {
    word: code
    for code, words in {
        "fmd": "drt, director, film director, directed by",
        "fmp": "pro, producer, film producer, produced by",
        "aus": "screenwriter, writer, author of screenplay, screenplay, scenarist, wrt",
        "act": "actor, actress, performer, cast, prf",
        "cng": "cinematographer, director of photography, photographer",
        "flm": "film editor, editor, edited by, edt",
        "cmp": "composer, music by",
        "prn": "production company, prd",
        "fds": "film distributor, distributor, dst",
    }.items()
    for word in (code, *words.split(", "))
}
_NAMES = re.compile(r"[17](?:00|10|11)")
_ISBD = re.compile(r"\s*[/:;,=]+\s*$|(?<=\w{3})\.\s*$")
_DATES = frozenset({"260$c", "264 0$c", "264 1$c", "264 2$c", "264 4$c"})
_WHOLE_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_MINUTES = re.compile(r"(\d{1,3})\s*(?:min|Min)")
_DATE, _TIME, _LANGUAGE = (7, 11), (18, 21), (35, 38)


_TYPE, _PROJECTED = 6, "g"
"""Leader, position 06: https://www.loc.gov/marc/bibliographic/bdleader.html."""


class ReadField(NamedTuple):
    """A MARC field: tag, indicators, and subfields with codes; a control field has one without a code."""

    tag: str
    indicators: str
    subfields: list[tuple[str, CellValue]]


def why_no_film(leader: str) -> str:
    """Return why a record does not describe projected images, by the type of record in its leader; empty where it may.

    >>> why_no_film("00000nam a2200000 a 4500")
    "It describes no film: the type of record in its leader is 'a', and that of films is 'g'."
    >>> why_no_film("00000ngm a2200000 a 4500")
    ''
    """
    kind = leader[_TYPE : _TYPE + 1]
    if not kind.isalpha() or kind == _PROJECTED:
        return ""
    return f"It describes no film: the type of record in its leader is {kind!r}, and that of films is {_PROJECTED!r}."


def cells_of(fields: Iterable[ReadField], leader: str, before: str) -> Iterator[tuple[str, CellValue]]:
    """Yield the cells of a record with their column names: ``245$a``, ``008/07-10``, ``700$a fmd``.

    The punctuation of cataloguing rules (ISBD) that ends a subfield is no part of its cell. Names are parted by what
    their relators say. Of a statement of extent the minutes are a column, ``300$a min``.

    Args:
        fields: The fields. Locators of their subfields are not yet known.
        leader: The leader of the record.
        before: What a locator says before the field.
    """
    every = list(fields)
    counts: dict[str, int] = {}
    for field in every:
        counts[field.tag] = counts.get(field.tag, 0) + 1
    seen: dict[str, int] = {}
    for field in every:
        number = seen[field.tag] = seen.get(field.tag, -1) + 1
        place = before + field.tag + (f"[{number}]" if counts[field.tag] > 1 else "")
        if field.tag == "008":
            yield from _fixed(field.subfields[0][1], leader, place)
        elif field.tag < "010":
            yield field.tag, field.subfields[0][1]._replace(locator=place)
        else:
            yield from _variable(field, place)


def _fixed(cell: CellValue, leader: str, place: str) -> Iterator[tuple[str, CellValue]]:
    """Yield date, running time and language from field 008; only visual materials have a running time."""
    is_film = leader[_TYPE : _TYPE + 1] == _PROJECTED
    for start, end in (_DATE, _TIME, _LANGUAGE):
        text = cell.text[start:end]
        if start == _LANGUAGE[0]:
            is_there = text.isalpha()
        else:
            is_there = text.isdecimal() and int(text) > 0 and (start == _DATE[0] or is_film)
        if is_there:
            name = f"/{start:02}-{end - 1:02}"
            yield f"008{name}", CellValue(text, cell.start + start, cell.start + end, f"{place}{name}")


def _variable(field: ReadField, place: str) -> Iterator[tuple[str, CellValue]]:
    tag = f"{field.tag} {field.indicators[1:]}" if field.tag == "264" else field.tag
    roles = _roles(field) if _NAMES.match(field.tag) else []
    for code, raw in field.subfields:
        name = f"{tag}${code}"
        cell = trimmed(raw, _ISBD)._replace(locator=f"{place} ${code}")
        if name in _DATES and (date := _WHOLE_DATE.search(cell.text)):
            cell = part(cell, *date.span())
        if name == "300$a" and (minutes := _MINUTES.search(cell.text)):
            yield "300$a min", part(cell, *minutes.span(1))
            continue
        if not cell.text:
            continue
        if code == "a" and roles:
            yield from ((f"{name} {role}", cell) for role in roles)
        elif not (code in "4e" and roles):
            yield name, cell


def _roles(field: ReadField) -> list[str]:
    words = [cell.text.rpartition("/")[2].strip(" .,").casefold() for code, cell in field.subfields if code in "4e"]
    return list(dict.fromkeys(_ROLES[word] for word in words if word in _ROLES))


def trimmed(cell: CellValue, unwanted: re.Pattern[str]) -> CellValue:
    """Remove unwanted text at the end of a cell."""
    text = cell.text
    while (found := unwanted.search(text)) and found[0]:
        text = text[: found.start()]
    text = text.rstrip(" ]")
    right = len(cell.text) - len(text)
    left = len(text) - len(text.lstrip(" ["))
    return cell._replace(text=text[left:], start=cell.start + left, end=cell.end - right)


def part(cell: CellValue, start: int, end: int) -> CellValue:
    """Return part of a cell; a cell written with character references keeps its whole position."""
    if cell.end - cell.start != len(cell.text):
        return cell._replace(text=cell.text[start:end])
    return cell._replace(text=cell.text[start:end], start=cell.start + start, end=cell.start + end)
