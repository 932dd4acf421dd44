"""An XML parser (`XML 1.0 <https://www.w3.org/TR/xml/>`_) that keeps the positions of text and attributes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat

from filmgraph.importing.readers._records import CellValue

if TYPE_CHECKING:
    from collections.abc import Iterator

_ATTRIBUTE = re.compile(r"""([^\s=<>"'/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_DEEPEST = 200
_NAMING = frozenset({"name", "term", "nom", "nome", "nombre", "label", "value", "text", "namepart"})


class XmlError(ValueError):
    """A text is not XML, or declares entities.

    Args:
        message: What is wrong.
        line: From 1.
        column: From 1.
    """

    def __init__(self, message: str, line: int, column: int) -> None:
        self.where = f"line {line}, column {column}"
        super().__init__(message)


class XmlText(NamedTuple):
    """A run of text or an attribute's value, and its position without surrounding white space."""

    text: str
    start: int
    end: int


class Element:
    """An element: local name, attributes, runs of text, children, and start position."""

    __slots__ = ("attributes", "children", "name", "start", "texts")

    def __init__(self, name: str, start: int) -> None:
        self.name = name
        self.start = start
        self.attributes: dict[str, XmlText] = {}
        self.texts: list[XmlText] = []
        self.children: list[Element] = []

    def named(self, name: str) -> Iterator[Element]:
        """Yield the children with a name."""
        return (child for child in self.children if child.name == name)


def parse(text: str) -> tuple[Element | None, XmlError | None]:
    """Parse as much of a text as possible; return its root and the error that stopped the parser."""
    builder = _ElementBuilder(text)
    try:
        builder.run()
    except XmlError as error:
        return builder.root, error
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        return builder.root, XmlError(f"This is no well-formed XML: {reason}.", error.lineno, error.offset + 1)
    return builder.root, None


class _ElementBuilder:
    """A builder of elements from parser events; converts byte offsets to code points."""

    def __init__(self, text: str) -> None:
        self.root: Element | None = None
        self._text = text
        self._data = text.encode()
        self._is_ascii = len(self._data) == len(text)
        self._bytes = self._characters = 0
        self._open: list[Element] = []
        self._run: list[str] = []
        self._run_start = 0
        self._parser = parser = expat.ParserCreate("utf-8")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._character_data
        parser.EntityDeclHandler = self._entity
        parser.CommentHandler = lambda _: self._flush()
        parser.ProcessingInstructionHandler = lambda *_: self._flush()
        parser.StartCdataSectionHandler = self._flush
        parser.EndCdataSectionHandler = self._flush

    def run(self) -> None:
        self._parser.Parse(self._data, True)

    def _place(self) -> int:
        now = self._parser.CurrentByteIndex
        if self._is_ascii:
            return now
        self._characters += len(self._data[self._bytes : now].decode())
        self._bytes = now
        return self._characters

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        place = self._flush()
        element = Element(name.rpartition(":")[2], place)
        if len(self._open) > _DEEPEST:
            line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
            raise XmlError(f"Elements are nested more than {_DEEPEST} levels deep.", line, column)
        if attributes:
            element.attributes = self._attributes(place, attributes)
        if self._open:
            self._open[-1].children.append(element)
        elif self.root is None:
            self.root = element
        self._open.append(element)

    def _attributes(self, place: int, attributes: dict[str, str]) -> dict[str, XmlText]:
        found: dict[str, XmlText] = {}
        for match in _ATTRIBUTE.finditer(self._text, place):
            name = match[1]
            if name not in attributes or len(found) == len(attributes):
                break
            group = 2 if match[2] is not None else 3
            found[name] = XmlText(attributes[name], match.start(group), match.end(group))
        return {
            name.rpartition(":")[2]: piece
            for name, piece in found.items()
            if not name.startswith("xmlns") and name != "xsi:schemaLocation" and piece.text.strip()
        }

    def _end(self, _name: str) -> None:
        self._flush()
        self._open.pop()

    def _character_data(self, data: str) -> None:
        if not self._run:
            self._run_start = self._place()
        self._run.append(data)

    def _flush(self) -> int:
        """End the current run of text at the parser's position."""
        place = self._place()
        if self._run:
            text = "".join(self._run)
            self._run.clear()
            if text.strip() and self._open:
                raw = self._text[self._run_start : place]
                start = self._run_start + len(raw) - len(raw.lstrip())
                self._open[-1].texts.append(XmlText(text.strip(), start, start + len(raw.strip())))
        return place

    def _entity(self, *_: object) -> None:
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
        raise XmlError("XML that declares entities is not read.", line, column)


def cells_of(element: Element, path: str, *, name: str = "") -> Iterator[tuple[str, CellValue]]:
    """Yield the cells of an element with their column names: local names joined by slashes; ``@`` for attributes.

    ``<director><name>…`` is the column *director*.

    Args:
        element: The element.
        path: The XPath of it, which is the locator.
        name: The name of its column.
    """
    for attribute, piece in element.attributes.items():
        column = f"{name}/@{attribute}" if name else f"@{attribute}"
        yield column, CellValue(piece.text.strip(), piece.start, piece.end, f"{path}/@{attribute}")
    for piece in element.texts:
        yield name or element.name, CellValue(piece.text, piece.start, piece.end, path)
    for child, child_path in children_with_paths(element, path):
        own = f"{name}/{child.name}" if name else child.name
        yield from cells_of(child, child_path, name=name if name and is_naming(child) else own)


def is_naming(element: Element) -> bool:
    """Whether an element says what its parent is called, and nothing else."""
    return element.name.casefold() in _NAMING and not element.children


def children_with_paths(element: Element, path: str) -> Iterator[tuple[Element, str]]:
    """Yield the children of an element with their XPaths; siblings of one name are numbered."""
    counts: dict[str, int] = {}
    for child in element.children:
        counts[child.name] = counts.get(child.name, 0) + 1
    seen: dict[str, int] = {}
    for child in element.children:
        seen[child.name] = seen.get(child.name, 0) + 1
        yield child, f"{path}/{child.name}" + (f"[{seen[child.name]}]" if counts[child.name] > 1 else "")
