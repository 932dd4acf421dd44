"""MARCXML: each value with its field and subfield.

`MARC 21 XML Schema <https://www.loc.gov/standards/marcxml/>`_.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.importing.readers._json import columns, record
from filmgraph.importing.readers._marc import ReadField, cells_of, why_no_film
from filmgraph.importing.readers._reader import TableReader
from filmgraph.importing.readers._records import CellValue, Defect, Table
from filmgraph.importing.readers._xml import Element, parse

if TYPE_CHECKING:
    from collections.abc import Iterator


def read(text: str) -> Table:
    """Read the records of a collection.

    Args:
        text: The text of the source, as it stands.
    """
    root, error = parse(text)
    problems = [Defect(error.where, f"{error} What follows was not read.")] if error else []
    found = list(_records(root)) if root else []
    if error and found:
        found.pop()
    records = []
    for number, element in enumerate(found, 1):
        leader = next((piece.text for one in element.named("leader") for piece in one.texts), "")
        if why := why_no_film(leader):
            problems.append(Defect(f"record {number}", why))
            continue
        records.append(record(number, cells_of(_fields(element), leader, f"record {number}, ")))
    return Table(columns(records), records, problems)


def _records(element: Element) -> Iterator[Element]:
    if element.name == "record":
        yield element
    else:
        for child in element.children:
            yield from _records(child)


def _fields(element: Element) -> Iterator[ReadField]:
    for child in element.children:
        tag = child.attributes["tag"].text if "tag" in child.attributes else ""
        if child.name == "controlfield" and child.texts:
            yield ReadField(tag, "", [("", _cell(child))])
        elif child.name == "datafield":
            indicators = "".join(
                child.attributes[name].text if name in child.attributes else " " for name in ("ind1", "ind2")
            )
            subfields = [
                (one.attributes["code"].text, _cell(one))
                for one in child.named("subfield")
                if one.texts and "code" in one.attributes
            ]
            yield ReadField(tag, indicators, subfields)


def _cell(element: Element) -> CellValue:
    piece = element.texts[0]
    return CellValue(piece.text, piece.start, piece.end, "")


READER = TableReader(
    "marcxml",
    "MARCXML",
    (".marcxml", ".mrcx"),
    read,
    marks=("<", "http://www.loc.gov/MARC21/slim"),
    mapping="marc",
)
