"""Conversion of HTML blocks to text: headings, paragraphs, list items and table rows, in order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.importing.renditions._rendition import TextBuilder

_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "math", "iframe", "object", "select", "title"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCK_NAMES = (
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form"
    " header hgroup html li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_BREAK = "\n"
_SPACE = re.compile(r"\s+")


def add_blocks(element: Any, to: TextBuilder) -> None:
    """Append the text of an lxml element and its descendants, block by block.

    Args:
        element: The element.
        to: What puts the blocks together.
    """
    _Walk(to).element(element)


class _Walk:
    """A traversal that collects words until a block ends."""

    def __init__(self, to: TextBuilder) -> None:
        self._to = to
        self._words: list[str] = []
        self._close = False

    def element(self, element: Any) -> None:
        """Process one element and its children, without its tail text."""
        name = _name(element)
        if not name or name in _SILENT:
            return
        if name == "table" and not list(_tables_in(element)):
            self._flush()
            self._table(element)
            return
        if name == "br":
            self._words.append(_BREAK)
            return
        block = name in _BLOCKS or name in _HEADINGS
        if block:
            self._flush()
            self._close = name == "li" and _name(element.getprevious()) == "li"
        self._say(element.text)
        for child in element:
            self.element(child)
            self._say(child.tail)
        if block:
            self._flush(heading=name in _HEADINGS)

    def _say(self, text: str | None) -> None:
        if text:
            self._words.append(_SPACE.sub(" ", text))

    def _flush(self, *, heading: bool = False) -> None:
        self._to.block("".join(self._words), heading=heading, close=self._close)
        self._words, self._close = [], False

    def _table(self, table: Any) -> None:
        first = True
        for row in table.iter():
            if _name(row) == "caption":
                self._to.block(_text(row))
            elif _name(row) == "tr":
                self._to.row([_text(cell) for cell in row if _name(cell) in {"td", "th"}], first=first)
                first = False


def _name(element: Any) -> str:
    tag = getattr(element, "tag", None)
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _tables_in(table: Any) -> Iterator[Any]:
    return (inner for inner in table.iter() if inner is not table and _name(inner) == "table")


def _text(element: Any) -> str:
    return "".join(_words(element))


def _words(element: Any) -> Iterator[str]:
    if _name(element) in _SILENT or not _name(element):
        return
    yield " " if _name(element) in _BLOCKS or _name(element) == "br" else ""
    yield element.text or ""
    for child in element:
        yield from _words(child)
        yield child.tail or ""
