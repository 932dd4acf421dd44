"""Readers of tables and records: each one file of this package, found by its name or a file ending."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from filmgraph.errors import UnknownFormatError
from filmgraph.importing.readers._reader import TableReader

__all__ = ["TableReader", "find", "names", "of_file", "of_text"]

_PACKED = (".gz", ".zst")
_BEGINNING = 5000
_OTHER_SHEETS = (".xls", ".ods", ".numbers", ".fods")


def names() -> list[str]:
    """The names of all readers."""
    return sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))


def find(name: str) -> TableReader:
    """Return the reader with a name.

    Raises:
        UnknownFormatError: There is none of that name.
    """
    if name not in names():
        raise UnknownFormatError(f"There is no reader {name!r}.", name=name, hint=f"Readers: {', '.join(names())}.")
    reader: TableReader = import_module(f"{__name__}.{name}").READER
    return reader


def of_file(path: str) -> TableReader:
    """Return the reader for a file's ending.

    >>> of_file("films.CSV.gz").name
    'csv'

    Raises:
        UnknownFormatError: No reader has that ending.
    """
    plain = path.lower()
    for packed in _PACKED:
        plain = plain.removesuffix(packed)
    for reader in map(find, names()):
        if plain.endswith(reader.endings):
            return reader
    if plain.endswith(_OTHER_SHEETS):
        raise UnknownFormatError(
            f"A sheet such as {path!r} is not read.", name=path, hint="Open it, and save it as .xlsx or .csv."
        )
    endings = ", ".join(ending for name in names() for ending in find(name).endings)
    raise UnknownFormatError(
        f"The ending of {path!r} names no table or record that can be imported.", name=path, hint=f"Endings: {endings}."
    )


def of_text(reader: TableReader, text: str) -> TableReader:
    """Return the reader for a text: the one for its file's ending, unless the text has another's markers.

    >>> of_text(find("xml"), '<collection xmlns="http://www.loc.gov/MARC21/slim">').name
    'marcxml'
    """
    beginning = text[:_BEGINNING]
    if reader.rendition is not None or reader.marks:
        return reader
    others = (other for other in map(find, names()) if other.marks)
    return next((other for other in others if all(mark in beginning for mark in other.marks)), reader)
