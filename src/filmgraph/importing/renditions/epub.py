"""EPUB 3 and 2: the chapters in reading order.

`EPUB 3.3, 5.7 <https://www.w3.org/TR/epub-33/#sec-spine-elem>`_: the spine of the package document.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import Any
from urllib.parse import unquote

from filmgraph.errors import NotOfFormatError
from filmgraph.importing.renditions._markup import add_blocks
from filmgraph.importing.renditions._packed import refuse_bombs
from filmgraph.importing.renditions._rendition import DocumentConverter, Rendition, TextBuilder

_CONTAINER = "META-INF/container.xml"
_RIGHTS = "META-INF/encryption.xml"


def convert(data: bytes, whole: bool) -> Rendition:  # noqa: FBT001 -- the interface of every converter
    """Convert a book to text; with ``whole`` include its table of contents and parts outside the reading order."""
    refuse_bombs(data, "EPUB")
    to = TextBuilder()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            place, package = _package(book)
            for part in _chapters(package, whole=whole):
                name = posixpath.normpath(posixpath.join(posixpath.dirname(place), unquote(part)))
                add_blocks(_parsed(book.read(name), html=True), to)
            title = next(("".join(one.itertext()) for one in package.iter("{*}title")), "")
    except (KeyError, zipfile.BadZipFile, RuntimeError, EOFError) as error:
        raise NotOfFormatError(f"The book is damaged: {str(error).strip(chr(34))}.") from error
    return to.built(title)


def _package(book: zipfile.ZipFile) -> tuple[str, Any]:
    if _CONTAINER not in book.namelist():
        raise NotOfFormatError("This is no EPUB: it has no META-INF/container.xml.")
    container = _parsed(book.read(_CONTAINER))
    place = next((one.get("full-path") for one in container.iter("{*}rootfile")), None)
    if not place:
        raise NotOfFormatError("This is no EPUB: it names no package document.")
    package = _parsed(book.read(place))
    if _RIGHTS in book.namelist() and b"EncryptedData" in book.read(_RIGHTS):
        # Fonts may be obfuscated; a chapter that is encrypted is no markup, and its reading fails below.
        pages = [one.get("URI", "") for one in _parsed(book.read(_RIGHTS)).iter("{*}CipherReference")]
        if any(page.lower().endswith((".xhtml", ".html", ".htm")) for page in pages):
            raise NotOfFormatError(
                "The book is protected against copying.", hint="Ask who sold it for a copy that is not."
            )
    return place, package


def _chapters(package: Any, *, whole: bool) -> list[str]:
    """Return the files in reading order; with ``whole`` include the table of contents and supplements."""
    items = {one.get("id"): one for one in package.iter("{*}item")}
    found: list[str] = []
    for reference in package.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or "html" not in item.get("media-type", ""):
            continue
        beside = reference.get("linear") == "no" or "nav" in item.get("properties", "").split()
        if whole or not beside:
            found.append(item.get("href"))
    return found


def _parsed(data: bytes, *, html: bool = False) -> Any:
    from lxml import etree  # noqa: PLC0415 -- few imports are of documents

    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=html)
        tree = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise NotOfFormatError(f"The book is damaged: {error.msg}.") from error
    if tree is None:
        raise NotOfFormatError("The book is damaged: a chapter is no XHTML.")
    return tree


CONVERTER = DocumentConverter("epub", "EPUB books", (".epub",), convert, "lxml")
