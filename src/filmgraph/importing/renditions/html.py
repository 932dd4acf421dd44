"""HTML: the main text of a page, without what stands around it, or all of it.

The main text is that of the element *main* or of the only *article*, or else of the whole page, without menus, footers,
forms and asides, by their elements, roles (`WAI-ARIA 1.2, 5.3.4 <https://www.w3.org/TR/wai-aria-1.2/#landmark_roles>`_)
and the names that pages give them. Libraries that guess by the density of words lose headings, and up to four fifths of
pages that are lists.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from filmgraph.errors import NotOfFormatError
from filmgraph.importing.renditions._markup import add_blocks
from filmgraph.importing.renditions._rendition import DocumentConverter, Rendition, TextBuilder

if TYPE_CHECKING:
    from collections.abc import Iterator

_AROUND = frozenset({"nav", "aside", "footer", "form", "dialog", "menu"})
_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "menu", "menubar", "alert"}
)
_NAMES = frozenset(
    {
        *("nav", "navbar", "navigation", "menu", "sidebar", "footer", "breadcrumb", "breadcrumbs", "pagination", "toc"),
        *("cookie", "cookies", "consent", "banner", "advert", "advertisement", "ads", "newsletter", "subscribe"),
        *("share", "sharing", "social", "related", "comments", "skip", "hidden"),
    }
)
"""Words in the class or the identifier of an element by which pages name what stands around their text."""
_ENCODING = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)


def convert(data: bytes, whole: bool) -> Rendition:  # noqa: FBT001 -- the interface of every converter
    """Convert a page to text, with its headings."""
    text = decoded(data)
    tree = _tree(text)
    title = next((one.text or "" for one in tree.iter("title")), "")
    to = TextBuilder()
    if not whole:
        tree = _main(tree)
    add_blocks(tree, to)
    return to.built(title)


def decoded(data: bytes) -> str:
    r"""Decode a page: as UTF-8, in its declared encoding, or with the browsers' default.

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
        raise NotOfFormatError(f"The page cannot be read: {error}.") from error


def _main(tree: Any) -> Any:
    """The element of the main text, without what stands around it; the whole page where nothing would be left."""
    found = [one for one in tree.iter("main", "div") if one.tag == "main" or one.get("role") == "main"]
    articles = list(tree.iter("article"))
    main = found[0] if found else articles[0] if len(articles) == 1 else tree
    around = list(_around(main))
    kept = sum(len(text) for text in main.itertext()) - sum(len(text) for one in around for text in one.itertext())
    if kept <= 0:
        return tree
    for element in around:
        if element.getparent() is not None:
            element.drop_tree()
    return main


def _around(main: Any) -> Iterator[Any]:
    """The outermost elements that are no part of a text."""
    waiting = list(main)
    while waiting:
        element = waiting.pop()
        if not isinstance(element.tag, str):
            continue
        if _stands_around(element):
            yield element
        else:
            waiting += list(element)


def _stands_around(element: Any) -> bool:
    if element.tag in _AROUND or element.get("role") in _ROLES or element.get("hidden") is not None:
        return True
    if element.tag == "header" and next(element.iter("h1"), None) is None:
        return next(element.iterancestors("article", "main"), None) is None
    names = re.split(r"[\s_-]+", f"{element.get('class', '')} {element.get('id', '')}".lower())
    return element.tag in {"div", "section", "ul", "ol", "p", "table"} and not _NAMES.isdisjoint(names)


CONVERTER = DocumentConverter("html", "web pages", (".html", ".htm", ".xhtml"), convert, "lxml")
