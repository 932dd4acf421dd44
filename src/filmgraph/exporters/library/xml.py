"""Writing XML: one record after the other, indented, the same bytes every time."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING
from xml.etree import ElementTree as ET

from filmgraph.exporters.library.words import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

DECLARATION = b"<?xml version='1.0' encoding='UTF-8'?>\n"
XSI = "http://www.w3.org/2001/XMLSchema-instance"


def child(parent: ET.Element, name: str, text: str = "", attributes: Mapping[str, str] | None = None) -> ET.Element:
    """Add an element; attributes without a value are left out. Text is made safe for XML."""
    kept = {key: clean(value) for key, value in (attributes or {}).items() if clean(value)}
    element = ET.SubElement(parent, name, kept)
    if text:
        element.text = clean(text)
    return element


def text(element: ET.Element, level: int = 0) -> bytes:
    """An element as indented text, ending in a line feed."""
    ET.indent(element, level=level)
    written: bytes = ET.tostring(element, encoding="utf-8", short_empty_elements=True)
    return b"  " * level + written.removeprefix(DECLARATION.lower()).strip() + b"\n"


def write_records(
    out: IO[bytes], records: Iterable[ET.Element], root: str, namespaces: Mapping[str, str], *, alone: bool
) -> None:
    """Write one record as a document, or any number within a root element.

    Args:
        out: Where to.
        records: The records.
        root: The name of the element around them.
        namespaces: The attributes of the outermost element.
        alone: Whether the one record is to be the outermost element itself.
    """
    out.write(DECLARATION)
    if alone:
        for record in records:
            out.write(text(_outermost(record, namespaces)))
        return
    opening = "".join(f' {name}="{value}"' for name, value in namespaces.items())
    out.write(f"<{root}{opening}>\n".encode())
    for record in records:
        out.write(text(record, level=1))
    out.write(f"</{root}>\n".encode())


def _outermost(record: ET.Element, namespaces: Mapping[str, str]) -> ET.Element:
    element = ET.Element(record.tag, {**namespaces, **record.attrib})
    element.extend(record)
    return element


def numbered(prefix: str) -> Iterator[str]:
    """Names without end: ``f1``, ``f2`` …."""
    number = 0
    while True:
        number += 1
        yield f"{prefix}{number}"
