"""XML: repeated elements are records; each value with its XPath.

`XML 1.0 <https://www.w3.org/TR/xml/>`_, `XPath 1.0 <https://www.w3.org/TR/xpath-10/>`_. Entities and external
documents are refused, not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.importing.readers._json import columns, record
from filmgraph.importing.readers._reader import TableReader
from filmgraph.importing.readers._records import Defect, Table
from filmgraph.importing.readers._xml import Element, cells_of, children_with_paths, is_naming, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

_TITLES = frozenset(
    ("title", "titel", "titre", "titulo", "título", "titolo", "name", "filmtitle", "maintitle", "identifyingtitle")
)


def read(text: str) -> Table:
    """Read the records of a document.

    An element that has a title is a record; so are the children of one name that an element has most of.

    Args:
        text: The text of the source, as it stands.
    """
    root, error = parse(text)
    problems = [Defect(error.where, f"{error} What follows was not read.")] if error else []
    if root is None:
        return Table((), [], problems)
    records = [record(number, cells_of(element, path)) for number, (element, path) in enumerate(_records(root), 1)]
    if error and records:
        problems[0] = Defect(error.where, f"{error} What follows was not read, and the last record was left out.")
        records.pop()
    return Table(columns(records), records, problems)


def _records(root: Element) -> Iterator[tuple[Element, str]]:
    element, path = root, f"/{root.name}"
    while not _has_title(element):
        groups: dict[str, list[tuple[Element, str]]] = {}
        for child, child_path in children_with_paths(element, path):
            if child.children or child.attributes:
                groups.setdefault(child.name, []).append((child, child_path))
        if not groups:
            break
        largest = max(groups.values(), key=len)
        if len(largest) > 1:
            yield from largest
            return
        element, path = largest[0]
    yield element, path


def _has_title(element: Element) -> bool:
    names = [*(child.name for child in element.children if _is_told(child)), *element.attributes]
    return any(name.casefold() in _TITLES for name in names)


def _is_told(element: Element) -> bool:
    """Whether an element has a text, or a child that has it, as in ``<title><text>…``."""
    return bool(element.texts or any(child.texts for child in element.children if is_naming(child)))


READER = TableReader("xml", "XML", (".xml",), read)
