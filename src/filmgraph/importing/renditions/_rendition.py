"""The interface of document converters, and the builder of their text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_SPACES = re.compile(r"[ \t\r\n\f\v\xa0]+")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Landmark(NamedTuple):
    """The start of a page or section, in code points, and its name."""

    start: int
    kind: Literal["page", "section"]
    name: str


class Rendition(NamedTuple):
    """A document as text, with the starts of pages and sections, and its own title."""

    text: str
    landmarks: tuple[Landmark, ...] = ()
    title: str = ""


class DocumentConverter(NamedTuple):
    """A document converter: the name of a format, its file endings, and the package that does the work.

    ``convert`` takes the bytes of a file, and whether all of its text is wanted or only the main one. ``empty`` is what
    is said of a document in which no text is found.
    """

    name: str
    summary: str
    endings: tuple[str, ...]
    convert: Callable[[bytes, bool], Rendition]
    package: str
    empty: str = "The document has no text."
    empty_hint: str = "Name a document with text."


class TextBuilder:
    """A builder of a document's text: blocks separated by empty lines, with the positions of headings."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._landmarks: list[Landmark] = []

    def block(self, text: str, *, heading: bool = False, close: bool = False) -> None:
        """Append a block of text, keeping its lines.

        Args:
            text: The text.
            heading: Whether it is the heading of what follows.
            close: Whether it follows the last block without an empty line, as a row of a table or an item does.
        """
        lines = (_SPACES.sub(" ", line).strip() for line in _FORBIDDEN.sub("", text).split("\n"))
        plain = "\n".join(line for line in lines if line)
        if not plain:
            return
        if self._pieces:
            self._add("\n" if close else "\n\n")
        if heading:
            self._landmarks.append(Landmark(self._length, "section", " ".join(plain.split())))
        self._add(plain)

    def row(self, cells: list[str], *, first: bool) -> None:
        """Append a table row, its cells separated by tabs."""
        plain = [_SPACES.sub(" ", _FORBIDDEN.sub("", cell)).strip() for cell in cells]
        if any(plain):
            if self._pieces:
                self._add("\n\n" if first else "\n")
            self._add("\t".join(plain).rstrip("\t"))

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)

    def built(self, title: str = "") -> Rendition:
        """Return the finished rendition."""
        text = "".join(self._pieces)
        return Rendition(f"{text}\n" if text else "", tuple(self._landmarks), title.strip())
