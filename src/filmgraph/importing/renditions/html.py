"""HTML: the main text of a page as `trafilatura <https://trafilatura.readthedocs.io>`_ finds it, or all of it."""

from __future__ import annotations

import re
from typing import Any

from filmgraph.importing.renditions._markup import add_blocks
from filmgraph.importing.renditions._rendition import (
    DocumentConverter,
    Rendition,
    TextBuilder,
    UnreadableDocumentError,
)

_ENCODING = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)


def convert(data: bytes, whole: bool) -> Rendition:  # noqa: FBT001 -- the interface of every converter
    """The text of a page, with its headings."""
    text = decoded(data)
    tree = _tree(text)
    title = next((one.text or "" for one in tree.iter("title")), "")
    to = TextBuilder()
    main = None if whole else _main(text)
    if main is None:
        add_blocks(tree, to)
    else:
        _add_main(main, to)
    return to.built(title)


def decoded(data: bytes) -> str:
    r"""The characters of a page: in UTF-8, in the encoding that it names, or as browsers take what names none.

    >>> decoded(b'<meta charset="iso-8859-1">Z\xf6e')
    '<meta charset="iso-8859-1">Zöe'
    """
    named = _ENCODING.search(data[:4096])
    for encoding in ("utf-8-sig", named[1].decode() if named else "cp1252", "cp1252"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", "replace")


def _tree(text: str) -> Any:
    from lxml import etree, html  # noqa: PLC0415 -- few imports are of pages

    try:
        return html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (etree.ParserError, ValueError) as error:
        raise UnreadableDocumentError(f"The page cannot be read: {error}.") from error


def _main(text: str) -> Any:
    """The main text as elements of TEI, or None where none is found."""
    import trafilatura  # noqa: PLC0415 -- few imports are of pages

    found = trafilatura.bare_extraction(text, include_comments=False, include_tables=True, deduplicate=False)
    body = getattr(found, "body", None)
    return body if body is not None and "".join(body.itertext()).strip() else None


def _add_main(body: Any, to: TextBuilder) -> None:
    """Add what trafilatura found: ``head``, ``p``, ``list`` of ``item``, ``table`` of ``row``, ``quote``, ``code``."""
    for element in body:
        if element.tag == "table":
            for number, row in enumerate(element.iter("row")):
                to.row([_said(cell) for cell in row.iter("cell")], first=number == 0)
        elif element.tag == "list":
            for number, item in enumerate(element.iter("item")):
                to.block(_said(item), close=number > 0)
        else:
            to.block(_said(element), heading=element.tag == "head")


def _said(element: Any) -> str:
    pieces = [element.text or ""]
    for child in element:
        pieces += ["\n" if child.tag == "lb" else _said(child), child.tail or ""]
    return "".join(pieces)


CONVERTER = DocumentConverter(
    "html", "web pages", (".html", ".htm", ".xhtml"), convert, "trafilatura", whole_package="lxml"
)
