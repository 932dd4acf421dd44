"""MODS, the Metadata Object Description Schema: each value with its XPath.

`MODS 3.8 <https://www.loc.gov/standards/mods/>`_. What an element's type, label or unit says is a part of its column:
*titleInfo alternative/title*; names are told apart by their roles: *name personal fmd*.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.importing.readers._json import columns, record
from filmgraph.importing.readers._reader import TableReader
from filmgraph.importing.readers._records import CellValue, Defect, Table
from filmgraph.importing.readers._xml import children_with_paths, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.importing.readers._xml import Element

_QUALIFYING = ("type", "displayLabel", "objectPart", "unit")
_OF_NAMES = ("given", "family")
_ASIDE = frozenset({"extension"})


def read(text: str) -> Table:
    """Read the records of a collection, or the one that the document is.

    Args:
        text: The text of the source, as it stands.
    """
    root, error = parse(text)
    problems = [Defect(error.where, f"{error} What follows was not read.")] if error else []
    if root is None:
        return Table((), [], problems)
    found = [
        record(number, _cells_of_record(element, path)) for number, (element, path) in enumerate(_records(root), 1)
    ]
    if error and found:
        problems[0] = Defect(error.where, f"{error} What follows was not read, and the last record was left out.")
        found.pop()
    return Table(columns(found), found, problems)


def _records(root: Element) -> Iterator[tuple[Element, str]]:
    if root.name == "mods":
        yield root, "/mods"
    for child, path in children_with_paths(root, f"/{root.name}"):
        if child.name == "mods":
            yield child, path


def _cells_of_record(element: Element, path: str) -> Iterator[tuple[str, CellValue]]:
    for child, place in children_with_paths(element, path):
        if child.name == "name":
            yield from _cells_of_name(child, place)
        elif child.name not in _ASIDE:
            yield from _cells(child, place, "")


def _cells(element: Element, path: str, above: str) -> Iterator[tuple[str, CellValue]]:
    column = f"{above}{'/' if above else ''}{element.name}"
    qualifier = next((element.attributes[name].text for name in _QUALIFYING if name in element.attributes), "")
    column = f"{column} {qualifier}".rstrip()
    for piece in element.texts:
        yield column, CellValue(piece.text, piece.start, piece.end, path)
    for child, place in children_with_paths(element, path):
        yield from _cells(child, place, column)


def _cells_of_name(name: Element, path: str) -> Iterator[tuple[str, CellValue]]:
    """Yield the cells of a name: one for each role, with the term of the role as its label."""
    kind = name.attributes["type"].text if "type" in name.attributes else "personal"
    roles = list(_roles(name, path))
    for cell in _names(name, path):
        if not roles:
            yield f"name {kind}", cell
        for role in roles:
            yield f"name {kind} {role.text}", cell._replace(label=role)


def _names(name: Element, path: str) -> Iterator[CellValue]:
    """Yield a name as it stands, or put together of a given and a family name, whose passage has both."""
    parts = {
        part.attributes["type"].text: piece
        for part in name.named("namePart")
        for piece in part.texts
        if "type" in part.attributes
    }
    if all(kind in parts for kind in _OF_NAMES):
        given, family = (parts[kind] for kind in _OF_NAMES)
        start, end = min(given.start, family.start), max(given.end, family.end)
        yield CellValue(f"{given.text} {family.text}", start, end, path)
    for part, place in children_with_paths(name, path):
        if part.name == "namePart" and "type" not in part.attributes:
            yield from (CellValue(piece.text, piece.start, piece.end, place) for piece in part.texts)


def _roles(name: Element, path: str) -> Iterator[CellValue]:
    """Yield the code of each role of a name, or its words where it has no code."""
    for role, place in children_with_paths(name, path):
        if role.name == "role":
            terms = [
                (term.attributes["type"].text if "type" in term.attributes else "text", piece, where)
                for term, where in children_with_paths(role, place)
                for piece in term.texts
            ]
            for _, piece, where in sorted(terms, key=lambda term: term[0])[:1]:
                yield CellValue(piece.text, piece.start, piece.end, where)


READER = TableReader("mods", "MODS", (".mods",), read, marks=("http://www.loc.gov/mods/v3",), mapping="mods")
