"""MARC 21 in ISO 2709, in UTF-8 or MARC-8; each value with its field and subfield.

`MARC 21 record structure <https://www.loc.gov/marc/specifications/specrecstruc.html>`_. A file of records is no plain
text, so its rendition is what is cited: a line for each field, ``=245  10 $a Title``, an empty line between records.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from filmgraph.importing.readers._json import columns, record
from filmgraph.importing.readers._marc import ReadField, cells_of, why_no_film
from filmgraph.importing.readers._reader import TableReader
from filmgraph.importing.readers._records import CellValue, Defect, Table, TableRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_END_OF_RECORD, _END_OF_FIELD, _SUBFIELD = b"\x1d", b"\x1e", b"\x1f"
_LEADER, _ENTRY = 24, 12
_CONTROL = "010"
_DOLLAR = "{dollar}"
_FIELD = re.compile(r"=(\w{3})  (.*)")


class _RecordError(ValueError):
    """A MARC record cannot be read."""


def rendition(data: bytes) -> str:
    """Convert the records of a file to lines of text; an unreadable record becomes a line with ``#``."""
    if data.lstrip().startswith(b"=LDR"):
        return data.decode(errors="replace")
    pieces: list[str] = []
    for number, raw in enumerate(_raw_records(data), 1):
        try:
            pieces.append("\n".join(_lines(raw)))
        except _RecordError as error:
            pieces.append(f"# record {number}: {error}")
    return "\n\n".join(pieces) + "\n"


def _raw_records(data: bytes) -> Iterator[bytes]:
    for raw in data.split(_END_OF_RECORD):
        if raw.strip(b"\r\n\0 "):
            yield raw.lstrip(b"\r\n")


def _lines(raw: bytes) -> Iterator[str]:
    leader = raw[:_LEADER]
    if len(leader) < _LEADER or not leader[12:17].strip().isdigit():
        raise _RecordError("The leader is cut off, or says no base address.")
    length, base = leader[:5], int(leader[12:17])
    if base > len(raw):
        raise _RecordError(
            f"The leader says that the record is {_shown(length)} bytes long, and it has {len(raw) + 1}."
        )
    directory = raw[_LEADER:base].rstrip(_END_OF_FIELD)
    if len(directory) % _ENTRY:
        raise _RecordError("The directory is no list of entries of twelve characters.")
    decode = _decoder(raw)
    yield f"=LDR  {leader.decode('ascii', 'replace')}"
    for place in range(0, len(directory), _ENTRY):
        yield _line(directory[place : place + _ENTRY], raw[base:], decode)


def _line(entry: bytes, fields: bytes, decode: Callable[[bytes], str]) -> str:
    tag, size, start = entry[:3].decode("ascii", "replace"), entry[3:7], entry[7:]
    if not (size.isdigit() and start.isdigit()):
        raise _RecordError(f"The directory's entry {_shown(entry)} is no tag, length and place.")
    if int(start) + int(size) > len(fields):
        raise _RecordError(f"Field {tag} lies beyond the end of the record.")
    field = fields[int(start) : int(start) + int(size)].removesuffix(_END_OF_FIELD)
    if tag < _CONTROL:
        return f"={tag}  {_plain(decode(field))}"
    indicators, *subfields = field.split(_SUBFIELD)
    shown = _plain(decode(indicators)).replace(" ", "\\")[:2].ljust(2, "\\")
    return f"={tag}  {shown}" + "".join(map(_subfield, map(decode, subfields)))


def _subfield(text: str) -> str:
    """Return a subfield as text, separated by spaces so that its words can be matched."""
    value = _plain(text[1:]).replace("$", _DOLLAR).strip()
    return f" ${text[:1]} {value}"


def _plain(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f\u2028\u2029\x85]+", " ", text)


def _shown(data: bytes) -> str:
    return repr(data.decode("ascii", "replace"))


def _decoder(raw: bytes) -> Callable[[bytes], str]:
    """Return the decoder of a record; MARC-8 puts accents before letters, which is never valid UTF-8."""
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        if raw[9:10] == b"a":
            raise _RecordError(f"The leader says UTF-8, and byte 0x{raw[error.start]:02X} is none.") from error
        return _marc8
    return bytes.decode


def _marc8(data: bytes) -> str:
    from pymarc.marc8 import marc8_to_unicode  # noqa: PLC0415 -- few records are in MARC-8

    return str(marc8_to_unicode(data, hide_utf8_warnings=True))


def read(text: str) -> Table:
    """Read the records of a rendition, and report those that could not be decoded.

    Args:
        text: The text, a line for each field.
    """
    records: list[TableRecord] = []
    problems: list[Defect] = []
    number, place = 0, int(text.startswith("\ufeff"))
    leader, fields = "", list[ReadField]()

    def ended() -> None:
        if fields and (why := why_no_film(leader)):
            problems.append(Defect(f"record {number}", why))
        elif fields:
            records.append(record(number, cells_of(fields, leader, f"record {number}, ")))

    for line in text[place:].splitlines(keepends=True):
        if line.startswith("# record "):
            where, _, message = line[2:].partition(": ")
            problems.append(Defect(where, message.strip()))
            number += 1
        found = _FIELD.match(line)
        if found and found[1] == "LDR":
            ended()
            number, leader, fields = number + 1, found[2], []
        elif found:
            fields.append(_field(found, place))
        place += len(line)
    ended()
    return Table(columns(records), records, problems)


def _field(found: re.Match[str], line_start: int) -> ReadField:
    tag, body = found[1], found[2].rstrip("\r")
    start = line_start + found.start(2)
    if tag < _CONTROL:
        return ReadField(tag, "", [("", CellValue(body.replace("\\", " "), start, start + len(body), ""))])
    subfields: list[tuple[str, CellValue]] = []
    for one in re.finditer(r"\$(.)([^$]*)", body):
        value = one[2]
        left = start + one.start(2) + len(value) - len(value.lstrip())
        value = value.strip()
        subfields.append((one[1], CellValue(value.replace(_DOLLAR, "$"), left, left + len(value), "")))
    return ReadField(tag, body[:2].replace("\\", " "), subfields)


READER = TableReader(
    "marc",
    "MARC 21, ISO 2709",
    (".mrc", ".marc", ".mrk", ".dat", ".iso2709"),
    read,
    rendition,
    "filmgraph",
    mapping="marc",
)
