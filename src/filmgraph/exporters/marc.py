"""MARC 21 as ISO 2709, for the loaders of library systems.

A field of ISO 2709 has at most 9,999 bytes and a record at most 99,999
(`MARC 21 record structure <https://www.loc.gov/marc/specifications/specrecstruc.html>`_): what is longer is split,
then cut, then left out, and counted.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from filmgraph.exporters.film.exporter import Exporter, Loss, Request
from filmgraph.exporters.film.films import films
from filmgraph.exporters.film.losses import Losses
from filmgraph.exporters.film.unwritten import accounted
from filmgraph.exporters.library.description import describe
from filmgraph.exporters.library.marc_records import data_fields, pymarc, record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.exporters.library.marc_field import MarcField

_LONGEST_FIELD = 9_999
_LONGEST_RECORD = 99_999
_DIRECTORY_ENTRY = 12
_FIXED = 400
"""More than the leader, the control fields and the terminators of a record take, its number aside."""

_CITING = ("7", "8")
"""The subfields that say who states a field: the passages, or the links to them."""

_FIRST_KEPT = ("0", "2", "3", "588", "6", "7", "5")
"""The tags that are kept first where a record is too long."""


def write(request: Request, out: IO[bytes]) -> list[Loss]:
    """Write the films, one record after the other.

    Raises:
        MissingDependencyError: pymarc is not installed.
    """
    pymarc()
    losses = Losses()
    for film in films(request):
        found = describe(request.store, film)
        fields = [part for one in data_fields(found, losses, request.options) for part in _fitting(one, losses)]
        room = _LONGEST_RECORD - _FIXED - len(found.iri.encode())
        out.write(record(found, _within(fields, room, losses)).as_marc())
    return losses.all()


def _size(one: MarcField) -> int:
    """The bytes of a field: indicators, terminator, and a delimiter and a code before each value."""
    return 3 + sum(2 + len(value.encode()) for _, value in one.subfields)


def _fitting(one: MarcField, losses: Losses) -> Iterator[MarcField]:
    """A field as fields that are not too long."""
    if _size(one) <= _LONGEST_FIELD:
        yield one
        return
    links = [subfield for subfield in one.subfields if subfield[0] in _CITING]
    values = [subfield for subfield in one.subfields if subfield[0] not in _CITING]
    room = _LONGEST_FIELD - 3
    half = room // 2
    kept = list(_first(links, half))
    losses.add(len(links) - len(kept), "citation of a field too long for ISO 2709", many=_TOO_MANY)
    room -= sum(2 + len(value) for _, value in kept)
    if one.tag.startswith("5") and len(values) == 1:
        code, text = values[0]
        for piece in _pieces(text, room - 2):
            yield one._replace(subfields=(*kept, (code, piece)))
        return
    share = room // len(values) - 2
    cut = [(code, _cut(value, share)) for code, value in values]
    losses.add(sum(a != b for a, b in zip(values, cut, strict=True)), "value cut short to fit ISO 2709", many=_CUT)
    yield one._replace(subfields=(*kept, *cut))


_TOO_MANY = "citations of fields too long for ISO 2709"
_CUT = "values cut short to fit ISO 2709"


def _first(links: list[tuple[str, str]], room: int) -> Iterator[tuple[str, str]]:
    """The first subfields that have room."""
    for code, value in links:
        room -= 2 + len(value.encode())
        if room < 0:
            return
        yield code, value


def _cut(text: str, room: int) -> str:
    data = text.encode()
    return text if len(data) <= room else data[: room - 3].decode(errors="ignore") + "…"


def _pieces(text: str, room: int) -> Iterator[str]:
    """A text in pieces of at most so many bytes, at spaces where it has some."""
    rest = text
    while len(rest.encode()) > room:
        piece = rest.encode()[:room].decode(errors="ignore")
        end = piece.rfind(" ")
        piece = piece[:end] if end > 0 else piece
        yield piece
        rest = rest[len(piece) :].lstrip()
    yield rest


def _within(fields: list[MarcField], room: int, losses: Losses) -> list[MarcField]:
    """The fields that a record has room for: all; or without citations; or those that matter first."""
    if sum(_size(one) + _DIRECTORY_ENTRY for one in fields) <= room:
        return fields
    cited = sum(code == "7" for one in fields for code, _ in one.subfields)
    cited += sum(one.tag == "883" for one in fields)
    losses.add(cited, "citation beyond the length of a record of ISO 2709", many=_BEYOND)
    plain = [
        one._replace(subfields=tuple(subfield for subfield in one.subfields if subfield[0] not in _CITING))
        for one in fields
        if one.tag != "883"
    ]
    kept: set[int] = set()
    for place in sorted(range(len(plain)), key=lambda place: _rank(plain[place].tag)):
        size = _size(plain[place]) + _DIRECTORY_ENTRY
        if size <= room:
            kept.add(place)
            room -= size
    left_out = len(plain) - len(kept)
    losses.add(left_out, "field beyond the length of a record of ISO 2709", many=_FIELDS_BEYOND)
    return [one for place, one in enumerate(plain) if place in kept]


_BEYOND = "citations beyond the length of a record of ISO 2709"
_FIELDS_BEYOND = "fields beyond the length of a record of ISO 2709"


def _rank(tag: str) -> int:
    return next((rank for rank, start in enumerate(_FIRST_KEPT) if tag.startswith(start)), len(_FIRST_KEPT))


EXPORTER = Exporter(
    name="marc",
    summary="MARC 21 as ISO 2709, for the loaders of library systems; the same fields as marcxml.",
    media_type="application/marc",
    endings=("mrc", "marc"),
    keeps="titles, names with roles, dates, places, subjects, notes, and the citations of every field",
    loses="as marcxml; and what is beyond 9,999 bytes in a field and 99,999 in a record",
    write=accounted(write),
    per_film=True,
)
