"""Renditions: documents of binary and markup formats as text, with the positions of pages and headings.

One file per format, found by the ending of a document's file. The same bytes give the same text with the same version
of the package that reads them, which the record of the source names.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from filmgraph.errors import FileError, MissingDependencyError, NotOfFormatError
from filmgraph.importing.renditions._rendition import DocumentConverter, Rendition

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["DocumentConverter", "Rendition", "converters", "of_file", "rendered"]


def converters() -> Iterator[DocumentConverter]:
    """Yield the converters, in order of format name."""
    for path in sorted(Path(__file__).parent.glob("[a-z]*.py")):
        yield import_module(f"{__name__}.{path.stem}").CONVERTER


def of_file(path: str) -> DocumentConverter | None:
    """Return the converter for a file's ending; None where there is none.

    >>> of_file("Programme.PDF").name, of_file("letter.txt") is None
    ('pdf', True)
    """
    return next((one for one in converters() if path.lower().endswith(one.endings)), None)


def rendered(converter: DocumentConverter, data: bytes, path: str, *, whole: bool = False) -> Rendition:
    """Convert a document to text.

    Args:
        converter: What reads its format.
        data: The bytes of its file.
        path: The file, for messages.
        whole: All of its text; by default only the main one.

    Raises:
        FileError: It is of another format, damaged, protected, or has no text.
        MissingDependencyError: The packages that read documents are not installed.
    """
    try:
        made = converter.convert(data, whole)
    except NotOfFormatError as error:
        raise FileError(str(error), path=path, hint=error.hint) from error
    except ModuleNotFoundError as error:
        package = str(error.name)
        raise MissingDependencyError(package, extra="documents", purpose=f"Reading {converter.summary}") from error
    if not made.text.strip():
        raise FileError(converter.empty, path=path, hint=converter.empty_hint)
    return made
